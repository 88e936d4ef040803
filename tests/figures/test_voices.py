from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.exercise.checking import words
from lesson.figures.voices import MANNERS, portions, voices
from lesson.key.schema import Sort
from tests.examples import make_exercise

if TYPE_CHECKING:
    from lesson import Lesson
    from lesson.article import Article


def sort(**at: tuple[str, str]) -> Sort:
    exercise = make_exercise(
        "sort",
        categories=[{"id": "x", "text": "Ex"}, {"id": "y", "text": "Why", "unsourced": True}],
        statements=[
            {
                "id": name,
                "text": name,
                "category": "x",
                "explanation": "So.",
                "at": {"part": part, "marker": marker},
            }
            for name, (part, marker) in at.items()
        ],
    )
    assert isinstance(exercise, Sort)
    return exercise


def test_quoted_words_and_others_are_counted_apart(article: Article) -> None:
    first, second = portions(sort(a=("p1", "stay open"), b=("p1", "May")), article)
    assert (first.statements, first.quoted, first.others) == (("a",), 4, 9)
    assert (second.statements, second.quoted, second.others) == (("b",), 0, 4)


def test_a_sentence_without_a_statement_goes_with_its_neighbor(article: Article) -> None:
    before = portions(sort(z=("p1", "Monday"), a=("p2", "every bolt")), article)[2:]
    after = portions(sort(z=("p1", "Monday"), a=("p2", "two loose")), article)[2:]
    assert [portion.statements for portion in before] == [("a",), ("a",)]
    assert before == after


def test_a_paragraph_without_statements_counts_for_nobody(article: Article) -> None:
    found = portions(sort(a=("p1", "stay open"), b=("p1", "Monday")), article)
    total = sum(portion.quoted + portion.others for portion in found)
    assert total == len(words("p1", article.part("p1")))


def test_a_sentence_with_two_statements_is_shared(article: Article) -> None:
    exercise = sort(a=("p1", "stay open"), b=("p1", "Monday"))
    both = voices(exercise, {"a": "x", "b": "y"}, article)
    assert both["x"]["quoted"] == both["y"]["quoted"] == 2
    assert (both["x"]["paraphrased"], both["x"]["unattributed"]) == (6.5, 0)
    assert (both["y"]["paraphrased"], both["y"]["unattributed"]) == (0, 6.5)


def the_sorting(lesson: Lesson) -> Sort:
    exercise = lesson.key.notebooks["02_sourcing"].exercises["sourcing-sources"]
    assert isinstance(exercise, Sort)
    return exercise


@given(data=st.data())
def test_every_sorted_word_is_counted_once(lesson: Lesson, data: st.DataObject) -> None:
    exercise = the_sorting(lesson)
    categories = [category.id for category in exercise.categories]
    names = [statement.id for statement in exercise.statements]
    sorting = {name: data.draw(st.sampled_from(categories)) for name in names}
    counts = voices(exercise, sorting, lesson.article)
    counted = sum(itertools.chain.from_iterable(c.values() for c in counts.values()))
    total = sum(p.quoted + p.others for p in portions(exercise, lesson.article))
    assert counted == pytest.approx(total)
    quoted = sum(count["quoted"] for count in counts.values())
    assert quoted == pytest.approx(sum(p.quoted for p in portions(exercise, lesson.article)))


@pytest.mark.parametrize("sorting", [{}, {"gone": "x"}, {"a": "gone"}])
def test_what_is_not_sorted_counts_nowhere(sorting: dict[str, str], article: Article) -> None:
    counts = voices(sort(a=("p1", "stay open"), b=("p1", "May")), sorting, article)
    assert counts == {name: dict.fromkeys(MANNERS, 0.0) for name in ("x", "y")}
