"""The colors are typed once."""

from __future__ import annotations

from pathlib import Path

import pytest

import lesson
from lesson.figures import _palette


@pytest.mark.parametrize("name", _palette.__all__)
def test_a_color_of_the_palette_is_typed_in_no_other_module(name: str) -> None:
    color = getattr(_palette, name)
    files = Path(lesson.__file__).parent.rglob("*.py")
    assert [file.name for file in files if color in file.read_text("utf-8")] == ["_palette.py"]
