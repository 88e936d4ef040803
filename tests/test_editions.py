"""The two editions of the story: what they share, and what this project may not carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lesson.article.spans import quotations
from tests.project import project_files, runs, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson
    from lesson.article import Article

RUN = 8
"""Words in a row that make a text borrowed."""


def own_runs(lines: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every run of words of a page that stands outside quotation marks."""
    found = set()
    for line in lines:
        start = 0
        for quotation in quotations(line):
            found |= runs(line[start : quotation.start], RUN)
            start = quotation.end
        found |= runs(line[start:], RUN)
    return found


def test_a_borrowed_run_is_found_and_a_quoted_one_is_let_be() -> None:
    page = ("The mayor of the old town said on a cold Monday: “one two three four five six seven”",)
    own = own_runs(page)
    assert runs('x = ["said THE MAYOR\n # of the old-town, said on a"]', RUN) & own
    assert not runs("one two three four five six seven eight", RUN) & own
    assert not runs("the mayor of the old town said", RUN) & own


def test_a_notebook_and_its_escapes_are_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text('{"cells": [{"source": ["a b\\n", "c \\"d\\" &#x27;e"]}]}', encoding="utf-8")
    assert runs(text_of(path), 4) >= {("a", "b", "c", "d"), ("b", "c", "d", "e")}


def test_no_sentence_of_the_original_stands_in_the_project(root: Path, original: Article) -> None:
    own = own_runs(original.lines)
    assert len(own) > 200
    borrowed = {
        str(path.relative_to(root)): sorted(" ".join(run) for run in found)[:3]
        for path in project_files(root)
        if (found := runs(text_of(path), RUN) & own)
    }
    assert borrowed == {}


def test_the_classroom_edition_has_the_parts_of_a_page(lesson: Lesson) -> None:
    article = lesson.article
    assert article.label == "Breaking News"
    assert article.headline
    assert (article.byline, article.dateline, article.published) == ("", "", "")
    assert len(article.paragraphs) == 10
    assert article.credit == "With reporting by AP"
    assert article.author_note.startswith("RFE/RL")
    assert {"Accessibility links", "XS", "SM", "MD", "LG"} <= set(article.furniture)
    assert not set(article.furniture) & {*article.paragraphs, article.caption, article.credit}


def test_the_caption_is_told_once_though_the_page_repeats_it(lesson: Lesson) -> None:
    article = lesson.article
    assert article.caption.endswith("(file photo)")
    assert article.lines.count(article.caption) == 2
    assert str(article).count(article.caption) == 1
    assert article.caption not in article.furniture


def test_the_classroom_edition_has_eight_quotations_one_with_mixed_marks(lesson: Lesson) -> None:
    found = lesson.article.quotations()
    assert len(found) == 8
    assert [(q.text, q.opening, q.closing) for q in found if q.mixed] == [
        ("unusual Russian military activity", "“", '"')
    ]


def test_the_classroom_edition_says_what_it_is_and_links_the_original(
    root: Path, lesson: Lesson
) -> None:
    text = (root / "data" / "article.txt").read_text("utf-8")
    assert text.count("lassroom edition") >= 2
    assert lesson.key.info.address in text
    assert "classroom edition" in [edition.name for edition in lesson.key.info.editions]


def test_both_editions_have_the_same_quotations_in_the_same_paragraphs(
    lesson: Lesson, original: Article
) -> None:
    here, there = lesson.article, original
    assert len(here.paragraphs) == len(there.paragraphs)
    assert [(q.paragraph, q.text, q.opening, q.closing) for q in here.quotations()] == [
        (q.paragraph, q.text, q.opening, q.closing) for q in there.quotations()
    ]


@pytest.mark.parametrize("part", ["label", "credit"])
def test_both_editions_share_the_facts_around_the_story(
    part: str, lesson: Lesson, original: Article
) -> None:
    assert lesson.article.part(part) == original.part(part)
