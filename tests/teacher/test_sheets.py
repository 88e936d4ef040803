from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson.cli import main
from lesson.errors import LessonError
from lesson.teacher.sheets import check_page, guide_of, guide_page
from tests.examples import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    from lesson.lesson import Lesson


def text_of(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_the_check_on_paper_has_every_post_and_no_verdict(lesson: Lesson) -> None:
    said = text_of(check_page(lesson))
    assert lesson.check
    for form in lesson.check.forms:
        for item in form.items:
            assert " ".join(item.text.split()) in said
            assert " ".join(item.shows.split()) not in said
    assert "genuine" not in said.lower()


def test_the_key_to_the_check_has_every_verdict(lesson: Lesson) -> None:
    said = text_of(check_page(lesson, key=True))
    assert lesson.check
    for form in lesson.check.forms:
        assert all(" ".join(item.shows.split()) in said for item in form.items)
    items = [item for form in lesson.check.forms for item in form.items]
    assert said.count("Not genuine") == sum(item.verdict == "not" for item in items)


def test_markup_in_a_post_is_shown(lesson: Lesson) -> None:
    assert lesson.check
    first, second = lesson.check.forms
    item = msgspec.structs.replace(first.items[0], text="<script>1</script>")
    form = msgspec.structs.replace(first, items=(item, *first.items[1:]))
    check = msgspec.structs.replace(lesson.check, forms=(form, second))
    page = check_page(replace(lesson, check=check))
    assert "<script>" not in page
    assert "<script>1</script>" in text_of(page)


def test_without_a_check_there_is_nothing_to_print(lesson: Lesson) -> None:
    bare = replace(lesson, check=None)
    assert "no check" in sentence_of(LessonError, lambda: check_page(bare))


@given(st.text("<>/script imgonerror=\"'&;[]()!`\n#|-a", max_size=60))
def test_no_guide_brings_elements_of_its_own(text: str) -> None:
    page = html.fromstring(guide_page(f"# T\n\n{text}"))
    assert not [e for e in page.iter("script", "iframe", "svg") if isinstance(e.tag, str)]
    assert not page.xpath("//@onerror")


def test_the_guide_is_the_one_of_the_lesson(lesson: Lesson, tmp_path: Path) -> None:
    assert guide_of(lesson.folder).startswith("# ")
    assert "no guide to print" in sentence_of(LessonError, lambda: guide_of(tmp_path))


@pytest.mark.parametrize(("word", "name"), [("--check", "check.html"), ("--guide", "guide.html")])
def test_the_command_makes_it(
    word: str, name: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["print", str(root), word]) == 0
    assert re.search(r"<h1\b", (tmp_path / name).read_text("utf-8"))


def test_a_lesson_without_a_guide_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    assert main(["print", str(tmp_path), "--guide"]) == 1
    assert "no guide to print" in capsys.readouterr().err
