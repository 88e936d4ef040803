from __future__ import annotations

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
    for name in ("lesson", "start", "page", "cards", "words", "check"):
        first = (root / "data" / f"{name}.yaml").read_text("utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=schema/")
        assert (root / "data" / first.partition("=")[2]).is_file()
