"""Work of a learner in the small lesson, as records, as folders and as files to load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lesson.exercise.answers import Answers
from lesson.exercise.record import Attempt, Record
from lesson.work.portfolio import FORMAT, Portfolio
from tests.examples import ANSWERS

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/story"
TIME = "2021-11-10T09:00:00+00:00"

HARD_TEXTS = (
    "</script><script>alert(1)</script>",
    "<b>bold</b> & &amp; &lt; \"quoted\" 'single' <!-- -->",
    "{{ info }} {% raw %} $x^2$ \\u003c \\",
    "😀 👩‍👩‍👧 שלום عليكم \u202e right to left \u202c",
    "one\n\n  two\tthree\u2028four\u00a0five",
    "\x00\x01\x07\x1b\x7f\x85 control",
    "]]> \ufeff \ufffd \U0010ffff",
)
"""Texts that a careless program would run, cut, change or fail on."""

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    HARD_TEXTS
)


def attempt(answer: Any, time: str = TIME) -> Attempt:
    """Give an answer as one that was checked."""
    return Attempt(answer=answer, right=0, wrong=1, missed=0, total=1, score=0, time=time)


attempts = st.builds(attempt, st.sampled_from(["a", "b", "c"]), st.sampled_from(["1", "2"]))


@st.composite
def records(draw: st.DrawFn, *, deep: bool = True) -> Record:
    """Draw a record as a learner may leave one, with other work beside it."""
    first = draw(st.none() | attempts)
    beside = draw(st.lists(records(deep=False), max_size=2)) if deep else []
    return Record(
        answer=draw(st.sampled_from([None, "a", "b", "c"])),
        first=first,
        latest=draw(attempts) if first else None,
        attempts=draw(st.integers(1, 4)) if first else 0,
        hint_opened=draw(st.booleans()),
        explanation_opened=draw(st.booleans()),
        revision=draw(st.integers(0, 9)),
        beside=tuple(beside),
    )


def portfolio(answers: dict[str, Record], **changes: Any) -> Portfolio:
    """Put records of the notebook `small` together as a learner's whole work."""
    fields = {"format": FORMAT, "lesson": ADDRESS, "made": TIME, "notebooks": {"small": answers}}
    return Portfolio(**{**fields, **changes})


def every_kind() -> dict[str, Record]:
    """Give an answered record for the exercise of each kind."""
    return {f"a-{kind}": Record(answer=answer, revision=1) for kind, answer in ANSWERS.items()}


def save(folder: Path, answers: dict[str, Record]) -> None:
    """Save records in the notebook `small`."""
    Answers(folder, "small").update(lambda saved: {**saved, **answers})


def all_work(record: Record) -> list[Any]:
    """List every answer and attempt in a record and beside it."""
    found = [attempt for attempt in (record.first, record.latest) if attempt]
    answers = [record.answer] if record.answer else []
    return [*answers, *found, *(item for other in record.beside for item in all_work(other))]
