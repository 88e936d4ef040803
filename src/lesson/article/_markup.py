"""An HTML page as lines of visible text, with what its markup says about them.

The markup is only read: no script runs, no style applies, nothing else is loaded.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import ArticleError
from ._lines import beginning, tidy
from .page import Clues, Parts, parts_of_lines

__all__ = ["is_html", "parts_of_html"]

_STARTS_AS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|meta|title|main|article|section|header|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_HAS_MARKUP = re.compile(r"<(?:html|head|body|main|article|div|p|h1)\b", re.IGNORECASE)
_UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select"]
)
_NAMES_IN_LINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span
strong sub sup time tt u var wbr
"""
_IN_LINE = frozenset(_NAMES_IN_LINE.split())
_LABEL = re.compile(r"(?:^|[\s_-])(?:category|kicker|eyebrow|section-(?:label|name))(?:$|[\s_-])")
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])")


def is_html(text: str, said_to_be: bool) -> bool:
    """Whether a page is HTML: it starts as HTML does, or is said to be and has its markup.

    Examples
    --------
    >>> is_html("<!doctype html><p>So</p>", False), is_html("A tag is <p>.", False)
    (True, False)
    """
    return bool(_STARTS_AS_HTML.match(text) or (said_to_be and _HAS_MARKUP.search(text)))


def parts_of_html(text: str) -> Parts:
    """Tell the parts of an HTML page.

    Raises
    ------
    ArticleError
        If there is no article on the page.
    """
    try:
        root = _parsed(text)
        lines, clues = _read(root, _main_text(text))
    except ArticleError:
        raise
    except Exception as error:  # the parsers fail in many ways on what is hardly HTML
        raise ArticleError(
            "This page's markup cannot be read: save the text of the page as a .txt file and "
            "load that."
        ) from error
    return parts_of_lines(lines, clues)


def _parsed(text: str) -> Any:
    from lxml import html  # noqa: PLC0415  # heavy, and a plain text needs none

    # As bytes: lxml refuses a text that declares an encoding of its own.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)


def _main_text(text: str) -> frozenset[str]:
    """Return how each line begins of what trafilatura takes for the story itself."""
    import trafilatura  # noqa: PLC0415  # heavy, and not always needed

    main = trafilatura.extract(text, include_comments=False, include_tables=False) or ""
    return frozenset(beginning(tidy(line)) for line in main.splitlines() if line.strip())


def _read(root: Any, main: frozenset[str]) -> tuple[list[str], Clues]:
    roles: dict[str, list[str]] = {"headline": [], "label": [], "byline": [], "caption": []}
    lines = _visible_lines(root, roles)
    in_story = [tidy(h1.text_content()) for h1 in root.iterfind(".//article//h1")]
    headlines = [*in_story, *roles["headline"], _meta(root, "og:title"), ""]
    short_labels = [line for line in roles["label"] if line.count(" ") < 5]
    labels = [*short_labels, _meta(root, "article:section"), ""]
    bylines = [line for line in roles["byline"] if line.count(" ") <= 12]
    author = _meta(root, "author")
    clues = Clues(
        label=next(filter(None, labels), ""),
        headline=next(filter(None, headlines), ""),
        byline=next(iter(bylines), "" if "://" in author else author),
        captions=tuple(roles["caption"]),
        published=_published(root),
        main=main,
    )
    return lines, clues


def _visible_lines(root: Any, roles: dict[str, list[str]]) -> list[str]:
    """Give the lines a reader sees, and put down those whose element names their role."""
    from lxml import etree  # noqa: PLC0415  # heavy, and not always needed

    lines: list[str] = []
    pieces: list[str] = []
    open_roles: list[tuple[Any, str]] = []
    in_line: set[str] = set()  # roles of links and the like, which speak of the whole line

    def end_line() -> None:
        line = tidy("".join(pieces))
        pieces.clear()
        if line:
            lines.append(line)
            for role in in_line.union(role for _, role in open_roles[-1:]):
                roles[role].append(line)
            in_line.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag).lower()
        block = tag not in _IN_LINE
        if event == "start":
            if tag in _UNSEEN or element.get("hidden") is not None:
                walk.skip_subtree()
                pieces.append(" ")
                continue
            if block:
                end_line()
            role = _role(element, tag)
            if role and not block:
                in_line.add(role)
            elif role:
                open_roles.append((element, role))
            pieces.append(element.text or "")
        else:
            if block and tag not in _UNSEEN:
                end_line()
            if open_roles and open_roles[-1][0] is element:
                open_roles.pop()
            if element is not root:
                pieces.append(element.tail or "")
    end_line()
    return lines


def _role(element: Any, tag: str) -> str:
    if tag == "h1":
        return "headline"
    if tag == "figcaption":
        return "caption"
    if tag in {"html", "body", "main", "article"}:
        return ""  # their classes speak of the whole page
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if _LABEL.search(names) and "nav" not in names:
        return "label"
    if _BYLINE.search(names) or element.get("rel") == "author":
        return "byline"
    return ""


def _meta(root: Any, name: str) -> str:
    for meta in root.iter("meta"):
        if name in {meta.get("property"), meta.get("name")} and meta.get("content"):
            return tidy(meta.get("content"))
    return ""


def _published(root: Any) -> str:
    """Return the date of publication as the page states it; "" if it does not."""
    stated = _meta(root, "article:published_time")
    times = [*root.iterfind(".//article//time[@datetime]"), *root.iterfind(".//time[@datetime]")]
    return stated or next((tidy(time.get("datetime")) for time in times), "")
