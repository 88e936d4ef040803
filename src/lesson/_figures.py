"""Figures of this package: making one with room for its notes, and saving it."""

import io
import math
from typing import TYPE_CHECKING, Literal

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["figure_bytes", "map_axes"]


def map_axes(width: float = 8, height: float = 6.5, dpi: float = 110) -> "Axes":
    """Make a figure with one Axes, with room below for the source line.

    Parameters
    ----------
    width, height : float
        Inches.
    dpi : float
        Pixels per inch on the screen.

    Returns
    -------
    matplotlib.axes.Axes
    """
    figure = Figure(figsize=(width, height), dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    lines = math.ceil(28 / (width - 0.57))  # what the source line takes at this width
    bottom, top = (0.34 + 0.135 * lines) / height, 0.36 / height
    return figure.add_axes((0.45 / width, bottom, 1 - 0.57 / width, 1 - bottom - top))


def figure_bytes(figure: Figure, kind: Literal["png", "svg"] = "png", dpi: float = 200) -> bytes:
    """Save a figure; the same figure gives the same bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    kind : {"png", "svg"}
    dpi : float
        Pixels per inch of a PNG; 200 is enough for print and for 200 % zoom.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If the kind is neither.
    """
    if kind not in ("png", "svg"):
        raise ValueError(f"A figure cannot be saved as {kind!r}; choose 'png' or 'svg'.")
    # Matplotlib writes the date into an SVG and its version into a PNG, and salts ids at random.
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    out = io.BytesIO()
    with rc_context({"svg.hashsalt": "lesson"}):
        figure.savefig(out, format=kind, dpi=dpi, facecolor="white", metadata=metadata)
    return out.getvalue()
