"""What a notebook of the lesson calls: one short call a cell."""

from __future__ import annotations

from functools import cached_property
from textwrap import fill
from typing import TYPE_CHECKING

from .errors import LessonError, find
from .exercise.answer import tidy
from .exercise.answers import Answers
from .exercise.describe import is_finished
from .figures.comparison import ComparisonView
from .figures.reading import SavedPage, Words
from .folder import answers_folder
from .key.check_file import check_id
from .key.schema import Sort
from .lesson import Lesson, load_lesson
from .work.work import Work

if TYPE_CHECKING:
    from pathlib import Path

    from .article import Article
    from .figures.figure import Picture, Table
    from .maps.atlas import Atlas
    from .widgets.check import CheckWidget
    from .widgets.exercises import CardsWidget, ExerciseWidget
    from .widgets.load import LoadWidget
    from .widgets.map import MapWidget
    from .widgets.view import SavedWidget
    from .work.progress import Progress
    from .work.work import Download, Loaded

__all__ = ["Notebook", "open_notebook"]


class Notebook:
    """One notebook of the lesson, with the answers given in it.

    Parameters
    ----------
    lesson
        The lesson.
    name
        The notebook's name, such as ``01_page``.
    answers
        Where its answers are kept.
    """

    def __init__(self, lesson: Lesson, name: str, answers: Answers) -> None:
        self.name = name
        self.lesson = lesson
        self.answers = answers
        infos = {info.name: info for info in lesson.key.info.notebooks}
        self.info = find(infos, name, "notebook")
        self._key = lesson.key.notebooks[name]
        self._shown: dict[str, SavedWidget] = {}
        self._work = Work(lesson, answers.path.parent)

    def __repr__(self) -> str:
        """Say what this is and where answers go."""
        path = self.answers.path
        said = [
            f"{self.info.title} (about {self.info.minutes} minutes)",
            f"Aim: {self.info.aim}",
            f"Your answers are saved as you go, in {path.parent.name}/{path.name}.",
        ]
        said += [self.answers.notice] if self.answers.notice else []
        # JupyterLab breaks longer lines of text in the middle of a word.
        return "\n".join(fill(line, 80) for line in said)

    @property
    def article(self) -> Article:
        """The article, to be read."""
        return self.lesson.article

    @property
    def saved_page(self) -> SavedPage:
        """The page as it was saved, the article and all that stands around it."""
        return SavedPage(self.article.lines)

    def ask(self, name: str) -> ExerciseWidget:
        """Show the exercise `name`, with the answer given before.

        Raises
        ------
        LessonError
            When the key has no such exercise for this notebook.
        """
        from .widgets.exercises import ExerciseWidget  # noqa: PLC0415  # the pure parts load without it

        exercise = find(self._key.exercises, name, "exercise")
        if not isinstance(shown := self._shown.get(name), ExerciseWidget):
            # A cell that is run twice shows one exercise twice, not two that disagree.
            self._shown[name] = shown = ExerciseWidget(exercise, self.article, self.answers)
        return shown

    def cards(self, name: str) -> CardsWidget:
        """Lay out the deck of evidence cards `name`.

        Raises
        ------
        LessonError
            When the key has no such deck for this notebook.
        """
        from .widgets.exercises import CardsWidget  # noqa: PLC0415  # the pure parts load without it

        deck = find(self._key.decks, name, "deck of cards")
        if not isinstance(shown := self._shown.get(name), CardsWidget):
            key = self.lesson.key
            cards = [key.cards[card] for card in deck.cards]
            self._shown[name] = shown = CardsWidget(deck, cards, key.info.date, self.answers)
        return shown

    def check(self, occasion: str | int) -> CheckWidget:
        """Show the check on posts from outside the lesson; nothing in it is judged.

        The occasion is ``"before"``, ``"after"``, some weeks ``"later"``, or a number from 0.

        Raises
        ------
        LessonError
            When the lesson has no check, or there is no such occasion.
        """
        from .widgets.check import CheckWidget  # noqa: PLC0415  # the pure parts load without it

        name = check_id(occasion)
        if self.lesson.check is None:
            raise LessonError("This lesson has no check: there is no data/check.yaml in it.")
        if not isinstance(shown := self._shown.get(name), CheckWidget):
            self._shown[name] = shown = CheckWidget(self.lesson.check, name, self.answers)
        return shown

    def words(self, *names: str) -> Words:
        """Explain words of the trade.

        Raises
        ------
        LessonError
            When a word is not in the lesson's list.
        """
        terms = (find(self.lesson.key.words, name, "word") for name in names)
        return Words((term.word, term.meaning) for term in terms)

    def compare(self, name: str) -> ComparisonView:
        """Set words of the story beside what other publishers give for them.

        Raises
        ------
        LessonError
            When the key has no such comparison for this notebook.
        """
        return ComparisonView(find(self._key.comparisons, name, "comparison"))

    def page_picture(self) -> Picture:
        """Draw the page as blocks, one for each of its parts."""
        from .figures.charts import page_picture  # noqa: PLC0415  # matplotlib is slow to load

        return page_picture(self.article)

    def voices_picture(self, name: str) -> Picture:
        """Draw how many words each voice gets, by the learner's sorting in exercise `name`.

        The key's side is drawn beside it once the explanation of the exercise is open.

        Raises
        ------
        LessonError
            When the key has no such exercise for this notebook, or nothing is sorted in it.
        """
        from .figures.sorting_charts import voices_picture  # noqa: PLC0415  # matplotlib is slow to load

        exercise = self._sorting(name)
        answer = tidy(exercise, self.answers[name].answer)
        return voices_picture(exercise, answer, self.article, key_open=self._is_open(exercise))

    def claims_picture(self, across: str, down: str) -> Picture:
        """Place statements by the learner's sortings in two exercises that share them.

        The key's side is drawn beside it once the explanations of both exercises are open.

        Raises
        ------
        LessonError
            When the key has no such exercise for this notebook, or nothing is sorted in it.
        """
        from .figures.sorting_charts import claims_picture  # noqa: PLC0415  # matplotlib is slow to load

        both = (self._sorting(across), self._sorting(down))
        answers = [tidy(exercise, self.answers[exercise.id].answer) or {} for exercise in both]
        return claims_picture(
            both, (answers[0], answers[1]), key_open=all(map(self._is_open, both))
        )

    def _sorting(self, name: str) -> Sort:
        exercise = find(self._key.exercises, name, "exercise")
        if not isinstance(exercise, Sort):
            raise LessonError(f"Nothing is sorted in the exercise '{name}'; name one that sorts.")
        return exercise

    def _is_open(self, exercise: Sort) -> bool:
        return is_finished(exercise, self.answers[exercise.id], self.article)

    def progress(self, *, whole_lesson: bool = False) -> Progress:
        """Tell how far the work in this notebook has come, or in all of them."""
        return self._work.progress("" if whole_lesson else self.name)

    def download(self, nickname: str = "") -> Download:
        """Offer the whole work as a page to hand in or print, and as data to load again.

        A nickname goes on the page and into the names of the files; none is needed.
        """
        return self._work.download(nickname)

    def upload(self) -> LoadWidget:
        """Show a field to choose a downloaded file with; see `load`."""
        from .widgets.load import LoadWidget  # noqa: PLC0415  # the pure parts load without it

        return LoadWidget(self._work, self._refresh)

    def load(self, source: str | Path) -> Loaded:
        """Bring in work that was downloaded before; nothing on either side is lost.

        Raises
        ------
        LessonError
            When there is no such file, or it holds no work of this lesson.
        """
        loaded = self._work.load(source)
        self._refresh()
        return loaded

    def take(self, name: str) -> str:
        """Put loaded work in front, where it is kept beside the learner's own.

        Raises
        ------
        LessonError
            When no loaded work is kept beside the exercise `name`.
        """
        said = self._work.take(name)
        self._refresh()
        return said

    def _refresh(self) -> None:
        self.answers.reload()
        for widget in self._shown.values():
            widget.refresh()

    def places_picture(self) -> Picture:
        """Draw the places the article names, with the distances between them."""
        return self._atlas.places_picture()

    def map(self) -> MapWidget:
        """Show the map of distances, as the learner left it."""
        from .widgets.map import MapWidget  # noqa: PLC0415  # the pure parts load without it

        name = self._atlas.info.id
        if not isinstance(shown := self._shown.get(name), MapWidget):
            self._shown[name] = shown = MapWidget(self._atlas, self.answers)
        return shown

    def border_scales(self) -> Table:
        """Set side by side what other border files would have said."""
        return self._atlas.border_scales()

    @cached_property
    def _atlas(self) -> Atlas:
        from .maps.atlas import Atlas  # noqa: PLC0415  # only one notebook needs the map

        return Atlas(self.lesson.folder)


def open_notebook(name: str, source: str | Path | None = None) -> Notebook:
    """Open a notebook of the lesson and bring back the answers given in it.

    Parameters
    ----------
    name
        The notebook's name, such as ``01_page``.
    source
        Another edition of the article: a file or an address. The lesson's own when not given.

    Raises
    ------
    LessonError
        When there is no lesson or no such notebook, or the key does not fit the article.

    Examples
    --------
    >>> open_notebook("01_page").ask("page-credit").exercise.id
    'page-credit'
    """
    lesson = load_lesson(source=source)
    find(lesson.key.notebooks, name, "notebook")  # before a file of that name is looked for
    return Notebook(lesson, name, Answers(answers_folder(lesson.folder), name))
