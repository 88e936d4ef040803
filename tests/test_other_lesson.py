"""A second lesson goes the whole way: nothing in the package knows the first."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from lesson import load_lesson, open_notebook
from lesson.teacher.next_step import next_steps
from tests.examples import EXERCISES

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    *("Blinken", "Kuleba", "Yelnya", "RFE", "Ukrain", "Russia", "Belarus", "Kyiv", "Moscow"),
    *("Crimea", "Poland", "Lithuania", "Washington", "ironclad", "playbook", "Radio Free"),
)


@pytest.fixture
def other(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "other"
    shutil.copytree(root / "tests" / "other_lesson", folder)
    monkeypatch.chdir(folder / "notebooks")
    return folder


def test_the_other_lesson_is_sound_and_complete(other: Path) -> None:
    assert list(next_steps(load_lesson(other))) == []


def test_the_other_lesson_has_exercises_of_every_kind(other: Path) -> None:
    exercises = load_lesson(other).key.notebooks["01_story"].exercises.values()
    assert {type(e).__struct_config__.tag for e in exercises} == set(EXERCISES)


@pytest.mark.usefixtures("other")
def test_its_exercises_run_in_widgets_and_as_static_forms() -> None:
    notebook = open_notebook("01_story")
    for name, exercise in notebook.lesson.key.notebooks["01_story"].exercises.items():
        widget = notebook.ask(name)
        data, _ = widget._repr_mimebundle_()
        assert exercise.question in data["text/plain"]
        assert "<legend>" in data["text/html"]
    sort = notebook.ask("who-asserts")
    sort.answer = {"asked": "person", "cost": "record", "parking": "nobody", "count": "person"}
    sort.check()
    assert sort.state["summary"] == "All 4 where the key has them."
    assert sort.state["explanation"]["contested"]
    deck = notebook.cards("vote-cards")
    assert [card["when"] for card in deck.content["cards"]] == ["", "Published after the story."]


def test_its_notebook_runs_from_top_to_end(other: Path) -> None:
    path = other / "notebooks" / "01_story.ipynb"
    notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    nbformat.validate(notebook)
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    shown = [c.outputs[0].data["text/plain"] for c in notebook.cells if c.cell_type == "code"]
    assert any("How do you know how the council voted?" in text for text in shown)


def test_every_cell_is_one_short_call(other: Path) -> None:
    cells = json.loads((other / "notebooks" / "01_story.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert not re.search(r"^\s*(def|class|for|if)\b", "\n".join(code), re.MULTILINE)
    assert all("\n" not in source for source in code[1:])


def test_no_source_file_names_anything_of_the_first_story(root: Path) -> None:
    files = [p for p in (root / "src").rglob("*") if p.suffix in {".py", ".js", ".css", ".yaml"}]
    files += [p for p in (root / "src").rglob("*") if p.suffix in {".html", ".jinja"}]
    assert len(files) > 30
    found = [
        f"{path.name}: {name}"
        for path in files
        for name in NAMES
        if name.lower() in path.read_text("utf-8").lower().replace("performance", "")
    ]
    assert found == []
