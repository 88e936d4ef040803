"""Numbers with their nouns."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, what: str, several: str = "") -> str:
    """Say how many.

    Examples
    --------
    >>> counted(1, "file"), counted(1200, "word"), counted(2, "entry", "entries")
    ('1 file', '1,200 words', '2 entries')
    """
    return f"{number:,} {what if number == 1 else several or what + 's'}"
