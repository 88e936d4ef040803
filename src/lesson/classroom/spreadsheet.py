"""The work of a class as one table for a spreadsheet: a row for each learner and exercise."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..lesson import Lesson
    from .counts import ClassWork, Learner
    from .outcomes import Result

__all__ = ["class_csv", "guarded"]

HEADER = (
    "learner", "file", "notebook", "id", "question", "attempts",
    "first complete", "first share", "latest complete", "latest share",
    "hint opened", "explanation opened", "finished",
    "cards before judging", "cards after judging", "text",
)  # fmt: skip

_FORMULAS = tuple("=+-@|%\t\r\n＝＋－＠")
"""How a cell begins that a spreadsheet may take for a formula or a command."""


def class_csv(work: ClassWork, lesson: Lesson) -> str:
    """Write the table, with a mark at its beginning by which spreadsheets know UTF-8.

    Parameters
    ----------
    work
        The work of the class.
    lesson
        The lesson.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    for learner in work.learners:
        for row in _rows(learner, lesson):
            writer.writerow([guarded(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("a = b"), guarded("  @sum")
    ("'=1+1", 'a = b', "'  @sum")
    """
    cell = cell.replace("\0", "�")
    begins = cell.startswith(_FORMULAS) or cell.lstrip().startswith(_FORMULAS)
    return f"'{cell}" if begins else cell


def _rows(learner: Learner, lesson: Lesson) -> Iterator[tuple[str, ...]]:
    for notebook, key in lesson.key.notebooks.items():
        for exercise in key.exercises.values():
            if done := learner.done.get(exercise.id):
                yield (
                    learner.name,
                    learner.file,
                    notebook,
                    exercise.id,
                    exercise.question,
                    str(done.attempts),
                    *_result(done.first),
                    *_result(done.latest),
                    _yes(done.hint),
                    _yes(done.explanation),
                    _yes(done.finished),
                    "",
                    "",
                    done.texts[-1] if done.texts else "",
                )
        for deck in key.decks.values():
            if opened := learner.opened.get(deck.id):
                before = " ".join(card for card, when in opened if when == "before")
                after = " ".join(card for card, when in opened if when == "after")
                nothing = [""] * 8
                about = (learner.name, learner.file, notebook, deck.id, f"Cards: {deck.title}")
                yield (*about, *nothing, before, after, "")


def _result(result: Result | None) -> tuple[str, str]:
    return (_yes(result.complete), f"{result.score:.3f}") if result else ("", "")


def _yes(value: bool) -> str:  # it is the value that is put in words
    return "yes" if value else "no"
