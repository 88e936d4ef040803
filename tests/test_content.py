"""What the lesson of this checkout has in it: enough of everything, said to be of use."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from lesson.key.schema import Choose, ChooseMany, Estimate, Exercise, Match, Rank, Sort, Write
from tests.minutes import OPTIONAL, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lesson import Lesson

LONGEST_SENTENCE = 45
"""Words. Plain English has shorter ones; no sentence here may go beyond it."""

BLAME = re.compile(
    r"\b(incorrect|stupid|silly|dumb|careless|shame|lazy|wrong!|failed|you fail|your (mistake|"
    r"error|fault)|you (were|are|got|did) (it )?wrong|you (should|ought to|must) have|you forgot|"
    r"you missed|bad answer|wrong answer|not good enough|as everyone knows|obviously)",
    re.IGNORECASE,
)


def exercises(lesson: Lesson) -> Iterator[Exercise]:
    for notebook in lesson.key.notebooks.values():
        yield from notebook.exercises.values()


def pieces(exercise: Exercise) -> tuple[Any, ...]:
    """Give what an exercise offers, each with an explanation of its own."""
    for name in ("options", "statements", "pairs", "items", "targets"):
        if found := getattr(exercise, name, ()):
            return tuple(found)
    return ()


def spoken(exercise: Exercise) -> Iterator[str]:
    """Give every text of an exercise that speaks to the learner in the lesson's own voice."""
    yield from (exercise.question, exercise.instruction, exercise.explanation)
    yield from (exercise.next_step, exercise.contested)
    yield from (piece.explanation for piece in pieces(exercise))
    if isinstance(exercise, Write):
        yield exercise.model_answer
    else:
        yield exercise.hint.text
    if isinstance(exercise, Estimate):
        yield from (exercise.too_low, exercise.too_high)


def sentences_of(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])[”’)]*\s+|(?<=[.!?][”’)])\s+", text)


@pytest.mark.parametrize(("notebook", "count"), [("02_sourcing", 12), ("04_claims", 12)])
def test_there_is_enough_to_sort(notebook: str, count: int, lesson: Lesson) -> None:
    sorts = [e for e in lesson.key.notebooks[notebook].exercises.values() if isinstance(e, Sort)]
    assert max(len({line.id for line in sort.statements}) for sort in sorts) >= count


def test_quotations_are_compared_at_least_five_times(lesson: Lesson) -> None:
    comparisons = lesson.key.notebooks["03_quotes"].comparisons.values()
    assert len(comparisons) >= 5
    assert all(comparison.versions for comparison in comparisons)
    assert len({comparison.printed for comparison in comparisons}) == len(comparisons)


def test_four_claims_are_ranked_and_three_are_checked_with_cards(lesson: Lesson) -> None:
    claims = lesson.key.notebooks["04_claims"]
    ranks = [e for e in claims.exercises.values() if isinstance(e, Rank)]
    assert [rank.top for rank in ranks] == [4]
    judged = [deck.judged_by for deck in claims.decks.values()]
    assert len(set(judged)) >= 3
    assert set(judged) <= set(claims.exercises)
    assert all(len(deck.cards) >= 3 for deck in claims.decks.values())


def test_there_are_cards_of_every_strength_from_before_and_after(lesson: Lesson) -> None:
    cards, story = lesson.key.cards.values(), lesson.key.info.date
    assert len(cards) >= 16
    strengths = Counter(card.strength for card in cards)
    assert set(strengths) == {"strong", "medium", "weak"}
    assert strengths["weak"] >= 3
    assert any(card.date < story for card in cards)
    assert any(card.date > story for card in cards)
    assert len({card.publisher_kind for card in cards}) >= 5


def test_every_card_says_all_it_has_to_say(lesson: Lesson) -> None:
    for card in lesson.key.cards.values():
        texts = (card.title, card.publisher, card.says, card.shows, card.cannot_show)
        assert all(text.strip() for text in texts), card.id
        assert len(set(texts)) == len(texts), card.id


def test_every_card_is_laid_out_somewhere(lesson: Lesson) -> None:
    decks = [deck for book in lesson.key.notebooks.values() for deck in book.decks.values()]
    assert {name for deck in decks for name in deck.cards} == set(lesson.key.cards)


def test_every_piece_has_an_explanation_of_its_own(lesson: Lesson) -> None:
    shared = {
        exercise.id: text
        for exercise in exercises(lesson)
        for text, count in Counter(p.explanation.strip() for p in pieces(exercise)).items()
        if count > 1 or not text
    }
    assert shared == {}


def test_every_piece_points_into_the_page(lesson: Lesson) -> None:
    for exercise in exercises(lesson):
        for piece in pieces(exercise):
            assert lesson.article.part(piece.at.part), (exercise.id, piece.id)


def test_no_explanation_only_repeats_what_it_explains(lesson: Lesson) -> None:
    for exercise in exercises(lesson):
        for piece in pieces(exercise):
            said = getattr(piece, "text", piece.at.marker)
            assert piece.explanation.strip(". ") != said.strip(". "), (exercise.id, piece.id)


@pytest.mark.parametrize(
    "text", ["That is Wrong!", "Your mistake: read it.", "You should have read it.", "Incorrect."]
)
def test_words_of_blame_are_found(text: str) -> None:
    assert BLAME.search(text)


def test_nothing_that_speaks_to_the_learner_blames(lesson: Lesson) -> None:
    said = [text for exercise in exercises(lesson) for text in spoken(exercise)]
    assert len(said) > 300
    assert [text for text in said if BLAME.search(text)] == []


def test_no_sentence_is_too_long_to_follow(lesson: Lesson) -> None:
    texts = [(e.id, text) for e in exercises(lesson) for text in spoken(e)]
    cards = lesson.key.cards.values()
    texts += [(c.id, t) for c in cards for t in (c.says, c.shows, c.cannot_show)]
    texts += [(term.word, term.meaning) for term in lesson.key.words.values()]
    long = {
        name: sentence
        for name, text in texts
        for sentence in sentences_of(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    }
    assert long == {}


def test_not_every_first_option_is_the_right_one(lesson: Lesson) -> None:
    firsts = [
        exercise.options[0].correct
        for exercise in exercises(lesson)
        if isinstance(exercise, Choose)
    ]
    assert sum(firsts) < len(firsts) / 2


def test_an_exercise_with_two_right_answers_says_that_it_is_contested(lesson: Lesson) -> None:
    for exercise in exercises(lesson):
        several = isinstance(exercise, Choose) and sum(o.correct for o in exercise.options) > 1
        if isinstance(exercise, Sort | Match):
            lines = exercise.statements if isinstance(exercise, Sort) else exercise.pairs
            several = any(line.also for line in lines)
        assert not several or exercise.contested, exercise.id


def test_no_exercise_takes_every_option_or_none(lesson: Lesson) -> None:
    for exercise in exercises(lesson):
        if isinstance(exercise, Choose | ChooseMany):
            right = sum(option.correct for option in exercise.options)
            assert 0 < right < len(exercise.options), exercise.id


def test_neither_length_nor_place_gives_the_answer_away(lesson: Lesson) -> None:
    single = [
        exercise.options
        for notebook in lesson.key.notebooks.values()
        for exercise in notebook.exercises.values()
        if isinstance(exercise, Choose) and sum(option.correct for option in exercise.options) == 1
    ]
    longest = [max(options, key=lambda option: len(option.text)).correct for options in single]
    places = Counter([option.correct for option in options].index(True) for options in single)
    assert sum(longest) <= len(single) / 2
    assert set(places) >= {0, 1, 2, 3}
    assert max(places.values()) <= len(single) / 2


def test_a_notebook_fits_into_the_minutes_it_says(lesson: Lesson, root: Path) -> None:
    for info in lesson.key.info.notebooks:
        core, whole = minutes(lesson, info.name, root)
        text = (root / "notebooks" / f"{info.name}.ipynb").read_text("utf-8")
        time = re.search(r"\*\*Time:\*\*.*", text)
        said = [int(number) for number in re.findall(r"about (\d+)", time[0] if time else "")]
        assert said[0] == info.minutes, info.name
        assert core == pytest.approx(info.minutes, rel=0.1) or core < info.minutes, info.name
        assert said[1:] == ([] if whole == core else [pytest.approx(whole, rel=0.1)]), info.name
        assert (whole > core) == (f"# {OPTIONAL}" in text), info.name
