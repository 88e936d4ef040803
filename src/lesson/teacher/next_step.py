"""What a teacher does next with a lesson that is still being written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..errors import LessonError
from .new_lesson import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..key.material import NotebookInfo
    from ..lesson import Lesson

__all__ = ["next_steps"]

_SHOWN = re.compile(r"\.(?P<call>ask|cards)\(\s*[\"'](?P<name>[^\"']*)[\"']")


def next_steps(lesson: Lesson) -> Iterator[str]:
    """Say what is still to do, each thing in one sentence, the next one first.

    The lesson itself is sound: `load_lesson` refuses one that is not.

    Parameters
    ----------
    lesson
        The lesson.

    Raises
    ------
    LessonError
        When a notebook cannot be read.
    """
    yield from _placeholders(lesson, "lesson.yaml")
    infos = lesson.key.info.notebooks
    for info in infos:
        if info.exercises and not lesson.key.notebooks[info.name].exercises:
            yield (
                f"write your first exercise in data/{info.exercises}: take the # away in front of "
                "one of the examples there, from '- id' to the next empty line."
            )
    for file in dict.fromkeys((*(i.exercises for i in infos), "cards.yaml", "words.yaml")):
        yield from _placeholders(lesson, file)
    for info in infos:
        yield from _cells(lesson, info)


def _placeholders(lesson: Lesson, name: str) -> Iterator[str]:
    path = lesson.folder / "data" / name
    if not path.is_file():
        return
    found = {
        str(number): match[0]
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)
        if not line.lstrip().startswith("#") and (match := PLACEHOLDER.search(line))
    }
    if found:
        where = f"line{'s' if len(found) > 1 else ''} {', '.join(found)}"
        said = f"in data/{name}, {where}, put your own words in place of WRITE HERE"
        if "1900-01-01" in found.values():
            said += ", and the right date in place of 1900-01-01"
        yield f"{said}."


def _cells(lesson: Lesson, info: NotebookInfo) -> Iterator[str]:
    """Hold the cells of a notebook against the key."""
    key = lesson.key.notebooks[info.name]
    name = f"notebooks/{info.name}.ipynb"
    path = lesson.folder / name
    if not path.is_file():
        yield f"make the notebook {name}, beginning with a copy of another one."
        return
    code = _code(path)
    shown = {found["name"]: found["call"] for found in _SHOWN.finditer(code)}
    quoted = set(re.findall(r"[\"']([^\"'\n]*)[\"']", code))
    variable = re.search(r"^(\w+) = open_notebook\(", code, re.MULTILINE)
    story = variable[1] if variable else "story"
    missing = [
        f'{story}.{call}("{entry}")'
        for call, entries in (("ask", key.exercises), ("cards", key.decks))
        for entry in entries
        if entry not in quoted
    ]
    if missing:
        yield (
            f"to show them to your class, add a code cell to {name} for each of these (press B, "
            f"type it, Shift+Enter), or correct the cell that is meant to: {', '.join(missing)}"
        )
    for entry in shown:
        if entry not in {**key.exercises, **key.decks}:
            yield (
                f"{name} has a cell for '{entry}', which is not in data/{info.exercises}; write "
                "it there, or correct or delete the cell."
            )


def _code(path: Path) -> str:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    except (OSError, ValueError, TypeError, KeyError):
        raise LessonError(
            f"{path.name} cannot be read as a notebook; open it in JupyterLab and save it again."
        ) from None
