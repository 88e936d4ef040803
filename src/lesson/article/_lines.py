"""The lines of a saved page, and the habits of news pages by which each kind is known."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DATELINE",
    "beginning",
    "is_caption",
    "is_credit",
    "is_furniture",
    "is_prose",
    "is_signed",
    "lines_of",
    "tidy",
    "word_count",
]

# Marks by which a line is known --------------------------------------------------------------

_PROSE_END = re.compile(r"[.!?…:;—][”’\"'»“)\]]*$")
_CAPTION = re.compile(
    r"\((?:file|archive|illustrative|undated|combo)? ?(?:photo|image|picture)\b[^)]{0,60}\)\W*$"
    r"|^(?:photo|image|picture|caption)(?: by| credit)?:|\bphoto(?:graph)?: .{0,60}$",
    re.IGNORECASE,
)
# Said of people in a photo, but also in a paragraph: believed only of what is no full sentence.
_SEEN = re.compile(r"\((?:left|right|center|centre)\)|\b(?:pictured|seen here)\b", re.IGNORECASE)
_BYLINE = re.compile(r"(?i:by)\s+(?=[A-Z])[^.!?:]*(?:\b[A-Z]\.[^.!?:]*)*$")
DATELINE = re.compile(
    r"(?P<dateline>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*)*"  # OSLO, NEW YORK
    r"(?:, (?:[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.)(?: [A-Z][a-z]+)?(?: \d{1,2})?(?:, \d{4})?){0,2}"
    r"(?: \([A-Z][\w ./&-]{0,30}\))?)\s*(?:[—–]|\s--?)\s*(?=[A-Z“\"‘'«„\d])"
)
_CREDIT = re.compile(
    r"[(\[*_]*(?:(?:based|written based) on reporting by|(?:with |additional |with additional )?"
    r"(?:reporting|writing|files|material) (?:by|from)|(?:compiled|edited|editing) by)\b"
    r"|.*\bcontributed (?:reporting )?to this (?:report|story|article)\b",
    re.IGNORECASE,
)
# Words of buttons and menus: a line of a few words that begins with one of them.
_MENU = re.compile(
    r"(?:accept|advertis\w+|all|back|close|comments?|contact|copy|copyright|e-?mail|facebook|follow"
    r"|home|listen|live|log|manage|menu|more|most|next|previous|print|privacy|recommended|related"
    r"|search|share|sign|skip|sponsored|subscribe|terms|topics|trending|video|watch)\b:?"
    r"(?: [\w-]+){0,2}\W*$"
    r"|(?:[•·*–-]\s*)?\d+x\d+ image$|(?:x{0,3}[sl]|sm|md|lg|m)$|[\W_]+$"
    r"|\d+ min(?:ute)?s? (?:read|ago)$",
    re.IGNORECASE,
)
# Notices, which may be whole sentences: only what no story says.
_NOTICE = re.compile(
    r"\[[^\]]+\]$"
    r"|accessibility links|(?:skip|jump) to (?:the |main )|read (?:more|also)\b|(?:also|now) read\b"
    r"|see also\b|(?:follow|contact) us\b|subscribe to (?:our|the)\b|sign up (?:for|to)\b"
    r"|accept (?:all|cookies)"
    r"|(?:get|join)\b.*\bnewsletters?\b|(?:copyright )?(?:©|\(c\) \d)|.*\ball rights reserved\b"
    r"|.*\b(?:we|site|website|page)\b.{0,30}\buses? cookies\b|.*\bclick here\b"
    r"|.*\b(?:on|of) this (?:web ?)?(?:page|site)\b"
    r"|(?:published|updated|posted|last (?:updated|modified))\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2}\.? )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?\d{4}\b.{0,30}$"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.{0,30}$",
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether a line is a menu, a button, a notice or a date."""
    short = word_count(line) <= 40
    return short and any(pattern.match(line) for pattern in (_MENU, _NOTICE, _DATE))


def is_caption(line: str) -> bool:
    """Whether a line says that it belongs to a photo."""
    return bool(_CAPTION.search(line)) or (bool(_SEEN.search(line)) and not is_prose(line))


def is_prose(line: str) -> bool:
    """Whether a line reads like full sentences."""
    return bool(_PROSE_END.search(line)) or word_count(line) >= 25


def word_count(line: str) -> int:
    """Count the words of a tidy line."""
    return line.count(" ") + 1


def beginning(line: str) -> str:
    """Return the first letters and figures of a line, to know it again whatever its spacing."""
    return "".join(filter(str.isalnum, line[:120]))[:50]


def is_signed(line: str) -> bool:
    """Whether a line says who wrote the story."""
    return word_count(line) <= 12 and _BYLINE.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line says who else reported the story."""
    # "Reporting by the Gazette showed that …" opens a paragraph; a credit line is short.
    words = word_count(line)
    return words <= 40 and bool(_CREDIT.match(line)) and (words <= 14 or not line.endswith("."))


# Lines ----------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Make every run of white space, no-break spaces among it, one space."""
    return " ".join(text.split())


def lines_of(text: str) -> Iterator[str]:
    """Give the lines of a saved text, those of a hard-wrapped paragraph put together again."""
    block: list[str] = []
    for line in [*map(tidy, text.splitlines()), ""]:
        if line:
            block.append(line)
        elif block:
            yield from [" ".join(block)] if _is_wrapped(block) else block
            block = []


def _is_wrapped(block: list[str]) -> bool:
    """Whether each line of a block ends only because its next word would not have fitted."""
    width = max(map(len, block))
    if len(block) < 2 or not 45 <= width <= 100:
        return False
    return all(
        line != following
        and len(line) + 1 + len(following.split(" ", 1)[0]) > width
        and not (is_signed(following) or is_credit(following) or is_furniture(following))
        for line, following in pairwise(block)
    )
