"""What makes an answer right: pure functions from an exercise and an answer to feedback."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from ..key.anchors import Span, resolve
from ..key.schema import (
    Anchor,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
    Mark,
    Match,
    Option,
    Pair,
    Rank,
    Sort,
    Statement,
    Write,
)
from .answer import Answer, in_digits, tidy
from .feedback import Feedback, Note, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..article import Article

__all__ = ["check", "words"]


def words(part: str, text: str) -> tuple[Span, ...]:
    """Split the text of a part into words at its white space, with the marks that touch them.

    Examples
    --------
    >>> [(w.start, w.end) for w in words("p1", "“Great worry,” he said -- twice.")]
    [(0, 6), (7, 14), (15, 17), (18, 22), (26, 32)]
    """
    return tuple(
        Span(part, *found.span())
        for found in re.finditer(r"\S+", text)
        if any(map(str.isalnum, found[0]))
    )


def check(exercise: Exercise, answer: Answer, article: Article) -> Feedback:
    """Hold an answer against the key.

    Parameters
    ----------
    exercise
        The exercise, from `lesson.key.keyfile.load_key`.
    answer
        The answer, in the form that `lesson.exercise.answer` lists for its kind.
    article
        The edition that the learner works on; stretches to mark are looked up in it.

    Raises
    ------
    KeyFileError
        When a stretch to mark cannot be found in this edition.
    """
    answer = tidy(exercise, answer)
    if exercise.withheld:  # The key is with the teacher.
        return Feedback(right=0, wrong=0, missed=0, total=0, score=0)
    match exercise:
        case Choose():
            return _check_one(exercise.options, answer)
        case ChooseMany():
            return _check_many(exercise.options, answer or [])
        case Sort() | Match():
            return _check_lines(exercise.lines, answer or {})
        case Rank():
            return _check_rank(exercise, answer or [])
        case Estimate():
            return _check_estimate(exercise, answer)
        case Mark():
            return _check_marks(exercise, answer or [], article)
        case Write():  # A program does not judge what a person wrote.
            return Feedback(right=0, wrong=0, missed=0, total=0, score=0)


def _check_one(options: Sequence[Option], chosen: str | None) -> Feedback:
    picked = next((option for option in options if option.id == chosen), None)
    right = picked is not None and picked.correct
    return Feedback(
        right=int(right),
        wrong=int(picked is not None and not right),
        missed=int(picked is None),
        total=1,
        score=float(right),
        notes=tuple(_option_note(option, option is picked, missable=False) for option in options),
    )


def _check_many(options: Sequence[Option], chosen: Sequence[str]) -> Feedback:
    belong = [option for option in options if option.correct]
    right = sum(option.id in chosen for option in belong)
    wrong = len(chosen) - right
    return Feedback(
        right=right,
        wrong=wrong,
        missed=len(belong) - right,
        total=len(belong),
        score=_share(right, len(belong), wrong, len(options) - len(belong)),
        notes=tuple(_option_note(o, o.id in chosen, missable=True) for o in options),
    )


def _option_note(option: Option, chosen: bool, *, missable: bool) -> Note:
    verdict: Verdict = "note"
    if chosen:
        verdict = "right" if option.correct else "look again"
    elif option.correct and missable:
        verdict = "missed"
    return Note(subject=option.text, verdict=verdict, text=option.explanation, at=option.at)


def _check_lines(lines: Sequence[Statement] | Sequence[Pair], given: Mapping[str, str]) -> Feedback:
    notes = []
    for line in lines:
        verdict: Verdict = "missed"
        if line.id in given:
            verdict = "right" if given[line.id] in line.allowed else "look again"
        notes.append(Note(subject=line.text, verdict=verdict, text=line.explanation, at=line.at))
    right, wrong, missed = (
        sum(note.verdict == verdict for note in notes)
        for verdict in ("right", "look again", "missed")
    )
    return Feedback(
        right=right,
        wrong=wrong,
        missed=missed,
        total=len(lines),
        score=right / len(lines),
        notes=tuple(notes),
    )


def _check_rank(exercise: Rank, ranked: Sequence[str]) -> Feedback:
    """Count who is among the first; the order among them is remarked on, not scored."""
    notes = []
    for place, item in enumerate(exercise.items, start=1):
        first = place <= exercise.top
        text = f"The key has this in place {place}. {item.explanation}"
        verdict: Verdict = "missed" if first else "note"
        if item.id in ranked:
            verdict = "right" if first else "look again"
            text = f"You put this in place {ranked.index(item.id) + 1}. {text}"
        notes.append(Note(subject=item.text, verdict=verdict, text=text, at=item.at))
    right = sum(note.verdict == "right" for note in notes)
    return Feedback(
        right=right,
        wrong=len(ranked) - right,
        missed=exercise.top - right,
        total=exercise.top,
        score=right / exercise.top,
        notes=tuple(notes),
    )


def _check_estimate(exercise: Estimate, answer: float | None) -> Feedback:
    if answer is None:
        return Feedback(right=0, wrong=0, missed=1, total=1, score=0)
    off = round(abs(answer - exercise.value), 9)  # without the noise of binary fractions
    right = off <= exercise.tolerance
    text = "" if right else exercise.too_low if answer < exercise.value else exercise.too_high
    if off <= exercise.near and not right:
        text = f"Close. {text}"
    subject = f"{in_digits(answer)} {exercise.unit}"
    note = Note(subject=subject, verdict="right" if right else "look again", text=text)
    return Feedback(
        right=int(right),
        wrong=int(not right),
        missed=0,
        total=1,
        score=1.0 if right else 0.5 if off <= exercise.near else 0.0,
        notes=(note,),
    )


def _check_marks(
    exercise: Mark, spans: Sequence[tuple[str, int, int]], article: Article
) -> Feedback:
    """Judge each target as a whole, and each run of marked words that is in no target."""
    texts = {part: article.part(part) for part in exercise.parts}
    by_part = {part: words(part, text) for part, text in texts.items()}
    every = list(chain.from_iterable(by_part.values()))
    marked = _touched(by_part, spans)
    belong: set[Span] = set()
    notes = []
    for target in exercise.targets:
        span = resolve(target.at, article)
        wanted = _touched(by_part, [span])
        belong |= wanted
        verdict: Verdict = "look again" if wanted & marked else "missed"
        if wanted <= marked:
            verdict = "right"
        subject = texts[span.part][span.start : span.end]
        notes.append(Note(subject=subject, verdict=verdict, text=target.explanation, at=target.at))
    right = sum(note.verdict == "right" for note in notes)
    stray = marked - belong
    for (part, outside), run in groupby(every, key=lambda word: (word.part, word in stray)):
        if outside:
            stretch = list(run)
            subject = texts[part][stretch[0].start : stretch[-1].end]
            notes.append(Note(subject=subject, verdict="look again", text="", at=Anchor(part=part)))
    return Feedback(
        right=right,
        wrong=len(notes) - len(exercise.targets),
        missed=len(exercise.targets) - right,
        total=len(exercise.targets),
        score=_share(len(marked & belong), len(belong), len(stray), len(every) - len(belong)),
        notes=tuple(notes),
    )


def _touched(by_part: Mapping[str, Sequence[Span]], spans: Iterable[Sequence[Any]]) -> set[Span]:
    """Pick the words that a span touches, even by a letter."""
    touched: set[Span] = set()
    for part, start, end in spans:
        here = by_part.get(part, ())
        # Words stand in order: the first that ends after the start, up to those that begin later.
        first = bisect_right(here, start, key=lambda word: word.end)
        last = bisect_left(here, end, key=lambda word: word.start)
        touched.update(here[first:last])
    return touched


def _share(right: int, belonging: int, wrong: int, others: int) -> float:
    """Share of what belongs minus share of what does not (Youden's J), never below 0."""
    return max(0.0, right / belonging - (wrong / others if others else 0.0))
