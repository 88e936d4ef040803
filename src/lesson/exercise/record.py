"""What is remembered of one learner's work on one exercise, and how it moves on.

The steps are: try, a hint, try again, then the explanation. Every step returns a new record;
nothing here is displayed or saved.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from .answer import Answer, is_empty

__all__ = [
    "Attempt",
    "Record",
    "brought_in",
    "changed",
    "checked",
    "explained",
    "hinted",
    "merged",
    "now",
    "taken",
]


# No garbage collection: what is decoded from JSON has no cycles, and a class has very much of it.
class Attempt(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One answer that was checked, and what came of it."""

    answer: Answer
    right: int
    wrong: int
    missed: int
    total: int
    score: float
    time: str


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
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
    beside
        Work that was loaded from a file while other work stood here.
    """

    answer: Answer = None
    first: Attempt | None = None
    latest: Attempt | None = None
    attempts: int = 0
    hint_opened: bool = False
    explanation_opened: bool = False
    revision: int = 0
    time: str = ""
    beside: tuple[Record, ...] = ()


def now() -> str:
    """Give the time for a record (UTC, ISO 8601)."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


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


def merged(record: Record, saved: Record, since: Record) -> Record:
    """Put a record over what is saved, which another tab may have changed meanwhile.

    The learner's latest act wins. What the other tab remembers of the way there is taken over
    where this one has nothing in its place; where it has, the other's work is kept beside it.

    Parameters
    ----------
    record
        The record to save.
    saved
        What is saved now.
    since
        What was saved when this tab last looked, from which `record` goes on.

    Examples
    --------
    >>> here, there = Record(answer="a", revision=2), Record(answer="b", attempts=1, revision=7)
    >>> merged(here, there, since=there) is here
    True
    >>> both = merged(here, there, since=Record())
    >>> both.answer, both.attempts, both.revision, both.beside[0].answer
    ('a', 1, 8, 'b')
    """
    if saved in (since, record):
        return record
    front = msgspec.structs.replace(
        record,
        first=record.first or saved.first,
        latest=record.latest or saved.latest,
        attempts=max(record.attempts, saved.attempts),
        hint_opened=record.hint_opened or saved.hint_opened,
        explanation_opened=record.explanation_opened or saved.explanation_opened,
        revision=max(record.revision, saved.revision + 1),
    )
    alone = msgspec.structs.replace(saved, beside=())
    beside = list(record.beside)
    for other in (*saved.beside, alone):
        if other not in (*since.beside, *beside) and not _holds(front, other):
            beside.append(other)
    return msgspec.structs.replace(front, beside=tuple(beside))


def brought_in(here: Record, loaded: Record) -> Record:
    """Bring in a record from a file, so that nothing on either side is lost.

    What stands here stays as it is, unless nothing was done here or the file goes on from
    the very work that stands here. Work that differs is kept beside it.

    Examples
    --------
    >>> here, file = Record(answer="a", revision=1), Record(answer="b", revision=9)
    >>> both = brought_in(here, file)
    >>> both.answer, both.beside[0].answer
    ('a', 'b')
    >>> brought_in(Record(), file).answer
    'b'
    """
    every = [*here.beside, *loaded.beside]
    alone, mine = (msgspec.structs.replace(record, beside=()) for record in (loaded, here))
    front = mine
    goes_on = here.answer == loaded.answer or (here.first and here.first == loaded.first)
    if not _holds(mine, alone):
        if _is_blank(here) or (goes_on and _holds(alone, mine)):
            front = alone
        else:
            every.append(alone)
    beside: list[Record] = []
    for record in every:
        if not _holds(front, record) and record not in beside:
            beside.append(record)
    seen = msgspec.structs.replace(
        front,
        hint_opened=here.hint_opened or loaded.hint_opened,
        explanation_opened=here.explanation_opened or loaded.explanation_opened,
        beside=tuple(beside),
    )
    if seen == here:
        return here
    return msgspec.structs.replace(seen, revision=max(here.revision, loaded.revision) + 1)


def taken(record: Record, time: str) -> Record:
    """Take the oldest work that is kept beside; what stood here is kept in its turn."""
    if not record.beside:
        return record
    other, *rest = record.beside
    return msgspec.structs.replace(
        other,
        hint_opened=record.hint_opened or other.hint_opened,
        explanation_opened=record.explanation_opened or other.explanation_opened,
        beside=(*rest, msgspec.structs.replace(record, beside=())),
        revision=max(record.revision, other.revision) + 1,
        time=time,
    )


def _is_blank(record: Record) -> bool:
    return is_empty(record.answer) and record.first is None


def _holds(record: Record, other: Record) -> bool:
    """Tell whether all that `other` has of answers and attempts is in `record` too."""
    attempts = [record.first, record.latest]
    known = [record.answer, *(attempt.answer for attempt in attempts if attempt)]
    return (
        (is_empty(other.answer) or other.answer in known)
        and all(attempt in [None, *attempts] for attempt in (other.first, other.latest))
        and other.attempts <= record.attempts
    )


def _next(record: Record, time: str, **changes: Any) -> Record:
    return msgspec.structs.replace(record, revision=record.revision + 1, time=time, **changes)
