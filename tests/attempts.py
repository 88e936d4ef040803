"""Answers to try on an exercise: wrong in everything, half right, and right."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from lesson.exercise.checking import words
from lesson.key.anchors import resolve
from lesson.key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lesson.article import Article

__all__ = ["half", "right", "wrong"]


def right(exercise: Exercise, article: Article) -> Any:
    """Give the key's own answer."""
    match exercise:
        case Choose():
            return next(option.id for option in exercise.options if option.correct)
        case ChooseMany():
            return [option.id for option in exercise.options if option.correct]
        case Sort():
            return {entry.id: entry.category for entry in exercise.statements}
        case Match():
            return {pair.id: pair.choice for pair in exercise.pairs}
        case Rank():
            return [item.id for item in exercise.items[: exercise.top]]
        case Estimate():
            return exercise.value
        case Mark():
            return _marks(exercise, article, inside=True)
        case Write():
            return "The story names who spoke, and when. <b>It</b> does not say who counted."


def wrong(exercise: Exercise, article: Article) -> Any:
    """Give an answer in which nothing holds, or as little as the key allows."""
    match exercise:
        case Choose():
            return next(option.id for option in exercise.options if not option.correct)
        case ChooseMany():
            return [option.id for option in exercise.options if not option.correct]
        case Sort():
            headings = [category.id for category in exercise.categories]
            return {
                entry.id: _another(headings, entry.category, entry.also)
                for entry in exercise.statements
            }
        case Match():
            choices = [choice.id for choice in exercise.choices]
            return {pair.id: _another(choices, pair.choice, pair.also) for pair in exercise.pairs}
        case Rank():
            return [item.id for item in exercise.items[exercise.top :]][: exercise.top]
        case Estimate():
            return exercise.value + exercise.tolerance + exercise.near + 1
        case Mark():
            return _marks(exercise, article, inside=False)[:1]
        case Write():
            return "?"


def half(exercise: Exercise, article: Article) -> Any:
    """Give the first half of the key's answer; where there are no halves, the wrong one."""
    whole = right(exercise, article)
    match exercise:
        case Choose() | Write():
            return wrong(exercise, article)
        case Estimate():
            return exercise.value + exercise.near
        case Sort() | Match():
            return dict(list(whole.items())[: len(whole) // 2])
    return whole[: max(1, len(whole) // 2)]


def _another(names: Sequence[str], first: str, also: Sequence[str]) -> str:
    """Give a name that the key does not defend; the last defended one where it defends all."""
    return next((name for name in names if name not in (first, *also)), (first, *also)[-1])


def _marks(exercise: Mark, article: Article, *, inside: bool) -> list[list[Any]]:
    """Give the stretches of whole words that are in a target, or those that are in none."""
    targets = [resolve(target.at, article) for target in exercise.targets]
    found: list[list[Any]] = []
    for part in exercise.parts:
        every = words(part, article.part(part))

        def belongs(word: Any, part: str = part) -> bool:
            return any(
                span.part == part and span.start < word.end and word.start < span.end
                for span in targets
            )

        for belonging, run in groupby(every, key=belongs):
            stretch = list(run)
            if belonging == inside:
                found.append([part, stretch[0].start, stretch[-1].end])
    return found
