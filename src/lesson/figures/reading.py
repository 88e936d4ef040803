"""What is only read in a notebook: the saved page line by line, words and their meanings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SavedPage", "Words"]


class SavedPage:
    """The lines of a saved page, numbered.

    Examples
    --------
    >>> SavedPage(["Local News", "Old Bridge To Open"])
     1  Local News
     2  Old Bridge To Open
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)

    def __repr__(self) -> str:
        """Give the lines with their numbers."""
        return "\n".join(f"{number:>2}  {line}" for number, line in enumerate(self.lines, 1))

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in self.lines)
        return f'<ol style="max-width: 46em">{lines}</ol>'


class Words:
    """Words and their meanings, as a list to read.

    Examples
    --------
    >>> Words([("byline", "The line that names the writer.")])
    byline: The line that names the writer.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self.entries = tuple(entries)

    def __repr__(self) -> str:
        """Give one line for each word."""
        return "\n".join(f"{word}: {meaning}" for word, meaning in self.entries)

    def _repr_html_(self) -> str:
        items = (
            f"<dt><strong>{escape(word)}</strong></dt><dd>{escape(meaning)}</dd>"
            for word, meaning in self.entries
        )
        return f"<dl>{''.join(items)}</dl>"
