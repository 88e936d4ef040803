"""An exercise and a deck of cards, as a learner meets them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from ..exercise import record as steps
from ..exercise.answer import is_empty, tidy, tidy_openings
from ..exercise.checking import check
from ..exercise.describe import content, deck_content, state
from .view import AnswerWidget, SavedWidget, script

if TYPE_CHECKING:
    import datetime as dt

    from ..article import Article
    from ..exercise.answers import Answers
    from ..key.material import Card, Deck
    from ..key.schema import Exercise

__all__ = ["CardsWidget", "ExerciseWidget"]


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
