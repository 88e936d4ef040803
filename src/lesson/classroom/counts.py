"""What is counted of a class's work: the types, without a rule in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..key.material import Card, Deck
    from ..key.schema import Exercise
    from .outcomes import Result

__all__ = [
    "CardCount",
    "ClassWork",
    "DeckCount",
    "Done",
    "ItemCount",
    "Learner",
    "PieceCount",
    "Rate",
]


class Done(NamedTuple):
    """What one learner did in one exercise; `texts` are a written answer's, the newest last."""

    first: Result | None
    latest: Result | None
    attempts: int
    hint: bool
    explanation: bool
    finished: bool
    texts: tuple[str, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether there is anything to speak of."""
        return bool(self.first or self.latest or self.texts)


class Learner(NamedTuple):
    """One learner: the name to show, the file, and what was done and opened, by id.

    `chosen` tells whether the learner chose the name; else it is made of the file's. `others`
    counts the records of what this lesson does not have.
    """

    name: str
    file: str
    chosen: bool
    done: dict[str, Done]
    opened: dict[str, list[list[str]]]
    others: int


class Rate(NamedTuple):
    """How an exercise went: learners, how many had all of it, and the mean share they had."""

    of: int
    complete: int
    share: float


class PieceCount(NamedTuple):
    """How one piece of an exercise went.

    `other` is the commonest other answer at the first try; `other_first` and `other_latest`
    are how many gave it then, and how many give it still.
    """

    piece: str
    of: int
    right_first: int
    right_latest: int
    chosen_latest: int
    other: str
    other_first: int
    other_latest: int
    explanation: str


class ItemCount(NamedTuple):
    """How one exercise went in the class."""

    exercise: Exercise
    notebook: str
    begun: int
    first: Rate
    latest: Rate
    hints: int
    pieces: tuple[PieceCount, ...]
    texts: tuple[tuple[str, tuple[str, ...]], ...]


class CardCount(NamedTuple):
    """How many opened a card, before and after they judged."""

    card: Card
    before: int
    after: int


class DeckCount(NamedTuple):
    """How many opened cards of a deck, and which."""

    deck: Deck
    notebook: str
    learners: int
    cards: tuple[CardCount, ...]

    @property
    def before(self) -> int:
        """Openings before judging."""
        return sum(count.before for count in self.cards)

    @property
    def after(self) -> int:
        """Openings after judging."""
        return sum(count.after for count in self.cards)


class ClassWork(NamedTuple):
    """The work of a class; `notices` are sentences on files that count and are worth a look."""

    learners: tuple[Learner, ...]
    items: tuple[ItemCount, ...]
    decks: tuple[DeckCount, ...]
    notices: tuple[str, ...]
