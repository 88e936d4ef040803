from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lesson.exercise import record as steps
from lesson.exercise.answers import Answers
from lesson.exercise.record import Attempt, Record
from lesson.widgets.exercises import CardsWidget, ExerciseWidget
from tests.examples import EXERCISES, RIGHT, WRONG, make_exercise

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson
    from lesson.article import Article


class Desk:
    """A place where one learner works: a folder for answers, and what is shown from it."""

    def __init__(self, folder: Path, article: Article) -> None:
        self.folder = folder
        self.article = article

    def widget(self, kind: str, **changes: Any) -> ExerciseWidget:
        """Show an exercise anew, as after a restart of the kernel."""
        return ExerciseWidget(make_exercise(kind, **changes), self.article, self.answers())

    def answers(self) -> Answers:
        return Answers(self.folder, "small")

    def saved(self, kind: str) -> Record:
        return self.answers()[f"a-{kind}"]


@pytest.fixture
def desk(tmp_path: Path, article: Article) -> Desk:
    return Desk(tmp_path / "answers", article)


ANSWERS: dict[str, Any] = {**WRONG, "write": "Who counted? 😀 مرحبا <b>"}
NOTHING_SAVED = {"attempts": 0, "notes": [], "explanation": None, "saved": "", "problem": False}


@pytest.mark.parametrize("kind", EXERCISES)
def test_nothing_is_chosen_and_nothing_saved_when_it_opens(kind: str, desk: Desk) -> None:
    widget = desk.widget(kind)
    assert widget.answer is None
    assert NOTHING_SAVED.items() <= widget.state.items()
    assert not desk.folder.exists()


@pytest.mark.parametrize("kind", EXERCISES)
def test_an_answer_is_saved_at_once_and_back_in_a_new_widget(kind: str, desk: Desk) -> None:
    widget = desk.widget(kind)
    widget.answer = ANSWERS[kind]
    assert widget.state["saved"] == "Saved."
    assert desk.saved(kind).answer == ANSWERS[kind]
    again = desk.widget(kind)
    assert again.answer == ANSWERS[kind]
    assert again.state["answered"]


@pytest.mark.parametrize("kind", EXERCISES)
def test_the_same_record_gives_the_same_view(kind: str, desk: Desk) -> None:
    widget = desk.widget(kind)
    widget.answer = ANSWERS[kind]
    widget.check()
    widget.hint()
    before = {**widget.state, "saved": ""}
    assert desk.widget(kind).state == before
    assert desk.widget(kind).content == widget.content


@pytest.mark.parametrize("kind", WRONG)
def test_the_way_from_the_first_try_to_the_explanation(kind: str, desk: Desk) -> None:
    widget = desk.widget(kind)
    widget.answer = WRONG[kind]
    widget.check()
    assert (widget.state["attempts"], widget.state["can_hint"]) == (1, True)
    widget.hint()
    assert widget.state["hint"]["text"] == "Look at the first paragraph."
    widget.answer = RIGHT[kind]
    assert "changed your answer since" in widget.state["summary"]
    widget.check()
    assert widget.state["explanation"]["text"] == "Because."
    record = desk.saved(kind)
    assert record.first is not None
    assert record.latest is not None
    assert (record.first.answer, record.latest.answer) == (WRONG[kind], RIGHT[kind])
    assert record.first.score < record.latest.score == 1
    assert (record.attempts, record.hint_opened) == (2, True)


def test_the_explanation_opens_when_asked_for_and_is_remembered(desk: Desk) -> None:
    widget = desk.widget("choose")
    widget.answer = "b"
    widget.check()
    widget.explain()
    assert widget.state["explanation"] is not None
    assert desk.saved("choose").explanation_opened
    assert desk.widget("choose").state["explanation"] is not None


@pytest.mark.parametrize(("kind", "empty"), [("choose", None), ("write", "  "), ("mark", [])])
def test_checking_nothing_is_no_attempt(kind: str, empty: Any, desk: Desk) -> None:
    widget = desk.widget(kind)
    widget.answer = empty
    widget.check()
    assert widget.state["attempts"] == 0
    assert desk.saved(kind).attempts == 0


def test_taking_an_answer_back_is_saved_too(desk: Desk) -> None:
    widget = desk.widget("choose")
    widget.answer = "b"
    widget.answer = None
    assert desk.saved("choose").answer is None
    assert not widget.state["answered"]


def test_opening_a_notebook_again_writes_nothing(desk: Desk) -> None:
    widget = desk.widget("choose-many")
    widget.answer = ["a"]
    widget.check()
    before = (desk.folder / "small.json").read_bytes()
    desk.widget("choose-many")
    assert (desk.folder / "small.json").read_bytes() == before


# What can go wrong ------------------------------------------------------------------------------


def disk_full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_one_sentence_in_the_view(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = desk.widget("choose")
    widget.answer = "b"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", disk_full)
        widget.answer = "a"
        assert widget.state["problem"]
        assert "No space left on device" in widget.state["saved"]
        assert desk.saved("choose").answer == "b"
    widget.check()
    assert (widget.state["saved"], widget.state["problem"]) == ("Saved.", False)
    assert desk.saved("choose").answer == "a"


def test_an_unexpected_failure_is_one_sentence_in_the_view(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of order")

    widget = desk.widget("choose")
    monkeypatch.setattr(widget._answers, "save", broken)
    widget.answer = "a"
    assert widget.state["problem"]
    assert widget.state["saved"] == "Something went wrong here: out of order"
    send(widget, {"do": "check"})
    assert widget.state["problem"]


def send(widget: ExerciseWidget | CardsWidget, message: object) -> None:
    """Hand over what a page has sent."""
    widget._receive(widget, message, [])


def test_messages_from_the_page_do_what_they_say(desk: Desk) -> None:
    widget = desk.widget("choose")
    widget.answer = "b"
    send(widget, {"do": "check"})
    send(widget, {"do": "hint"})
    send(widget, {"do": "explain"})
    record = desk.saved("choose")
    assert (record.attempts, record.hint_opened, record.explanation_opened) == (1, True, True)


JUNK: list[Any] = [
    {},
    {"do": None},
    {"do": "save"},
    {"do": ["check"]},
    {"do": {"check": 1}},
    {"do": "__init__"},
    {"undo": "check"},
    [],
    ["check"],
    "check",
    None,
    7,
]


@pytest.mark.parametrize("message", JUNK, ids=repr)
def test_junk_from_the_page_does_nothing(message: Any, desk: Desk, lesson: Lesson) -> None:
    for widget in (desk.widget("choose"), cards_of(lesson, desk.answers())):
        before = dict(widget.state)
        send(widget, message)
        assert widget.state == before
    assert not desk.folder.exists()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a", "x", "p1", "\ud83d"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "z"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", EXERCISES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=json_values)
def test_any_answer_from_the_page_is_tidied_and_saved(kind: str, value: Any, desk: Desk) -> None:
    widget = desk.widget(kind)
    widget.answer = value
    assert not widget.state["problem"]
    widget.check()
    assert not widget.state["problem"]
    assert desk.saved(kind).answer == widget.record.answer
    assert desk.widget(kind).answer == widget.record.answer


@pytest.mark.parametrize(
    ("kind", "stale", "left"),
    [
        ("choose", "gone", None),
        ("choose", {"a": "x"}, None),
        ("choose-many", ["gone", "b"], ["b"]),
        ("sort", {"a": "gone", "b": "y", "q": "x"}, {"b": "y"}),
        ("rank", ["gone", "c", "c"], ["c"]),
        ("mark", [["p9", 0, 4], ["p1", 0, 3], ["p1", 5]], [["p1", 0, 3]]),
        ("estimate", "many", None),
        ("write", 5, None),
    ],
)
def test_an_answer_to_another_key_breaks_nothing_and_stays_on_disk(
    kind: str, stale: Any, left: Any, desk: Desk
) -> None:
    attempt = Attempt(answer=stale, right=9, wrong=9, missed=9, total=9, score=9, time="then")
    record = Record(answer=stale, first=attempt, latest=attempt, attempts=1, revision=4)
    desk.answers().save(f"a-{kind}", record)
    widget = desk.widget(kind)
    assert widget.answer == left
    assert desk.saved(kind).answer == stale
    widget.check()
    assert left is None or "changed your answer since" not in widget.state["summary"]
    assert not widget.state["problem"]


def test_marks_in_any_order_are_the_same_answer(desk: Desk) -> None:
    widget = desk.widget("mark")
    widget.answer = [["p2", 0, 3], ["p1", 4, 7], ["p1", 0, 3]]
    widget.check()
    assert "changed your answer since" not in widget.state["summary"]
    assert desk.saved("mark").answer == [["p1", 0, 3], ["p1", 4, 7], ["p2", 0, 3]]


def test_two_tabs_do_not_erase_each_others_attempts(desk: Desk) -> None:
    one, two = desk.widget("choose"), desk.widget("choose")
    one.answer = "b"
    one.check()
    two.answer = "c"
    record = desk.saved("choose")
    assert record.answer == "c"
    assert record.attempts == 1
    assert record.first is not None
    assert record.latest is not None
    assert record.latest.answer == "b"
    assert "Option b" in [note["subject"] for note in desk.widget("choose").state["notes"]]


def test_what_could_not_be_saved_several_times_does_not_hide_what_another_window_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = desk.widget("write"), desk.widget("write")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", disk_full)
        for text in ("I", "I wri", "I write"):
            one.answer = text
        assert one.state["problem"]
    two.answer = "Somebody else writes"
    one.answer = "I write on"
    record = desk.saved("write")
    assert record.answer == "I write on"
    assert [other.answer for other in record.beside] == ["Somebody else writes"]
    one.answer = "I write on and on"
    assert len(desk.saved("write").beside) == 1


def test_a_disk_that_fills_up_halfway_leaves_nothing_of_its_own_beside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = desk.widget("write")
    widget.answer = "saved"
    room = [os.fsync, disk_full]

    def fill_up(file: int) -> None:
        room.pop(0)(file)

    with monkeypatch.context() as filling:
        filling.setattr(os, "fsync", fill_up)
        widget.answer = "saved in one of two files"
        assert widget.state["problem"]
    assert desk.saved("write").answer == "saved"
    widget.answer = "saved in both"
    assert (desk.saved("write").answer, desk.saved("write").beside) == ("saved in both", ())


def test_what_could_not_be_saved_is_tried_again_when_work_is_loaded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = desk.widget("write")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", disk_full)
        widget.answer = "only in this window"
    desk.answers().save("a-write", Record(answer="loaded from a file", revision=5))
    widget._answers.reload()
    widget.refresh()
    assert widget.answer == "only in this window"
    assert widget.state["saved"] == "Saved."
    record = desk.saved("write")
    assert (record.answer, record.beside[0].answer) == ("only in this window", "loaded from a file")


def test_a_very_long_text_is_kept_up_to_its_limit(desk: Desk) -> None:
    widget = desk.widget("write")
    widget.answer = "x" * 100_500
    assert len(desk.saved("write").answer) == 100_000


# Static forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EXERCISES)
def test_the_static_forms_stand_beside_the_live_view(kind: str, desk: Desk) -> None:
    widget = desk.widget(kind)
    data, _ = widget._repr_mimebundle_()
    assert f"A {kind} question?" in data["text/plain"]
    assert data["text/html"].startswith("<fieldset><legend>")
    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == widget.model_id


def test_the_static_forms_are_the_same_in_every_run_and_with_any_answer(desk: Desk) -> None:
    def forms(widget: ExerciseWidget) -> list[str]:
        data, _ = widget._repr_mimebundle_()
        return [data["text/plain"], data["text/html"]]

    first = forms(desk.widget("sort"))
    answered = desk.widget("sort")
    answered.answer = RIGHT["sort"]
    answered.check()
    assert forms(answered) == forms(desk.widget("sort")) == first
    assert not re.search(r"0x[0-9a-f]{6,}", "".join(first))


# Cards ------------------------------------------------------------------------------------------

DECK = "page-publisher-cards"


def cards_of(lesson: Lesson, answers: Answers) -> CardsWidget:
    deck = lesson.key.notebooks["01_page"].decks[DECK]
    cards = [lesson.key.cards[name] for name in deck.cards]
    return CardsWidget(deck, cards, lesson.key.info.date, answers)


def test_openings_are_kept_with_order_and_whether_before_judging(
    lesson: Lesson, tmp_path: Path
) -> None:
    answers = Answers(tmp_path, "01_page")
    widget = cards_of(lesson, answers)
    judging = lesson.key.notebooks["01_page"].exercises[widget._deck.judged_by]
    third, first, second = widget._deck.cards[:3]
    send(widget, {"do": "open", "card": first})
    send(widget, {"do": "open", "card": second})
    exercise = ExerciseWidget(judging, lesson.article, answers)
    exercise.answer = "state"
    exercise.check()
    send(widget, {"do": "open", "card": third})
    send(widget, {"do": "open", "card": first})
    opened = [[first, "before"], [second, "before"], [third, "after"]]
    assert Answers(tmp_path, "01_page")[DECK].answer == opened
    again = cards_of(lesson, Answers(tmp_path, "01_page"))
    assert again.state["opened"] == widget.state["opened"]
    assert again.state["opened"][second] == "as number 2, before judging"
    assert again.state["opened"][third] == "as number 3, after judging"


def test_answering_without_a_check_is_not_yet_judging(lesson: Lesson, tmp_path: Path) -> None:
    answers = Answers(tmp_path, "01_page")
    widget = cards_of(lesson, answers)
    judging = lesson.key.notebooks["01_page"].exercises[widget._deck.judged_by]
    ExerciseWidget(judging, lesson.article, answers).answer = "state"
    widget.open_card(widget._deck.cards[0])
    assert Answers(tmp_path, "01_page")[DECK].answer == [[widget._deck.cards[0], "before"]]


@pytest.mark.parametrize("card", ["no such card", "", None, ["rferl-about"], 3])
def test_an_unknown_card_is_ignored(card: Any, lesson: Lesson, tmp_path: Path) -> None:
    widget = cards_of(lesson, Answers(tmp_path / "answers", "01_page"))
    send(widget, {"do": "open", "card": card})
    assert widget.state["opened"] == {}
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize(
    "stale", ["text", 5, {"a": 1}, ["rferl-about"], [["gone", "before"]], [[1, 2, 3]], [None]]
)
def test_openings_of_another_key_break_nothing(stale: Any, lesson: Lesson, tmp_path: Path) -> None:
    Answers(tmp_path, "01_page").save(DECK, Record(answer=stale, revision=1))
    widget = cards_of(lesson, Answers(tmp_path, "01_page"))
    assert widget.state["opened"] == {}
    widget.open_card(widget._deck.cards[0])
    assert list(widget.state["opened"]) == [widget._deck.cards[0]]


def test_a_deck_has_its_static_forms(lesson: Lesson, tmp_path: Path) -> None:
    data, _ = cards_of(lesson, Answers(tmp_path, "n"))._repr_mimebundle_()
    assert data["text/plain"].startswith("Who publishes this page?")
    assert "<details>" in data["text/html"]


def test_work_loaded_while_a_notebook_is_open_is_never_typed_over(desk: Desk) -> None:
    """Two kernels: the exercise is open, blank, while another notebook brings work in."""
    shown = desk.widget("write")
    desk.answers().save("a-write", Record(answer="loaded from a file", revision=5))
    shown.answer = "h"
    shown.answer = "he"
    saved = desk.saved("write")
    assert saved.answer == "he"
    assert [other.answer for other in saved.beside] == ["loaded from a file"]


def test_work_taken_elsewhere_is_not_lost_when_a_button_is_pressed_here(desk: Desk) -> None:
    shown = desk.widget("write")
    shown.answer = "mine"
    desk.answers().update(
        lambda saved: {
            **saved,
            "a-write": steps.taken(
                msgspec.structs.replace(saved["a-write"], beside=(Record(answer="theirs"),)), "now"
            ),
        }
    )
    shown.check()
    saved = desk.saved("write")
    assert {saved.answer, *(other.answer for other in saved.beside)} == {"mine", "theirs"}


def test_an_option_the_key_no_longer_has_counts_as_no_answer_after_a_reload(desk: Desk) -> None:
    shown = desk.widget("choose")
    desk.answers().save("a-choose", Record(answer="gone", revision=1))
    shown._answers.reload()
    shown.refresh()
    shown.check()
    assert shown.record.attempts == 0
