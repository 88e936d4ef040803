"""Rules of the key that its types alone cannot state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..errors import KeyFileError
from .check_file import occasion_of
from .schema import (
    Choice,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
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
    from collections.abc import Container, Iterable, Sequence

    from ._yaml import YamlFile

__all__ = ["check_exercise", "say_if_doubled", "say_if_taken"]


def say_if_doubled(file: YamlFile[object], seen: dict[str, str], name: str, path: str) -> None:
    """Note where a name stands, and refuse it where it stood before."""
    if name in seen:
        raise KeyFileError(
            f"{file.where(path)}: '{name}' stands twice (first in {seen[name]}); "
            "give each exercise, card, notebook and word a name of its own."
        )
    seen[name] = file.where(path)


def say_if_taken(file: YamlFile[object], seen: dict[str, str], name: str, path: str) -> None:
    """Note the id of something that answers are saved for; no two may share a record."""
    if occasion_of(name) is not None:
        raise KeyFileError(
            f"{file.where(path)}: '{name}' is kept for the check before and after the lesson; "
            "choose another id."
        )
    say_if_doubled(file, seen, name, path)


def check_exercise(file: YamlFile[object], path: str, exercise: Exercise) -> None:
    """Hold an exercise against the rules that its types alone cannot state."""
    if not exercise.withheld:  # Else what the rules are about was left out.
        _check_kind(file, path, exercise)


def _check_kind(file: YamlFile[object], path: str, exercise: Exercise) -> None:
    match exercise:
        case Choose() | ChooseMany():
            _unique(file, f"{path}.options", exercise.options)
            _different(file, f"{path}.options", exercise.options)
            right = sum(option.correct for option in exercise.options)
            if isinstance(exercise, Choose) and right > 1 and not exercise.contested:
                raise KeyFileError(
                    f"{file.where(path)}: {right} options of '{exercise.id}' are marked 'correct: "
                    "true'; say under 'contested' why each can be defended, or mark only one."
                )
            if not right:
                raise KeyFileError(
                    f"{file.where(f'{path}.options')}: no option of '{exercise.id}' is marked "
                    "'correct: true'; mark at least one."
                )
        case Sort():
            _check_lines(file, path, exercise, ("categories", "statements", "category"))
        case Match():
            _check_lines(file, path, exercise, ("choices", "pairs", "choice"))
        case Mark():
            _check_mark(file, path, exercise)
        case Rank():
            _unique(file, f"{path}.items", exercise.items)
            if exercise.top > len(exercise.items):
                raise KeyFileError(
                    f"{file.where(f'{path}.top')}: asks for the first {exercise.top} of only "
                    f"{len(exercise.items)} items; lower 'top' or add items."
                )
        case Estimate():
            _check_estimate(file, path, exercise)
        case Write():
            pass


def _check_lines(
    file: YamlFile[object], path: str, exercise: Sort | Match, names: tuple[str, str, str]
) -> None:
    """Hold lines against their headings, by the names they have in the file."""
    headings, lines, heading = names
    _unique(file, f"{path}.{headings}", exercise.headings)
    _unique(file, f"{path}.{lines}", exercise.lines)
    known = [choice.id for choice in exercise.headings]
    entries: tuple[Statement | Pair, ...] = exercise.lines
    for index, line in enumerate(entries):
        where = f"{path}.{lines}[{index}]"
        _known(file, f"{where}.{heading}", line.allowed[:1], known, heading)
        _known(file, f"{where}.also", line.also, known, heading)
    used = {name for line in exercise.lines for name in line.allowed}
    _used(file, f"{path}.{headings}", exercise.headings, used)


def _check_mark(file: YamlFile[object], path: str, exercise: Mark) -> None:
    _unique(file, f"{path}.targets", exercise.targets)
    for index, target in enumerate(exercise.targets):
        where = f"{path}.targets[{index}].at.part"
        _known(file, where, (target.at.part,), exercise.parts, "part of this exercise")
        if target.at.marker and not any(map(str.isalnum, target.at.marker)):
            raise KeyFileError(
                f"{file.where(f'{path}.targets[{index}].at.marker')}: there is no word in "
                f"'{target.at.marker}' to mark; copy a few words from the article."
            )


def _check_estimate(file: YamlFile[object], path: str, exercise: Estimate) -> None:
    for name in ("value", "tolerance", "near"):
        if not math.isfinite(number := getattr(exercise, name)):
            raise KeyFileError(
                f"{file.where(f'{path}.{name}')}: '{number}' is no number that can be estimated; "
                "write one in figures."
            )
    if exercise.near < exercise.tolerance:
        raise KeyFileError(
            f"{file.where(f'{path}.near')}: 'near' ({exercise.near:g}) is smaller than "
            f"'tolerance' ({exercise.tolerance:g}); it has to be at least as wide."
        )


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


def _different(file: YamlFile[object], path: str, options: Sequence[Option]) -> None:
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.text in seen:
            raise KeyFileError(
                f"{file.where(f'{path}[{index}].text')}: the same text stands in two options; make "
                "them differ."
            )
        seen.add(option.text)


def _used(
    file: YamlFile[object], path: str, choices: Iterable[Choice], used: Container[str]
) -> None:
    for index, choice in enumerate(choices):
        if (choice.id in used) == choice.empty:
            mend = (
                "take 'empty: true' out"
                if choice.empty
                else "take it out, or say 'empty: true' if nothing belongs there on purpose"
            )
            verb = "is used" if choice.empty else "is not used by any entry"
            raise KeyFileError(f"{file.where(f'{path}[{index}]')}: '{choice.id}' {verb}; {mend}.")


def _known(
    file: YamlFile[object], path: str, found: Iterable[str], allowed: Iterable[str], kind: str
) -> None:
    allowed = list(allowed)
    for name in found:
        if name not in allowed:
            raise KeyFileError(
                f"{file.where(path)}: '{name}' is no {kind}; allowed are {', '.join(allowed)}."
            )
