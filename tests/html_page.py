"""What a test wants to know of a page, read without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.images: list[dict[str, Any]] = []
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.ids += [str(found["id"])] if "id" in found else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.images += [found] if tag == "img" else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
