"""Small made-up material that many tests share: a page, and an exercise of every kind."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from lesson.key.schema import Exercise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def small_key(kind: str) -> dict[str, Any]:
    """Give the files of a small, right key with one exercise, as the values to write in them."""
    exercise = {"id": f"a-{kind}", "question": f"A {kind} question?", **EXERCISES[kind]}
    card = {
        "title": "A card",
        "publisher": "The Harbor Post",
        "publisher_kind": "newspaper or broadcaster",
        "date": "2021-11-09",
        "address": "https://example.org/card",
        "says": "It says so.",
        "shows": "That it says so.",
        "cannot_show": "Whether it is so.",
        "strength": "weak",
    }
    values = {
        "lesson.yaml": {
            "title": "T",
            "outlet": "O",
            "headline": "H",
            "date": "2021-11-10",
            "address": "https://example.org/story",
            "editions": [],
            "notebooks": [
                {
                    "name": "small",
                    "title": "Small",
                    "minutes": 1,
                    "aim": "See.",
                    "exercises": "small.yaml",
                }
            ],
        },
        "cards.yaml": {"cards": [{"id": "card-a", **card}, {"id": "card-b", **card}]},
        "words.yaml": {"words": [{"word": "byline", "meaning": "Who wrote it."}]},
        "small.yaml": {
            "exercises": [exercise],
            "decks": [
                {
                    "id": "deck",
                    "title": "Deck",
                    "cards": ["card-a", "card-b"],
                    "judged_by": f"a-{kind}",
                }
            ],
        },
    }
    return deepcopy(values)


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, which a key may not have."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the base class asks for it
        return True


def write_key(folder: Path, key: dict[str, Any]) -> None:
    """Write the files of a key, and the small page they are about, into a lesson folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "article.txt").write_text(PAGE, encoding="utf-8")
    for name, value in key.items():
        text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        # Dates are dates in a key, and texts where they are quoted.
        text = re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", text)
        (folder / "data" / name).write_text(text, encoding="utf-8")


ANSWERS: dict[str, Any] = {
    "choose": "b",
    "choose-many": ["a", "c"],
    "sort": {"a": "x", "b": "x"},
    "match": {"a": "y"},
    "mark": [["p1", 21, 30], ["p2", 0, 3]],
    "rank": ["c", "a"],
    "estimate": 245.8125678,
    "write": "Ask Ada.",
}
"""An answer to the small exercise of each kind."""


def whole_key() -> dict[str, Any]:
    """Give the files of a small, right key with an exercise of every kind."""
    key = small_key("choose")
    key["small.yaml"]["exercises"] = [
        {"id": f"a-{kind}", "question": f"A {kind} question?", **deepcopy(fields)}
        for kind, fields in EXERCISES.items()
    ]
    return key


RIGHT: dict[str, Any] = {
    "choose": "a",
    "choose-many": ["a", "b"],
    "sort": {"a": "x", "b": "y", "c": "x"},
    "match": {"a": "x", "b": "y"},
    "mark": [["p1", 20, 29], ["p2", 59, 68]],
    "rank": ["a", "b"],
    "estimate": 260.0,
}
WRONG: dict[str, Any] = {
    "choose": "b",
    "choose-many": ["c"],
    "sort": {"a": "y", "b": "x"},
    "match": {"a": "y"},
    "mark": [["p1", 0, 7]],
    "rank": ["c", "a"],
    "estimate": 100.0,
}
