"""What many tests need: the lesson of this checkout, a small page, answers of their own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from lesson import load_article, load_lesson
from tests.class_examples import make_small_lesson
from tests.examples import PAGE, whole_key, write_key

if TYPE_CHECKING:
    from lesson.article import Article
    from lesson.lesson import Lesson

# A busy machine is no defect: no test fails for being slow.
settings.register_profile("lesson", deadline=None)
settings.load_profile("lesson")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of this checkout."""
    return ROOT


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    """Load the lesson of this checkout."""
    return load_lesson(ROOT)


@pytest.fixture(scope="session")
def class_lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    """Load a small made-up lesson that a class has worked on."""
    return make_small_lesson(tmp_path_factory.mktemp("lesson"))


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    """Load a small made-up page."""
    path = tmp_path_factory.mktemp("page") / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return load_article(path)


@pytest.fixture(scope="session")
def small_lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    """Load a small made-up lesson with an exercise of every kind."""
    folder = tmp_path_factory.mktemp("lesson")
    write_key(folder, whole_key())
    return load_lesson(folder)


@pytest.fixture(autouse=True)
def own_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the answers of each test in a folder of its own."""
    folder = tmp_path / "answers"
    monkeypatch.setenv("LESSON_ANSWERS", str(folder))
    monkeypatch.delenv("LESSON_FOLDER", raising=False)
    return folder


@pytest.fixture(scope="session")
def original_page() -> Path:
    """Give the saved copy of the original page; without one there is nothing to compare with."""
    name = os.environ.get("LESSON_ORIGINAL", "")
    if not name:
        pytest.skip("LESSON_ORIGINAL names no saved copy of the original page")
    return Path(name).resolve()


@pytest.fixture(scope="session")
def original(original_page: Path) -> Article:
    """Load the original page."""
    return load_article(original_page)
