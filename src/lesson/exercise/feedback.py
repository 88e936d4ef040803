"""What there is to say of an answer once it is held against the key."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..key.schema import Anchor  # noqa: TC001  # msgspec reads the annotations at run time

__all__ = ["Feedback", "Note", "Verdict"]

Verdict = Literal["right", "look again", "missed", "note"]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about one piece of an answer.

    Attributes
    ----------
    subject
        The piece: an option, a statement, a stretch of text.
    verdict
        Whether the piece is right, worth another look, missed, or only remarked on.
    text
        The explanation from the key; empty for a stretch the key has nothing to say of.
    at
        The place in the article to look at.
    """

    subject: str
    verdict: Verdict
    text: str
    at: Anchor | None = None


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a check.

    Attributes
    ----------
    right, wrong, missed
        Pieces chosen rightly; pieces chosen that do not belong; pieces that belong and
        were not chosen.
    total
        Pieces that a full answer has.
    score
        0 to 1. Where any number of pieces can be chosen it is the share chosen of what
        belongs minus the share chosen of what does not, never below 0, so that choosing
        everything earns nothing.
    notes
        One remark for each piece, in the order of the key.
    """

    right: int
    wrong: int
    missed: int
    total: int
    score: float
    notes: tuple[Note, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether there is nothing to add and nothing to take away."""
        return self.right == self.total and not self.wrong
