"""A folder for learners: what they answer is saved, and the key stays with the teacher."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import msgspec
import nbformat
import yaml

from ..errors import LessonError
from ..exercise.describe import WITHHELD
from ..key.keyfile import ExerciseFile
from ..key.schema import (
    Anchor,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
    Mark,
    Match,
    Rank,
    Sort,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..key.check_file import CheckFile
    from ..lesson import Lesson

__all__ = ["release", "withhold", "withhold_check"]

FOR_LEARNERS = (
    *("README.md", "article.txt", "lesson.yaml", "cards.yaml", "words.yaml"),
    *("places.yaml", "border_scales.yaml", "borders.geojson", "schema/*.json"),
)
"""What of ``data/`` is copied as it is. Whatever else lies there may hold the key."""

_SOMEWHERE = Anchor(part="p1")


def withhold(exercise: Exercise) -> Exercise:
    """Give an exercise as learners see it, with nothing of the key left in it.

    Examples
    --------
    >>> from lesson import load_lesson
    >>> exercise = load_lesson().key.notebooks["01_page"].exercises["page-credit"]
    >>> any(option.correct for option in withhold(exercise).options)
    False
    """
    changes: dict[str, Any] = {
        "withheld": True,
        "explanation": WITHHELD,
        "next_step": WITHHELD,
        "contested": "",
        "sources": (),
    }
    blank = {"explanation": WITHHELD, "at": _SOMEWHERE}
    match exercise:
        case Choose() | ChooseMany():
            changes["options"] = _each(exercise.options, correct=False, **blank)
        case Sort():
            first = exercise.categories[0].id
            changes["categories"] = _each(exercise.categories, empty=False)
            changes["statements"] = _each(exercise.statements, category=first, also=(), **blank)
        case Match():
            first = exercise.choices[0].id
            changes["choices"] = _each(exercise.choices, empty=False)
            changes["pairs"] = _each(exercise.pairs, choice=first, also=(), **blank)
        case Rank():  # The order of the key's items is the answer.
            items = sorted(exercise.items, key=lambda item: item.id)
            changes["items"] = _each(items, **blank)
        case Estimate():
            changes |= {"value": 0.0, "tolerance": 0.0, "near": 0.0}
            changes |= {"too_low": WITHHELD, "too_high": WITHHELD}
        case Mark():
            target, place = exercise.targets[0], Anchor(part=exercise.parts[0])
            changes["targets"] = _each([target], id="withheld", at=place, explanation=WITHHELD)
        case Write():
            changes |= {"model_answer": WITHHELD, "levels": ()}
    return msgspec.structs.replace(exercise, **changes)


def withhold_check(check: CheckFile) -> CheckFile:
    """Give the check before and after as learners see it: the posts, and no verdict."""
    blank = {"sort": WITHHELD, "difficulty": "easy", "verdict": "genuine", "shows": WITHHELD}
    forms = tuple(
        msgspec.structs.replace(form, items=_each(form.items, **blank)) for form in check.forms
    )
    return msgspec.structs.replace(check, forms=forms, withheld=True)


def release(lesson: Lesson, target: Path, parts: Sequence[str] = ()) -> int:
    """Write a learner's folder in which the key of the chosen parts is withheld.

    Parameters
    ----------
    lesson
        The teacher's lesson.
    target
        The new folder; it may be there, but empty.
    parts
        Names of notebooks and ids of exercises; all of them when not given.

    Returns
    -------
    int
        How many exercises are withheld.

    Raises
    ------
    LessonError
        When there is no such part or no key, or the folder is not empty, is among the lesson's
        own files or cannot be written.
    """
    lesson.need_key()
    chosen = _chosen(lesson, parts)
    for part in ("data", "notebooks"):
        if target.resolve().is_relative_to((lesson.folder / part).resolve()):
            raise LessonError(
                f"{target} is in the {part} of the lesson itself; name a new folder elsewhere."
            )
    try:
        if target.exists() and any(target.iterdir()):
            raise LessonError(f"{target} is not empty; name a new folder for the learners.")
        _copy(lesson, target)
        for info in lesson.key.info.notebooks:
            if info.exercises:
                key = lesson.key.notebooks[info.name]
                exercises = tuple(
                    withhold(exercise) if exercise.id in chosen else exercise
                    for exercise in key.exercises.values()
                )
                content = ExerciseFile(
                    exercises=exercises or None,
                    decks=tuple(key.decks.values()),
                    comparisons=tuple(key.comparisons.values()),
                )
                _write(target / "data" / info.exercises, content)
        if lesson.check is not None:
            _write(target / "data" / "check.yaml", withhold_check(lesson.check))
    except OSError as error:
        raise LessonError(
            f"The learners' folder {target} could not be written ({error.strerror}); name "
            "another one."
        ) from None
    return len(chosen)


def _chosen(lesson: Lesson, parts: Sequence[str]) -> set[str]:
    every = {name: set(key.exercises) for name, key in lesson.key.notebooks.items()}
    ids = set().union(*every.values())
    chosen: set[str] = set()
    for part in parts or every:
        if part not in every and part not in ids:
            raise LessonError(
                f"There is no notebook and no exercise '{part}' to withhold; notebooks are "
                f"{', '.join(every)}."
            )
        chosen |= every.get(part, {part})
    return chosen


def _copy(lesson: Lesson, target: Path) -> None:
    data = lesson.folder / "data"
    for path in (path for pattern in FOR_LEARNERS for path in data.glob(pattern)):
        copy = target / path.relative_to(lesson.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (target / "notebooks").mkdir()
    for path in sorted((lesson.folder / "notebooks").glob("*.ipynb")):
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
        notebook.metadata.pop("widgets", None)  # Saved widgets show it too.
        for cell in notebook.cells:
            if cell.cell_type == "code":  # Outputs may show what the teacher answered.
                cell.outputs, cell.execution_count = [], None
        (target / "notebooks" / path.name).write_text(nbformat.writes(notebook) + "\n", "utf-8")


def _write(path: Path, content: msgspec.Struct) -> None:
    plain = json.loads(msgspec.json.encode(content))
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100), "utf-8")


def _each(entries: Sequence[Any], **changes: Any) -> tuple[Any, ...]:
    return tuple(msgspec.structs.replace(entry, **changes) for entry in entries)
