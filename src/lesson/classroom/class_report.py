"""A class and its work, as the command and the teacher's notebook open it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .._count import counted
from ..errors import find
from ..figures.figure import Table
from ..key.schema import Write
from ..lesson import Lesson, load_lesson
from .check import check_counts
from .handed_in import file_paths, read_files
from .spreadsheet import class_csv
from .tables import check_table, learners_table, pieces_table, refused_table, voices_table
from .talking_points import held_up, talking_points
from .work import class_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..figures.figure import Picture
    from .counts import ItemCount
    from .handed_in import HandedIn

__all__ = ["ClassReport", "open_class"]


class ClassReport:
    """What a class handed in, counted.

    Parameters
    ----------
    lesson
        The lesson, with the teacher's key.
    handed_in
        The files, from `lesson.classroom.handed_in.read_files`.
    """

    def __init__(self, lesson: Lesson, handed_in: HandedIn) -> None:
        self.lesson = lesson
        self.refused = handed_in.refused
        self.work = class_work(handed_in.works, lesson)
        self.checks = check_counts(handed_in.works, lesson)

    def __repr__(self) -> str:
        """Say how much there is, and what is worth a look."""
        said = (
            f"{counted(len(self.work.learners), 'learner')}. {refused_table(self.refused).sentence}"
        )
        return "\n".join([said, *self.work.notices])

    def talk(self) -> Table:
        """Choose what to talk about next lesson, each with its reason in numbers."""
        good = held_up(self.work)
        rows = [(about.title, about.reason) for about in talking_points(self.work)]
        rows += [(f"What held up well: {good.title}", good.reason)] if good else []
        return Table("To talk about next lesson.", ("what", "why"), tuple(rows))

    def learners(self) -> Table:
        """Set down who did what."""
        return learners_table(self.work, self.lesson)

    def files(self) -> Table:
        """List the files that do not count, with the reasons."""
        return refused_table(self.refused)

    def check(self) -> Table:
        """Set down the check before and after the lesson, by form, in counts."""
        return check_table(self.checks)

    def voices(self) -> Table:
        """Set down how many named each of the missing voices."""
        return voices_table(self.work)

    def rates(self, notebook: str) -> Picture:
        """Draw how the exercises of a notebook went, at the first and at the latest try.

        Raises
        ------
        LessonError
            When the lesson has no such notebook.
        """
        from .charts import rates_picture  # noqa: PLC0415  # matplotlib is slow to load

        find({item.notebook: item for item in self.work.items}, notebook, "notebook")
        return rates_picture([item for item in self.work.items if item.notebook == notebook])

    def cards(self, name: str) -> Picture:
        """Draw how many opened each card of a deck, before and after judging.

        Raises
        ------
        LessonError
            When the lesson has no such deck.
        """
        from .charts import cards_picture  # noqa: PLC0415  # matplotlib is slow to load

        decks = {deck.deck.id: deck for deck in self.work.decks}
        return cards_picture(find(decks, name, "deck"))

    def answers(self, name: str) -> Table:
        """Set down what was answered otherwise in an exercise, with what the key says to it.

        Raises
        ------
        LessonError
            When the lesson has no such exercise.
        """
        return pieces_table(self._item(name))

    def texts(self, name: str) -> Table:
        """Set the written answers to an exercise side by side, for your levels.

        Raises
        ------
        LessonError
            When the lesson has no such exercise.
        """
        item = self._item(name)
        samples: Iterable[tuple[str, str]] = ()
        if isinstance(item.exercise, Write):
            samples = [(f"Level: {level.name}", level.sample) for level in item.exercise.levels]
        rows = (*samples, *((who, texts[-1]) for who, texts in item.texts))
        return Table(item.exercise.question, ("who", "text"), rows)

    def page(self) -> str:
        """Write the report as one page to read and print."""
        from .report import report_page  # noqa: PLC0415  # matplotlib is slow to load

        return report_page(self.work, self.checks, self.refused, self.lesson)

    def table(self) -> str:
        """Write the work as a table for a spreadsheet."""
        return class_csv(self.work, self.lesson)

    def _item(self, name: str) -> ItemCount:
        items = {item.exercise.id: item for item in self.work.items}
        return find(items, name, "exercise")


def open_class(
    folder: str | Path,
    lesson: Path | None = None,
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
) -> ClassReport:
    """Read what a class handed in: a folder with downloads, mixed, and zip files of them.

    Parameters
    ----------
    folder
        The folder with the files; folders in it are read too.
    lesson
        The lesson folder; found from the working directory when not given.
    watch
        Goes through the files as they are read, to show how far it has come.

    Raises
    ------
    LessonError
        When there is no such folder or no file in it, or the lesson cannot be loaded or
        has no key.
    """
    paths = file_paths(Path(folder))
    loaded = load_lesson(lesson)
    loaded.need_key()
    return ClassReport(loaded, read_files(Path(folder), watch(paths), loaded))
