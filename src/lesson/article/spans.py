"""Sentences and quotations in one paragraph, each with its exact place.

Everything here is pure: text goes in, spans come out, and ``text[start:end]``
gives back what a span covers. The rules are those of English news prose, with
the quotation marks of its neighbours; every rule looks only a bounded way
around, so time grows with the length of the text even when the text is hostile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._marks import DOUBLES, PARTNERS, Mark, marks_in, pair_doubles
from ._vocabulary import NEVER_LAST, NUMBERED, OPENERS, SAYING, SELDOM_LAST

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Quotation", "Sentence", "quotations", "quotations_in", "sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks in one paragraph.

    Attributes
    ----------
    start, end
        Where it stands, marks included:
        ``paragraph[start:end] == opening + text + closing``.
    text
        The words between the marks.
    opening, closing
        The marks themselves; ``closing`` is "" when the paragraph has none.
    resumes
        True when an attribution interrupted the quotation before this one and
        this one takes it up again: “We tried,” she said. “We failed.”
    continues
        True when this one carries on a quotation left open by the paragraph before.
    paragraph
        The number of its paragraph, counted from 1.
    """

    start: int
    end: int
    text: str
    opening: str
    closing: str
    resumes: bool = False
    continues: bool = False
    paragraph: int = 1

    @property
    def closed(self) -> bool:
        """Whether a closing mark stands in the same paragraph."""
        return bool(self.closing)

    @property
    def mixed(self) -> bool:
        """Whether the closing mark is not the partner of the opening one."""
        return self.closed and self.closing not in PARTNERS[self.opening]


# Sentences ------------------------------------------------------------------------------------

_ENDING = re.compile(r"[.!?…]+[”’\"'»“)\]]*(?=\s)")
_LOOK = 60  # how far around a full stop a rule may look
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.)+$")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(
    r"\s*[A-Z][\w’'.-]*(?: [\w’'.-]+){0,4}? (?:asked|cried|demanded|exclaimed|shouted|wondered)\b"
)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Divide one paragraph into sentences.

    Parameters
    ----------
    text
        One paragraph.

    Returns
    -------
    tuple of Sentence
        In order, without overlap, covering every character that is not white space.

    Examples
    --------
    >>> text = "Mr. Dale left at 5 p.m. on Monday. “Really?” he asked."
    >>> [text[span.start : span.end] for span in sentences(text)]
    ['Mr. Dale left at 5 p.m. on Monday.', '“Really?” he asked.']
    """
    ends = [found.end() for found in _ENDING.finditer(text) if _is_end(text, found)]
    found: list[Sentence] = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            first = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(first, first + len(inner)))
        start = end
    return tuple(found)


def _is_end(text: str, ending: re.Match[str]) -> bool:
    """Whether the full stop (or its like) found in the text closes a sentence."""
    after = text[ending.end() : ending.end() + _LOOK]
    word = _FIRST_WORD.search(after)
    if word is None or word[0][0].islower():
        return False
    stop = ending[0].rstrip("”’\"'»“)]")
    if stop in {"...", "…"}:
        return False
    if stop != ".":
        return ending[0] == stop or _ASKED.match(after) is None
    before = text[max(0, ending.start() - _LOOK) : ending.start() + 1]
    last = _LAST_WORD.search(before)
    name = last[1].lower() if last else ""
    if name in NEVER_LAST:
        return False
    if name in NUMBERED:
        return not word[0][0].isdigit()
    if name in SELDOM_LAST or _INITIALS.search(before):
        # A closing mark after the stop, as in “made in the U.S.”, says no more than the stop does.
        return word[0] in OPENERS
    return True


# Quotations -----------------------------------------------------------------------------------

_WORD = re.compile(r"[a-z]+")
_INTERRUPTION = 300  # an attribution longer than this is a passage of its own
_LED_IN = re.compile(r"(?:^|[,:]\s)$")


def quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations in one paragraph.

    A quotation inside a quotation is part of the outer one. An opening mark that is never
    closed runs to the next opening mark, or to the end of the paragraph.

    Parameters
    ----------
    text
        One paragraph.

    Returns
    -------
    tuple of Quotation
        In order and without overlap.

    Examples
    --------
    >>> for quotation in quotations("“We don’t know,” she said. “Not yet.”"):
    ...     print(quotation.text, quotation.resumes)
    We don’t know, False
    Not yet. True
    """
    marks = marks_in(text)
    partner = pair_doubles(marks)
    found: list[Quotation] = []
    number = 0
    while number < len(marks):
        mark = marks[number]
        closer: int | None = None
        if mark.kind in DOUBLES:
            quotes, closer = number in partner, partner.get(number)
        elif mark.opens:
            closer, reached = _single_closer(marks, partner, number)
            # A single mark left open is most often an apostrophe: believe it only where
            # speech is led in, and nothing else follows.
            led_in = _LED_IN.search(text[max(0, mark.start - 2) : mark.start]) is not None
            quotes = closer is not None or (led_in and reached == len(marks))
        else:
            quotes = False
        if not quotes:
            number += 1
            continue
        if closer is not None:
            number = closer + 1
            end = marks[closer].start + 1
        else:
            number += 1
            while number < len(marks) and number not in partner:
                number += 1
            end = marks[number].start if number < len(marks) else len(text)
            while text[end - 1].isspace():
                end -= 1
        closing = "" if closer is None else marks[closer].kind
        inner = text[mark.start + 1 : end - len(closing)]
        quotation = Quotation(mark.start, end, inner, mark.kind, closing)
        if found and _is_resumed(found[-1], text[found[-1].end : mark.start]):
            quotation = replace(quotation, resumes=True)
        found.append(quotation)
    return tuple(found)


def quotations_in(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """Find the quotations in a run of paragraphs, each with the number of its paragraph.

    A speech longer than a paragraph is left open at the paragraph's end and opened again at the
    start of the next; the piece in the next paragraph has ``continues=True``.

    Parameters
    ----------
    paragraphs
        The paragraphs, in order.

    Returns
    -------
    tuple of Quotation
        In order; the offsets are those in each quotation's own paragraph.

    Examples
    --------
    >>> speech = quotations_in(["She said: “We tried.", "“We failed.”"])
    >>> [(piece.paragraph, piece.closed, piece.continues) for piece in speech]
    [(1, False, False), (2, True, True)]
    """
    found: list[Quotation] = []
    left_open = ""  # the opening mark of a quotation that ran over the last paragraph's end
    for number, text in enumerate(paragraphs, start=1):
        here = [replace(quotation, paragraph=number) for quotation in quotations(text)]
        if here and left_open == here[0].opening and not text[: here[0].start].strip():
            here[0] = replace(here[0], continues=True)
        last = here[-1] if here else None
        runs_over = last is not None and not last.closed and not text[last.end :].strip()
        left_open = last.opening if last is not None and runs_over else ""
        found += here
    return tuple(found)


def _single_closer(
    marks: list[Mark], partner: dict[int, int | None], opening: int
) -> tuple[int | None, int]:
    """Return the number of the mark that closes a single one, and how far the search reached."""
    doubtful: int | None = None
    number = opening + 1
    while number < len(marks):
        mark = marks[number]
        if mark.kind in DOUBLES:
            number = (partner.get(number) or number) + 1  # what is quoted inside closes nothing
            continue
        if mark.opens:
            break
        if mark.closes and not mark.doubtful:
            return number, number
        if mark.closes and doubtful is None:
            doubtful = number
        number += 1
    return doubtful, number


def _is_resumed(before: Quotation, between: str) -> bool:
    """Whether only an attribution stands between a quotation and the next one."""
    if not before.closed or len(between) > _INTERRUPTION:
        return False
    broken_off = before.text.rstrip()[-1:] in tuple(",?!…—–-") or between.startswith(",")
    # Two verbs of saying are two attributions: the second speech has its own.
    attributed = sum(word in SAYING for word in _WORD.findall(between)) == 1
    complete = between.rstrip()[-1:] in tuple(".,;:—–-")
    return broken_off and attributed and complete and len(sentences(between)) == 1
