"""Load the teacher's key from its files: all of it, or one sentence that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._yaml import YamlFile, read_yaml
from .errors import KeyFileError
from .key import (
    Anchor,
    Card,
    CardFile,
    Choice,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
    ExerciseFile,
    Key,
    LessonInfo,
    Mark,
    Match,
    Option,
    Pair,
    Rank,
    RankItem,
    Sort,
    Statement,
    Target,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["anchors_of", "load_key"]


def load_key(folder: Path) -> Key:
    """Read the key of the lesson in `folder`: all of it, or none of it.

    Parameters
    ----------
    folder
        The lesson folder, the one with ``data/lesson.yaml`` in it.

    Raises
    ------
    KeyFileError
        In one sentence: the file, the line and path in it, what was found, what is allowed.
    """
    data = folder / "data"
    info = read_yaml(data / "lesson.yaml", LessonInfo)
    exercises: dict[str, tuple[Exercise, ...]] = {}
    seen: dict[str, str] = {}
    for notebook in info.content.notebooks:
        if not notebook.exercises:
            exercises[notebook.name] = ()
            continue
        file = read_yaml(data / notebook.exercises, ExerciseFile)
        for index, exercise in enumerate(file.content.exercises):
            path = f"exercises[{index}]"
            _check_exercise(file, path, exercise)
            _say_if_doubled(file, seen, exercise.id, f"{path}.id")
        exercises[notebook.name] = file.content.exercises
    cards: dict[str, Card] = {}
    if (data / "cards.yaml").exists():
        card_file = read_yaml(data / "cards.yaml", CardFile)
        for index, card in enumerate(card_file.content.cards):
            _say_if_doubled(card_file, seen, card.id, f"cards[{index}].id")
            cards[card.id] = card
    return Key(info=info.content, exercises=exercises, cards=cards)


def _say_if_doubled(file: YamlFile[object], seen: dict[str, str], name: str, path: str) -> None:
    if name in seen:
        raise KeyFileError(
            f"{file.where(path)}: the id '{name}' stands twice (first in {seen[name]}); "
            "give each exercise and card an id of its own."
        )
    seen[name] = file.where(path)


def _check_exercise(file: YamlFile[object], path: str, exercise: Exercise) -> None:
    """Hold an exercise against the rules that its types alone cannot state."""
    match exercise:
        case Choose() | ChooseMany():
            _unique(file, f"{path}.options", exercise.options)
            if not any(option.correct for option in exercise.options):
                raise KeyFileError(
                    f"{file.where(f'{path}.options')}: no option of '{exercise.id}' is marked "
                    "'correct: true'; mark at least one."
                )
        case Sort():
            _unique(file, f"{path}.categories", exercise.categories)
            _unique(file, f"{path}.statements", exercise.statements)
            names = [category.id for category in exercise.categories]
            for index, statement in enumerate(exercise.statements):
                where = f"{path}.statements[{index}]"
                _known(file, f"{where}.category", (statement.category,), names, "category")
                _known(file, f"{where}.also", statement.also, names, "category")
        case Match():
            _unique(file, f"{path}.choices", exercise.choices)
            _unique(file, f"{path}.pairs", exercise.pairs)
            names = [choice.id for choice in exercise.choices]
            for index, pair in enumerate(exercise.pairs):
                where = f"{path}.pairs[{index}]"
                _known(file, f"{where}.choice", (pair.choice,), names, "choice")
                _known(file, f"{where}.also", pair.also, names, "choice")
        case Mark():
            _unique(file, f"{path}.targets", exercise.targets)
            for index, target in enumerate(exercise.targets):
                where = f"{path}.targets[{index}].at.part"
                _known(file, where, (target.at.part,), exercise.parts, "part of this exercise")
        case Rank():
            _unique(file, f"{path}.items", exercise.items)
            if exercise.top > len(exercise.items):
                raise KeyFileError(
                    f"{file.where(f'{path}.top')}: asks for the first {exercise.top} of only "
                    f"{len(exercise.items)} items; lower 'top' or add items."
                )
        case Estimate() if exercise.near < exercise.tolerance:
            raise KeyFileError(
                f"{file.where(f'{path}.near')}: 'near' ({exercise.near:g}) is smaller than "
                f"'tolerance' ({exercise.tolerance:g}); it has to be at least as wide."
            )
        case Estimate() | Write():
            pass


def _unique(
    file: YamlFile[object],
    path: str,
    entries: Iterable[Option | Statement | Target | Choice | Pair | RankItem],
) -> None:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.id in seen:
            raise KeyFileError(
                f"{file.where(f'{path}[{index}].id')}: the id '{entry.id}' stands twice in this "
                "list; give each entry an id of its own."
            )
        seen.add(entry.id)


def _known(
    file: YamlFile[object], path: str, found: Iterable[str], allowed: Iterable[str], kind: str
) -> None:
    allowed = list(allowed)
    for name in found:
        if name not in allowed:
            raise KeyFileError(
                f"{file.where(path)}: '{name}' is no {kind}; allowed are {', '.join(allowed)}."
            )


def anchors_of(exercise: Exercise) -> Iterator[Anchor]:
    """Every anchor of an exercise, in the order of its file."""
    match exercise:
        case Choose() | ChooseMany():
            yield from (option.at for option in exercise.options)
        case Sort():
            yield from (statement.at for statement in exercise.statements)
        case Match():
            yield from (pair.at for pair in exercise.pairs)
        case Mark():
            yield from (target.at for target in exercise.targets)
        case Rank():
            yield from (item.at for item in exercise.items)
        case Estimate() | Write():
            pass
    if not isinstance(exercise, Write):
        yield exercise.hint.at
