"""The widgets: the only place that talks to the page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import msgspec
import traitlets

from ..errors import LessonError
from ..exercise import record as steps
from ..exercise.answer import is_empty, tidy, tidy_openings
from ..exercise.checking import check
from ..exercise.describe import content, deck_content, state
from ..exercise.static_form import as_html, as_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ..article import Article
    from ..exercise.answers import Answers
    from ..key.material import Card, Deck
    from ..key.schema import Exercise

__all__ = ["AnswerWidget", "CardsWidget", "ExerciseWidget", "SavedWidget", "View", "script"]

_STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """Join script files into the one module that a view is loaded from."""
    return "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in names)


class View(anywidget.AnyWidget):
    """What every view has: `content` drawn once, `state` drawn whenever it changes."""

    _css: ClassVar[str] = script("lesson.css")

    content = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, shown: dict[str, Any]) -> None:
        super().__init__(content=shown)
        self.on_msg(self._receive)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Run a handler; a page shows no exceptions, so say in a sentence what went wrong."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  # whatever it is, the learner must hear of it
            expected = isinstance(error, LessonError)
            self._say_problem(str(error) if expected else f"Something went wrong here: {error}")

    def _say_problem(self, said: str) -> None:
        raise NotImplementedError

    def _receive(self, _: object, message: object, buffers: list[Any] | None) -> None:
        if isinstance(message, dict):
            self._act(message, buffers or [])

    def _act(self, message: dict[str, Any], buffers: list[Any]) -> None:
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the live view, and beside it the static form for print, diffs and nbval."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        text, html = self._static_form()
        return {**data, "text/plain": text, "text/html": html}, metadata

    def _static_form(self) -> tuple[str, str]:
        return as_text(self.content), as_html(self.content)


class SavedWidget(View):
    """A view of one saved record: drawn from `state`, which follows from the record alone."""

    def __init__(self, name: str, answers: Answers, shown: dict[str, Any]) -> None:
        self.name = name
        self._answers = answers
        self.record = answers[name]
        self._saved = ""
        self._problem = False
        super().__init__(shown)

    def refresh(self) -> None:
        """Show what is saved now, after work was loaded from a file."""
        self.record = self._answers[self.name]
        self._show()

    def _keep(self, record: steps.Record) -> None:
        """Take a new record, save it, and show what follows from it."""
        self.record = record
        try:
            self._answers.save(self.name, record)
            self.record = self._answers[self.name]
            self._saved, self._problem = "Saved.", False
        except LessonError as error:
            self._saved, self._problem = str(error), True
        self._show()

    def _say_problem(self, said: str) -> None:
        self._saved, self._problem = said, True
        self.state = {**self.state, "saved": said, "problem": True}

    def _show(self) -> None:
        raise NotImplementedError


class AnswerWidget(SavedWidget):
    """A view whose record is one answer, which the page sets and `tidied` brings into form."""

    answer = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(
        self, name: str, answers: Answers, shown: dict[str, Any], tidied: Callable[[Any], Any]
    ) -> None:
        self._tidied = tidied
        super().__init__(name, answers, shown)
        self.refresh()
        self.observe(self._take_answer, names="answer")

    def refresh(self) -> None:
        """Show what is saved now, after work was loaded from a file."""
        saved = self._answers[self.name]
        # What the key no longer knows is left out here, and on disk only at the next change.
        self.record = msgspec.structs.replace(saved, answer=self._tidied(saved.answer))
        self.answer = self.record.answer
        self._show()

    def _take_answer(self, change: dict[str, Any]) -> None:
        def take() -> None:
            answer = self._tidied(change["new"])
            if answer != self.record.answer:
                self._keep(steps.changed(self.record, answer, steps.now()))

        self._guarded(take)


class ExerciseWidget(AnswerWidget):
    """An exercise: one value, the answer, from which everything visible follows.

    Parameters
    ----------
    exercise
        The exercise from the key.
    article
        The edition it is about.
    answers
        Where the answer is kept; a saved one is shown at once.
    """

    _esm: ClassVar[str] = script("dom.js", "text.js", "controls.js", "mark.js", "exercise.js")

    def __init__(self, exercise: Exercise, article: Article, answers: Answers) -> None:
        self.exercise = exercise
        self._article = article
        super().__init__(exercise.id, answers, content(exercise, article), partial(tidy, exercise))

    def check(self) -> None:
        """Hold the answer against the key and remember the attempt."""
        answer = self.record.answer  # The tidied one; the page may send it in another order.
        if is_empty(answer):
            return
        result = check(self.exercise, answer, self._article)
        attempt = steps.Attempt(
            answer=answer,
            right=result.right,
            wrong=result.wrong,
            missed=result.missed,
            total=result.total,
            score=result.score,
            time=steps.now(),
        )
        self._keep(steps.checked(self.record, attempt))

    def hint(self) -> None:
        """Open the hint."""
        self._keep(steps.hinted(self.record, steps.now()))

    def explain(self) -> None:
        """Open the explanation."""
        self._keep(steps.explained(self.record, steps.now()))

    def _act(self, message: dict[str, Any], _: list[Any]) -> None:
        acts = {"check": self.check, "hint": self.hint, "explain": self.explain}
        if act := acts.get(str(message.get("do"))):
            # An answer typed a moment ago may still be under way; the message brings it along.
            self.answer = self._tidied(message.get("answer", self.answer))
            self._guarded(act)

    def _show(self) -> None:
        self.state = {
            **state(self.exercise, self.record, self._article),
            "saved": self._saved,
            "problem": self._problem,
        }


class CardsWidget(SavedWidget):
    """A deck of evidence cards; which were opened, in which order and when, is remembered.

    Parameters
    ----------
    deck
        The deck from the key.
    cards
        Its cards.
    story_date
        The date of the story, for telling what came after it.
    answers
        Where the openings are kept, and where it is looked up whether the learner has judged.
    """

    _esm: ClassVar[str] = script("dom.js", "cards.js")

    def __init__(
        self, deck: Deck, cards: list[Card], story_date: dt.date, answers: Answers
    ) -> None:
        self._deck = deck
        super().__init__(deck.id, answers, deck_content(deck, cards, story_date))
        self._show()

    def open_card(self, card: str) -> None:
        """Note that a card was opened for the first time, before or after judging."""
        opened = self._opened()
        if card not in self._deck.cards or card in (name for name, _ in opened):
            return
        judged = self._answers[self._deck.judged_by].attempts > 0
        opened.append([card, "after" if judged else "before"])
        self._keep(steps.changed(self.record, opened, steps.now()))

    def _act(self, message: dict[str, Any], _: list[Any]) -> None:
        if message.get("do") == "open":
            self._guarded(lambda: self.open_card(str(message.get("card"))))

    def _opened(self) -> list[list[str]]:
        """Give the cards that were opened, without what an older key or a damaged file left."""
        return tidy_openings(self._deck.cards, self.record.answer)

    def _show(self) -> None:
        opened = {
            card: f"as number {place}, {when} judging"
            for place, (card, when) in enumerate(self._opened(), start=1)
        }
        self.state = {"opened": opened, "saved": self._saved, "problem": self._problem}
