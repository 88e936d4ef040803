from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from lesson.exercise import record as steps
from lesson.exercise.checking import check
from lesson.exercise.describe import content, deck_content, state
from lesson.exercise.record import Attempt, Record
from lesson.key.material import Card
from lesson.key.schema import ChooseMany, Exercise
from tests.examples import EXERCISES, RIGHT, WRONG, make_exercise, small_key

if TYPE_CHECKING:
    from lesson import Lesson
    from lesson.article import Article


def tried(
    exercise: Exercise, answer: Any, article: Article, record: Record | None = None
) -> Record:
    """Answer and check, as a learner does."""
    record = steps.changed(record or Record(), answer, "now")
    found = check(exercise, answer, article)
    attempt = Attempt(
        answer=answer,
        right=found.right,
        wrong=found.wrong,
        missed=found.missed,
        total=found.total,
        score=found.score,
        time="now",
    )
    return steps.checked(record, attempt)


def test_the_right_answers_of_these_tests_are_right(article: Article) -> None:
    assert all(check(make_exercise(kind), RIGHT[kind], article).complete for kind in RIGHT)
    assert not any(check(make_exercise(kind), WRONG[kind], article).complete for kind in WRONG)


# Content: it does not depend on what is right ----------------------------------------------------


def key_of(kind: str) -> dict[str, Any]:
    fields: dict[str, Any] = small_key(kind)["small.yaml"]["exercises"][0]
    return fields


def changed_answers() -> list[tuple[str, dict[str, Any]]]:
    """Exercises of every kind, with nothing changed but what is right and what is said of it."""
    cases = []
    for kind in EXERCISES:
        fields = key_of(kind)
        for name in ("options", "statements", "pairs", "items", "targets"):
            for entry in fields.get(name, ()):
                entry["explanation"] = "Said otherwise."
                entry["at"] = {"part": "p2", "marker": "every bolt"}
                for answer, swap in (("category", "y"), ("choice", "y"), ("correct", True)):
                    if answer in entry:
                        entry[answer] = swap
                entry.pop("also", None)
        if kind == "rank":
            fields["items"].reverse()
        if kind == "mark":
            fields["targets"] = fields["targets"][:1]
        if kind == "estimate":
            fields.update(value=-1.0, tolerance=0, near=1, too_low="L", too_high="H")
        if kind == "write":
            fields.update(model_answer="Another.", levels=[])
        fields.update(explanation="Other.", next_step="Other.", contested="Other.")
        if kind != "write":
            fields["hint"] = {"text": "Other.", "at": {"part": "p2"}}
        cases.append((kind, fields))
    return cases


@pytest.mark.parametrize(("kind", "fields"), changed_answers(), ids=list(EXERCISES))
def test_what_is_shown_first_does_not_depend_on_what_is_right(
    kind: str, fields: dict[str, Any], article: Article
) -> None:
    other: Exercise = msgspec.convert(fields, Exercise)
    assert other != make_exercise(kind)
    assert content(other, article) == content(make_exercise(kind), article)


def test_no_word_of_the_shipped_keys_answers_is_shown_first(lesson: Lesson) -> None:
    seen = 0
    for notebook in lesson.key.notebooks.values():
        for exercise in notebook.exercises.values():
            shown = json.dumps(content(exercise, lesson.article), ensure_ascii=False)
            hidden = [exercise.explanation, exercise.next_step]
            for name in ("options", "statements", "pairs", "items", "targets"):
                hidden += [entry.explanation for entry in getattr(exercise, name, ())]
            hidden += [level.sample for level in getattr(exercise, "levels", ())]
            hidden += [getattr(exercise, "model_answer", exercise.explanation)]
            assert not [text for text in hidden if json.dumps(text)[1:-1] in shown]
            assert '"correct"' not in shown
            seen += len(hidden)
    assert seen > 50


def test_content_is_plain_json(lesson: Lesson) -> None:
    for notebook in lesson.key.notebooks.values():
        for exercise in notebook.exercises.values():
            shown = content(exercise, lesson.article)
            assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize("kind", EXERCISES)
def test_nothing_is_selected_and_nothing_said_before_the_first_try(
    kind: str, article: Article
) -> None:
    shown = state(make_exercise(kind), Record(), article)
    assert shown == {
        "answered": False,
        "attempts": 0,
        "summary": "",
        "notes": [],
        "hint": None,
        "explanation": None,
        "can_hint": False,
        "can_explain": False,
    }


def test_a_passage_to_mark_gives_the_text_back_to_the_letter(lesson: Lesson) -> None:
    passages = [
        passage
        for notebook in lesson.key.notebooks.values()
        for exercise in notebook.exercises.values()
        for passage in content(exercise, lesson.article).get("passages", ())
    ]
    assert passages
    for passage in passages:
        text = lesson.article.part(passage["part"])
        words = [word for sentence in passage["sentences"] for word in sentence]
        assert "".join(before + word for _, _, before, word in words) + passage["rest"] == text
        assert all(text[start:end] == word for start, end, _, word in words)
        assert len(passage["sentences"]) == len(lesson.article.sentences(int(passage["part"][1:])))


# State: try, a hint, try again, the explanation -------------------------------------------------

SCORED = list(RIGHT)


@pytest.mark.parametrize("kind", SCORED)
def test_a_first_wrong_try_opens_the_way_to_the_hint(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    shown = state(exercise, tried(exercise, WRONG[kind], article), article)
    assert shown["answered"]
    assert shown["attempts"] == 1
    assert shown["summary"]
    assert (shown["can_hint"], shown["can_explain"]) == (True, True)
    assert (shown["hint"], shown["explanation"]) == (None, None)


@pytest.mark.parametrize("kind", SCORED)
def test_the_hint_points_at_a_place_and_explains_nothing(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = steps.hinted(tried(exercise, WRONG[kind], article), "now")
    shown = state(exercise, record, article)
    assert shown["hint"] == {"text": "Look at the first paragraph.", "at": "See paragraph 1."}
    assert shown["explanation"] is None


@pytest.mark.parametrize("kind", SCORED)
def test_a_second_wrong_try_brings_the_explanation(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = steps.hinted(tried(exercise, WRONG[kind], article), "now")
    shown = state(exercise, tried(exercise, WRONG[kind], article, record), article)
    assert shown["explanation"]["text"] == "Because."
    assert shown["explanation"]["next_step"] == "Ask twice."
    assert shown["hint"] is not None
    assert (shown["can_hint"], shown["can_explain"]) == (False, False)


@pytest.mark.parametrize("kind", SCORED)
def test_a_right_first_try_brings_the_explanation_at_once(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    shown = state(exercise, tried(exercise, RIGHT[kind], article), article)
    assert shown["explanation"]["text"] == "Because."
    assert {note["verdict"] for note in shown["notes"]} <= {"holds", "note"}


@pytest.mark.parametrize("kind", SCORED)
def test_the_explanation_can_be_asked_for_after_one_try(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = steps.explained(tried(exercise, WRONG[kind], article), "now")
    assert state(exercise, record, article)["explanation"]["text"] == "Because."


@pytest.mark.parametrize("kind", SCORED)
def test_the_explanation_is_not_shown_before_any_try(kind: str, article: Article) -> None:
    record = steps.explained(steps.hinted(Record(), "now"), "now")
    shown = state(make_exercise(kind), record, article)
    assert (shown["hint"], shown["explanation"], shown["notes"]) == (None, None, [])


@pytest.mark.parametrize("kind", SCORED)
def test_what_was_missed_is_not_named_before_the_end(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = tried(exercise, WRONG[kind], article)
    first = [note["verdict"] for note in state(exercise, record, article)["notes"]]
    assert "not chosen" not in first
    last = state(exercise, tried(exercise, WRONG[kind], article, record), article)["notes"]
    missed = sum(note.verdict == "missed" for note in check(exercise, WRONG[kind], article).notes)
    assert sum(note["verdict"] == "not chosen" for note in last) == missed


@pytest.mark.parametrize("kind", ["sort", "match", "rank"])
def test_why_a_line_is_elsewhere_is_said_at_the_end_only(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = tried(exercise, WRONG[kind], article)

    def reasons(record: Record) -> list[str]:
        notes = state(exercise, record, article)["notes"]
        return [note["text"] for note in notes if note["verdict"] == "look again"]

    assert set(reasons(record)) == {""}
    assert all("On " in text for text in reasons(tried(exercise, WRONG[kind], article, record)))


@pytest.mark.parametrize("kind", ["choose", "choose-many", "estimate"])
def test_a_wrong_choice_has_its_reason_at_once(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    notes = state(exercise, tried(exercise, WRONG[kind], article), article)["notes"]
    assert [note["verdict"] for note in notes] == ["look again"]
    assert notes[0]["text"] in {"On b.", "On c.", "It is farther."}


def test_a_half_marked_passage_is_said_to_be_a_part_and_no_more(article: Article) -> None:
    exercise = make_exercise("mark")
    start = article.part("p1").index("stay open")
    record = tried(exercise, [["p1", start, start + 4]], article)
    (note,) = state(exercise, record, article)["notes"]
    assert note["verdict"] == "look again"
    assert "You have a part of it" in note["text"]
    assert "open" not in json.dumps(note)
    last = state(exercise, steps.explained(record, "now"), article)["notes"]
    assert last[0]["text"] == "On t1."
    assert "stay open" in last[0]["at"]


def test_words_that_belong_nowhere_are_said_to(article: Article) -> None:
    exercise = make_exercise("mark")
    (note,) = state(exercise, tried(exercise, [["p1", 0, 7]], article), article)["notes"]
    assert note["subject"] == "The old"
    assert note["text"] == "You marked this too; it belongs to none."


@pytest.mark.parametrize("kind", SCORED)
def test_feedback_on_an_answer_since_changed_says_so(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    record = tried(exercise, WRONG[kind], article)
    assert "changed your answer since" not in state(exercise, record, article)["summary"]
    stale = steps.changed(record, RIGHT[kind], "now")
    assert "changed your answer since" in state(exercise, stale, article)["summary"]
    assert state(exercise, stale, article)["notes"] == state(exercise, record, article)["notes"]


def test_a_free_text_is_never_scored_and_gets_its_model_at_once(article: Article) -> None:
    exercise = make_exercise("write")
    shown = state(exercise, tried(exercise, "Anything.", article), article)
    assert shown["explanation"]["model_answer"] == "Ask who counted."
    assert shown["explanation"]["levels"][0]["name"] == "competent"
    assert shown["notes"] == []
    assert not shown["can_hint"]
    assert "compare" in shown["summary"].lower()


def test_the_summary_counts_in_words(article: Article) -> None:
    exercise = make_exercise("sort")
    shown = state(exercise, tried(exercise, {"a": "x", "b": "x"}, article), article)
    assert shown["summary"] == ("1 of 3 where the key has them, 1 to look at again, 1 still open.")


@pytest.mark.parametrize(("number", "said"), [(265, "holds up"), (300, "Close"), (10, "again")])
def test_an_estimate_is_right_close_or_off(number: float, said: str, article: Article) -> None:
    exercise = make_exercise("estimate")
    assert said in state(exercise, tried(exercise, number, article), article)["summary"]


@pytest.mark.parametrize("kind", EXERCISES)
def test_state_is_plain_json_at_every_step(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    answer = WRONG.get(kind, "text")
    record = tried(exercise, answer, article, steps.explained(Record(), "now"))
    shown = state(exercise, record, article)
    assert json.loads(json.dumps(shown)) == shown


# Cards -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "later"), [(9, False), (10, False), (11, True)])
def test_a_card_from_after_the_story_says_so(day: int, later: bool, lesson: Lesson) -> None:
    card = msgspec.structs.replace(
        next(iter(lesson.key.cards.values())), date=dt.date(2021, 11, day)
    )
    deck = lesson.key.notebooks["01_page"].decks["page-publisher-cards"]
    shown = deck_content(deck, [card], dt.date(2021, 11, 10))["cards"][0]
    assert bool(shown["when"]) == later
    assert shown["date"] == f"2021-11-{day:02}"


def test_a_deck_shows_every_field_of_its_cards(lesson: Lesson) -> None:
    deck = lesson.key.notebooks["01_page"].decks["page-publisher-cards"]
    cards = [lesson.key.cards[name] for name in deck.cards]
    shown = deck_content(deck, cards, lesson.key.info.date)
    assert [card["id"] for card in shown["cards"]] == list(deck.cards)
    assert all(set(Card.__struct_fields__) <= set(card) for card in shown["cards"])
    assert json.loads(json.dumps(shown)) == shown


def test_options_in_another_order_are_no_change_of_the_answer(article: Article) -> None:
    exercise = make_exercise("choose-many")
    assert isinstance(exercise, ChooseMany)
    given = [option.id for option in exercise.options][:2]
    attempt = Attempt(answer=given[::-1], right=0, wrong=0, missed=0, total=1, score=0, time="now")
    record = Record(answer=given, first=attempt, latest=attempt, attempts=1)
    assert "changed your answer" not in state(exercise, record, article)["summary"]
