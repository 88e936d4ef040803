"""Where in an article the key's anchors point."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import ArticleError, KeyFileError
from .keyfile import anchors_of
from .schema import Anchor, Mark

if TYPE_CHECKING:
    from ..article import Article
    from .keyfile import Key

__all__ = ["Span", "check_anchors", "resolve"]

# Typographic marks that editions of one text write in different ways.
_FOLDED = str.maketrans("‘’“”\u00a0", "''\"\" ")


class Span(NamedTuple):
    """A stretch of one part of the page: ``article.part(part)[start:end]``."""

    part: str
    start: int
    end: int


def resolve(anchor: Anchor, article: Article) -> Span:
    """Find the one place an anchor names.

    Raises
    ------
    KeyFileError
        When the part is not on the page, or the marker is not in it exactly once.
    """
    try:
        text = article.part(anchor.part)
    except ArticleError as error:
        raise KeyFileError(f"the anchor {anchor.part} points nowhere: {error}") from None
    if not text:
        raise KeyFileError(f"the anchor {anchor.part} points nowhere: the page has no such part.")
    if not anchor.marker:
        return Span(anchor.part, 0, len(text))
    # Folding replaces one character by one, so offsets hold in the text as it stands.
    folded, marker = text.translate(_FOLDED), anchor.marker.translate(_FOLDED)
    start = folded.find(marker)
    if start < 0:
        others = (name for name, text in article.parts.items() if marker in text.translate(_FOLDED))
        elsewhere = next(others, "")
        mend = f"it stands in {elsewhere}" if elsewhere else "copy a few words from there"
        raise KeyFileError(f"the marker '{anchor.marker}' is not in {anchor.part}; {mend}.")
    if folded.find(marker, start + 1) >= 0:
        raise KeyFileError(
            f"the marker '{anchor.marker}' stands more than once in {anchor.part}; make it longer."
        )
    return Span(anchor.part, start, start + len(marker))


def check_anchors(key: Key, article: Article) -> None:
    """Resolve every anchor of the key, so that no exercise points nowhere.

    Raises
    ------
    KeyFileError
        Naming the notebook, the exercise and the anchor that fails.
    """
    for name, notebook in key.notebooks.items():
        anchors = [(e.id, anchor) for e in notebook.exercises.values() for anchor in anchors_of(e)]
        anchors += [(comparison.id, comparison.at) for comparison in notebook.comparisons.values()]
        marks = [e for e in notebook.exercises.values() if isinstance(e, Mark)]
        anchors += [(mark.id, Anchor(part=part)) for mark in marks for part in mark.parts]
        for entry, anchor in anchors:
            try:
                resolve(anchor, article)
            except KeyFileError as error:
                raise KeyFileError(f"{name}, '{entry}': {error}") from None
