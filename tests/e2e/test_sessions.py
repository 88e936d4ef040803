"""More than one window, more than one day, more than one machine; and a folder in the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from lesson.widgets.load import LARGEST_UPLOAD
from lesson.work.portfolio import collect, encode
from tests.e2e.lab import Notebook, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, FilePayload, Page

    from lesson.lesson import Lesson
    from tests.e2e.lab import Server

FIRST = "You have read the story once"
SOURCE = "The page ends with"


def test_two_notebooks_at_once_keep_to_their_own_answers(server: Server, page: Page) -> None:
    start, story = Notebook(page, server, "00_start"), None
    start.open()
    start.run_all()
    story = Notebook(page.context.new_page(), server, "01_page")
    story.open()
    story.run_all()
    for notebook, question in ((start, FIRST), (story, SOURCE)):
        notebook.page.bring_to_front()
        group = notebook.exercise(question)
        group.get_by_role("radio").nth(1).check()
        group.get_by_role("button", name="Check").click()
        expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    assert len(server.answers("00_start")) == len(server.answers("01_page")) == 1


def test_two_tabs_with_one_notebook_keep_both_answers(server: Server, page: Page) -> None:
    one = Notebook(page, server, "04_claims")
    one.open()
    one.run_all()
    other = Notebook(page.context.new_page(), server, "04_claims")
    other.open()
    groups = [
        tab.page.locator(".lesson fieldset", has=tab.page.locator("select")) for tab in (one, other)
    ]
    other.run_all()
    for place, tab in enumerate((one, other)):
        tab.page.bring_to_front()
        group = groups[place].nth(place)
        group.get_by_role("combobox").first.select_option(index=1)
        expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    assert len([record for record in server.answers("04_claims").values() if record["answer"]]) == 2


def test_work_taken_along_is_back_on_another_machine(
    server: Server,
    page: Page,
    make_lesson: Callable[[], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    start = Notebook(page, server, "00_start")
    start.open()
    start.run_all()
    start.exercise(FIRST).get_by_role("radio").nth(2).check()
    expect(start.exercise(FIRST).locator(".lesson-saved")).to_have_text("Saved.")
    wrap_up = Notebook(page, server, "06_wrap_up")
    wrap_up.open()
    wrap_up.run_all()
    files = []
    for ending in ("html", "json"):
        with page.expect_download() as started:
            page.get_by_role("link", name=f".{ending}").first.click()
        files.append(Path(started.value.path()).read_bytes())
    for ending, content in zip(("html", "json"), files, strict=True):
        with serve(make_lesson(), tmp_path_factory.mktemp("private"), {}) as elsewhere:
            wrap_up = Notebook(page, elsewhere, "06_wrap_up")
            wrap_up.open()
            wrap_up.run_all()
            chosen: FilePayload = {
                "name": f"my-work.{ending}",
                "mimeType": "application/octet-stream",
                "buffer": content,
            }
            page.locator(".lesson input[type=file]").set_input_files(chosen)
            expect(page.get_by_text("brought in").first).to_be_visible()
            start = Notebook(page, elsewhere, "00_start")
            start.open()
            start.run_all()
            expect(start.exercise(FIRST).get_by_role("radio").nth(2)).to_be_checked()


def test_another_day_with_a_new_server_and_a_new_browser_the_answers_are_there(
    make_lesson: Callable[[], Path], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = make_lesson()
    for day in (1, 2):
        window = browser.new_context().new_page()
        with serve(folder, tmp_path_factory.mktemp("private"), {}) as server:
            for name in ("02_sourcing", "03_quotes", "04_claims"):
                notebook = Notebook(window, server, name)
                notebook.open()
                notebook.run_all()
                group = window.locator(".lesson fieldset", has=window.locator("select")).first
                choices = [group.get_by_role("combobox").nth(place) for place in range(3)]
                if day == 1:
                    for place, choice in enumerate(choices, start=1):
                        choice.select_option(index=place)
                    group.get_by_role("button", name="Check").click()
                    expect(group.locator(".lesson-summary")).to_contain_text("still open")
                assert [c.evaluate("e => e.selectedIndex") for c in choices] == [1, 2, 3]
                expect(group.locator(".lesson-summary")).to_contain_text("still open")
        window.context.close()


def test_a_large_file_is_loaded_and_a_too_large_one_told_what_to_do(
    server: Server, page: Page, lesson: Lesson
) -> None:
    notebook = Notebook(page, server, "06_wrap_up")
    notebook.open()
    notebook.run_all()
    field = page.locator(".lesson input[type=file]")
    work = encode(collect(lesson, {}, "")).encode()

    def chosen(size: int) -> FilePayload:
        return {
            "name": "my-work.json",
            "mimeType": "application/json",
            "buffer": work.ljust(size),  # white space at the end of JSON means nothing
        }

    field.set_input_files(chosen(LARGEST_UPLOAD + 1))
    expect(page.get_by_text("too much for the button")).to_be_visible()
    field.set_input_files(chosen(LARGEST_UPLOAD))
    expect(page.get_by_text("0 brought in")).to_be_visible()


def test_where_nothing_can_be_saved_the_learner_reads_why(
    make_lesson: Callable[[], Path], page: Page, tmp_path: Path
) -> None:
    folder = make_lesson()
    with serve(folder, tmp_path, {}) as server:
        notebook = Notebook(page, server, "00_start")
        notebook.open()
        notebook.run_all()
        (folder / "answers").write_text("a file where the folder should be", "utf-8")
        group = notebook.exercise(FIRST)
        group.get_by_role("radio").first.check()
        expect(group.locator(".lesson-problem")).to_contain_text("could not be saved")
        expect(group.get_by_role("radio").first).to_be_checked()
