"""Load the teacher's key from its files: all of it, or one sentence that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from ..errors import KeyFileError
from ._rules import check_exercise, say_if_doubled, say_if_taken
from ._yaml import YamlFile, read_yaml
from .material import Card, Comparison, Deck, LessonInfo, Term
from .schema import (
    Anchor,
    Choose,
    ChooseMany,
    Entry,
    Estimate,
    Exercise,
    Identifier,
    Mark,
    Match,
    Rank,
    Sort,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["CardFile", "ExerciseFile", "Key", "NotebookKey", "WordFile", "anchors_of", "load_key"]


class ExerciseFile(Entry, frozen=True, kw_only=True):
    """A file of exercises, and what is laid out beside them: those of one notebook.

    ``exercises:`` with nothing below it is a key that is still to be written.
    """

    exercises: Annotated[tuple[Exercise, ...], msgspec.Meta(min_length=1)] | None
    decks: tuple[Deck, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


class CardFile(Entry, frozen=True, kw_only=True):
    """The file of evidence cards."""

    cards: tuple[Card, ...] | None


class WordFile(Entry, frozen=True, kw_only=True):
    """The file of words to know."""

    words: tuple[Term, ...] | None


class _Map(msgspec.Struct, frozen=True):
    id: Identifier


class _MapFile(msgspec.Struct, frozen=True):
    """Of the file of places, what answers are saved for."""

    map: _Map


class NotebookKey(Entry, frozen=True, kw_only=True):
    """What the key holds for one notebook, each by its id, in the order of its file."""

    exercises: dict[str, Exercise] = msgspec.field(default_factory=dict)
    decks: dict[str, Deck] = msgspec.field(default_factory=dict)
    comparisons: dict[str, Comparison] = msgspec.field(default_factory=dict)


class Key(Entry, frozen=True, kw_only=True):
    """Everything the teacher wrote about one article.

    Attributes
    ----------
    info
        The lesson as a whole.
    notebooks
        What belongs to each notebook, by the notebook's name.
    cards
        The evidence cards, by id.
    words
        The words to know, by the word.
    map_id
        The id that the setting of the map is saved for; empty where the lesson has no map.
    """

    info: LessonInfo
    notebooks: dict[str, NotebookKey]
    cards: dict[str, Card]
    words: dict[str, Term]
    map_id: str = ""


def load_key(folder: Path) -> Key:
    """Read the key of the lesson in `folder`.

    Parameters
    ----------
    folder
        The lesson folder, the one with ``data/lesson.yaml`` in it.

    Raises
    ------
    KeyFileError
        In one sentence: the file, the line and path in it, what was found, what is allowed.
    """
    data = folder / "data"
    info_file = read_yaml(data / "lesson.yaml", LessonInfo)
    info = info_file.content
    seen: dict[str, str] = {}
    names: dict[str, str] = {}
    for index, notebook in enumerate(info.notebooks):
        say_if_doubled(info_file, names, notebook.name, f"notebooks[{index}].name")
    cards = {}
    words = {}
    if (data / "cards.yaml").exists():
        card_file = read_yaml(data / "cards.yaml", CardFile)
        for index, card in enumerate(card_file.content.cards or ()):
            say_if_doubled(card_file, seen, card.id, f"cards[{index}].id")
            cards[card.id] = card
    if (data / "words.yaml").exists():
        word_file = read_yaml(data / "words.yaml", WordFile)
        listed: dict[str, str] = {}
        for index, term in enumerate(word_file.content.words or ()):
            say_if_doubled(word_file, listed, term.word, f"words[{index}].word")
            words[term.word] = term
    notebooks = {}
    for notebook in info.notebooks:
        notebooks[notebook.name] = NotebookKey()
        if notebook.exercises:
            file = read_yaml(data / notebook.exercises, ExerciseFile)
            notebooks[notebook.name] = _notebook_key(file, seen, cards)
    map_id = ""
    if (data / "places.yaml").exists():  # the rest of it is for those who draw
        place_file = read_yaml(data / "places.yaml", _MapFile)
        map_id = place_file.content.map.id
        say_if_taken(place_file, seen, map_id, "map.id")
    return Key(info=info, notebooks=notebooks, cards=cards, words=words, map_id=map_id)


def _notebook_key(
    file: YamlFile[ExerciseFile], seen: dict[str, str], cards: dict[str, Card]
) -> NotebookKey:
    content = file.content
    written = content.exercises or ()
    for index, exercise in enumerate(written):
        check_exercise(file, f"exercises[{index}]", exercise)
        say_if_taken(file, seen, exercise.id, f"exercises[{index}].id")
    exercises = {exercise.id: exercise for exercise in written}
    for index, deck in enumerate(content.decks):
        say_if_taken(file, seen, deck.id, f"decks[{index}].id")
        for place, name in enumerate(deck.cards):
            if name not in cards:
                raise KeyFileError(
                    f"{file.where(f'decks[{index}].cards[{place}]')}: there is no card '{name}' "
                    "in cards.yaml; add it there or correct the name."
                )
        if deck.judged_by not in exercises:
            raise KeyFileError(
                f"{file.where(f'decks[{index}].judged_by')}: there is no exercise "
                f"'{deck.judged_by}' in this file; name the one in which the learner judges."
            )
    for index, comparison in enumerate(content.comparisons):
        say_if_doubled(file, seen, comparison.id, f"comparisons[{index}].id")
    return NotebookKey(
        exercises=exercises,
        decks={deck.id: deck for deck in content.decks},
        comparisons={comparison.id: comparison for comparison in content.comparisons},
    )


def anchors_of(exercise: Exercise) -> Iterator[Anchor]:
    """Every anchor of an exercise, in the order of its file."""
    match exercise:
        case Choose() | ChooseMany():
            yield from (option.at for option in exercise.options)
        case Sort() | Match():
            yield from (line.at for line in exercise.lines)
        case Mark():
            yield from (target.at for target in exercise.targets)
        case Rank():
            yield from (item.at for item in exercise.items)
        case Estimate() | Write():
            pass
    if not isinstance(exercise, Write):
        yield exercise.hint.at
