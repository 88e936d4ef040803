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
    writer = csv.DictWriter(out, HEADER, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for learner in work.learners:
        for row in _rows(learner, lesson):
            row |= {"learner": learner.name, "file": learner.file}
            writer.writerow({name: guarded(cell) for name, cell in row.items()})
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


def _rows(learner: Learner, lesson: Lesson) -> Iterator[dict[str, str]]:
    for notebook, key in lesson.key.notebooks.items():
        for exercise in key.exercises.values():
            if done := learner.done.get(exercise.id):
                yield {
                    "notebook": notebook,
                    "id": exercise.id,
                    "question": exercise.question,
                    "attempts": str(done.attempts),
                    **_result("first", done.first),
                    **_result("latest", done.latest),
                    "hint opened": _yes(done.hint),
                    "explanation opened": _yes(done.explanation),
                    "finished": _yes(done.finished),
                    "text": done.texts[-1] if done.texts else "",
                }
        for deck in key.decks.values():
            if opened := learner.opened.get(deck.id):
                cards = {
                    f"cards {time} judging": " ".join(card for card, when in opened if when == time)
                    for time in ("before", "after")
                }
                about = {"notebook": notebook, "id": deck.id, "question": f"Cards: {deck.title}"}
                yield about | cards


def _result(when: str, result: Result | None) -> dict[str, str]:
    if result is None:
        return {}
    return {
        f"{when} complete": _yes(result.complete),
        f"{when} share": f"{result.score:.3f}",
    }


def _yes(value: bool) -> str:  # it is the value that is put in words
    return "yes" if value else "no"
