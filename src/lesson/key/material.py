"""The typed shape of what the key brings to the article: cards, comparisons, words, facts."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # msgspec reads the annotations at run time
from typing import Annotated, Literal

import msgspec

from .schema import Address, Anchor, Entry, Identifier, Text

__all__ = [
    "Card",
    "Comparison",
    "Deck",
    "Edition",
    "LessonInfo",
    "NotebookInfo",
    "Term",
    "Version",
]


class Card(Entry, frozen=True, kw_only=True):
    """A piece of evidence from outside the article."""

    id: Identifier
    title: Text
    publisher: Text
    publisher_kind: Literal[
        "official record",
        "government",
        "news agency",
        "newspaper or broadcaster",
        "state-controlled media",
        "the outlet itself",
        "press freedom group",
        "reference work",
        "aggregator or reprint",
    ]
    date: dt.date
    address: Address
    says: Text
    shows: Text
    cannot_show: Text
    strength: Literal["strong", "medium", "weak"]


class Deck(Entry, frozen=True, kw_only=True):
    """Cards that are laid out together.

    `judged_by` names the exercise in which the learner judges; a card opened after the first
    check of that exercise is remembered as opened after judging.
    """

    id: Identifier
    title: Text
    cards: Annotated[tuple[Identifier, ...], msgspec.Meta(min_length=1)]
    judged_by: Identifier


class Version(Entry, frozen=True, kw_only=True):
    """How one publisher gives the words that another gives in its own way."""

    publisher: Text
    date: dt.date
    address: Address
    text: Text
    status: Literal["official record", "newsroom", "translation", "not settled"]


class Comparison(Entry, frozen=True, kw_only=True):
    """Words from the article set beside what other publishers give."""

    id: Identifier
    title: Text
    at: Anchor
    printed: Text
    versions: Annotated[tuple[Version, ...], msgspec.Meta(min_length=1)]
    remark: Text


class Term(Entry, frozen=True, kw_only=True):
    """A word of the trade, in plain English."""

    word: Text
    meaning: Text


class Edition(Entry, frozen=True, kw_only=True):
    """One edition of the article and what may be done with it."""

    name: Text
    licence: Text
    note: Text


class NotebookInfo(Entry, frozen=True, kw_only=True):
    """One notebook of the lesson and the file with its exercises."""

    name: Annotated[
        str,
        msgspec.Meta(
            pattern="^[0-9a-z_]+$",
            description="small letters, digits and underscores, such as 01_story",
        ),
    ]
    title: Text
    minutes: Annotated[int, msgspec.Meta(ge=1)]
    aim: Text
    exercises: str = ""


class LessonInfo(Entry, frozen=True, kw_only=True):
    """The lesson as a whole: which story, whose, from when, and what the notebooks are for."""

    title: Text
    outlet: Text
    headline: Text
    date: dt.date
    address: Address
    editions: tuple[Edition, ...]
    notebooks: Annotated[tuple[NotebookInfo, ...], msgspec.Meta(min_length=1)]
