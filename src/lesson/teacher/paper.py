"""The lesson on paper: a worksheet for learners and a key for the teacher, as HTML to print."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .._pages import embedded, template
from ..errors import LessonError, find
from ..exercise.describe import content, part_name
from ..key.anchors import resolve
from ..key.schema import (
    Anchor,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
    Mark,
    Match,
    Rank,
    Sort,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..article import Article
    from ..figures.figure import Picture
    from ..key.material import Card
    from ..key.schema import Pair, Statement
    from ..lesson import Lesson

__all__ = ["Row", "answer_rows", "paper", "pictures_of", "sealed", "write_paper"]

RESOLUTION = 150
"""Dots per inch of a figure on paper."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# What to do with a pen; an instruction of the exercise's own stands before it.
_INSTRUCTIONS: dict[type[Exercise], str] = {
    Choose: "Cross one.",
    ChooseMany: "Cross all that fit.",
    Sort: "Write a letter beside each line.",
    Match: "Write a letter beside each line.",
    Mark: "Underline the words.",
    Rank: "Write down what comes first, second and so on.",
    Estimate: "Write a number.",
    Write: "Write in your own words.",
}

_SEAL = re.compile(r'<meta name="lesson-print" content="([0-9a-f]{64})">')


class Row(NamedTuple):
    """One line of the key: a piece of an exercise, what the key says of it, and where to look."""

    piece: str
    answer: str
    explanation: str
    at: str


def answer_rows(exercise: Exercise, article: Article) -> list[Row]:
    """Give the key to one exercise, piece by piece; a text to write has no pieces.

    Parameters
    ----------
    exercise
        The exercise.
    article
        The edition that stretches to mark are looked up in.
    """
    match exercise:
        case Choose() | ChooseMany():
            return [
                Row(o.text, "holds" if o.correct else "does not hold", o.explanation, _at(o.at))
                for o in exercise.options
            ]
        case Sort() | Match():
            names = {heading.id: heading.text for heading in exercise.headings}
            lines: tuple[Statement | Pair, ...] = exercise.lines
            return [
                Row(line.text, _or(names, line.allowed), line.explanation, _at(line.at))
                for line in lines
            ]
        case Mark():
            return [
                Row(_stretch(t.at, article), "to be marked", t.explanation, _at(t.at))
                for t in exercise.targets
            ]
        case Rank():
            return [
                Row(
                    item.text,
                    f"place {place}" if place <= exercise.top else f"later (place {place})",
                    item.explanation,
                    _at(item.at),
                )
                for place, item in enumerate(exercise.items, start=1)
            ]
        case Estimate():
            value = f"{exercise.value:g} {exercise.unit}"
            within = f"within {exercise.tolerance:g} it holds, within {exercise.near:g} it is close"
            return [
                Row(value, within, "", ""),
                Row("Too low", "look again", exercise.too_low, ""),
                Row("Too high", "look again", exercise.too_high, ""),
            ]
        case Write():
            return []


def paper(
    lesson: Lesson,
    *,
    key: bool = False,
    notebooks: Sequence[str] = (),
    pictures: Iterable[Picture] = (),
) -> str:
    """Write the worksheet, or the key to it, as one HTML page without scripts or outside files.

    Parameters
    ----------
    lesson
        The lesson.
    key
        True for the teacher's key, False for the learners' worksheet.
    notebooks
        The names of the notebooks to print; all of them when not given.
    pictures
        Figures to print after the article.

    Raises
    ------
    LessonError
        When the lesson has no notebook of one of these names, or no key to print.
    """
    infos = {info.name: info for info in lesson.key.info.notebooks}
    for name in notebooks:
        find(infos, name, "notebook")
    if key:
        lesson.need_key()
    parts = [_part(lesson, name) for name in dict.fromkeys(notebooks or infos)]
    page = template("paper.html").render(
        key=key,
        info=lesson.key.info,
        article=lesson.article,
        parts=parts,
        cards=_cards(lesson, parts),
        words=lesson.key.words.values(),
        pictures=[embedded(picture, RESOLUTION) for picture in pictures],
        letters=_LETTERS,
    )
    return sealed(page)


def pictures_of(lesson: Lesson, *, key: bool = False) -> list[Picture]:
    """Draw what belongs on paper; what would answer a question is for the key alone.

    Parameters
    ----------
    lesson
        The lesson; without places there is no map.
    key
        True for the teacher's key, False for the learners' worksheet.
    """
    from ..figures.charts import page_picture  # noqa: PLC0415  # matplotlib is slow to load

    pictures = [page_picture(lesson.article)] if key else []
    if (lesson.folder / "data" / "places.yaml").is_file():
        from ..maps.atlas import Atlas  # noqa: PLC0415  # only a lesson with places needs the map

        atlas = Atlas(lesson.folder)
        pictures.append(atlas.places_picture() if key else atlas.towns_picture())
    return pictures


def write_paper(path: Path, page: str) -> None:
    """Write a page that `paper` made, but never over one that somebody has changed since.

    Raises
    ------
    LessonError
        When the file there is not as `lesson print` left it, or cannot be written.
    """
    try:
        if path.exists() and not _is_untouched(path.read_text(encoding="utf-8", errors="replace")):
            raise LessonError(
                f"{path} is not as 'lesson print' left it, and nothing is written over; "
                "name another file with --out."
            )
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise LessonError(
            f"{path} cannot be written ({error.strerror}); name another file with --out."
        ) from None


def _part(lesson: Lesson, name: str) -> dict[str, Any]:
    """Gather one notebook of the lesson."""
    found = lesson.key.notebooks[name]
    info = next(info for info in lesson.key.info.notebooks if info.name == name)
    return {
        "name": name,
        "info": info,
        "tasks": [
            {
                "exercise": exercise,
                "shown": content(exercise, lesson.article),
                "instruction": f"{exercise.instruction} {_INSTRUCTIONS[type(exercise)]}".strip(),
                "rows": answer_rows(exercise, lesson.article),
                "passages": _passages(exercise, lesson.article),
            }
            for exercise in found.exercises.values()
        ],
        "comparisons": [
            {"of": comparison, "where": part_name(comparison.at.part)}
            for comparison in found.comparisons.values()
        ],
        "decks": tuple(found.decks.values()),
    }


def _cards(lesson: Lesson, parts: Iterable[dict[str, Any]]) -> list[tuple[Card, list[str]]]:
    """Gather the cards of all decks, each card once, with the titles of its decks."""
    used: dict[str, list[str]] = {}
    for part in parts:
        for deck in part["decks"]:
            for card in deck.cards:
                used.setdefault(card, []).append(deck.title)
    return [(lesson.key.cards[card], titles) for card, titles in used.items()]


def _passages(exercise: Exercise, article: Article) -> list[tuple[str, str]]:
    parts = exercise.parts if isinstance(exercise, Mark) else ()
    return [(part_name(part), article.part(part)) for part in parts]


def _at(anchor: Anchor) -> str:
    where = part_name(anchor.part)
    return f"{where}, at “{anchor.marker.strip('“”')}”" if anchor.marker else where


def _or(names: dict[str, str], allowed: Sequence[str]) -> str:
    said, *others = (names[name] for name in allowed)
    return f"{said} (or: {'; '.join(others)})" if others else said


def _stretch(at: Anchor, article: Article) -> str:
    span = resolve(at, article)
    return f"“{article.part(span.part)[span.start : span.end]}”"


def sealed(page: str) -> str:
    """Put the page's own fingerprint in it, to know later whether somebody changed it."""
    digest = hashlib.sha256(page.encode()).hexdigest()
    seal = f'<meta name="lesson-print" content="{digest}">'
    return page.replace("</head>", f"{seal}</head>", 1)


def _is_untouched(page: str) -> bool:
    found = _SEAL.search(page)
    rest = _SEAL.sub("", page, count=1)
    return found is not None and hashlib.sha256(rest.encode()).hexdigest() == found[1]
