"""Numbers with their nouns."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, what: str) -> str:
    """Say how many.

    Examples
    --------
    >>> counted(1, "file"), counted(2, "file"), counted(1200, "word")
    ('1 file', '2 files', '1,200 words')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
