from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tools.make_schemas import SHAPES, schemas

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", SHAPES)
def test_the_schemas_that_editors_use_are_those_of_the_loader(name: str, root: Path) -> None:
    shipped = (root / "data" / "schema" / f"{name}.json").read_text("utf-8")
    assert shipped == schemas()[name], "run: python tools/make_schemas.py"


def test_every_file_of_the_key_names_a_schema_that_is_there(root: Path) -> None:
    files = sorted((root / "data").glob("*.yaml"))
    assert {"lesson.yaml", "places.yaml", "border_scales.yaml"} <= {file.name for file in files}
    for file in files:
        first = file.read_text("utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=schema/"), file.name
        assert (file.parent / first.partition("=")[2]).is_file(), file.name


def test_an_editor_sees_a_latitude_that_no_place_has() -> None:
    degrees = json.loads(schemas()["places"])["$defs"]["Degrees"]["properties"]
    assert (degrees["latitude"]["minimum"], degrees["latitude"]["maximum"]) == (-90, 90)
    assert (degrees["longitude"]["minimum"], degrees["longitude"]["maximum"]) == (-180, 180)
