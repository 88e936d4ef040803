"""Read one news story closely: the article, the teacher's key, exercises and a map.

The names below are all a notebook needs. They are loaded when first used, so that
``import lesson`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .article import Article, load_article
    from .classroom.class_report import ClassReport, open_class
    from .errors import LessonError
    from .lesson import Lesson, load_lesson
    from .notebook import Notebook, open_notebook

__all__ = [
    "Article",
    "ClassReport",
    "Lesson",
    "LessonError",
    "Notebook",
    "load_article",
    "load_lesson",
    "open_class",
    "open_notebook",
]

_HOMES = {
    "Article": "article",
    "ClassReport": "classroom.class_report",
    "Lesson": "lesson",
    "LessonError": "errors",
    "Notebook": "notebook",
    "load_article": "article",
    "load_lesson": "lesson",
    "open_class": "classroom.class_report",
    "open_notebook": "notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
