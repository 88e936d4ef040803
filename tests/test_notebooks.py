"""Guards over the notebooks: what nbval does not see, and that nbval sees what it should."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

_OWN_PATHS = re.compile(r"(?:^|[\s\"'(=>])(?:/(?:work|root|home|tmp|Users|opt)/|[A-Z]:\\)")


def faults_of(notebook: Any) -> list[str]:
    """Say what a notebook must not be committed with; an empty list when all is well."""
    return [*_of_metadata(notebook), *_of_counts(notebook), *_of_cells(notebook)]


def _of_metadata(notebook: Any) -> Iterator[str]:
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3"
    if "widgets" in notebook.metadata:
        yield "the state of widgets is saved in it"


def _of_counts(notebook: Any) -> Iterator[str]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code:
        yield "it has no code cell"
    for number, cell in enumerate(code, start=1):
        # nbval passes over a cell without a count, and compares nothing.
        if cell.execution_count is None:
            yield f"code cell {number} was not executed"
        elif cell.execution_count != number:
            yield f"code cell {number} has the count {cell.execution_count}"


def _of_cells(notebook: Any) -> Iterator[str]:
    level = number = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in re.finditer(r"^(#{1,6}) ", cell.source, re.MULTILINE):
                if len(found[1]) > level + 1:
                    yield f"the heading '{cell.source.splitlines()[0]}' skips a level"
                level = len(found[1])
        elif cell.cell_type == "code":
            number += 1
            yield from (f"code cell {number} {said}" for said in _of_code(cell, first=number == 1))


def _of_code(cell: Any, *, first: bool) -> Iterator[str]:
    tree = ast.parse(cell.source)
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    if any(isinstance(node, defined) for node in ast.walk(tree)):
        yield "defines something"
    if len(tree.body) > 1 and not first:
        yield "has more than one statement"
    tagged = "raises-exception" in cell.metadata.get("tags", [])
    for output in cell.outputs:
        if output.output_type == "error" and not tagged:
            yield "ended in an error"
        said = [output.get("text", ""), *output.get("data", {}).values()]
        if any(_OWN_PATHS.search(text) for text in said if isinstance(text, str)):
            yield "shows a path of the machine it ran on"


# The guard, tested ------------------------------------------------------------------------------


def good_notebook() -> Any:
    cells = [
        new_markdown_cell("# Title\n\n## Part"),
        new_code_cell("a = 1\na", execution_count=1, outputs=[]),
        new_markdown_cell("### Deeper\n\n## Next"),
        new_code_cell(
            "a",
            execution_count=2,
            outputs=[new_output("execute_result", data={"text/plain": "1"}, execution_count=2)],
        ),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def test_a_good_notebook_has_no_fault() -> None:
    assert faults_of(good_notebook()) == []


def last(**changes: Any) -> Callable[[Any], None]:
    return lambda notebook: notebook.cells[-1].update(changes)


def shows(text: str, kind: str = "text/plain") -> Callable[[Any], None]:
    output = new_output("display_data", data={kind: text})
    return last(outputs=[output])


error = new_output("error", ename="E", evalue="e", traceback=[])


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (last(execution_count=None), "code cell 2 was not executed"),
        (last(execution_count=3), "code cell 2 has the count 3"),
        (last(execution_count=1), "code cell 2 has the count 1"),
        (last(outputs=[error]), "code cell 2 ended in an error"),
        (last(source="a\na"), "code cell 2 has more than one statement"),
        (last(source="def f(): pass"), "code cell 2 defines something"),
        (last(source="class A: pass"), "code cell 2 defines something"),
        (last(source="(lambda: 1)()"), "code cell 2 defines something"),
        (shows("in /home/me/lesson"), "code cell 2 shows a path of the machine it ran on"),
        (shows('<img src="/tmp/x.png">', "text/html"), "code cell 2 shows a path of the"),
        (shows("C:\\Users\\me"), "code cell 2 shows a path of the machine it ran on"),
        (lambda nb: nb.metadata.update(widgets={}), "the state of widgets is saved in it"),
        (lambda nb: nb.metadata.pop("kernelspec"), "the kernel is not python3"),
        (
            lambda nb: nb.cells.append(new_markdown_cell("#### Deep")),
            "the heading '#### Deep' skips a level",
        ),
        (
            lambda nb: nb.update(cells=[cell for cell in nb.cells if cell.cell_type != "code"]),
            "it has no code cell",
        ),
    ],
)
def test_a_broken_notebook_is_found_out(break_it: Callable[[Any], None], said: str) -> None:
    notebook = good_notebook()
    break_it(notebook)
    (found,) = faults_of(notebook)
    assert found.startswith(said)


def test_an_error_that_is_meant_is_allowed_when_tagged() -> None:
    notebook = good_notebook()
    notebook.cells[-1].update(outputs=[error])
    notebook.cells[-1].metadata["tags"] = ["raises-exception"]
    assert faults_of(notebook) == []


def test_an_address_is_no_path() -> None:
    notebook = good_notebook()
    shows("See https://example.org/home/news and 27/28 a/tmp/b")(notebook)
    assert faults_of(notebook) == []


# The notebooks ----------------------------------------------------------------------------------


def notebook_paths(root: Path) -> list[Path]:
    found = (root / "notebooks").rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def read(path: Path) -> Any:
    return nbformat.reads(path.read_text("utf-8"), as_version=4)


def test_no_notebook_has_a_fault(root: Path) -> None:
    paths = notebook_paths(root)
    assert len(paths) >= 2
    faults = {path.name: found for path in paths if (found := faults_of(read(path)))}
    assert faults == {}


def test_every_notebook_has_an_aim_a_time_and_a_part_to_reflect(root: Path) -> None:
    for path in notebook_paths(root):
        texts = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
        assert texts[0].startswith("# "), path.name
        lines = texts[0].splitlines()
        assert any(line.startswith("**Aim:**") for line in lines), path.name
        assert any(line.startswith("**Time:**") for line in lines), path.name


def test_every_exercise_of_a_notebooks_key_is_asked_in_it_once(root: Path, lesson: Any) -> None:
    for name, key in lesson.key.notebooks.items():
        code = "\n".join(
            cell.source
            for cell in read(root / "notebooks" / f"{name}.ipynb").cells
            if cell.cell_type == "code"
        )
        asked = re.findall(r'\.ask\("([^"]+)"\)', code)
        assert sorted(asked) == sorted(key.exercises), name
        assert sorted(re.findall(r'\.cards\("([^"]+)"\)', code)) == sorted(key.decks), name


def test_nbval_rejects_a_notebook_with_another_output(root: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "tests/wrong/wrong.ipynb",
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=",
            "-W",
            "default",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert "wrong.ipynb::Cell 1" in done.stdout
