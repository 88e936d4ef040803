"""Where the lesson lives: the folder with ``data/`` and ``notebooks/`` in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs

from .errors import LessonError

__all__ = ["answers_folder", "copy_lesson", "find_lesson_folder"]

MARKER = Path("data") / "lesson.yaml"
"""The file by which a lesson folder is known."""

PARTS = ("data", "notebooks")


def find_lesson_folder(start: Path | None = None) -> Path:
    """Find the lesson: the folder named by ``LESSON_FOLDER``, or the nearest one upwards.

    Where neither is a lesson, the copy that came with the package is used.

    Parameters
    ----------
    start
        The folder to look upwards from; the working directory when not given.

    Raises
    ------
    LessonError
        When ``LESSON_FOLDER`` names a folder without a lesson, or none is to be found.
    """
    if named := os.environ.get("LESSON_FOLDER"):
        if not (Path(named) / MARKER).is_file():
            raise LessonError(
                f"LESSON_FOLDER names {named}, and there is no {MARKER.as_posix()} in it; "
                "correct the name or unset it."
            )
        return Path(named).resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    return bundled_lesson()


def bundled_lesson() -> Path:
    """Give the lesson that came with the package; never to be written to.

    Raises
    ------
    LessonError
        When the package was installed without one.
    """
    package = Path(__file__).parent
    for folder in (package / "bundle", package.parents[1]):
        if (folder / MARKER).is_file():
            return folder
    raise LessonError(
        f"No lesson here: neither {Path.cwd()} nor a folder above it has {MARKER.as_posix()}. "
        "Run 'lesson start' to make a folder with the lesson."
    )


def copy_lesson(target: Path) -> list[Path]:
    """Copy the bundled lesson into `target`, leaving every file that is there as it is.

    Parameters
    ----------
    target
        The folder to copy to; made when missing.

    Returns
    -------
    list of Path
        Files that were there already and differ from the bundled ones, relative to `target`.

    Raises
    ------
    LessonError
        When `target` cannot be written to.
    """
    source = bundled_lesson()
    kept = []
    try:
        for part in PARTS:
            for path in sorted((source / part).rglob("*")):
                if not path.is_file() or "__pycache__" in path.parts or path.suffix == ".pyc":
                    continue
                name = path.relative_to(source)
                copy = target / name
                if not copy.exists():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, copy)
                elif copy.read_bytes() != path.read_bytes():
                    kept.append(name)
    except OSError as error:
        raise LessonError(
            f"The lesson could not be copied to {target} ({error.strerror}); "
            "choose a folder of your own, as in 'lesson start my-folder'."
        ) from None
    return kept


def answers_folder(lesson: Path) -> Path:
    """Choose the folder for the learner's answers.

    It is the one that ``LESSON_ANSWERS`` names, or ``answers/`` in the lesson folder; where
    that cannot be written to, a folder of the user's own.
    """
    if named := os.environ.get("LESSON_ANSWERS"):
        return Path(named)
    beside = lesson / "answers"
    if os.access(beside if beside.exists() else lesson, os.W_OK) and not _is_bundled(lesson):
        return beside
    return platformdirs.user_data_path("media-literacy-lesson", appauthor=False) / "answers"


def _is_bundled(lesson: Path) -> bool:
    return lesson == Path(__file__).parent / "bundle"
