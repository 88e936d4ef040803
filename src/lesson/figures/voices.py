"""How many of an article's words each voice gets, by somebody's sorting of its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..exercise.checking import words
from ..key.anchors import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..article import Article
    from ..key.schema import Sort

__all__ = ["MANNERS", "Portion", "portions", "voices"]

MANNERS = ("quoted", "paraphrased", "unattributed")
"""The ways in which words of a story come from a voice, or from none."""


class Portion(NamedTuple):
    """The words of one sentence, and the statements that they belong to."""

    statements: tuple[str, ...]
    quoted: int
    others: int


def portions(exercise: Sort, article: Article) -> tuple[Portion, ...]:
    """Divide the paragraphs of an article among the statements of an exercise.

    A sentence belongs to the statements whose anchors lie in it. One without any belongs with
    the sentence before it in its paragraph, or the one after: “…,” he said. “…” is one voice.
    In a paragraph without anchors the words belong to no statement and are left out.

    Parameters
    ----------
    exercise : Sort
        Its statements have anchors that resolve on `article`.
    article : Article
        The story; its paragraphs alone count, not headline or caption.

    Returns
    -------
    tuple of Portion
        In the order of the story.
    """
    spans = {statement.id: resolve(statement.at, article) for statement in exercise.statements}
    found: list[Portion] = []
    for number in range(1, len(article.paragraphs) + 1):
        part = f"p{number}"
        quoted = [(quote.start, quote.end) for quote in article.quotations(number)]
        every = words(part, article.part(part))
        rows = []
        for sentence in article.sentences(number):
            inside = [w for w in every if sentence.start <= w.start < sentence.end]
            marked = sum(any(a < w.end and w.start < b for a, b in quoted) for w in inside)
            owners = tuple(
                name
                for name, span in spans.items()
                if span.part == part and sentence.start <= span.start < sentence.end
            )
            rows.append(Portion(owners, marked, len(inside) - marked))
        found += _with_neighbors(rows)
    return tuple(found)


def _with_neighbors(rows: list[Portion]) -> Iterable[Portion]:
    owners = next((row.statements for row in rows if row.statements), ())
    for row in rows if owners else ():
        owners = row.statements or owners
        yield row._replace(statements=owners)


def voices(
    exercise: Sort, sorting: Mapping[str, str], article: Article
) -> dict[str, dict[str, float]]:
    """Count the words that each category gets, in each of the `MANNERS`.

    Parameters
    ----------
    exercise
        The exercise in which statements are sorted by their source.
    sorting
        A category for each statement, or for some of them; the words of the others count
        nowhere. A sentence with several statements is shared evenly among them.
    article
        The article whose words are counted.
    """
    counts = {category.id: dict.fromkeys(MANNERS, 0.0) for category in exercise.categories}
    unsourced = {category.id for category in exercise.categories if category.unsourced}
    for portion in portions(exercise, article):
        for statement in portion.statements:
            if (category := sorting.get(statement)) in counts:
                share = 1 / len(portion.statements)
                counts[category]["quoted"] += portion.quoted * share
                manner = "unattributed" if category in unsourced else "paraphrased"
                counts[category][manner] += portion.others * share
    return counts
