"""Other doors to the notebooks than JupyterLab: Jupyter Notebook 7 and Voilà."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from tests.e2e.lab import PATIENCE, TOKEN, Notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.e2e.lab import Server

# A kernel that is there, connected and idle; cells that are run before are lost without a word.
READY = """async () => {
    const sessions = await (await fetch('/api/sessions')).json();
    return sessions.some(({ kernel }) => kernel.connections && kernel.execution_state === 'idle');
}"""


def do_an_exercise(page: Page, server: Server, place: int) -> None:
    """Choose, check, read what came of it, and find it saved."""
    group = page.get_by_role("group", name="You have read the story once").first
    group.wait_for(timeout=PATIENCE)
    radio = group.get_by_role("radio").nth(place)
    radio.check()
    group.get_by_role("button", name="Check").click()
    expect(group.locator(".lesson-summary")).not_to_be_empty()
    expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    saved = server.answers("00_start")["start-who"]
    assert saved["latest"]["answer"] == radio.get_attribute("value")


def test_in_jupyter_notebook(server: Server, browser: Browser) -> None:
    # A window of its own: Notebook's own scripts complain where `page` lets nothing pass.
    page = browser.new_context().new_page()
    page.goto(f"{server.address}/notebooks/notebooks/00_start.ipynb?token={TOKEN}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE)
    page.wait_for_function(READY, timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    do_an_exercise(page, server, 1)
    page.context.close()


def test_through_voila(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/voila/render/notebooks/00_start.ipynb?token={TOKEN}")
    do_an_exercise(page, server, 2)


def test_a_notebook_that_is_not_run_yet_shows_its_questions_as_text(
    server: Server, page: Page
) -> None:
    Notebook(page, server, "00_start").open()
    first = page.locator(".jp-OutputArea-output", has_text="You have read the story once").first
    expect(first).to_contain_text("Whose talks does it report?")
    assert first.locator("li, p").count() > 3
    expect(page.get_by_text("Loading widget")).to_have_count(0)
    expect(page.locator(".lesson fieldset")).to_have_count(0)
