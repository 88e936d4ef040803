"""What is loaded by what: a lesson is read and checked without widgets and pictures."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

VIEWS = ["IPython", "anywidget", "ipywidgets", "matplotlib"]
PURE = [
    "anchors",
    "answer",
    "answers",
    "article",
    "binder",
    "cli",
    "comparison",
    "describe",
    "errors",
    "exercise",
    "feedback",
    "folder",
    "geo",
    "handout",
    "key",
    "keyfile",
    "lesson",
    "material",
    "notebook",
    "page",
    "portfolio",
    "progress",
    "reading",
    "record",
    "source",
    "spans",
    "static_form",
    "voices",
    "wording",
    "work",
]


def loaded_by(statement: str) -> set[str]:
    """Run a statement in a fresh interpreter and give the packages it has loaded."""
    script = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_this_sees_what_is_loaded() -> None:
    assert "matplotlib" in loaded_by("import lesson.charts")
    assert {"anywidget", "ipywidgets"} <= loaded_by("import lesson.widgets")


def test_the_pure_modules_load_no_view() -> None:
    statement = "; ".join(f"import lesson.{name}" for name in PURE)
    assert loaded_by(statement).isdisjoint(VIEWS)


def test_importing_the_lesson_is_light() -> None:
    heavy = {*VIEWS, "httpx", "lxml", "msgspec", "pyproj", "shapely", "trafilatura", "yaml"}
    assert loaded_by("import lesson").isdisjoint(heavy)


def test_an_article_needs_neither_the_web_nor_a_parser_of_html() -> None:
    heavy = {*VIEWS, "httpx", "lxml", "trafilatura"}
    assert loaded_by("import lesson.article; lesson.load_article").isdisjoint(heavy)


def test_a_lesson_is_loaded_without_the_web_and_without_views(root: object) -> None:
    statement = f"import pathlib, lesson; lesson.load_lesson(pathlib.Path({str(root)!r}))"
    found = loaded_by(statement)
    assert "msgspec" in found
    assert found.isdisjoint({*VIEWS, "httpx", "trafilatura"})


@pytest.mark.parametrize("name", ["binder", "errors", "folder", "record", "spans", "static_form"])
def test_small_modules_stand_alone(name: str) -> None:
    heavy = {*VIEWS, "httpx", "lxml", "pyproj", "shapely", "trafilatura", "yaml"}
    assert loaded_by(f"import lesson.{name}").isdisjoint(heavy)


def test_every_public_name_can_be_had() -> None:
    import lesson

    assert set(dir(lesson)) == set(lesson.__all__)
    assert all(getattr(lesson, name) for name in lesson.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = lesson.nothing
