"""The pages that are printed, handed in or read by a teacher, opened as the files they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from lesson.cli import main
from lesson.work.work import Work
from tests.e2e.axe import too_wide, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from lesson import Lesson

PAGES = {
    "worksheet": ["print"],
    "key": ["print", "--key"],
    "check": ["print", "--check"],
    "check-key": ["print", "--check", "--key"],
    "guide": ["print", "--guide"],
    "report": ["report"],
    "my-work": [],
}

PAPER = {"A4": (210, 297), "Letter": (216, 279)}
"""Millimeters."""


@pytest.fixture(scope="module")
def pages(root: Path, lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make every page by the command a teacher uses; the last as a learner of the class does."""
    folder = tmp_path_factory.mktemp("pages")
    handed_in = root / "data" / "synthetic_class" / "handed_in"
    for name, words in PAGES.items():
        out = folder / f"{name}.html"
        if words[:1] == ["print"]:
            assert main([*words[:1], str(root), *words[1:], "--out", str(out)]) == 0
        elif words:
            assert main([*words, str(handed_in), "--lesson", str(root), "--out", str(folder)]) == 0
            (folder / "class-report.html").rename(out)
        else:
            work = Work(lesson, folder / "answers")
            work.load(next(handed_in.glob("*.json")))
            files = work.download(nickname="Kestrel").files
            (text,) = (text for name, text in files.items() if name.endswith(".html"))
            out.write_text(text, "utf-8")
    return {path.stem: path for path in folder.glob("*.html")}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_no_violations_and_its_headings_are_in_order(
    name: str, scheme: str, pages: dict[str, Path], page: Page
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[name].as_uri())
    assert violations(page, "html") == []
    levels = [
        int(tag[1])
        for tag in page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.map(e => e.tagName)"
        )
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for picture in page.locator("img").all():
        assert len(picture.get_attribute("alt") or "") > 20


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_but_itself_and_fits_a_narrow_window(
    name: str, pages: dict[str, Path], page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(pages[name].as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert too_wide(page, "body") == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("paper", PAPER)
def test_nothing_is_cut_off_on_paper(
    name: str, paper: str, pages: dict[str, Path], page: Page
) -> None:
    page.emulate_media(media="print")
    width, height = (round((side - 30) / 25.4 * 96) for side in PAPER[paper])
    page.set_viewport_size({"width": width, "height": height})
    page.goto(pages[name].as_uri())
    assert too_wide(page, "body") == []
    for figure in page.locator("img").all():
        box = figure.bounding_box()
        assert box
        assert box["height"] <= height
        assert box["x"] + box["width"] <= width
