"""The report on a class: one page to read and print, and one table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._count import counted
from .._pages import embedded, template
from ..errors import LessonError
from ..figures.figure import RESOLUTION
from ..key.schema import Write
from .charts import cards_picture, rates_picture
from .tables import (
    check_table,
    learners_table,
    pieces_table,
    rate_words,
    refused_table,
    voices_table,
)
from .talking_points import RULE, held_up, talking_points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..lesson import Lesson
    from .check import CheckCount
    from .counts import ClassWork, DeckCount, ItemCount
    from .handed_in import Refused

__all__ = ["report_page", "write_report"]


def report_page(
    work: ClassWork, checks: Sequence[CheckCount], refused: Sequence[Refused], lesson: Lesson
) -> str:
    """Write the report as one HTML page without scripts or outside files.

    Parameters
    ----------
    work
        The work of the class.
    checks
        The check before and after the lesson, from `lesson.classroom.check.check_counts`.
    refused
        The files that do not count.
    lesson
        The lesson, with the teacher's key.
    """
    voices = [item for item in work.items if item.exercise.report == "voices"]
    return template("class-report.html").render(
        info=lesson.key.info,
        count=counted(len(work.learners), "learner"),
        learners=learners_table(work, lesson),
        refused=refused_table(refused),
        notices=work.notices,
        points=talking_points(work),
        good=held_up(work),
        rule=RULE,
        check=check_table(checks),
        checks=checks,
        voices=voices_table(work) if voices else None,
        voices_written=[item.exercise for item in voices if isinstance(item.exercise, Write)],
        notebooks=[
            _notebook(
                info.name,
                info.title,
                [item for item in work.items if item.notebook == info.name],
                [deck for deck in work.decks if deck.notebook == info.name],
            )
            for info in lesson.key.info.notebooks
        ],
        written=[item for item in work.items if isinstance(item.exercise, Write)],
    )


def _notebook(
    name: str, title: str, items: Sequence[ItemCount], decks: Sequence[DeckCount]
) -> dict[str, Any]:
    scored = [item for item in items if not isinstance(item.exercise, Write)]
    return {
        "name": name,
        "title": title,
        "rates": embedded(rates_picture(scored), RESOLUTION) if scored else None,
        "tasks": [
            {
                "exercise": item.exercise,
                "first": rate_words(item.first),
                "latest": rate_words(item.latest),
                "hints": item.hints,
                "pieces": pieces_table(item),
            }
            for item in scored
            if item.first.of
        ],
        "decks": [
            {"deck": deck.deck, "picture": embedded(cards_picture(deck), RESOLUTION)}
            for deck in decks
        ],
    }


def write_report(folder: Path, page: str, table: str) -> tuple[Path, Path]:
    """Write both files, never over others: the teacher may have written in them.

    Returns
    -------
    tuple
        ``class-report.html`` and ``class-report.csv``, with a number where there are some.

    Raises
    ------
    LessonError
        When they cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while any(path.exists() for path in _paths(folder, number)):
            number += 1
        paths = _paths(folder, number)
        paths[0].write_text(page, encoding="utf-8", newline="\n")
        paths[1].write_text(table, encoding="utf-8", newline="")
    except OSError as error:
        raise LessonError(
            f"The report cannot be written to {folder} ({error.strerror}); "
            "name another folder with --out."
        ) from None
    return paths


def _paths(folder: Path, number: int) -> tuple[Path, Path]:
    name = "class-report" if number == 1 else f"class-report-{number}"
    return folder / f"{name}.html", folder / f"{name}.csv"
