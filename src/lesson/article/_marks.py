"""Quotation marks: which ones a text has, what each may do, and how the double ones pair."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DOUBLES", "PARTNERS", "Mark", "marks_in", "pair_doubles"]

DOUBLES = frozenset('“”„«»"')

# What properly closes each opening mark. Swedish and Finnish use ”…” and »…».
PARTNERS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    '"': '"',
    "«": "»",
    "»": "«»",
    "‘": "’",
    "'": "'",
}
# What is seen to close it in print all the same.
_MISPRINTS = {"“": '"“', "„": '"', "”": '"', '"': "”“", "‘": "'", "'": "’"}

_ANY_MARK = re.compile("[“”„«»\"‘’']")
_BEFORE_OPENING = frozenset("([{—–-/“„«‘'\"")
_AFTER_CLOSING = frozenset(",.;:!?)]}")
_CUT_SHORT = re.compile(r"(?:\d0s|em|n|til)\b", re.IGNORECASE)  # the ’90s, tell ’em, rock ’n’ roll
_FEET_AND_INCHES = re.compile(r"\d['’] ?\d+$")
_DEPTH = 4  # how many open marks a closing one is held against; more would cost time for nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark and what it may do where it stands.

    A ``doubtful`` closing mark may be an apostrophe: the soldiers’ boots, fixin’ it.
    """

    start: int
    kind: str
    opens: bool
    closes: bool
    doubtful: bool = False


def marks_in(text: str) -> list[Mark]:
    """Every mark in the text that may open or close a quotation."""
    marks: list[Mark] = []
    next_curly = ""
    for found in reversed(list(_ANY_MARK.finditer(text))):
        start, kind = found.start(), found[0]
        if kind in "‘’'":
            mark = _single(text, start, kind)
        elif kind == '"' and _is_inches(text, start, next_curly):
            continue
        else:
            mark = _double(text, start, kind)
        if kind in "“”":
            next_curly = kind
        if mark.opens or mark.closes:
            marks.append(mark)
    marks.reverse()
    return marks


def pair_doubles(marks: list[Mark]) -> dict[int, int | None]:
    """Map the number of each double opening mark to that of its closing mark, or None."""
    partner: dict[int, int | None] = {}
    waiting: list[int] = []
    for number, mark in enumerate(marks):
        if mark.kind not in DOUBLES:
            continue
        opening = _opening_for(mark, marks, waiting) if mark.closes else None
        if opening is not None:
            while waiting.pop() != opening:
                pass
            partner[opening] = number
        elif mark.opens:
            partner[number] = None
            waiting.append(number)
    return partner


def _opening_for(mark: Mark, marks: list[Mark], waiting: list[int]) -> int | None:
    near = waiting[: -_DEPTH - 1 : -1]
    for closers in (PARTNERS, _MISPRINTS):
        for number in near:
            if mark.kind in closers.get(marks[number].kind, ""):
                return number
    return None


def _is_inches(text: str, start: int, next_curly: str) -> bool:
    """Whether a straight double mark measures (6'2", a 5" pipe) and does not quote."""
    if not text[max(0, start - 1) : start].isdigit():
        return False
    # Inside “…” that is still to be closed, a figure and a straight mark are a length.
    return next_curly == "”" or _FEET_AND_INCHES.search(text[max(0, start - 8) : start]) is not None


def _double(text: str, start: int, kind: str) -> Mark:
    before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
    open_left = not before or before.isspace()
    open_right = not after or after.isspace()
    starts_word = after.isalnum() or after in tuple("“„«‘'$£€[#")
    # After a dash or another mark only a word makes it an opening: —"so" but "wait—" she said.
    hangs_on = before in _BEFORE_OPENING and before != '"' and starts_word
    faces_right = (open_left and not open_right and after not in _AFTER_CLOSING) or hangs_on
    faces_right = faces_right or (open_left and text.startswith(("...", "…"), start + 1))
    faces_left = not open_left and not after.isalnum()
    if kind == "„":
        opens, closes = True, False
    elif kind in "“«":
        opens, closes = not faces_left or before in "([{", faces_left
    elif kind in "”»":
        opens, closes = faces_right, True
    else:
        alone = open_left and after.isspace()  # spaced on both sides: " so "
        opens, closes = faces_right or alone, not faces_right
    return Mark(start, kind, opens, closes)


def _single(text: str, start: int, kind: str) -> Mark:
    before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
    opens = (
        kind in "‘'"
        and (not before or before.isspace() or before in _BEFORE_OPENING)
        and (after.isalnum() or after in '“„«"$£€[…')
        and bool(after)
        and _CUT_SHORT.match(text, start + 1) is None
    )
    closes = (
        kind in "’'" and not opens and bool(before) and not before.isspace() and not after.isalnum()
    )
    ending = text[max(0, start - 2) : start].lower()
    doubtful = after.isspace() and (ending[-1:].isdigit() or ending.endswith(("s", "in")))
    return Mark(start, kind, opens, closes, doubtful)
