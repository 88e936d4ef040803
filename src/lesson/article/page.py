"""What is what on a news page: the article's parts told from the furniture around them.

The rules are the habits of news pages in general. They look at one line after the other: what
stands before the first paragraph is label, headline, byline and caption; what follows the
credit line is the author's note and furniture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from ..errors import ArticleError
from ._lines import (
    DATELINE,
    beginning,
    is_caption,
    is_credit,
    is_furniture,
    is_prose,
    is_signed,
    lines_of,
    word_count,
)

__all__ = ["Clues", "Parts", "parts_of_lines", "parts_of_text"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one news page; what the page does not have is "" or ()."""

    label: str = ""
    headline: str = ""
    byline: str = ""
    dateline: str = ""
    caption: str = ""
    paragraphs: tuple[str, ...] = ()
    credit: str = ""
    author_note: str = ""
    furniture: tuple[str, ...] = ()
    published: str = ""
    lines: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Clues:
    """What the markup of a page says about its lines; a plain text says nothing.

    ``main`` holds the ``beginning`` of every line of the main text; empty if not known.
    """

    label: str = ""
    headline: str = ""
    byline: str = ""
    captions: tuple[str, ...] = ()
    published: str = ""
    main: frozenset[str] = frozenset()


# Parts ----------------------------------------------------------------------------------------


def parts_of_text(text: str) -> Parts:
    r"""Tell the parts of a page saved as plain text.

    Raises
    ------
    ArticleError
        If there is no article on the page.

    Examples
    --------
    >>> parts = parts_of_text(
    ...     "Local News\n\nOld Bridge To Open Again\n\nBy Ann Wray\n\n"
    ...     "The old bridge will open again in May, the town council said on Monday.\n\nShare"
    ... )
    >>> parts.label, parts.headline, parts.byline, len(parts.paragraphs), parts.furniture
    ('Local News', 'Old Bridge To Open Again', 'By Ann Wray', 1, ('Share',))
    """
    return parts_of_lines(list(lines_of(text)), Clues())


def parts_of_lines(lines: list[str], clues: Clues) -> Parts:
    """Tell the parts of a page from its lines and from what its markup says of them.

    Raises
    ------
    ArticleError
        If there is no article among the lines.
    """
    captions = _captions(lines, clues)
    story = [line not in captions and _is_story(line, clues) for line in lines]
    start = _start(lines, story, clues)
    end = _end(lines, story, start)
    headline_at = _headline(lines, story, start, captions, clues)
    used = {headline_at}

    headline = lines[headline_at] if headline_at >= 0 else clues.headline
    label_at = _label(lines, headline_at, clues)
    used.add(label_at)
    top = range(headline_at + 1, start)
    byline_at = next((at for at in range(start) if _is_byline(lines[at], clues)), -1)
    used.add(byline_at)
    caption = _caption([lines[at] for at in top if at not in used], captions, lines[start:end])

    body = [at for at in range(start, end) if story[at]]
    paragraphs = [lines[at] for at in body]
    dateline = DATELINE.match(paragraphs[0])
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.end() :]
    used.update(body)

    after = end
    while after < len(lines) and is_credit(lines[after]):
        after += 1
    used.update(range(end, after))
    note_at = _author_note(lines, after)
    used.update(note_at)
    return Parts(
        label=lines[label_at] if label_at >= 0 else clues.label,
        headline=headline,
        byline=lines[byline_at] if byline_at >= 0 else clues.byline,
        dateline=dateline["dateline"] if dateline else "",
        caption=caption,
        paragraphs=tuple(paragraphs),
        credit=" ".join(lines[end:after]),
        author_note="\n".join(lines[at] for at in note_at),
        furniture=tuple(
            line
            for at, line in enumerate(lines)
            if at not in used and line not in {caption, headline}
        ),
        published=clues.published,
        lines=tuple(lines),
    )


def _is_story(line: str, clues: Clues) -> bool:
    """Whether a line reads like a paragraph of the story."""
    if not is_prose(line) or is_furniture(line) or line == clues.headline:
        return False
    return not clues.main or beginning(line) in clues.main


def _captions(lines: list[str], clues: Clues) -> set[str]:
    """Return the lines known to be captions of photos."""
    captions = {line for line in lines if line in clues.captions or is_caption(line)}
    headline = clues.headline
    for line, following in pairwise(lines):
        # Pages repeat the photo's caption: as the text that stands for the photo, and below it.
        if headline and line == following != headline and word_count(line) >= 4:
            captions.add(line)
        elif not headline and _may_be_headline(line):
            headline = line
    return captions


def _is_byline(line: str, clues: Clues) -> bool:
    return line == clues.byline != "" or is_signed(line)


def _start(lines: list[str], story: list[bool], clues: Clues) -> int:
    """Return where the story's first paragraph stands."""
    paragraphs = [at for at, is_story in enumerate(story) if is_story and not is_credit(lines[at])]
    if not any(word_count(lines[at]) >= 8 for at in paragraphs):
        raise ArticleError(
            "This page has no article in it: give a page with a headline and at least one "
            "paragraph of a news story."
        )
    if clues.headline in lines:
        headline_at = lines.index(clues.headline)
        return next((at for at in paragraphs if at > headline_at), paragraphs[0])
    for count, at in enumerate(paragraphs):
        # One notice, or a headline that asks, may stand above; more than one are paragraphs.
        if count > 1:
            break
        if any(_may_be_headline(line) for line in lines[:at]):
            return at
    return paragraphs[0]


def _may_be_headline(line: str) -> bool:
    asks = line.endswith(("?", "!", "…")) and ". " not in line and word_count(line) <= 20
    return (
        word_count(line) >= 4
        and (asks or not is_prose(line))
        and not is_furniture(line)
        and not is_signed(line)
        and not is_credit(line)
        and not is_caption(line)
    )


def _headline(
    lines: list[str], story: list[bool], start: int, captions: set[str], clues: Clues
) -> int:
    """Return where the headline stands; -1 if nowhere."""
    if clues.headline in lines:
        return lines.index(clues.headline)
    above = [
        at
        for at in range(start)
        if not (lines[at] in captions or _is_byline(lines[at], clues) or is_credit(lines[at]))
        and not is_furniture(lines[at])
    ]
    long_enough = [at for at in above if _may_be_headline(lines[at])]
    short = [at for at in above if not story[at]]
    return (long_enough or short[-1:] or [-1])[0]


def _label(lines: list[str], headline_at: int, clues: Clues) -> int:
    """Return where the section label stands, the short line above the headline; -1 if nowhere."""
    if clues.label:
        return lines.index(clues.label) if clues.label in lines else -1
    at = headline_at - 1
    fits = at >= 0 and word_count(lines[at]) <= 4 and len(lines[at]) <= 40
    return at if fits and not is_furniture(lines[at]) and not is_prose(lines[at]) else -1


def _caption(top: list[str], captions: set[str], story: list[str]) -> str:
    """Return the caption: the first known as one, or else what stands under the headline."""
    known = [line for line in (*top, *story) if line in captions]
    bare = [line for line in top if word_count(line) >= 5 and _may_be_headline(line)]
    return (known or bare or [""])[0]


def _end(lines: list[str], story: list[bool], start: int) -> int:
    """Return where the story ends: at its credit line, or after its last paragraph."""
    for at in range(start + 1, len(lines)):
        if is_credit(lines[at]):
            return at
    return max(at for at, is_story in enumerate(story) if is_story) + 1


def _author_note(lines: list[str], after: int) -> list[int]:
    """Return where the outlet names itself and says what it is, below the story."""
    for at in range(after, len(lines) - 1):
        name, text = lines[at], lines[at + 1]
        if is_furniture(name) or is_prose(name) or word_count(name) > 6:
            continue
        names_itself = name.lower() in text[: len(name) + 40].lower() or text.startswith("We ")
        return [at, at + 1] if names_itself and is_prose(text) else []
    return []
