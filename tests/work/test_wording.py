from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.exercise.answer import in_digits
from lesson.exercise.record import Record, checked, explained
from lesson.key.material import Deck
from lesson.work.wording import answer_in_words, check_state, deck_state, exercise_state
from tests.examples import ANSWERS, EXERCISES, make_exercise
from tests.work_files import any_text, attempt

if TYPE_CHECKING:
    from lesson import Lesson
    from lesson.article import Article

names = st.sampled_from(["a", "b", "c", "gone"])

SAID: dict[str, tuple[str, ...]] = {
    "choose": ("Option b",),
    "choose-many": ("Option a", "Option c"),
    "sort": ("Line a → Ex", "Line b → Ex"),
    "match": ("Line a → Why",),
    "mark": ("paragraph 1: “stay open”", "paragraph 2: ““We”"),
    "rank": ("1. Line c", "2. Line a"),
    "estimate": ("245.8125678 km",),
    "write": ("Ask Ada.",),
}


@pytest.mark.parametrize("kind", EXERCISES)
def test_an_answer_of_every_kind_is_said_in_the_words_the_learner_saw(
    kind: str, article: Article
) -> None:
    assert answer_in_words(make_exercise(kind), ANSWERS[kind], article) == SAID[kind]


@pytest.mark.parametrize("kind", EXERCISES)
@pytest.mark.parametrize("answer", [None, "", [], {}, True, "gone", ["gone"], {"gone": "x"}])
def test_what_was_not_answered_is_not_said(kind: str, answer: Any, article: Article) -> None:
    if kind == "write" and answer == "gone":
        answer = None  # any text answers a question to write on
    assert answer_in_words(make_exercise(kind), answer, article) == ()


@given(st.lists(names))
def test_every_choice_is_said_once_and_no_other(article: Article, chosen: list[str]) -> None:
    said = answer_in_words(make_exercise("choose-many"), chosen, article)
    assert set(said) == {f"Option {name}" for name in chosen if name != "gone"}
    assert len(said) == len(set(said))


@given(st.dictionaries(names, st.sampled_from(["x", "y", "gone"])))
@pytest.mark.parametrize("kind", ["sort", "match"])
def test_every_sorted_line_is_said_with_its_heading(
    article: Article, kind: str, answer: dict[str, str]
) -> None:
    exercise = make_exercise(kind)
    known = {"a", "b", "c"} if kind == "sort" else {"a", "b"}
    texts = {"x": "Ex", "y": "Why"}
    expected = {f"Line {k} → {texts[v]}" for k, v in answer.items() if k in known and v in texts}
    assert set(answer_in_words(exercise, answer, article)) == expected


@given(st.permutations(["a", "b", "c"]))
def test_a_ranking_is_said_in_the_learners_order(article: Article, order: list[str]) -> None:
    said = answer_in_words(make_exercise("rank", top=3), order, article)
    assert said == tuple(f"{place}. Line {name}" for place, name in enumerate(order, 1))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_estimate_is_said_to_its_last_digit(article: Article, number: float) -> None:
    (said,) = answer_in_words(make_exercise("estimate"), number, article)
    assert said == f"{in_digits(number)} km"
    assert float(said.removesuffix(" km")) == number


@given(any_text.filter(bool))
def test_a_written_answer_is_said_to_the_letter(article: Article, text: str) -> None:
    assert answer_in_words(make_exercise("write"), text, article) == (text,)


@given(st.lists(st.integers(0, 90), unique=True, min_size=2).map(sorted))
def test_marked_text_is_said_as_it_stands_in_the_article(article: Article, ends: list[int]) -> None:
    spans = [["p1", start, end] for start, end in pairwise(ends)]
    said = answer_in_words(make_exercise("mark"), spans, article)
    whole = "".join(line.removeprefix("paragraph 1: “").removesuffix("”") for line in said)
    assert whole == article.part("p1")[ends[0] : ends[-1]]


def test_a_mark_beyond_this_edition_is_left_out(article: Article) -> None:
    assert answer_in_words(make_exercise("mark"), [["p1", 90_000, 90_005]], article) == ()


@pytest.mark.parametrize("kind", [kind for kind in EXERCISES if kind != "write"])
def test_the_state_follows_the_steps(kind: str, article: Article) -> None:
    exercise, tried = make_exercise(kind), attempt(ANSWERS[kind])
    record = Record()
    assert exercise_state(exercise, record, article) == "not begun"
    record = Record(answer=ANSWERS[kind])
    assert exercise_state(exercise, record, article) == "answered, not checked yet"
    record = checked(record, tried)
    assert exercise_state(exercise, record, article) == "checked once"
    opened = explained(record, "now")
    assert exercise_state(exercise, opened, article) == "explained, checked once"
    assert exercise_state(exercise, checked(record, tried), article) == "explained, checked twice"


def test_a_right_first_try_is_explained_at_once(article: Article) -> None:
    record = checked(Record(answer="a"), attempt("a"))
    assert exercise_state(make_exercise("choose"), record, article) == "explained, checked once"


def test_a_text_is_compared_not_checked(article: Article) -> None:
    exercise = make_exercise("write")
    record = Record(answer="Mine.")
    assert exercise_state(exercise, record, article) == "written, not compared yet"
    record = checked(record, attempt("Mine."))
    assert exercise_state(exercise, record, article) == "compared with the model answer"


def test_a_deck_counts_each_known_card_once() -> None:
    deck = Deck(id="d", title="D", cards=("a", "b"), judged_by="x")
    opened = [["a", "before"], ["a", "after"], ["gone", "before"], 7]
    assert deck_state(deck, Record()) == "0 of 2 cards opened"
    assert deck_state(deck, Record(answer=opened)) == "1 of 2 cards opened"


def test_a_check_counts_the_posts_of_the_learners_own_form(lesson: Lesson) -> None:
    check = lesson.check
    assert check is not None
    everything = {item.id: {"rely": True} for form in check.forms for item in form.items}
    assert check_state(check, 0, {"half": "first", "items": everything}) == "6 of 6 posts judged"
    one = {check.form("A").items[0].id: {"rely": False}}
    assert check_state(check, 0, {"half": "first", "items": one}) == "1 of 6 posts judged"
    assert check_state(check, 0, {"half": "second", "items": one}) == "0 of 6 posts judged"
