"""What can go wrong, each in one sentence that says what, where and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AnswersError",
    "ArticleError",
    "KeyFileError",
    "LessonError",
    "PlaceError",
    "WorkFileError",
    "find",
    "short",
]

T = TypeVar("T")


class LessonError(Exception):
    """The parent of every error this package raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone: a notebook would put a page of code in front of it."""
        return [f"{type(self).__name__}: {self}"]


class ArticleError(LessonError, ValueError):
    """A source that holds no readable article."""


class KeyFileError(LessonError, ValueError):
    """A key (the teacher's YAML files) that breaks a rule of the schema."""


class AnswersError(LessonError, OSError):
    """Answers that cannot be kept or read back."""


class PlaceError(LessonError, ValueError):
    """Coordinates or borders that no place on Earth can have."""


class WorkFileError(LessonError, ValueError):
    """A file of downloaded work that cannot be loaded.

    `kind` tells a program why, where it has a sentence of its own for somebody else.
    """

    def __init__(self, sentence: str, kind: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind


def find(entries: Mapping[str, T], name: str, kind: str) -> T:
    """Look up an entry by its name, or say in a sentence which names there are.

    Raises
    ------
    LessonError
        When there is no entry of this name.

    Examples
    --------
    >>> find({"01_page": 25}, "02_page", "notebook")
    Traceback (most recent call last):
    ...
    lesson.errors.LessonError: There is no notebook '02_page' here; there is 01_page.
    """
    if name not in entries:
        raise LessonError(
            f"There is no {kind} '{name}' here; there is {', '.join(entries) or 'none'}."
        )
    return entries[name]


def short(name: str) -> str:
    """Cut a name, a path or an address that is too long to be read in a sentence.

    Examples
    --------
    >>> short("page.html"), len(short("x" * 1000))
    ('page.html', 100)
    """
    return name if len(name) <= 100 else name[:99] + "…"
