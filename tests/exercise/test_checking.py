from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.exercise.answer import is_empty, tidy
from lesson.exercise.checking import check, words
from tests.examples import EXERCISES, make_exercise

if TYPE_CHECKING:
    from lesson.article import Article

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)

FULL: dict[str, Any] = {
    "choose": "a",
    "choose-many": ["a", "b"],
    "sort": {"a": "x", "b": "y", "c": "x"},
    "match": {"a": "x", "b": "y"},
    "rank": ["a", "b"],
    "estimate": 260.0,
}


@pytest.mark.parametrize("kind", FULL)
def test_the_keys_own_answer_is_complete(kind: str, article: Article) -> None:
    feedback = check(make_exercise(kind), FULL[kind], article)
    assert feedback.complete
    assert feedback.score == 1
    assert (feedback.wrong, feedback.missed) == (0, 0)


@pytest.mark.parametrize("kind", [*FULL, "mark"])
def test_no_answer_earns_nothing_and_is_missed_not_wrong(kind: str, article: Article) -> None:
    feedback = check(make_exercise(kind), None, article)
    assert (feedback.right, feedback.wrong, feedback.score) == (0, 0, 0)
    assert feedback.missed == feedback.total > 0


@pytest.mark.parametrize("kind", EXERCISES)
@given(answer=json_values)
def test_any_stored_value_can_be_tidied_and_checked(
    kind: str, answer: Any, article: Article
) -> None:
    exercise = make_exercise(kind)
    tidied = tidy(exercise, answer)
    assert tidy(exercise, tidied) == tidied
    feedback = check(exercise, answer, article)
    assert 0 <= feedback.score <= 1
    assert feedback.right <= feedback.total


@given(chosen=st.sets(st.sampled_from(["a", "b", "c"])))
def test_choosing_more_than_what_belongs_never_pays(chosen: set[str], article: Article) -> None:
    exercise = make_exercise("choose-many")
    with_extra = check(exercise, sorted(chosen | {"c"}), article)
    without = check(exercise, sorted(chosen - {"c"}), article)
    assert with_extra.score <= without.score


def test_choosing_everything_earns_nothing(article: Article) -> None:
    feedback = check(make_exercise("choose-many"), ["a", "b", "c"], article)
    assert (feedback.right, feedback.wrong, feedback.score) == (2, 1, 0)


def test_marking_everything_earns_nothing(article: Article) -> None:
    exercise = make_exercise("mark")
    everything = [[part, 0, len(article.part(part))] for part in ("p1", "p2")]
    feedback = check(exercise, everything, article)
    assert feedback.right == feedback.total
    assert feedback.wrong > 0
    assert feedback.score == 0


def test_marks_are_found_in_full_in_part_or_not_at_all(article: Article) -> None:
    exercise = make_exercise("mark")
    start = article.part("p1").index("stay")
    whole = [["p1", start, start + len("stay open")]]
    part = [["p1", start, start + 4]]
    assert [note.verdict for note in check(exercise, whole, article).notes] == ["right", "missed"]
    assert [note.verdict for note in check(exercise, part, article).notes] == [
        "look again",
        "missed",
    ]
    assert check(exercise, part, article).score > 0


def test_a_mark_beyond_the_key_is_named_with_its_words(article: Article) -> None:
    start = article.part("p2").index("she told")
    feedback = check(make_exercise("mark"), [["p2", start, start + 8]], article)
    assert feedback.wrong == 1
    assert feedback.notes[-1].subject == "she told"
    assert feedback.notes[-1].verdict == "look again"


def test_a_defensible_category_counts_as_right(article: Article) -> None:
    feedback = check(make_exercise("sort"), {"c": "y"}, article)
    assert [note.verdict for note in feedback.notes] == ["missed", "missed", "right"]


@pytest.mark.parametrize(
    ("answer", "verdict", "score", "text"),
    [
        (251.0, "right", 1, ""),
        (215.0, "look again", 0.5, "Close. It is farther."),
        (1000.0, "look again", 0, "It is nearer."),
    ],
)
def test_an_estimate_is_right_close_or_off(
    answer: float, verdict: str, score: float, text: str, article: Article
) -> None:
    feedback = check(make_exercise("estimate"), answer, article)
    assert feedback.score == score
    assert (feedback.notes[0].verdict, feedback.notes[0].text) == (verdict, text)


def test_a_rank_counts_who_is_in_front_and_tells_the_places(article: Article) -> None:
    feedback = check(make_exercise("rank"), ["c", "a"], article)
    assert (feedback.right, feedback.wrong, feedback.missed, feedback.score) == (1, 1, 1, 0.5)
    assert feedback.notes[0].text == "You put this in place 2. The key has this in place 1. On a."


def test_a_written_answer_is_never_scored(article: Article) -> None:
    feedback = check(make_exercise("write"), "A thought.", article)
    assert (feedback.total, feedback.score, feedback.notes) == (0, 0, ())


def test_a_written_answer_is_kept_to_the_letter_up_to_its_limit() -> None:
    exercise = make_exercise("write")
    text = "<b>ok</b> \u202bשלום\u202c 🙂"
    assert tidy(exercise, text) == text
    assert len(tidy(exercise, "x" * 200_000)) == 100_000


@given(st.text())
def test_words_are_in_order_apart_and_hold_every_letter(text: str) -> None:
    found = words("p1", text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    inside = {index for word in found for index in range(word.start, word.end)}
    assert all(index in inside for index, letter in enumerate(text) if letter.isalnum())


@given(json_values)
def test_emptiness_can_be_asked_of_anything(value: Any) -> None:
    assert is_empty(value) in (True, False)


@pytest.mark.parametrize("answer", [245.7, 245.9])
def test_an_estimate_is_held_against_its_tolerance_without_noise(
    answer: float, article: Article
) -> None:
    exercise = make_exercise("estimate", value=245.8, tolerance=0.1, near=1)
    assert check(exercise, answer, article).complete
