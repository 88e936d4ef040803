"""The page to hand in: one learner's work in words, with the data inside to load it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .._pages import template
from ..exercise.answer import is_empty, tidy_openings
from ..key.check_file import occasion_of
from ..key.schema import Write
from .portfolio import encode, known_records
from .progress import Progress, Step
from .wording import (
    answer_in_words,
    check_lines,
    check_state,
    check_title,
    deck_state,
    exercise_state,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..exercise.record import Attempt, Record
    from ..key.schema import Exercise
    from ..lesson import Lesson
    from .portfolio import Portfolio

__all__ = ["work_page"]


def work_page(lesson: Lesson, portfolio: Portfolio, steps: tuple[Step, ...]) -> str:
    """Write the page: self-contained, no scripts, every text escaped.

    Parameters
    ----------
    lesson
        The lesson.
    portfolio
        The learner's work; what was not begun is left out.
    steps
        How far the work has come, from `lesson.work.progress.steps_of`.
    """
    records, _ = known_records(lesson, portfolio)
    return template("my-work.html").render(
        info=lesson.key.info,
        nickname=portfolio.nickname,
        made=portfolio.made.replace("T", " ").removesuffix("+00:00"),
        progress=Progress(steps).sentence,
        notebooks=[
            _notebook(lesson, name, records[name], steps)
            for name in lesson.key.notebooks
            if name in records
        ],
        # `encode` leaves no sign in it that could end the element or open another.
        data=Markup(encode(portfolio)),  # noqa: S704
    )


def _notebook(
    lesson: Lesson, name: str, records: Mapping[str, Record], steps: tuple[Step, ...]
) -> dict[str, Any]:
    key = lesson.key.notebooks[name]
    title = next(info.title for info in lesson.key.info.notebooks if info.name == name)
    begun = [
        (exercise, records[item]) for item, exercise in key.exercises.items() if item in records
    ]
    decks = [(deck, records[item]) for item, deck in key.decks.items() if item in records]
    return {
        "title": title,
        "progress": Progress([step for step in steps if step.notebook == title]).sentence,
        "exercises": [_item(lesson, exercise, record) for exercise, record in begun],
        "checks": _checks(lesson, records),
        "decks": [
            {
                "title": deck.title,
                "state": deck_state(deck, record),
                "opened": [
                    {
                        "title": lesson.key.cards[card].title,
                        "publisher": lesson.key.cards[card].publisher,
                        "when": when,
                    }
                    for card, when in tidy_openings(deck.cards, record.answer)
                ],
            }
            for deck, record in decks
        ],
    }


def _checks(lesson: Lesson, records: Mapping[str, Record]) -> list[dict[str, Any]]:
    """Give what was answered in the check, form by form; no verdicts."""
    found: list[dict[str, Any]] = []
    for item, record in records.items():
        occasion = occasion_of(item)
        if lesson.check and occasion is not None:
            title = check_title(occasion)
            for one, beside in (
                (record, ""),
                *((r, ", loaded and kept beside") for r in record.beside),
            ):
                found.append(
                    {
                        "title": f"{title}{beside}",
                        "state": check_state(lesson.check, occasion, one.answer),
                        "items": check_lines(lesson.check, one.answer),
                    }
                )
    return found


def _item(lesson: Lesson, exercise: Exercise, record: Record) -> dict[str, Any]:
    writing = isinstance(exercise, Write)
    parts = []
    shown: list[Any] = []

    def add(name: str, answer: Any, result: str = "") -> None:
        words = answer_in_words(exercise, answer, lesson.article)
        if not is_empty(answer) and words:
            parts.append({"name": name, "words": words, "result": result})
            shown.append(answer)

    if record.first:
        add(
            "First try" if not writing else "First text", record.first.answer, _result(record.first)
        )
    if record.latest and record.latest.answer not in shown:
        latest = "Latest try" if not writing else "Latest text"
        add(latest, record.latest.answer, _result(record.latest))
    if record.answer not in shown:
        add("Answer now" if record.first else "Answer", record.answer)
    for other in record.beside:
        tries = [attempt.answer for attempt in (other.first, other.latest) if attempt]
        for index, answer in enumerate([*tries, other.answer]):
            if answer not in [*tries, other.answer][:index]:
                add("Loaded from a file, kept beside", answer)
    return {
        "kind": "write" if writing else "other",
        "title": exercise.question,
        "state": exercise_state(exercise, record, lesson.article),
        "hint": record.hint_opened,
        "parts": parts,
    }


def _result(attempt: Attempt) -> str:
    return f"{attempt.right} of {attempt.total} hold" if attempt.total else ""
