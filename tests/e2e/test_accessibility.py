"""What every notebook shows, held against WCAG 2.2 AA by axe-core, and at narrow widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from tests.e2e.axe import too_wide, violations
from tests.e2e.focus import unseen_stops
from tests.e2e.lab import NOTEBOOKS, PATIENCE, Notebook, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.e2e.lab import Server

OUTPUTS = ".jp-OutputArea-output"

THEMES = ["JupyterLab Light", "JupyterLab Dark"]


@pytest.fixture(scope="module", params=THEMES)
def themed(
    request: pytest.FixtureRequest,
    make_lesson: Callable[[], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    settings = {
        "@jupyterlab/apputils-extension:themes": {"theme": request.param},
        # Else the browser leaves cells out of view unpainted, and axe-core would pass them by.
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    }
    with serve(make_lesson(), tmp_path_factory.mktemp("private"), settings) as running:
        yield running


def check_every_exercise(page: Page) -> None:
    """Answer something in every exercise, check it; begin the other check; open every card."""
    for group in page.locator(".lesson > fieldset", has=page.locator(".lesson-check")).all():
        for kind in ("radio", "checkbox"):
            choices = group.locator(f".lesson-option > input[type={kind}]")
            if choices.count() and not group.get_by_role("listbox").count():
                choices.first.check()
        for select in group.get_by_role("combobox").all():
            # What has a place in a ranking is not offered for another.
            free = select.locator("option:not([disabled]):not([value=''])").first
            select.select_option(free.get_attribute("value"))
        for field in (group.get_by_role("spinbutton"), group.get_by_role("textbox")):
            if field.count():
                field.first.fill("1")
                field.first.blur()
        if group.get_by_role("option").count() and group.get_by_role("listbox").count():
            group.get_by_role("listbox").get_by_role("option").first.click()
        group.locator('.lesson-check[aria-disabled="false"]').click()
        group.locator(".lesson-summary:not(:empty)").wait_for()
    for half in page.get_by_role("group", name="Which half of the class").all():
        half.get_by_role("radio").first.check()
        post = page.get_by_role("group", name="Post 6")
        post.get_by_role("radio").first.check()
        post.get_by_role("textbox").last.fill("1")
    for card in page.locator(".lesson-card-title").all():
        card.click()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_have_no_violations_in_any_state_and_tab_is_seen_wherever_it_stops(
    name: str, themed: Server, page: Page
) -> None:
    notebook = Notebook(page, themed, name)
    notebook.open()
    notebook.run_all()
    assert violations(page, OUTPUTS) == []
    check_every_exercise(page)
    assert violations(page, OUTPUTS) == []
    for group in page.locator(".lesson fieldset").all():
        hint = group.get_by_role("button", name="Hint")
        if hint.is_visible():
            hint.click()
            group.locator(".lesson-hint:not(:empty)").wait_for()
        explain = group.get_by_role("button", name="Explanation")
        if explain.is_visible():
            explain.click()
            group.locator(".lesson-explanation:not(:empty)").wait_for()
    assert violations(page, OUTPUTS) == []
    assert unseen_stops(page, ".lesson") == []


def test_the_class_report_has_no_violations(themed: Server, page: Page) -> None:
    notebook = Notebook(page, themed, "teacher/class_report")
    notebook.open()
    notebook.run_all(widgets=False)
    assert violations(page, OUTPUTS) == []
    for picture in page.locator(f"{OUTPUTS} img").all():
        assert len(picture.get_attribute("alt") or "") > 20


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_group_is_named_by_its_question_and_every_picture_described(
    name: str, opened: Callable[[str], Notebook]
) -> None:
    page = opened(name).page
    for group in page.locator(".lesson fieldset").all():
        question = group.locator("legend").first.text_content() or ""
        assert question
        assert page.get_by_role("group", name=question, exact=True).count() == 1
    for picture in page.locator(f"{OUTPUTS} img").all():
        assert len(picture.get_attribute("alt") or "") > 20


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nothing_is_cut_off_at_200_percent_and_at_320_pixels(
    name: str, opened: Callable[[str], Notebook]
) -> None:
    page = opened(name).page
    # At 200 % a window of 1280 by 900 pixels has 640 by 450 for the page.
    page.set_viewport_size({"width": 640, "height": 450})
    assert too_wide(page, ".lesson") == []
    # The lesson's own width is what counts: JupyterLab's side bars are not ours to fold.
    page.add_style_tag(content=".lesson { width: 320px !important; }")
    assert too_wide(page, ".lesson") == []


def test_an_exercise_can_be_done_at_200_percent(server: Server, page: Page) -> None:
    notebook = Notebook(page, server, "00_start")
    notebook.open()
    notebook.run_all()
    page.set_viewport_size({"width": 640, "height": 450})
    group = notebook.exercise("You have read the story once")
    group.get_by_role("radio").nth(1).check()
    group.get_by_role("button", name="Check").click()
    summary = group.locator(".lesson-summary")
    expect(summary).not_to_be_empty()
    # JupyterLab moves cells while it measures them, so look until it has come to rest.
    page.wait_for_function(
        """said => {
            said.scrollIntoView({ block: "center" });
            const box = said.getBoundingClientRect();
            return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
                && box.left >= 0 && box.right <= innerWidth;
        }""",
        arg=summary.element_handle(),
        timeout=PATIENCE,
    )


def test_meaning_survives_forced_colors(
    page: Page, open_notebook: Callable[[str], Notebook]
) -> None:
    notebook = open_notebook("01_page")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    group = notebook.exercise("Mark the three words or phrases")
    word = group.get_by_role("option", name="2014")
    word.click()
    marked = word.evaluate("e => [getComputedStyle(e).textDecorationLine, e.ariaSelected]")
    assert marked == ["underline", "true"]
    assert word.evaluate("e => getComputedStyle(e).transitionDuration") in ("0s", "")
    assert violations(page, OUTPUTS) == []
