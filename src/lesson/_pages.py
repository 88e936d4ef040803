"""What all HTML pages share that are made to be read without the lesson: printed or handed in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

if TYPE_CHECKING:
    from .figures.figure import Picture

__all__ = ["embedded", "template"]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> jinja2.Template:
    """Give the template of a page; it escapes whatever is put into it."""
    return _environment().get_template(name)


def embedded(picture: Picture, resolution: float) -> dict[str, Any]:
    """Give a figure as a page takes it: its bytes in the page, its sentence and its table.

    Parameters
    ----------
    picture
        The figure with its text.
    resolution
        Dots per inch.
    """
    return {
        "data": picture.data(resolution),
        "sentence": picture.sentence,
        "header": picture.header,
        "rows": picture.rows,
    }
