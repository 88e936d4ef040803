"""What is what on a news page: the article's parts told from the furniture around them.

The rules are the habits of news pages in general. They look at one line after the other: what
stands before the first paragraph is label, headline, byline and caption; what follows the
credit line is the author's note and furniture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lesson.errors import ArticleError

__all__ = ["Clues", "Parts", "beginning", "parts_of_lines", "parts_of_text", "tidy"]


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


# Marks by which a line is known --------------------------------------------------------------

_PROSE_END = re.compile(r"[.!?…:;—][”’\"'»“)\]]*$")
_CAPTION = re.compile(
    r"\((?:file|archive|illustrative|undated|combo)? ?(?:photo|image|picture)\b[^)]{0,60}\)\W*$"
    r"|^(?:photo|image|picture|caption)(?: by| credit)?:|\bphoto(?:graph)?: .{0,60}$",
    re.IGNORECASE,
)
# Said of people in a photo, but also in a paragraph: believed only of what is no full sentence.
_SEEN = re.compile(r"\((?:left|right|center|centre)\)|\b(?:pictured|seen here)\b", re.IGNORECASE)
_BYLINE = re.compile(r"(?i:by)\s+(?=[A-Z])[^.!?:]*(?:\b[A-Z]\.[^.!?:]*)*$")
_DATELINE = re.compile(
    r"(?P<dateline>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*)*"  # KYIV, NEW YORK
    r"(?:, (?:[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.)(?: [A-Z][a-z]+)?(?: \d{1,2})?(?:, \d{4})?){0,2}"
    r"(?: \([A-Z][\w ./&-]{0,30}\))?)\s*(?:[—–]|\s--?)\s*(?=[A-Z“\"‘'«„\d])"
)
_CREDIT = re.compile(
    r"[(\[*_]*(?:(?:based|written based) on reporting by|(?:with |additional |with additional )?"
    r"(?:reporting|writing|files|material) (?:by|from)|(?:compiled|edited|editing) by)\b"
    r"|.*\bcontributed (?:reporting )?to this (?:report|story|article)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:accessibility links|skip to\b|jump to\b|share\b|print\b|e-?mail\b|comments?\b|follow us"
    r"|read (?:more|also)\b|also read\b|see also\b|related\b|most (?:read|popular|viewed)\b"
    r"|more (?:from|on|in)\b|recommended\b|trending\b|advertis|sponsored\b|sign (?:in|up)\b|log in\b"
    r"|subscribe\b|newsletter\b|menu\b|search\b|close\b|back to top|previous\b|next (?:story|article)"
    r"|copyright\b|©|all rights reserved|terms of|privacy|cookies?\b|manage (?:cookies|consent)"
    r"|accept(?: all)?\b.{0,20}$|home$|live$|video$|listen\b.{0,30}$|watch\b.{0,30}$"
    r"|(?:published|updated|posted|last (?:updated|modified))\b.{0,60}$|\d+ min(?:ute)?s? (?:read|ago)"
    r"|(?:[•·*–-]\s*)?\d+x\d+ image|(?:x{0,3}[sl]|sm|md|lg|m)$|[\W_]+$)"
    r"|.*\b(?:we|site|website|page)\b.{0,30}\buses? cookies\b|.*\bclick here\b"
    r"|.*\b(?:our|free|daily|weekly) newsletters?\b|.*\ball rights reserved\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2}\.? )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?\d{4}\b.{0,30}$"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.{0,30}$",
    re.IGNORECASE,
)


def _is_furniture(line: str) -> bool:
    return _words(line) <= 40 and bool(_FURNITURE.match(line) or _DATE.match(line))


def _is_caption(line: str) -> bool:
    return bool(_CAPTION.search(line)) or (bool(_SEEN.search(line)) and not _is_prose(line))


def _is_prose(line: str) -> bool:
    return bool(_PROSE_END.search(line)) or _words(line) >= 25


def _words(line: str) -> int:
    return line.count(" ") + 1


def beginning(line: str) -> str:
    """Return the first letters and figures of a line, to know it again whatever its spacing."""
    return "".join(filter(str.isalnum, line[:120]))[:50]


# Lines ----------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Make every run of white space, no-break spaces among it, one space."""
    return " ".join(text.split())


def _lines(text: str) -> Iterator[str]:
    """Give the lines of a saved text, those of a hard-wrapped paragraph put together again."""
    block: list[str] = []
    for line in [*map(tidy, text.splitlines()), ""]:
        if line:
            block.append(line)
        elif block:
            yield from [" ".join(block)] if _is_wrapped(block) else block
            block = []


def _is_wrapped(block: list[str]) -> bool:
    """Whether each line of a block ends only because its next word would not have fitted."""
    width = max(map(len, block))
    if len(block) < 2 or not 45 <= width <= 100:
        return False
    return all(
        line != following
        and len(line) + 1 + len(following.split(" ", 1)[0]) > width
        and not (_BYLINE.match(following) or _CREDIT.match(following) or _is_furniture(following))
        for line, following in zip(block, block[1:], strict=False)
    )


# Parts ----------------------------------------------------------------------------------------


def parts_of_text(text: str) -> Parts:
    """Tell the parts of a page saved as plain text.

    Raises
    ------
    ArticleError
        If there is no article on the page.

    Examples
    --------
    >>> parts = parts_of_text(
    ...     "Local News\\n\\nOld Bridge To Open Again\\n\\nBy Ann Wray\\n\\n"
    ...     "The old bridge will open again in May, the town council said on Monday.\\n\\nShare"
    ... )
    >>> parts.label, parts.headline, parts.byline, len(parts.paragraphs), parts.furniture
    ('Local News', 'Old Bridge To Open Again', 'By Ann Wray', 1, ('Share',))
    """
    return parts_of_lines(list(_lines(text)), Clues())


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

    body = [at for at in range(start, end) if story[at] and lines[at] != caption]
    paragraphs = [lines[at] for at in body]
    dateline = _DATELINE.match(paragraphs[0])
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.end() :]
    used.update(body)

    after = end
    while after < len(lines) and _is_credit(lines[after]):
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
    )


def _is_story(line: str, clues: Clues) -> bool:
    """Whether a line reads like a paragraph of the story."""
    if not _is_prose(line) or _is_furniture(line) or line == clues.headline:
        return False
    return not clues.main or beginning(line) in clues.main


def _captions(lines: list[str], clues: Clues) -> set[str]:
    """Return the lines known to be captions of photos."""
    captions = {line for line in lines if line in clues.captions or _is_caption(line)}
    headline = clues.headline
    for line, following in zip(lines, lines[1:], strict=False):
        # Pages repeat the photo's caption: as the text that stands for the photo, and below it.
        if headline and line == following != headline and _words(line) >= 4:
            captions.add(line)
        elif not headline and _may_be_headline(line):
            headline = line
    return captions


def _is_credit(line: str) -> bool:
    # "Reporting by the Gazette showed that …" opens a paragraph; a credit line is short.
    words = _words(line)
    return words <= 40 and bool(_CREDIT.match(line)) and (words <= 14 or not line.endswith("."))


def _is_byline(line: str, clues: Clues) -> bool:
    return line == clues.byline != "" or (_words(line) <= 12 and _BYLINE.match(line) is not None)


def _start(lines: list[str], story: list[bool], clues: Clues) -> int:
    """Return where the story's first paragraph stands."""
    paragraphs = [at for at, is_story in enumerate(story) if is_story and not _is_credit(lines[at])]
    if not any(_words(lines[at]) >= 8 for at in paragraphs):
        raise ArticleError(
            "This page has no article in it: give a page with a headline and at least one "
            "paragraph of a news story."
        )
    if clues.headline in lines:
        headline_at = lines.index(clues.headline)
        return next((at for at in paragraphs if at > headline_at), paragraphs[0])
    for count, at in enumerate(paragraphs):
        # A single notice may stand above the headline; more than one are paragraphs.
        if count > 1:
            break
        if any(_may_be_headline(line) for line in lines[:at]):
            return at
    return paragraphs[0]


def _may_be_headline(line: str) -> bool:
    return (
        _words(line) >= 4
        and not _is_furniture(line)
        and not _is_prose(line)
        and not _BYLINE.match(line)
        and not _CREDIT.match(line)
        and not _is_caption(line)
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
        if not (story[at] or lines[at] in captions or _is_byline(lines[at], clues))
        and not _is_furniture(lines[at])
    ]
    long_enough = [at for at in above if _words(lines[at]) >= 4]
    return (long_enough or above[-1:] or [-1])[0]


def _label(lines: list[str], headline_at: int, clues: Clues) -> int:
    """Return where the section label stands, the short line above the headline; -1 if nowhere."""
    if clues.label:
        return lines.index(clues.label) if clues.label in lines else -1
    at = headline_at - 1
    fits = at >= 0 and _words(lines[at]) <= 4 and len(lines[at]) <= 40
    return at if fits and not _is_furniture(lines[at]) and not _is_prose(lines[at]) else -1


def _caption(top: list[str], captions: set[str], story: list[str]) -> str:
    """Return the caption: the first known as one, or else what stands under the headline."""
    known = [line for line in (*top, *story) if line in captions]
    bare = [line for line in top if _words(line) >= 5 and not _is_furniture(line)]
    return (known or bare or [""])[0]


def _end(lines: list[str], story: list[bool], start: int) -> int:
    """Return where the story ends: at its credit line, or after its last paragraph."""
    for at in range(start + 1, len(lines)):
        if _is_credit(lines[at]):
            return at
    return max(at for at, is_story in enumerate(story) if is_story) + 1


def _author_note(lines: list[str], after: int) -> list[int]:
    """Return where the outlet names itself and says what it is, below the story."""
    for at in range(after, len(lines) - 1):
        name, text = lines[at], lines[at + 1]
        if _is_furniture(name) or _is_prose(name) or _words(name) > 6:
            continue
        names_itself = name.lower() in text[: len(name) + 40].lower() or text.startswith("We ")
        return [at, at + 1] if names_itself and _is_prose(text) else []
    return []
