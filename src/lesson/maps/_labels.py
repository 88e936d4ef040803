"""Labels on a map that do not cover one another: simple greedy placement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.lines import Line2D

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend
    from matplotlib.text import Text
    from numpy.typing import NDArray

__all__ = ["HALO", "Box", "Labels", "clear_corner", "place_label"]

# A white rim keeps letters legible over lines and hatching.
HALO = (patheffects.withStroke(linewidth=2.6, foreground="white"),)

# Right first, as cartographers advise (E. Imhof, "Positioning names on maps", 1975), then
# left, above and below, then the corners.
_DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


class Box(NamedTuple):
    """An upright rectangle, in pixels from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Give the area shared with another box.

        Examples
        --------
        >>> Box(0, 0, 2, 2).overlap(Box(1, 1, 5, 5))
        1
        """
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0

    @property
    def area(self) -> float:
        """Give its area."""
        return (self.right - self.left) * (self.top - self.bottom)


def place_label(
    anchor: tuple[float, float],
    size: tuple[float, float],
    taken: Sequence[Box],
    frame: Box,
    gaps: Iterable[float] = (6, 12, 20, 30),
) -> Box:
    """Find room for a label beside a point.

    The nearest of the free positions wins; if none is free, the one that covers least.

    Parameters
    ----------
    anchor : (float, float)
        The point, in pixels.
    size : (float, float)
        Width and height of the label, in pixels.
    taken : sequence of Box
        What may not be covered.
    frame : Box
        What the label must stay inside.
    gaps : iterable of float
        Distances from the point to try, in pixels; at least one.

    Returns
    -------
    Box

    Examples
    --------
    >>> frame = Box(0, 0, 100, 100)
    >>> place_label((50, 50), (20, 10), [], frame)
    Box(left=56.0, bottom=45.0, right=76.0, top=55.0)
    >>> place_label((50, 50), (20, 10), [Box(55, 0, 100, 100)], frame)
    Box(left=24.0, bottom=45.0, right=44.0, top=55.0)
    """
    width, height = size
    least = np.inf
    for gap in gaps:
        for east, north in _DIRECTIONS:
            shift = gap * 0.75 if east and north else gap  # corners are farther off
            left = anchor[0] + east * shift + (east - 1) * width / 2
            bottom = anchor[1] + north * shift + (north - 1) * height / 2
            box = Box(left, bottom, left + width, bottom + height)
            covered = sum(box.overlap(other) for other in taken)
            covered += box.area - box.overlap(frame)
            if covered <= 0:
                return box
            if covered < least:
                best, least = box, covered
    return best


def clear_corner(legend: Legend, points: NDArray[np.float64]) -> None:
    """Move a legend to the first corner where it covers none of some points.

    Parameters
    ----------
    legend : matplotlib.legend.Legend
        On axes with their final limits. It stays in the last corner tried if none is clear.
    points : ndarray of shape (n, 2)
        In pixels from the lower left.
    """
    for corner in ("upper right", "upper left", "lower left"):  # lower right has the scale bar
        legend.set_loc(corner)
        if not legend.get_window_extent().padded(14).count_contains(points):
            return


class Labels:
    """Sets labels on a map one after another, each where it covers nothing set before.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its final limits.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._to_pixels = axes.transData
        self._frame = Box(*axes.get_window_extent().extents)
        self._point = axes.figure.dpi / 72
        self.taken: list[Box] = []
        self.drawn: list[Artist] = []
        for artist in axes.get_children():
            if artist.get_gid() == "scale bar":
                self.keep_clear(artist.get_window_extent())

    def keep_clear(self, box: Any, pad: float = 2) -> None:
        """Keep labels off a box in pixels (a matplotlib Bbox)."""
        left, bottom, right, top = box.extents
        self.taken.append(Box(left - pad, bottom - pad, right + pad, top + pad))

    def keep_clear_at(self, xy: tuple[float, float], size: float = 4) -> None:
        """Keep labels off a marker; size in points from its middle."""
        x, y = self._to_pixels.transform(xy)
        reach = size * self._point
        self.taken.append(Box(x - reach, y - reach, x + reach, y + reach))

    def keep_clear_along(self, line: NDArray[np.float64]) -> None:
        """Keep labels off a line, as a row of small boxes.

        Parameters
        ----------
        line : ndarray of shape (n, 2)
            Its corners on the map's plane, in kilometers.
        """
        pixels = self._to_pixels.transform(line)
        length = float(np.hypot(*np.diff(pixels, axis=0).T).sum())
        share = np.linspace(0, len(pixels) - 1, max(2, int(length / 6)))
        whole = np.arange(len(pixels))
        for x, y in zip(
            np.interp(share, whole, pixels[:, 0]),
            np.interp(share, whole, pixels[:, 1]),
            strict=True,
        ):
            self.taken.append(Box(x - 2, y - 2, x + 2, y + 2))

    def add(
        self,
        text: str,
        xy: tuple[float, float],
        *,
        gaps: Sequence[float] = (5, 9, 14, 20, 28),
        optional: bool = False,
        **style: Any,
    ) -> Text | None:
        """Set a label near a point; leave out an optional one that finds no room.

        Parameters
        ----------
        text : str
        xy : (float, float)
            The point, in the coordinates of the axes.
        gaps : sequence of float
            Distances from the point to try, in typographic points.
        optional : bool
            Whether it may be left out.
        **style
            What `matplotlib.axes.Axes.text` takes.

        Returns
        -------
        matplotlib.text.Text or None
            None if it was left out.
        """
        label = self._axes.text(*xy, text, ha="left", va="bottom", clip_on=True, **style)
        extent = label.get_window_extent()
        anchor = self._to_pixels.transform(xy)
        box = place_label(
            (anchor[0], anchor[1]),
            (extent.width + 2, extent.height + 2),
            self.taken,
            self._frame,
            [gap * self._point for gap in gaps],
        )
        if optional and any(box.overlap(other) for other in self.taken):
            label.remove()
            return None
        # The text's own extent need not start at its anchor: shift by the difference.
        corner = (
            anchor[0] + box.left + 1 - extent.x0,
            anchor[1] + box.bottom + 1 - extent.y0,
        )
        x, y = self._to_pixels.inverted().transform(corner)
        label.set_position((float(x), float(y)))
        self.taken.append(box)
        self.drawn.append(label)
        if not optional:
            self._lead(anchor, box)
        return label

    def _lead(self, anchor: NDArray[np.float64], box: Box) -> None:
        """Lead a thin line from a point to a label that stands far from it."""
        end = np.clip(anchor, (box.left, box.bottom), (box.right, box.top))
        if np.hypot(*(end - anchor)) < 12 * self._point:
            return
        line = Line2D(*self._to_pixels.inverted().transform([anchor, end]).T)
        line.set(color="#5a5a5a", linewidth=0.8, zorder=4.8)
        self._axes.add_artist(line)
        self.drawn.append(line)

    def add_country(self, name: str, xy: tuple[float, float], **style: Any) -> None:
        """Set the name of a country where there is room, or leave it out."""
        look: dict[str, Any] = {"fontsize": 9, "color": "#5a5a5a", "path_effects": HALO, **style}
        self.add(name.upper(), xy, gaps=(0, 10, 20, 35), optional=True, **look)
