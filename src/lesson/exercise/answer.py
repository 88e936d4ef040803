"""The forms an answer has, and how any stored value is brought into the right one.

==============  ==========================================================
kind            its answer
==============  ==========================================================
choose          the id of an option
choose-many     a list of ids of options
sort, match     a mapping from the id of a statement or pair to a choice
mark            a list of ``[part, start, end]``, offsets into the part
rank            a list of ids, best first
estimate        a number
write           a text
the map         a mapping from ``distance``, ``tolerance``, ``latitude`` and
                ``longitude`` to numbers, and from ``town`` to an id
==============  ==========================================================
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from ..key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LONGEST_TEXT",
    "MOST_MARKS",
    "Answer",
    "in_digits",
    "is_empty",
    "tidy",
    "tidy_openings",
    "tidy_setting",
    "tidy_text",
]

Answer: TypeAlias = Any
"""Plain JSON, or None where nothing was answered; see the table above."""

LONGEST_TEXT = 100_000
"""Characters of a written answer that are kept."""

MOST_MARKS = 10_000
"""Stretches of an answer that are kept: twice the words of a very long story, each one alone."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def is_empty(answer: Answer) -> bool:
    """Tell whether nothing was answered yet.

    Examples
    --------
    >>> is_empty(None), is_empty([]), is_empty("  "), is_empty(0.0)
    (True, True, True, False)
    """
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer in ([], {})


def in_digits(number: float) -> str:
    """Write a number as it was typed: every digit, no ".0" and no power of ten.

    Examples
    --------
    >>> in_digits(260.0), in_digits(7854321.0), in_digits(245.8125678)
    ('260', '7854321', '245.8125678')
    """
    whole = number.is_integer() and abs(number) < 2**53
    return str(int(number)) if whole else repr(number)


def tidy(exercise: Exercise, answer: Answer) -> Answer:
    """Bring an answer into the one form its kind has, leaving out what does not belong.

    An answer may come from an older key, another edition or a damaged file. What can be
    understood is kept; an answer of which nothing is left becomes None.
    """
    match exercise:
        case Choose():
            return answer if answer in _ids(exercise.options) else None
        case ChooseMany():
            chosen = set(_strings(answer))
            return [name for name in _ids(exercise.options) if name in chosen] or None
        case Sort() | Match():
            return _mapping(answer, _ids(exercise.lines), _ids(exercise.headings))
        case Rank():
            known = _ids(exercise.items)
            ranked = dict.fromkeys(name for name in _strings(answer) if name in known)
            return list(ranked)[: exercise.top] or None
        case Estimate():
            number = isinstance(answer, int | float) and not isinstance(answer, bool)
            # A whole number can be too large for a float, and float() would raise.
            fits = number and abs(answer) <= sys.float_info.max
            return float(answer) if fits else None
        case Mark():
            order = {part: index for index, part in enumerate(exercise.parts)}
            spans = [span for span in _list(answer) if _is_span(span, order)]
            kept = spans[:MOST_MARKS]
            return sorted(kept, key=lambda span: (order[span[0]], span[1:])) or None
        case Write():
            return tidy_text(answer)


def tidy_text(text: Answer) -> str | None:
    """Bring a written text into its form; None where there is none.

    Halves of characters, which a browser may send and no file can hold, are replaced.
    """
    if not isinstance(text, str) or not text:
        return None
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST_TEXT]


def tidy_openings(cards: Iterable[str], answer: Answer) -> list[list[str]]:
    """Bring what is remembered of a deck into its form: each opened card, before or after.

    Examples
    --------
    >>> tidy_openings(["a", "b"], [["b", "before"], ["x", "after"], 7, ["b", "after"]])
    [['b', 'before']]
    """
    known = set(cards)
    opened: dict[str, str] = {}
    for item in _list(answer):
        match item:
            case [str() as card, "before" | "after" as when] if card in known:
                opened.setdefault(card, when)
    return [[card, when] for card, when in opened.items()]


def tidy_setting(answer: Answer) -> dict[str, Any] | None:
    """Bring the setting of the map into its form; whether it is on the map, only the map knows.

    Examples
    --------
    >>> tidy_setting({"distance": 260.0, "town": "newton", "other": 1, "latitude": "x"})
    {'distance': 260.0, 'town': 'newton'}
    """
    if not isinstance(answer, dict):
        return None
    numbers = {
        name: value
        for name in ("distance", "tolerance", "latitude", "longitude")
        if isinstance(value := answer.get(name), int | float) and not isinstance(value, bool)
    }
    town = answer.get("town")
    return {**numbers, **({"town": town[:100]} if isinstance(town, str) else {})} or None


def _ids(entries: Iterable[_Named]) -> list[str]:
    return [entry.id for entry in entries]


def _list(answer: Answer) -> list[Any]:
    return list(answer) if isinstance(answer, list | tuple) else []


def _strings(answer: Answer) -> list[str]:
    return [item for item in _list(answer) if isinstance(item, str)]


def _mapping(answer: Answer, names: list[str], choices: list[str]) -> dict[str, str] | None:
    if not isinstance(answer, dict):
        return None
    return {name: answer[name] for name in names if answer.get(name) in choices} or None


def _is_span(item: Any, parts: dict[str, int]) -> bool:
    match item:
        case [str() as part, int() as start, int() as end]:
            return part in parts and 0 <= start < end
    return False
