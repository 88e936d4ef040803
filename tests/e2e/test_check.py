"""The check before the lesson, by keyboard alone: the half, six posts, no feedback, all kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from tests.e2e.hands import Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from lesson.lesson import Lesson
    from tests.e2e.lab import Notebook


def test_the_check_is_done_by_keyboard_alone_and_says_no_verdict(
    open_notebook: Callable[[str], Notebook], lesson: Lesson
) -> None:
    notebook = open_notebook("00_start")
    keyboard = Keyboard(notebook.page)
    check = lesson.check
    assert check
    half = notebook.exercise("Which half of the class are you in?")
    expect(half.get_by_role("radio", checked=True)).to_have_count(0)
    keyboard.choose(half.get_by_role("radio"), 1)
    posts = notebook.page.get_by_role("group", name="Post ")
    expect(posts).to_have_count(len(check.form("B").items))
    for post, item in zip(posts.all(), check.form("B").items, strict=True):
        expect(post).to_contain_text(item.text.split(".")[0])
        keyboard.choose(post.get_by_role("radio"), 0)
        for field, text in zip(post.get_by_role("textbox").all(), ("use", "<b>"), strict=True):
            keyboard.type(field, f"{text} {item.id}")
    keyboard.reach(half.get_by_role("radio"))  # leaving the last field sends it
    expect(notebook.page.locator(".lesson-saved").first).to_have_text("Saved.")
    whole = notebook.page.locator("body").text_content() or ""
    for form in check.forms:
        for item in form.items:
            assert item.shows not in whole

    notebook.restart()
    notebook.run_all()
    for post, item in zip(posts.all(), check.form("B").items, strict=True):
        expect(post.get_by_role("radio").first).to_be_checked()
        expect(post.get_by_role("textbox").nth(1)).to_have_value(f"<b> {item.id}")
    saved = notebook.server.answers("00_start")["check-0"]["answer"]
    assert saved["half"] == "second"
    assert set(saved["items"]) == {item.id for item in check.form("B").items}
