"""What is remembered of one learner's work on one exercise, and how it moves on.

The steps are: try, a hint, try again, then the explanation. Every step returns a new record;
nothing here is displayed or saved.
"""

from __future__ import annotations

from typing import Any

import msgspec

from .answer import Answer  # noqa: TC001  # msgspec reads the annotations at run time

__all__ = ["Attempt", "Record", "changed", "checked", "explained", "hinted", "merged"]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that was checked, and what came of it."""

    answer: Answer
    right: int
    wrong: int
    missed: int
    total: int
    score: float
    time: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One learner's work on one exercise.

    Attributes
    ----------
    answer
        The answer as it stands now; None when nothing was chosen yet.
    first, latest
        The first and the latest answer that was checked.
    attempts
        How many times an answer was checked.
    hint_opened, explanation_opened
        What the learner has seen.
    revision
        Counts the changes. It tells newer from older even where a clock was set back.
    time
        When the latest change was made (UTC, ISO 8601); for people to read, never to compare.
    """

    answer: Answer = None
    first: Attempt | None = None
    latest: Attempt | None = None
    attempts: int = 0
    hint_opened: bool = False
    explanation_opened: bool = False
    revision: int = 0
    time: str = ""


def changed(record: Record, answer: Answer, time: str) -> Record:
    """Take a new answer, not checked yet."""
    return _next(record, time, answer=answer)


def checked(record: Record, attempt: Attempt) -> Record:
    """Take the result of a check: the first one is kept for good, the latest replaced."""
    return _next(
        record,
        attempt.time,
        first=record.first or attempt,
        latest=attempt,
        attempts=record.attempts + 1,
    )


def hinted(record: Record, time: str) -> Record:
    """Note that the hint was opened."""
    return _next(record, time, hint_opened=True)


def explained(record: Record, time: str) -> Record:
    """Note that the explanation was opened."""
    return _next(record, time, explanation_opened=True)


def merged(record: Record, saved: Record) -> Record:
    """Put a record over one that another tab has saved meanwhile.

    The learner's latest act wins; what the other tab remembers of the way there is kept.

    Examples
    --------
    >>> here, there = Record(answer="a", revision=2), Record(answer="b", attempts=1, revision=7)
    >>> both = merged(here, there)
    >>> both.answer, both.attempts, both.revision
    ('a', 1, 8)
    """
    if saved.revision < record.revision:
        return record
    return msgspec.structs.replace(
        record,
        first=saved.first or record.first,
        latest=record.latest or saved.latest,
        attempts=max(record.attempts, saved.attempts),
        hint_opened=record.hint_opened or saved.hint_opened,
        explanation_opened=record.explanation_opened or saved.explanation_opened,
        revision=saved.revision + 1,
    )


def _next(record: Record, time: str, **changes: Any) -> Record:
    return msgspec.structs.replace(record, revision=record.revision + 1, time=time, **changes)
