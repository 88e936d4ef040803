"""The files around the code: what they say has to agree."""

from __future__ import annotations

import hashlib
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from lesson.teacher import binder
from tests.project import project_files, text_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_changelog_begins_with_this_version(root: Path) -> None:
    path = root / "CHANGELOG.md"
    if not path.exists():
        pytest.skip("there is no CHANGELOG.md yet")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = re.search(r"^## \[?v?(\d[\w.]*)", path.read_text("utf-8"), re.MULTILINE)
    assert found is not None
    assert found[1] == project["version"]


def test_the_readme_has_the_badge_that_the_command_prints(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    assert binder.links("OWNER/NAME").badge in text


# Written in pieces, so that this file is not one of those it looks for.
MACHINE_PATHS = re.compile("|".join(["/wor" + "k/", "/roo" + "t/", "/tm" + "p/bash"]))
EXAMPLES = {"tests/test_notebooks.py"}
"""Files that name such paths in order to look for them."""


def test_no_file_names_a_path_of_the_machine_it_was_made_on(root: Path) -> None:
    found = {
        name: sorted(set(MACHINE_PATHS.findall(text_of(path))))
        for path in project_files(root)
        if (name := path.relative_to(root).as_posix()) not in EXAMPLES
        and MACHINE_PATHS.search(text_of(path))
    }
    assert found == {}


def test_every_text_file_is_utf8_with_plain_line_ends(root: Path) -> None:
    pictures = {".png", ".jpg", ".gif", ".ico", ".woff2", ".zip"}
    for path in project_files(root):
        if path.suffix not in pictures:
            data = path.read_bytes()
            data.decode("utf-8")
            assert b"\r\n" not in data, path.name


def test_binder_is_told_which_python_in_a_form_it_reads(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = re.fullmatch(r"python-3\.(\d+)\n", (root / "runtime.txt").read_text("utf-8"))
    assert found is not None
    assert int(found[1]) >= int(project["requires-python"].rpartition(".")[2])
    # With a folder of its own for Binder, repo2docker would not read pyproject.toml.
    assert not (root / "binder").exists()
    assert not (root / ".binder").exists()


def test_the_made_data_files_are_those_the_data_readme_speaks_of(root: Path) -> None:
    said = (root / "data" / "README.md").read_text("utf-8")
    for name in ("borders.geojson", "border_scales.yaml"):
        digest = hashlib.sha256((root / "data" / name).read_bytes()).hexdigest()
        assert f"{digest}  {name}" in said


def test_the_data_readme_speaks_of_every_file(root: Path) -> None:
    said = (root / "data" / "README.md").read_text("utf-8")
    for path in sorted(set((root / "data").iterdir()) - {root / "data" / "README.md"}):
        assert path.name in said or f"`{path.stem}`" in said, path.name
