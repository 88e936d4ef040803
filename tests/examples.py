"""Small made-up material that many tests share: a page, and an exercise of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from lesson.key import Exercise

if TYPE_CHECKING:
    from collections.abc import Callable

    from lesson.errors import LessonError

PAGE = """\
Town News

Old Bridge Will Stay Open, Mayor Says

By Ada Example

The old bridge will “stay open all winter,” the mayor said on Monday. Repairs wait until May.

“We looked at every bolt,” she told the council. “We found two loose ones.”

With reporting by The Harbor Post
"""

AT: dict[str, str] = {"part": "p1", "marker": "stay open"}
HINT = {"text": "Look at the first paragraph.", "at": {"part": "p1"}}
COMMON = {"explanation": "Because.", "next_step": "Ask twice.", "hint": HINT}


def _option(name: str, *, correct: bool = False) -> dict[str, Any]:
    text = f"Option {name}"
    return {"id": name, "text": text, "correct": correct, "explanation": f"On {name}.", "at": AT}


def _line(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": f"Line {name}", "explanation": f"On {name}.", "at": AT, **more}


EXERCISES: dict[str, dict[str, Any]] = {
    "choose": {
        "kind": "choose",
        "options": [_option("a", correct=True), _option("b"), _option("c")],
        **COMMON,
    },
    "choose-many": {
        "kind": "choose-many",
        "options": [_option("a", correct=True), _option("b", correct=True), _option("c")],
        **COMMON,
    },
    "sort": {
        "kind": "sort",
        "categories": [{"id": "x", "text": "Ex"}, {"id": "y", "text": "Why"}],
        "statements": [
            _line("a", category="x"),
            _line("b", category="y"),
            _line("c", category="x", also=["y"]),
        ],
        **COMMON,
    },
    "match": {
        "kind": "match",
        "choices": [{"id": "x", "text": "Ex"}, {"id": "y", "text": "Why"}],
        "pairs": [_line("a", choice="x"), _line("b", choice="y")],
        **COMMON,
    },
    "mark": {
        "kind": "mark",
        "parts": ["p1", "p2"],
        "targets": [
            {"id": "t1", "at": {"part": "p1", "marker": "stay open"}, "explanation": "On t1."},
            {"id": "t2", "at": {"part": "p2", "marker": "two loose"}, "explanation": "On t2."},
        ],
        **COMMON,
    },
    "rank": {
        "kind": "rank",
        "top": 2,
        "items": [_line("a"), _line("b"), _line("c")],
        **COMMON,
    },
    "estimate": {
        "kind": "estimate",
        "value": 260,
        "unit": "km",
        "tolerance": 10,
        "near": 50,
        "too_low": "It is farther.",
        "too_high": "It is nearer.",
        **COMMON,
    },
    "write": {
        "kind": "write",
        "model_answer": "Ask who counted.",
        "levels": [{"name": "competent", "sample": "I would ask two people."}],
        "explanation": "Because.",
        "next_step": "Ask twice.",
    },
}


def make_exercise(kind: str, **changes: Any) -> Exercise:
    """Make the small exercise of a kind, with some of its fields changed."""
    fields = {"id": f"a-{kind}", "question": f"A {kind} question?", **EXERCISES[kind], **changes}
    exercise: Exercise = msgspec.convert(fields, Exercise)
    return exercise


def outcome_of(kind: type[LessonError], act: Callable[[], object]) -> object:
    """Do what may fail with this kind of error, and give its sentence or what came of it."""
    try:
        return act()
    except kind as error:
        return str(error)


def sentence_of(kind: type[LessonError], act: Callable[[], object]) -> str:
    """Do what must fail with this kind of error, and give its one sentence."""
    with pytest.raises(kind) as caught:
        act()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert len(sentence) < 600
    return sentence
