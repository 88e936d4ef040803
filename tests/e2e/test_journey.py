"""A learner's way through an exercise, by pointer and by keyboard, and back another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.lab import Notebook

PHOTO = "The caption ends with"
PARTS = "What is each of these pieces"
DATES = "Mark the three words or phrases"
FIRST_READING = "After one reading"


def test_try_hint_try_again_explanation(open_notebook: Callable[[str], Notebook]) -> None:
    notebook = open_notebook("01_page")
    group = notebook.exercise(PHOTO)
    expect(group.get_by_role("radio", checked=True)).to_have_count(0)

    group.get_by_label("handed out by a government").check()
    group.get_by_role("button", name="Check").click()
    expect(group.locator(".lesson-summary")).to_contain_text("Look again")
    expect(group.locator(".lesson-explanation")).to_be_empty()

    group.get_by_role("button", name="Hint").click()
    expect(group.locator(".lesson-hint")).to_contain_text("See the photo caption")

    group.get_by_label("from the archive").check()
    group.get_by_role("button", name="Check again").click()
    expect(group.locator(".lesson-summary")).to_have_text("That holds up.")
    expect(group.locator(".lesson-explanation")).to_contain_text("How a fact-checker goes on")

    record = notebook.server.answers("01_page")["page-file-photo"]
    assert (record["first"]["answer"], record["latest"]["answer"]) == ("official", "archive")
    assert record["hint_opened"]


def test_an_exercise_can_be_done_by_keyboard_alone(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("01_page")
    keys = notebook.page.keyboard
    group = notebook.exercise("The page ends with")
    first = group.get_by_role("radio").first
    first.focus()
    keys.press("Space")
    expect(first).to_be_checked()
    keys.press("ArrowDown")
    expect(group.get_by_role("radio").nth(1)).to_be_checked()
    keys.press("Tab")
    expect(group.get_by_role("button", name="Check")).to_be_focused()
    keys.press("Enter")
    expect(group.locator(".lesson-summary")).to_have_text("That holds up.")
    expect(group.get_by_role("button", name="Check again")).to_be_focused()


def test_focus_moves_to_what_a_vanishing_button_opened(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("01_page")
    group = notebook.exercise("Who is behind this page")
    group.get_by_role("radio").nth(1).check()
    group.get_by_role("button", name="Check").press("Enter")
    group.get_by_role("button", name="Hint").press("Enter")
    expect(group.locator(".lesson-hint")).to_be_focused()
    group.get_by_role("button", name="Explanation").press("Enter")
    expect(group.locator(".lesson-explanation")).to_be_focused()


def test_marking_by_keyboard_and_pointer_is_said_in_words(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("01_page")
    group = notebook.exercise(DATES)
    keys = notebook.page.keyboard
    options = group.get_by_role("option")
    options.first.focus()
    keys.press("Space")
    expect(group.locator(".lesson-said")).to_have_text("Marked: Russia. 1 word marked in all.")
    keys.press("Space")
    expect(group.locator(".lesson-said")).to_contain_text("0 words marked in all.")
    group.get_by_role("option", name="2014").click()
    expect(group.get_by_role("option", selected=True)).to_have_count(1)
    group.get_by_label("sentence by sentence").check()
    options.nth(1).click()
    expect(group.locator(".lesson-said")).to_contain_text("Marked: Blinken’s comments")
    group.get_by_role("button", name="Check").click()
    expect(group.locator(".lesson-summary")).to_contain_text("2 of 3 found in full")


def test_answers_are_back_after_a_restart_and_a_reload(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("01_page")
    group = notebook.exercise(PARTS)
    selects = group.get_by_role("combobox")
    selects.nth(0).select_option(label="section label")
    selects.nth(1).select_option(label="headline")
    group.get_by_role("button", name="Check").click()
    summary = group.locator(".lesson-summary")
    expect(summary).to_contain_text("2 of 12 where the key has them, 10 still open.")

    notebook.restart()
    notebook.run_all()
    group = notebook.exercise(PARTS)
    expect(group.get_by_role("combobox").nth(1)).to_have_value("headline")
    expect(group.locator(".lesson-summary")).to_contain_text("2 of 12 where the key has them")

    notebook.open()  # the page anew, as after closing the browser
    notebook.run_all()
    expect(notebook.exercise(PARTS).get_by_role("combobox").nth(0)).to_have_value("label")


def test_text_is_kept_to_the_letter_and_never_run(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("00_start")
    text = "<img src=x onerror=\"document.title='ran'\"> </textarea><script>1</script> שלום 🙂"
    group = notebook.exercise(FIRST_READING)
    group.get_by_role("textbox").fill(text)
    group.get_by_role("button", name="I am done").click()
    expect(group.locator(".lesson-explanation")).to_contain_text("A model answer")
    assert notebook.server.answers("00_start")["start-first-reading"]["answer"] == text

    notebook.open()
    notebook.run_all()
    expect(notebook.exercise(FIRST_READING).get_by_role("textbox")).to_have_value(text)
    assert notebook.page.title() != "ran"


def test_run_all_twice_erases_nothing(open_notebook: Callable[[str], Notebook]) -> None:
    notebook = open_notebook("00_start")
    group = notebook.exercise("You have read the story once")
    group.get_by_role("radio").nth(2).check()
    expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    notebook.run_all()
    expect(notebook.exercise("You have read").get_by_role("radio").nth(2)).to_be_checked()


def test_opening_a_card_is_remembered_with_its_place(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("01_page")
    button = notebook.page.get_by_role("button", name="RFE/RL on its editorial firewall")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(notebook.page.get_by_text("Opened as number 1, ")).to_be_visible()


def test_voice_control_marks_and_a_touch_that_becomes_a_scroll_does_not(
    open_notebook: Callable[[str], Notebook],
) -> None:
    group = open_notebook("01_page").exercise(DATES)
    marked = group.get_by_role("option", selected=True)
    before = marked.count()
    group.get_by_role("option").first.evaluate("word => word.click()")  # no pointer, as by voice
    expect(marked).not_to_have_count(before)
    before = marked.count()
    group.get_by_role("option").nth(4).evaluate(
        """word => {
            word.scrollIntoView({ block: "center" });
            const { x, y, width, height } = word.getBoundingClientRect();
            const at = { bubbles: true, clientX: x + width / 2, clientY: y + height / 2 };
            word.dispatchEvent(new PointerEvent("pointerdown", at));
            word.dispatchEvent(new PointerEvent("pointercancel", at));
            window.dispatchEvent(new PointerEvent("pointerup", at));
        }"""
    )
    expect(group.get_by_role("option").nth(4)).to_be_focused()  # the touch did arrive
    expect(marked).to_have_count(before)


def test_a_slip_of_the_key_is_said_and_leaves_the_number_as_it_was(
    open_notebook: Callable[[str], Notebook],
) -> None:
    notebook = open_notebook("05_distances")
    field = notebook.page.get_by_role("spinbutton", name="Your estimate").first
    group = field.locator("xpath=ancestor::fieldset")
    field.press_sequentially("260")
    field.press("Tab")
    expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    field.press("End")
    field.press_sequentially("e")
    field.press("Tab")
    expect(group.locator(".lesson-said")).to_contain_text("That is no number yet")
    answers = notebook.server.answers("05_distances").values()
    assert 260.0 in [record["answer"] for record in answers]
