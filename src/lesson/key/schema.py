"""The typed shape of the exercises in the teacher's key."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # msgspec reads the annotations at run time
from typing import Annotated, Literal, TypeAlias

import msgspec

__all__ = [
    "Address",
    "Anchor",
    "Choice",
    "Choose",
    "ChooseMany",
    "Entry",
    "Estimate",
    "Exercise",
    "Hint",
    "Identifier",
    "Level",
    "Mark",
    "Match",
    "Option",
    "Pair",
    "PartName",
    "Rank",
    "RankItem",
    "Sort",
    "Source",
    "Statement",
    "Target",
    "Text",
    "Write",
]

Identifier: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$",
        description="small letters, digits and hyphens, such as who-says-so",
    ),
]
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Address: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern="^https?://[^\\s]+$", description="an address that begins with https:// or http://"
    ),
]
PartName: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern="^(label|headline|byline|dateline|caption|credit|author-note|furniture|p[1-9][0-9]*)$",
        description=(
            "a part of the page: label, headline, byline, dateline, caption, credit, "
            "author-note, furniture, or p1, p2 … for a paragraph"
        ),
    ),
]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry of a key has in common: frozen, and no field that is not listed."""


class Anchor(Entry, frozen=True, kw_only=True):
    """A place in the article: a part of the page, and a few words that stand there once.

    Without a marker the whole part is meant. Markers are short and shared by every edition
    of the article: a figure, a name, an official's quoted words.
    """

    part: PartName
    marker: str = ""


class Source(Entry, frozen=True, kw_only=True):
    """Where a fact in the key comes from."""

    name: Text
    date: dt.date
    address: Address
    says: Text


class Hint(Entry, frozen=True, kw_only=True):
    """A nudge after the first try; it names a place to look at again, not the answer."""

    text: Text
    at: Anchor


class Option(Entry, frozen=True, kw_only=True):
    """One option of a `Choose` or `ChooseMany` exercise."""

    id: Identifier
    text: Text
    explanation: Text
    at: Anchor
    correct: bool = False


class Choice(Entry, frozen=True, kw_only=True):
    """A heading to sort statements under, or something to match lines with.

    Where nothing belongs under it, on purpose, the key says `empty: true`. A heading for what
    no source stands behind says `unsourced: true`, so that a figure of voices can tell.
    """

    id: Identifier
    text: Text
    empty: bool = False
    unsourced: bool = False


class Statement(Entry, frozen=True, kw_only=True):
    """One thing to sort; `also` lists the other categories that can be defended."""

    id: Identifier
    text: Text
    category: Identifier
    explanation: Text
    at: Anchor
    also: tuple[Identifier, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The headings it can stand under: the key's own first."""
        return (self.category, *self.also)


class Target(Entry, frozen=True, kw_only=True):
    """A stretch of text to mark: from the start of the marker to its end."""

    id: Identifier
    at: Anchor
    explanation: Text


class Pair(Entry, frozen=True, kw_only=True):
    """One line of a `Match` and the choice that belongs to it."""

    id: Identifier
    text: Text
    choice: Identifier
    explanation: Text
    at: Anchor
    also: tuple[Identifier, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The headings it can stand under: the key's own first."""
        return (self.choice, *self.also)


class RankItem(Entry, frozen=True, kw_only=True):
    """One thing to rank; items are listed in the key's own order, best first."""

    id: Identifier
    text: Text
    explanation: Text
    at: Anchor


class Level(Entry, frozen=True, kw_only=True):
    """One of the five levels of a written answer, with a sample of it."""

    name: Literal["no effort", "reactive", "inquisitive", "investigative", "competent"]
    sample: Text


class _Exercise(Entry, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds have; with `report: voices` the class report names the missing voices."""

    id: Identifier
    question: Text
    explanation: Text
    next_step: Text
    instruction: str = ""
    contested: str = ""
    sources: tuple[Source, ...] = ()
    # In a learners' folder that `lesson release` made, the key of an exercise is left out.
    withheld: bool = False
    report: Annotated[
        Literal["", "voices"],
        msgspec.Meta(description="voices: the class report has it under Missing voices too"),
    ] = ""


class Choose(_Exercise, frozen=True, kw_only=True, tag="choose"):
    """One option out of several; more than one may be marked correct when it is contested."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=2)]
    hint: Hint


class ChooseMany(_Exercise, frozen=True, kw_only=True, tag="choose-many"):
    """Any number of options."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=2)]
    hint: Hint


class Sort(_Exercise, frozen=True, kw_only=True, tag="sort"):
    """Statements to put into categories."""

    categories: Annotated[tuple[Choice, ...], msgspec.Meta(min_length=2)]
    statements: Annotated[tuple[Statement, ...], msgspec.Meta(min_length=2)]
    hint: Hint

    @property
    def lines(self) -> tuple[Statement, ...]:
        """What is put under `headings`, by whatever name; a `Match` has the same."""
        return self.statements

    @property
    def headings(self) -> tuple[Choice, ...]:
        """What lines are put under."""
        return self.categories


class Mark(_Exercise, frozen=True, kw_only=True, tag="mark"):
    """Stretches of the article to mark."""

    parts: Annotated[tuple[PartName, ...], msgspec.Meta(min_length=1)]
    targets: Annotated[tuple[Target, ...], msgspec.Meta(min_length=1)]
    hint: Hint


class Match(_Exercise, frozen=True, kw_only=True, tag="match"):
    """Lines to match with choices, such as quotations with their speakers."""

    choices: Annotated[tuple[Choice, ...], msgspec.Meta(min_length=2)]
    pairs: Annotated[tuple[Pair, ...], msgspec.Meta(min_length=2)]
    hint: Hint

    @property
    def lines(self) -> tuple[Pair, ...]:
        """What is put under `headings`, by whatever name; a `Sort` has the same."""
        return self.pairs

    @property
    def headings(self) -> tuple[Choice, ...]:
        """What lines are put under."""
        return self.choices


class Estimate(_Exercise, frozen=True, kw_only=True, tag="estimate"):
    """A number to estimate before it is measured.

    Within `tolerance` of `value` an estimate counts as right, within `near` as close.
    """

    value: float
    unit: Text
    tolerance: Annotated[float, msgspec.Meta(ge=0)]
    near: Annotated[float, msgspec.Meta(ge=0)]
    too_low: Text
    too_high: Text
    hint: Hint


class Rank(_Exercise, frozen=True, kw_only=True, tag="rank"):
    """The few items that come first, in order; `top` says how many are asked for."""

    items: Annotated[tuple[RankItem, ...], msgspec.Meta(min_length=2)]
    top: Annotated[int, msgspec.Meta(ge=1)]
    hint: Hint


class Write(_Exercise, frozen=True, kw_only=True, tag="write"):
    """Free text beside a model answer and levels; never scored by a program."""

    model_answer: Text
    levels: tuple[Level, ...] = ()


Exercise: TypeAlias = Choose | ChooseMany | Sort | Mark | Match | Estimate | Rank | Write
