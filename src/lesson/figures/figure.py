"""A drawn figure as a page shows it: a picture with its description, and a twin in text."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure

__all__ = ["Picture", "Table", "as_text", "figure_bytes", "table_html"]

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
        return as_text(self.sentence, self.header, self.rows)

    def _repr_html_(self) -> str:
        return (
            f"{self.image()}<details><summary>The same as a table</summary>"
            f"{table_html(self.header, self.rows)}</details>"
        )

    def data(self, resolution: float = RESOLUTION) -> str:
        """Give the drawn figure as a page holds it: a PNG in base 64.

        Parameters
        ----------
        resolution
            Dots per inch.

        Returns
        -------
        str
        """
        return base64.b64encode(figure_bytes(self.figure, "png", resolution)).decode("ascii")

    def image(self) -> str:
        """Give the picture as HTML, with its sentence as its description and below it."""
        said = escape(self.sentence)
        return (
            f'<img src="data:image/png;base64,{self.data()}" alt="{said}" '
            f'style="max-width: 100%"><p>{said}</p>'
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what it shows in one sentence.

    Parameters
    ----------
    sentence
        What it shows.
    header, rows
        Its cells.
    """

    sentence: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        """Give the sentence and the table as text."""
        return as_text(self.sentence, self.header, self.rows)

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>{table_html(self.header, self.rows)}"


def table_html(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table as HTML, everything in it escaped.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        Cells, row by row.

    Returns
    -------
    str
    """
    # JupyterLab sets cells flush right, which makes sentences hard to read.
    look = 'style="text-align:left;vertical-align:top"'
    head = "".join(f'<th scope="col" {look}>{escape(cell)}</th>' for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td {look}>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def as_text(sentence: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a sentence and a table as plain text.

    Parameters
    ----------
    sentence
        What the table shows.
    header, rows
        Its cells.

    Returns
    -------
    str
        The sentence, then a line for each row.

    Examples
    --------
    >>> print(as_text("One town.", ("Town", "Distance"), [("Paris", "5 km")]))
    One town.
    Town | Distance
    Paris | 5 km
    """
    return "\n".join((sentence, *(" | ".join(row) for row in (header, *rows))))


def figure_bytes(
    figure: Figure, kind: Literal["png", "svg"] = "png", resolution: float = 200
) -> bytes:
    """Save a figure, on white so that it reads in a dark theme too.

    The same figure gives the same bytes.

    Parameters
    ----------
    figure
        The matplotlib figure.
    kind
        ``"png"`` or ``"svg"``.
    resolution
        Dots per inch of a PNG; 200 is enough for print and for 200 % zoom.

    Returns
    -------
    bytes
        The content of a file.
    """
    from matplotlib import rc_context  # noqa: PLC0415  # keeps `import lesson` light

    # Matplotlib writes the date into an SVG and its version into a PNG, and salts ids at random.
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    out = io.BytesIO()
    with rc_context({"svg.hashsalt": "lesson"}):
        figure.savefig(out, format=kind, dpi=resolution, facecolor="white", metadata=metadata)
    return out.getvalue()
