"""What is loaded by what: a lesson is read and checked without widgets and pictures."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import lesson

if TYPE_CHECKING:
    from collections.abc import Iterator

VIEWS = ["IPython", "anywidget", "ipywidgets", "matplotlib"]

ROOMS = [
    *("errors", "_arguments", "_count", "folder"),
    *("article", "key", "exercise", "lesson", "geography", "figures", "maps", "_pages"),
    *("work", "widgets", "classroom", "teacher", "notebook", "cli"),
]
"""From the ground up: a room imports only what stands before it."""

VIEWING = {
    *("figures.charts", "figures.sorting_charts", "classroom.charts", "classroom.report"),
    *("maps", "widgets"),
}
"""What draws or talks to the page; everything else is pure."""

PACKAGE = Path(lesson.__file__).parent

MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if "bundle" not in path.parts and path.name != "__main__.py"
)


def room_of(module: str) -> str:
    return module.partition(".")[0]


def imports_of(module: str) -> Iterator[str]:
    """Give the modules of the package that a module imports, wherever in it the import stands."""
    path = PACKAGE.joinpath(*module.split("."))
    package = module if path.is_dir() else module.rpartition(".")[0]
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            home = ".".join([*package.split("."), ""][: -node.level] if package else [])
            target = ".".join(filter(None, (home, node.module)))
            for name in node.names:
                inner = ".".join(filter(None, (target, name.name)))
                yield inner if inner in MODULES else target


def loaded_by(statement: str) -> set[str]:
    """Run a statement in a fresh interpreter and give the packages it has loaded."""
    script = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_this_sees_what_is_loaded() -> None:
    assert "matplotlib" in loaded_by("import lesson.figures.charts")
    assert {"anywidget", "ipywidgets"} <= loaded_by("import lesson.widgets.exercises")


def test_every_room_is_in_the_plan() -> None:
    assert {room_of(module) for module in MODULES} - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__init__"])
def test_imports_run_downhill(module: str) -> None:
    allowed = ROOMS[: ROOMS.index(room_of(module)) + 1]
    assert [name for name in imports_of(module) if room_of(name) not in allowed] == []


def test_an_import_uphill_would_be_seen() -> None:
    assert "widgets.exercises" in imports_of("notebook")
    assert "errors" in imports_of("article.page")
    assert "figures.figure" in imports_of("figures.charts")


def test_the_pure_modules_load_no_view() -> None:
    pure = [m for m in MODULES if m != "__init__" and not {m, room_of(m)} & VIEWING]
    assert len(pure) > 50
    assert loaded_by("; ".join(f"import lesson.{name}" for name in pure)).isdisjoint(VIEWS)


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


@pytest.mark.parametrize(
    "name",
    [
        "teacher.binder",
        "errors",
        "folder",
        "exercise.record",
        "article.spans",
        "exercise.static_form",
    ],
)
def test_small_modules_stand_alone(name: str) -> None:
    heavy = {*VIEWS, "httpx", "lxml", "pyproj", "shapely", "trafilatura", "yaml"}
    assert loaded_by(f"import lesson.{name}").isdisjoint(heavy)


def test_every_public_name_can_be_had() -> None:
    assert set(dir(lesson)) == set(lesson.__all__)
    assert all(getattr(lesson, name) for name in lesson.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = lesson.nothing
