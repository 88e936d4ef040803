"""What to talk about next lesson: chosen by a stated rule, each with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .counts import ClassWork, DeckCount, ItemCount, PieceCount

__all__ = ["RULE", "TalkingPoint", "held_up", "talking_points"]

ENOUGH = 5
"""Learners that an exercise needs to be chosen; in a small class, half of it."""

POINTS = 3

RULE = (
    "First, the exercise with the lowest share at the latest try. Second, the line that most "
    "learners answered in the same other way at the first try, in another exercise. Third, the "
    "cards that were most often opened only after judging. Where one of them is not to be had, "
    "the exercise with the next lowest share stands in. Only what enough learners did is chosen: "
    f"{ENOUGH} of them, in a small class half of it."
)
"""How the points are chosen, in words for the report."""


class TalkingPoint(NamedTuple):
    """One thing to talk about: what, why in numbers, and what the key says to it."""

    title: str
    reason: str
    key: str


def talking_points(work: ClassWork) -> tuple[TalkingPoint, ...]:
    """Choose up to three things to talk about; see `RULE`."""
    enough = _enough(work)
    weak = [item for item in work.items if item.latest.of >= enough and item.latest.share < 1]
    weak.sort(key=lambda item: (item.latest.share, item.exercise.id))
    chosen: list[ItemCount] = weak[:1]
    points = [_lowest(item) for item in chosen]
    if shared := _most_shared(work, enough, chosen):
        item, piece = shared
        chosen.append(item)
        points.append(_same_answer(item, piece))
    if deck := _judged_before_reading(work, enough):
        points.append(_cards(deck))
    for item in weak:
        if len(points) < POINTS and item not in chosen:
            points.append(_lowest(item))
    return tuple(points)


def held_up(work: ClassWork) -> TalkingPoint | None:
    """Choose what went well: the exercise with the highest share at the first try."""
    enough = _enough(work)
    strong = [item for item in work.items if item.first.of >= enough and item.first.share > 0]
    strong.sort(key=lambda item: (-item.first.share, -item.first.of, item.exercise.id))
    if not strong:
        return None
    item = strong[0]
    return TalkingPoint(
        item.exercise.question,
        f"{item.first.complete} of {item.first.of} had all of it at the first try; "
        f"the mean share was {item.first.share:.0%}. Ask how they knew.",
        item.exercise.explanation,
    )


def _enough(work: ClassWork) -> int:
    return max(1, min(ENOUGH, (len(work.learners) + 1) // 2))


def _lowest(item: ItemCount) -> TalkingPoint:
    return TalkingPoint(
        item.exercise.question,
        f"{item.latest.complete} of {item.latest.of} have all of it at the latest try; the mean "
        f"share is {item.latest.share:.0%}, after {item.first.share:.0%} at the first.",
        item.exercise.explanation,
    )


def _most_shared(
    work: ClassWork, enough: int, chosen: list[ItemCount]
) -> tuple[ItemCount, PieceCount] | None:
    found = [
        (item, piece)
        for item in work.items
        for piece in item.pieces
        if item not in chosen and piece.of >= enough and piece.other_first > 1
    ]
    found.sort(key=lambda pair: (-pair[1].other_first / pair[1].of, pair[1].piece))
    return found[0] if found else None


def _same_answer(item: ItemCount, piece: PieceCount) -> TalkingPoint:
    question = item.exercise.question
    title = question if piece.piece == question else f"{question} “{piece.piece}”"
    return TalkingPoint(
        title,
        f"{piece.other_first} of {piece.of} gave the same other answer at the first try, "
        f"“{piece.other}”; {piece.other_latest} still do.",
        piece.explanation or item.exercise.explanation,
    )


def _judged_before_reading(work: ClassWork, enough: int) -> DeckCount | None:
    found = [deck for deck in work.decks if deck.before + deck.after >= enough and deck.after]
    found.sort(key=lambda deck: (-deck.after / (deck.before + deck.after), deck.deck.id))
    return found[0] if found else None


def _cards(deck: DeckCount) -> TalkingPoint:
    return TalkingPoint(
        f"The cards “{deck.deck.title}”",
        f"{deck.after} of {deck.before + deck.after} openings came only after judging. Ask what "
        "the cards would have changed.",
        "",
    )
