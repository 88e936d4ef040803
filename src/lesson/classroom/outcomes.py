"""What came of one answer, piece by piece, held against the teacher's key once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..exercise.answer import is_empty
from ..exercise.checking import check
from ..key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..article import Article
    from ..exercise.answer import Answer
    from ..exercise.feedback import Feedback
    from ..key.schema import Pair, Statement

__all__ = ["STRAY", "Judge", "Outcome", "Result"]

STRAY = "marked, and not asked for"
"""Said of a stretch that is no target."""


class Outcome(NamedTuple):
    """One piece of an answer.

    Attributes
    ----------
    id
        By which the same piece is known in other answers.
    piece
        What was asked: a statement, an option, a stretch of text.
    right
        Whether the key has or accepts what was answered.
    other
        What was answered instead, in words; empty when it is right.
    explanation
        What the key says to it.
    chosen
        Whether the learner chose the piece at all.
    """

    id: str
    piece: str
    right: bool
    other: str
    explanation: str
    chosen: bool = True


class Result(NamedTuple):
    """What came of a whole answer: nothing to add or take away, its share, its pieces."""

    complete: bool
    score: float
    pieces: tuple[Outcome, ...]


class Judge:
    """Holds answers against the key of one article, each different answer once.

    Scores that stand in a file are never used: it may be forged, or come from a release
    without the key.

    Parameters
    ----------
    article
        The edition that stretches to mark are looked up in.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known: dict[tuple[str, bytes], Result] = {}

    def result(self, exercise: Exercise, answer: Answer) -> Result | None:
        """Tell what came of an answer, which is in its form; None where there is none."""
        if is_empty(answer) or isinstance(exercise, Write):
            return None
        name = (exercise.id, msgspec.json.encode(answer))
        if name not in self._known:
            self._known[name] = self._judged(exercise, answer)
        return self._known[name]

    def _judged(self, exercise: Exercise, answer: Answer) -> Result:
        if isinstance(exercise, Mark):
            answer = self._joined(answer)
        feedback = check(exercise, answer, self._article)
        pieces = tuple(_outcomes(exercise, answer, feedback))
        return Result(feedback.complete, feedback.score, pieces)

    def _joined(self, spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        """Join marks that overlap: a forged file has thousands of them, and each costs time."""
        joined: list[tuple[str, int, int]] = []
        for part, start, end in spans:
            last = joined[-1] if joined else ("", 0, 0)
            if part == last[0] and start <= last[2]:
                joined[-1] = (part, last[1], max(last[2], end))
            elif start < len(self._article.part(part)):
                joined.append((part, start, end))
        return joined


def _outcomes(exercise: Exercise, answer: Answer, feedback: Feedback) -> Iterator[Outcome]:
    match exercise:
        case Choose():
            option = next(option for option in exercise.options if option.id == answer)
            other = "" if option.correct else option.text
            yield Outcome("", exercise.question, option.correct, other, option.explanation)
        case ChooseMany():
            for option in exercise.options:
                chosen = option.id in answer
                other = "chosen, and does not belong" if chosen else "left out, and belongs"
                right = chosen == option.correct
                other = "" if right else other
                yield Outcome(option.id, option.text, right, other, option.explanation, chosen)
        case Estimate():
            (note,) = feedback.notes
            other = "too low" if answer < exercise.value else "too high"
            right = note.verdict == "right"
            text = exercise.too_low if other == "too low" else exercise.too_high
            yield Outcome("", exercise.question, right, "" if right else other, text)
        case Sort() | Match():
            names = {heading.id: heading.text for heading in exercise.headings}
            yield from _placed(exercise.lines, names, answer, feedback)
        case Rank():
            for place, item in enumerate(exercise.items, start=1):
                chosen, first = item.id in answer, place <= exercise.top
                said = "among the first" if chosen else "not among the first"
                other = "" if chosen == first else f"{said} {exercise.top}"
                right = chosen == first
                yield Outcome(item.id, item.text, right, other, item.explanation, chosen)
        case Mark():
            yield from _marked(exercise, feedback)


def _placed(
    entries: Sequence[Statement] | Sequence[Pair],
    names: Mapping[str, str],
    answer: Mapping[str, str],
    feedback: Feedback,
) -> Iterator[Outcome]:
    every: list[Statement | Pair] = [*entries]
    for entry, note in zip(every, feedback.notes, strict=True):
        chosen, right = entry.id in answer, note.verdict == "right"
        other = "" if right else names[answer[entry.id]] if chosen else "left open"
        yield Outcome(entry.id, entry.text, right, other, entry.explanation, chosen)


def _marked(exercise: Mark, feedback: Feedback) -> Iterator[Outcome]:
    said = {"missed": "not marked", "look again": "marked in part"}
    for target, note in zip(exercise.targets, feedback.notes, strict=False):
        other = said.get(note.verdict, "")
        chosen = note.verdict != "missed"
        yield Outcome(target.id, note.subject, not other, other, target.explanation, chosen)
    for note in feedback.notes[len(exercise.targets) :]:
        # No id of a target begins so.
        where = f"+{note.at.part if note.at else ''} {note.subject}"
        yield Outcome(where, note.subject, right=False, other=STRAY, explanation="")
