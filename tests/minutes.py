"""How many minutes a notebook takes, counted from its words and its decisions.

An estimate, on the slow side, that keeps what a notebook says about its time honest.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from lesson.key.schema import Estimate, Mark, Write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lesson import Lesson
    from lesson.key.schema import Exercise

READ = 200
"""Words a minute. Adults read 238 words of English non-fiction (M. Brysbaert, "How many words do
we read per minute?", Journal of Memory and Language 109, 2019); second-language readers fewer."""

WRITTEN = 20
"""Words a minute that somebody composes at a keyboard; an assumption, to be tried in class."""

DECISION = 6
"""Seconds for each option or line beyond reading it; an assumption, as are the next three."""

MARKING = 20
"""Seconds to find and mark one stretch of text."""

LOOK = 60
"""Seconds for a figure or a map, and for taking thought before writing."""

FIGURE = 40
"""Seconds to estimate a number."""

CARDS_OPENED = 4

EXPLAINED = 0.25
"""Part of the explanations of single options that a learner reads: those that were not right."""

OPTIONAL = "If there is time"

CALL = re.compile(r"\w+\.(\w+)(?:\((.*)\))?", re.DOTALL)


def minutes(lesson: Lesson, notebook: str, root: Path) -> tuple[float, float]:
    """Give the minutes of a notebook: without what is headed as optional, and with it."""
    core = extra = 0.0
    optional = 0  # the level of the heading of an optional part
    for kind, source in _cells(root / "notebooks" / f"{notebook}.ipynb"):
        if kind == "markdown":
            for marks, title in re.findall(r"^(#+) (.*)", source, re.MULTILINE):
                if title.startswith(OPTIONAL):
                    optional = len(marks)
                elif len(marks) <= optional:
                    optional = 0
            spent = _words(source) / READ * 60
        else:
            spent = _seconds(lesson, notebook, source)
        core += 0 if optional else spent
        extra += spent if optional else 0
    return core / 60, (core + extra) / 60


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        yield cell["cell_type"], "".join(cell["source"])


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _seconds(lesson: Lesson, notebook: str, source: str) -> float:
    found = CALL.fullmatch(source.strip())
    if not found:
        return 0
    name, given = found[1], re.findall(r'"([^"]+)"', found[2] or "")
    key = lesson.key.notebooks[notebook]
    words, seconds = 0.0, 0.0
    if name == "words":
        words = _words(*(lesson.key.words[word].meaning for word in given))
    elif name in ("article", "saved_page"):
        words = _words(*lesson.article.paragraphs)
    elif name == "ask":
        words, seconds = _exercise(key.exercises[given[0]])
    elif name == "cards":
        deck = [lesson.key.cards[card] for card in key.decks[given[0]].cards]
        share = min(1, CARDS_OPENED / len(deck))
        words = _words(*(card.title for card in deck))
        words += share * sum(_words(card.says, card.shows, card.cannot_show) for card in deck)
    elif name == "compare":
        comparison = key.comparisons[given[0]]
        words = _words(comparison.printed, comparison.remark)
        words += _words(*(version.text for version in comparison.versions))
    elif name.endswith("picture") or name in ("map", "border_scales"):
        seconds = LOOK
    return words / READ * 60 + seconds


def _exercise(exercise: Exercise) -> tuple[float, float]:
    lists = ("options", "statements", "pairs", "items", "targets")
    pieces: tuple[Any, ...] = next((p for n in lists if (p := getattr(exercise, n, ()))), ())
    headings = getattr(exercise, "categories", ()) or getattr(exercise, "choices", ())
    words: float = _words(
        *(exercise.question, exercise.instruction, exercise.explanation, exercise.next_step),
        *(getattr(piece, "text", "") for piece in pieces),
        *(heading.text for heading in headings),
    )
    words += EXPLAINED * _words(*(piece.explanation for piece in pieces))
    if isinstance(exercise, Write):
        # Learners write about half of what the model answer does.
        written = _words(exercise.model_answer) / 2
        return words + _words(exercise.model_answer), LOOK + written / WRITTEN * 60
    if isinstance(exercise, Estimate):
        return words, FIGURE
    return words, len(pieces) * (MARKING if isinstance(exercise, Mark) else DECISION)
