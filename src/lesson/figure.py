"""A drawn figure as a page shows it: a picture with its description, and a twin in text."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Picture", "png"]

RESOLUTION = 110
"""Dots per inch: 8 inches fill a notebook's column, and twice the size is still sharp enough."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, what it shows in one sentence, and the same content as a table.

    JupyterLab shows no alternative text that is given as metadata, so the picture is an HTML
    image element with its own.

    Parameters
    ----------
    figure
        The matplotlib figure.
    sentence
        What it shows; the alternative text of the picture.
    header, rows
        The same content as a table.
    """

    figure: Figure
    sentence: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        """Give the sentence and the table as text."""
        lines = (" | ".join(row) for row in (self.header, *self.rows))
        return "\n".join((self.sentence, *lines))

    def _repr_html_(self) -> str:
        data = base64.b64encode(png(self.figure)).decode("ascii")
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.header)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f'<img src="data:image/png;base64,{data}" alt="{escape(self.sentence)}" '
            'style="max-width: 100%">'
            f"<p>{escape(self.sentence)}</p>"
            "<details><summary>The same as a table</summary>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
        )


def png(figure: Figure) -> bytes:
    """Draw a figure as PNG, on white so that it reads in a dark theme too."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=RESOLUTION, facecolor="white")
    return buffer.getvalue()
