"""An article is loaded, read by part and number, and shown with nothing executed."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lesson.article import Article, load_article
from lesson.errors import ArticleError

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article(
    label="Valley News",
    headline="Millbrook To Open Its Old Bridge Again",
    caption="The old bridge in May",
    paragraphs=(
        "The bridge will open in May. The mayor was glad.",
        "“We tried,” Ann Wray said. “We got there.”",
        "“It was long.",
        "“It was hard,” she said.",
    ),
    credit="With reporting by VNA",
    author_note="The Lantern\nThe Lantern reports.",
    furniture=("Share", "Print"),
    source="page.txt",
)
TEXT = """Valley News

Millbrook To Open Its Old Bridge Again

The bridge at Millbrook will open again in May, <b>the council</b> said on Monday.

“At last,” the mayor said.

With reporting by VNA
"""


# Loading


def test_a_saved_page_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    article = load_article(path)
    assert article == load_article(str(path))
    assert (article.label, article.source, article.published) == ("Valley News", "page.txt", "")
    assert len(article.paragraphs) == 2


def test_html_is_recognised_whatever_the_file_is_called(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")[2:])
    page = f"<!doctype html><html><body><article><h1>A Bridge Opens</h1>{paragraphs}</article>"
    path = tmp_path / "page.txt"
    path.write_text(page, encoding="utf-8")
    article = load_article(path)
    assert article.headline == "A Bridge Opens"
    assert article.paragraphs[0].endswith("in May, the council said on Monday.")


def test_without_a_source_the_lessons_own_article_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ModuleType("lesson.folder")
    folder.find_lesson_folder = lambda: tmp_path  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lesson.folder", folder)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "article.txt").write_text(TEXT, encoding="utf-8")
    assert load_article().headline == "Millbrook To Open Its Old Bridge Again"


def test_a_page_without_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "menu.txt"
    path.write_text("Home\nNews\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"^menu\.txt: This page has no article"):
        load_article(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text().map(lambda text: f"<html><p>{text}".encode("utf-8", "replace")))
def test_random_bytes_are_an_article_or_an_article_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page"
    path.write_bytes(data)
    try:
        article = load_article(path)
    except ArticleError:
        return
    assert article.paragraphs


# Reading


def test_sentences_and_quotations_are_counted_by_paragraph_from_one() -> None:
    first = ARTICLE.paragraphs[0]
    spans = ARTICLE.sentences(1)
    assert [first[span.start : span.end] for span in spans] == [
        "The bridge will open in May.",
        "The mayor was glad.",
    ]
    assert [(found.paragraph, found.text) for found in ARTICLE.quotations()] == [
        (2, "We tried,"),
        (2, "We got there."),
        (3, "It was long."),
        (4, "It was hard,"),
    ]
    assert [found.resumes for found in ARTICLE.quotations(2)] == [False, True]
    assert [found.continues for found in ARTICLE.quotations(4)] == [True]
    assert ARTICLE.quotations(1) == ()


@pytest.mark.parametrize("number", [0, -1, 5])
def test_a_paragraph_out_of_range_is_one_sentence(number: int) -> None:
    for read in (ARTICLE.sentences, ARTICLE.quotations):
        with pytest.raises(ArticleError, match=rf"no paragraph {number}: it has 4 paragraphs"):
            read(number)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("label", "Valley News"),
        ("headline", "Millbrook To Open Its Old Bridge Again"),
        ("byline", ""),
        ("dateline", ""),
        ("caption", "The old bridge in May"),
        ("credit", "With reporting by VNA"),
        ("author-note", "The Lantern\nThe Lantern reports."),
        ("furniture", "Share\nPrint"),
        ("p3", "“It was long."),
    ],
)
def test_a_part_is_given_by_its_name(name: str, text: str) -> None:
    assert ARTICLE.part(name) == text


@pytest.mark.parametrize("name", ["p0", "p5", "title", "", "p"])
def test_an_unknown_part_names_what_there_is(name: str) -> None:
    with pytest.raises(ArticleError, match=r"headline, .*author-note.* p1; it has 4 paragraphs"):
        ARTICLE.part(name)


def test_an_article_without_paragraphs_says_so() -> None:
    with pytest.raises(ArticleError, match="it has 0 paragraphs"):
        Article().sentences(1)
    with pytest.raises(ArticleError, match="it has 0 paragraphs"):
        Article().part("p1")


# Showing


def test_the_print_has_every_part_and_the_numbered_quotations() -> None:
    shown = str(ARTICLE)
    assert shown.startswith("Valley News\nMillbrook To Open Its Old Bridge Again\n")
    for line in (
        "Byline: none on the page",
        "Dateline: none on the page",
        "Photo caption: The old bridge in May",
        "  1  The bridge will open in May. The mayor was glad.",
        "Credit line: With reporting by VNA",
        "4 quotations:",
        "  3  “It was long. (paragraph 3)",
    ):
        assert line in shown.splitlines()


def test_the_repr_is_short() -> None:
    assert repr(ARTICLE) == (
        "<Article 'Millbrook To Open Its Old Bridge Again', 4 paragraphs, 4 quotations>"
    )
    assert repr(Article(headline="long " * 20)).endswith("…', 0 paragraphs, 0 quotations>")


def test_markup_on_the_page_is_shown_and_not_obeyed() -> None:
    evil = "<script>alert('x')</script><img src=x onerror=\"y\"> & so on"
    article = Article(
        label=evil,
        headline=evil,
        byline=evil,
        dateline=evil,
        caption=evil,
        paragraphs=(evil,),
        credit=evil,
    )
    html = article._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") == 7
    assert html.count("&amp; so on") == 7


def test_the_reading_view_has_a_heading_numbers_and_no_ids_or_colours() -> None:
    html = ARTICLE._repr_html_()
    assert html.startswith("<article")
    assert "<h3>Millbrook To Open Its Old Bridge Again</h3>" in html
    assert "Photo caption: The old bridge in May" in html
    assert "<strong>4</strong>&ensp;“It was hard,” she said.</p>" in html
    assert " id=" not in html
    assert "color" not in html


def test_importing_the_loader_loads_nothing_heavy() -> None:
    heavy = {"trafilatura", "httpx", "lxml", "matplotlib", "ipywidgets"}
    code = f"import sys, lesson.article; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# The original page, which is not ours to publish


@pytest.mark.skipif(
    "LESSON_ORIGINAL" not in os.environ,
    reason="LESSON_ORIGINAL names no saved copy of the original page, which is not published here",
)
def test_the_original_page_is_understood() -> None:
    article = load_article(os.environ["LESSON_ORIGINAL"])
    assert article.label == "Breaking News"
    assert article.headline.endswith("Troop Buildup")
    assert article.caption.endswith("(file photo)")
    assert (article.byline, article.dateline, article.published) == ("", "", "")
    assert article.credit == "With reporting by AP"
    assert article.author_note.startswith("RFE/RL\nRFE/RL journalists")
    assert len(article.paragraphs) == 10
    assert len(article.quotations()) == 8
    assert [found.text for found in article.quotations() if found.mixed] == [
        "unusual Russian military activity"
    ]
    furniture = article.part("furniture")
    story = "\n".join(article.paragraphs)
    for words in ("Accessibility links", "16x9 Image", "undesirable", "click here", "XS", "LG"):
        assert words in furniture
        assert words not in story
