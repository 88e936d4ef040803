"""Words set beside words: where two versions of a quotation agree and where they do not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ..exercise.describe import part_name
from ._palette import ORANGE, PALE_SKY

if TYPE_CHECKING:
    from ..key.material import Comparison, Version

__all__ = ["ComparisonView", "Piece", "compare", "marked_text"]

_STATUS = {
    "official record": "the official record",
    "newsroom": "a newsroom's report",
    "translation": "a translation, so a single word proves little",
    "not settled": "not settled, since versions differ and none of them is confirmed here",
}

_GAP = "…"

# A bracket belongs to an address that opens it, as in A_(b); a mark at its end does not.
_IN_BRACKETS = r"\([^\s<>()]*\)"
_ADDRESS = re.compile(rf"https?://(?:[^\s<>()]|{_IN_BRACKETS})*(?:[^\s<>().,;:!?]|{_IN_BRACKETS})")

_GUIDE = (
    "Words in square brackets differ. Capital letters and punctuation at the edge of a word are "
    "not compared; … stands for words that are not given."
)

# Light under dark text: legible in either theme. The two underlines tell apart without color.
_LOOKS = {
    "del": f"background:{ORANGE};color:#1a1a1a;text-decoration:underline dashed 2px",
    "ins": f"background:{PALE_SKY};color:#1a1a1a;text-decoration:underline solid 2px",
}


class Piece(NamedTuple):
    """A run of words that two texts share, or that stand in one place of each.

    Where they are shared, both sides are kept, for they can differ in capitals and marks.
    """

    same: bool
    printed: tuple[str, ...]
    version: tuple[str, ...]


def compare(printed: str, version: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    Examples
    --------
    >>> for piece in compare("of grave concern", "As said: of great concern."):
    ...     print(piece.same, piece.printed, piece.version)
    False () ('As', 'said:')
    True ('of',) ('of',)
    False ('grave',) ('great',)
    True ('concern',) ('concern.',)
    """
    ours, theirs = printed.split(), version.split()
    # A gap in one text is no word of the other: each gap is given a mark of its own side.
    matcher = SequenceMatcher(
        None,
        ["gap here" if word == _GAP else _core(word) for word in ours],
        ["gap there" if word == _GAP else _core(word) for word in theirs],
        autojunk=False,
    )
    return tuple(
        Piece(tag == "equal", tuple(ours[a:b]), tuple(theirs[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _core(word: str) -> str:
    """Give what is compared of a word: no capitals, no marks at its edges, one apostrophe."""
    plain = word.casefold().replace("’", "'")
    return re.sub(r"^[^\w]+|[^\w]+$", "", plain) or plain


def marked_text(pieces: tuple[Piece, ...]) -> str:
    """Write a version with its differences from the story in square brackets.

    Examples
    --------
    >>> marked_text(compare("of grave concern", "As said: of great concern."))
    '[not in the story: As said:] of [here: great | in the story: grave] concern.'
    """
    return " ".join(_marked(piece, html=False) for piece in pieces)


def _marked(piece: Piece, *, html: bool) -> str:
    ours, theirs = " ".join(piece.printed), " ".join(piece.version)
    if html:
        ours, theirs = escape(ours), escape(theirs)
    if piece.same or (theirs == _GAP and ours in ("", _GAP)):
        return theirs
    if ours == _GAP and not theirs:
        return ours
    if html:  # As an editor would mark the version to arrive at the story.
        theirs = f'<del style="{_LOOKS["del"]}">{theirs}</del>' if theirs else ""
        ours = f'<ins style="{_LOOKS["ins"]}">{ours}</ins>' if ours else ""
    if not theirs:
        return f"[only in the story: {ours}]"
    if not ours:
        return f"[not in the story: {theirs}]"
    return f"[here: {theirs} | in the story: {ours}]"


class ComparisonView:
    """A comparison from the key, to be read: the story's words, then each version beside them.

    Parameters
    ----------
    comparison
        The comparison from the key.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def __repr__(self) -> str:
        """Give the comparison as text."""
        shown = self.comparison
        lines = [shown.title, f"In the story, {self._place()}: {shown.printed}"]
        for version in shown.versions:
            lines += ["", f"{_head(version)}", f"  {self._words(version, html=False)}"]
        return "\n".join([*lines, "", shown.remark, _GUIDE])

    def _repr_html_(self) -> str:
        shown = self.comparison
        rows = "".join(
            f'<tr><th scope="row" style="{_CELL};font-weight:normal">'
            f'<a href="{escape(version.address)}" target="_blank" rel="noopener noreferrer">'
            f"{escape(version.publisher)}</a>, {version.date.isoformat()}. "
            f"Status: {_STATUS[version.status]}.</th>"
            f'<td style="{_CELL}">{self._words(version, html=True)}</td></tr>'
            for version in shown.versions
        )
        return (
            f'<table style="max-width:52em;font-size:1em"><caption style="{_CELL};'
            f'caption-side:top;color:inherit"><strong>{escape(shown.title)}</strong></caption>'
            f'<thead><tr><th scope="col" style="{_CELL};width:32%">Who</th>'
            f'<th scope="col" style="{_CELL}">The words</th></tr></thead><tbody>'
            f'<tr><th scope="row" style="{_CELL}">The story, {escape(self._place())}</th>'
            f'<td style="{_CELL}">{escape(shown.printed)}</td></tr>{rows}</tbody></table>'
            f'<p style="max-width:52em">{_with_links(shown.remark)}</p>'
            f'<p style="max-width:52em"><small>{_GUIDE}</small></p>'
        )

    def _place(self) -> str:
        return part_name(self.comparison.at.part)

    def _words(self, version: Version, *, html: bool) -> str:
        pieces = compare(self.comparison.printed, version.text)
        words = " ".join(_marked(piece, html=html) for piece in pieces)
        same = all(piece.same for piece in pieces)
        return f"{words} [word for word the same]" if same else words


_CELL = "text-align:left;vertical-align:top;white-space:normal;line-height:1.6"


def _head(version: Version) -> str:
    return (
        f"{version.publisher}, {version.date.isoformat()}. Status: {_STATUS[version.status]}. "
        f"{version.address}"
    )


def _with_links(text: str) -> str:
    """Escape a text and make its addresses links."""
    done, parts = 0, []
    for found in _ADDRESS.finditer(text):
        parts.append(escape(text[done : found.start()]))
        address = escape(found[0])
        parts.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>')
        done = found.end()
    return "".join((*parts, escape(text[done:])))
