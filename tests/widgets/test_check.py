from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from lesson import Lesson, LessonError, open_notebook
from lesson.exercise.answers import Answers

if TYPE_CHECKING:
    from pathlib import Path

    from lesson.key.check_file import CheckFile
    from lesson.widgets.check import CheckWidget


@pytest.fixture
def check(lesson: Lesson) -> CheckFile:
    assert lesson.check is not None
    return lesson.check


def shown(occasion: str | int = "before") -> CheckWidget:
    """Show the check anew, as after a restart of the kernel."""
    return open_notebook("00_start").check(occasion)


def ids(widget: CheckWidget) -> list[str]:
    return [item["id"] for item in widget.state["items"]]


def test_nothing_is_chosen_shown_or_saved_when_it_opens(own_answers: Path) -> None:
    widget = shown()
    assert (widget.answer, widget.state["items"], widget.state["saved"]) == (None, [], "")
    assert not own_answers.exists()


@pytest.mark.parametrize(
    ("half", "occasion", "form"),
    [
        ("first", "before", "A"),
        ("second", "before", "B"),
        ("first", "after", "B"),
        ("first", 2, "A"),
    ],
)
def test_the_half_decides_which_posts_appear(
    half: str, occasion: str | int, form: Any, check: CheckFile
) -> None:
    widget = shown(occasion)
    widget.answer = {"half": half, "items": {}}
    assert ids(widget) == [item.id for item in check.form(form).items]


def test_answers_are_saved_at_once_and_back_after_a_restart(own_answers: Path) -> None:
    answer = {
        "half": "first",
        "items": {"a-pool": {"rely": True, "reason": "It is <b>their</b> page 😀 שלום"}},
    }
    widget = shown()
    widget.answer = answer
    assert widget.state["saved"] == "Saved."
    assert Answers(own_answers, "00_start")["check-0"].answer == answer
    assert shown().answer == answer
    assert shown().state == {**widget.state, "saved": ""}


def test_another_half_keeps_what_was_answered_on_the_first_form(own_answers: Path) -> None:
    widget = shown()
    items = {"a-bus": {"rely": False}}
    widget.answer = {"half": "first", "items": items}
    widget.answer = {"half": "second", "items": {**items, "b-ferry": {"rely": True}}}
    assert "b-ferry" in ids(widget)
    kept = Answers(own_answers, "00_start")["check-0"].answer["items"]
    assert kept == {"a-bus": {"rely": False}, "b-ferry": {"rely": True}}


def test_a_text_of_full_length_is_kept_to_the_letter(own_answers: Path) -> None:
    text = "ż" * 100_000
    shown().answer = {"half": "first", "items": {"a-pool": {"use": text, "reason": text}}}
    given = Answers(own_answers, "00_start")["check-0"].answer["items"]["a-pool"]
    assert (given["use"], given["reason"]) == (text, text)


def test_each_occasion_has_a_record_of_its_own(own_answers: Path) -> None:
    occasions: tuple[str | int, ...] = ("before", "after", "later", 3)
    for number, occasion in enumerate(occasions):
        shown(occasion).answer = {"half": "first", "items": {}}
        assert list(Answers(own_answers, "00_start")) == [f"check-{n}" for n in range(number + 1)]


@pytest.mark.parametrize("half", ["first", "second"])
def test_what_the_key_knows_never_reaches_the_page(half: str, check: CheckFile) -> None:
    widget = shown()
    widget.answer = {"half": half, "items": {}}
    sent = json.dumps([widget.get_state(), widget._repr_mimebundle_()], default=str)
    for item in (item for form in check.forms for item in form.items):
        assert json.dumps(item.shows)[1:-1] not in sent
        assert json.dumps(item.sort)[1:-1] not in sent
    assert [set(item) for item in widget.state["items"]] == [{"id", "posted", "text"}] * 6
    assert "verdict" not in sent


def test_no_post_can_be_read_before_a_half_is_chosen(check: CheckFile) -> None:
    sent = json.dumps([shown().get_state(), shown()._repr_mimebundle_()], default=str)
    assert check.reason in sent
    assert not any(item.text[:30] in sent for form in check.forms for item in form.items)


def test_the_static_form_asks_what_the_live_one_asks(check: CheckFile) -> None:
    data, _ = shown("after")._repr_mimebundle_()
    tree = html.fragment_fromstring(data["text/html"])
    assert tree.find("legend").text_content() == "The check after the lesson"
    for words in (check.question, check.rely, check.use, check.reason, "first half"):
        assert words in data["text/plain"]
        assert words in tree.text_content()


@pytest.mark.parametrize("answer", ["x", 7, [1], {"half": []}, {"items": {"a-pool": 1}}])
def test_what_is_no_answer_is_left_out(answer: Any, own_answers: Path) -> None:
    widget = shown()
    widget.answer = answer
    assert widget.state["items"] == []
    assert not own_answers.exists()


def test_an_answer_that_cannot_be_saved_is_said_in_a_sentence(own_answers: Path) -> None:
    own_answers.write_text("a file where the folder should be")
    widget = shown()
    widget.answer = {"half": "first", "items": {}}
    assert widget.state["problem"]
    assert "could not be saved" in widget.state["saved"]


def test_a_cell_that_is_run_twice_shows_one_check() -> None:
    notebook = open_notebook("00_start")
    assert notebook.check("before") is notebook.check(0)


@pytest.mark.parametrize("occasion", ["befor", -1, True, 1000])
def test_an_occasion_that_is_not_there_is_named(occasion: Any) -> None:
    with pytest.raises(LessonError, match=r"^There is no occasion .* say before, after, later or"):
        shown(occasion)


def test_a_lesson_without_a_check_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LESSON_FOLDER", str(root / "tests" / "other_lesson"))
    with pytest.raises(LessonError, match="This lesson has no check"):
        open_notebook("01_story").check("before")
