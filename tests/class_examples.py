"""A small lesson with an exercise of every kind, and work on it as learners hand it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from lesson.classroom.handed_in import submission
from lesson.exercise.answers import Answers
from lesson.exercise.record import Attempt, Record
from lesson.lesson import load_lesson
from lesson.work.handout import work_page
from lesson.work.portfolio import FORMAT, Portfolio, encode
from lesson.work.progress import steps_of
from tests.examples import whole_key, write_key

if TYPE_CHECKING:
    from pathlib import Path

    from lesson.classroom.handed_in import Submission
    from lesson.lesson import Lesson

RIGHT: dict[str, Any] = {
    "choose": "a",
    "choose-many": ["a", "b"],
    "sort": {"a": "x", "b": "y", "c": "x"},
    "match": {"a": "x", "b": "y"},
    "mark": [["p1", 21, 30], ["p2", 59, 68]],
    "rank": ["a", "b"],
    "estimate": 260,
}

WRONG: dict[str, Any] = {
    "choose": "b",
    "choose-many": ["a", "c"],
    "sort": {"a": "y", "b": "y", "c": "y"},
    "match": {"a": "y"},
    "mark": [["p1", 0, 3]],
    "rank": ["a", "c"],
    "estimate": 100,
}


def make_small_lesson(folder: Path) -> Lesson:
    """Make a lesson with one notebook, an exercise of every kind and a deck."""
    write_key(folder, whole_key())
    return load_lesson(folder)


def attempt(answer: Any, time: str = "2026-01-01T09:00:00+00:00", **forged: Any) -> Attempt:
    """Make an attempt; its counts are wrong, as in a forged file, and must not matter."""
    counts = {"right": 99, "wrong": 0, "missed": 0, "total": 1, "score": 99.0, **forged}
    return Attempt(answer=answer, time=time, **counts)


def record(**fields: Any) -> Record:
    """Make a record; one attempt is the first and the latest where only one is given."""
    if "first" in fields:
        fields = {"latest": fields["first"], "attempts": 1, "revision": 2, **fields}
        fields.setdefault("answer", fields["latest"].answer)
    return Record(**fields)


def portfolio_of(
    lesson: Lesson,
    *,
    nickname: str = "",
    made: str = "2026-01-01",
    notebook: str = "small",
    **records: Record,
) -> Portfolio:
    """Make the work of one learner in a notebook, that of the small lesson when not given."""
    chosen = records or {"a-choose": record(first=attempt("a"))}
    return Portfolio(
        format=FORMAT,
        lesson=lesson.key.info.address,
        made=made,
        nickname=nickname,
        notebooks={notebook: chosen},
    )


def submission_of(lesson: Lesson, file: str, **more: Any) -> Submission:
    """Make the work of one learner as it is kept when its file was read."""
    return submission(file, portfolio_of(lesson, **more), lesson)


def content_of(lesson: Lesson, **more: Any) -> bytes:
    """Give the data that a learner downloads."""
    return encode(portfolio_of(lesson, **more)).encode()


def page_of(lesson: Lesson, **more: Any) -> bytes:
    """Give the page that a learner downloads."""
    portfolio = portfolio_of(lesson, **more)
    steps = steps_of(lesson, dict[str, Answers]())
    return work_page(lesson, msgspec.structs.replace(portfolio), steps).encode()
