"""One lesson: an article and the key to it, held together and found to fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .article import Article, load_article
from .errors import LessonError
from .folder import find_lesson_folder
from .key.anchors import check_anchors
from .key.check_file import CheckFile, load_check
from .key.keyfile import Key, load_key

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Lesson", "load_lesson"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article and its key.

    Attributes
    ----------
    folder
        The lesson folder.
    article
        The edition that is worked on.
    key
        The teacher's key; every anchor in it resolves on this edition.
    check
        The check before and after the lesson, where the lesson has one.
    """

    folder: Path
    article: Article
    key: Key
    check: CheckFile | None = None

    @property
    def withheld(self) -> int:
        """How many exercises are without their key; in a teacher's folder, none."""
        every = (n.exercises.values() for n in self.key.notebooks.values())
        return sum(exercise.withheld for exercises in every for exercise in exercises)

    def need_key(self) -> None:
        """Refuse what only a teacher's folder can do.

        Raises
        ------
        LessonError
            When this is a folder for learners.
        """
        if self.withheld or (self.check and self.check.withheld):
            raise LessonError(
                f"{self.folder} is a folder for learners, without the key; name the folder that "
                "you kept."
            )


def load_lesson(folder: Path | None = None, source: str | Path | None = None) -> Lesson:
    """Load the lesson in a folder.

    Parameters
    ----------
    folder
        The lesson folder; found from the working directory when not given.
    source
        Another edition of the article: a file or an address. The lesson's own when not given.

    Raises
    ------
    LessonError
        When there is no lesson, the article cannot be read, or the key does not fit it.

    Examples
    --------
    >>> lesson = load_lesson()
    >>> len(lesson.key.notebooks) == len(lesson.key.info.notebooks)
    True
    """
    folder = folder or find_lesson_folder()
    article = load_article(source or folder / "data" / "article.txt")
    key = load_key(folder)
    check_anchors(key, article)
    has_check = (folder / "data" / "check.yaml").exists()
    return Lesson(folder, article, key, load_check(folder) if has_check else None)
