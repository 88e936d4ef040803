"""What every map of this package shares: projection, land, graticule, scale bar, source line."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..geography.geo import Region
from ..geography.plane import Plane
from ._labels import HALO, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ..geography.borders import BorderMap
    from ..geography.geo import Place, Point

__all__ = [
    "BLUE",
    "BORDER_STYLES",
    "GREEN",
    "INK",
    "LETTERS",
    "VERMILLION",
    "Projection",
    "draw_base",
    "map_axes",
    "path_of",
    "with_points",
]

# Okabe and Ito, "Color universal design" (2008): eight colours that readers with any kind of
# colour vision can tell apart. Every pair here differs in line or shape as well.
BLUE, GREEN, VERMILLION = "#0072B2", "#009E73", "#D55E00"
# Letters need more contrast than lines (WCAG 2.2: 4.5 to 1, not 3 to 1).
LETTERS = {GREEN: "#00684c"}
INK, SOFT_INK = "#222222", "#5a5a5a"
SEA, LAND, NOTHING = "#dfeaf2", "#f8f6f0", "#c9c9c9"
TINTS = ("#fdf0cf", "#dff1ea", "#f5e6ef", "#e6eefa")
BORDER_STYLES: tuple[tuple[str, Any], ...] = (
    (BLUE, "-"),
    (GREEN, (0, (5, 2))),
    ("#8a4f77", (0, (1, 1.5))),
    (INK, "-."),
)


def map_axes(width: float, height: float, dpi: float) -> Axes:
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


class Projection(Plane):
    """The plane of a map, which names itself.

    Parameters
    ----------
    centre : Place
    """

    def __init__(self, centre: Place) -> None:
        super().__init__(centre.point)
        self.centre = centre

    @property
    def text(self) -> str:
        """Name the projection, as a map must."""
        return (
            f"Azimuthal equidistant projection centered on {self.centre.name} "
            f"({self.centre.point}), WGS 84: true distances from there."
        )


def with_points(view: Region, points: Sequence[Point]) -> Region:
    """Widen a view (degrees) so that points lie in it, with a little room around them."""
    room = 0.3  # degrees
    return Region(
        min([view.west, *(point.longitude - room for point in points)]),
        min([view.south, *(point.latitude - room for point in points)]),
        max([view.east, *(point.longitude + room for point in points)]),
        max([view.north, *(point.latitude + room for point in points)]),
    )


def path_of(area: Any, projection: Projection) -> Path:
    """Turn polygons or lines in degrees into a matplotlib path on the plane (kilometers)."""
    lines = [
        ring
        for part in shapely.get_parts(area)
        for ring in (shapely.get_rings(part) if part.geom_type == "Polygon" else [part])
    ]
    if not lines:
        return Path(np.empty((0, 2)))
    corners = projection.project(shapely.get_coordinates(lines))
    counts = shapely.get_num_coordinates(lines)
    codes = np.full(len(corners), Path.LINETO, dtype=Path.code_type)
    codes[np.concatenate([[0], np.cumsum(counts)[:-1]])] = Path.MOVETO
    return Path(corners, codes)


def draw_base(
    axes: Axes,
    projection: Projection,
    borders: BorderMap,
    view: Region,
    highlighted: Sequence[str],
) -> None:
    """Clear the axes and draw what does not change: land, borders, graticule, notes.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    projection : Projection
        From then on the axes have its coordinates, kilometers.
    borders : BorderMap
    view : Region
        What is visible at least, in degrees.
    highlighted : sequence of str
        Countries to frame and tint, each in a look of its own.
    """
    axes.clear()
    axes.set_facecolor(NOTHING)
    axes.set_aspect("equal", adjustable="datalim")
    axes.set_xticks([])
    axes.set_yticks([])
    # Beyond the frame of the border file there is neither land nor sea, only no data.
    known = shapely.segmentize(shapely.box(*borders.region), 0.5)
    axes.add_artist(PathPatch(path_of(known, projection), facecolor=SEA, linewidth=0, zorder=0.5))
    for name, border in borders.countries.items():
        order = highlighted.index(name) if name in highlighted else None
        colour, style = BORDER_STYLES[order % 4] if order is not None else ("#8c8c8c", "-")
        patch = PathPatch(
            path_of(border.area, projection),
            facecolor=LAND if order is None else TINTS[order % 4],
            edgecolor=colour,
            linewidth=0.6 if order is None else 1.6,
            linestyle=style,
            zorder=1 if order is None else 2 - order / 10,
            label=f"_{name}",
        )
        axes.add_artist(patch)  # not add_patch: that measures every corner to autoscale
    _set_view(axes, projection, view)
    _draw_graticule(axes, projection)
    _draw_scale_bar(axes)
    # At least 18 characters fit an inch at this size.
    width = int(axes.get_window_extent().width / axes.figure.dpi * 18)
    source = f"Borders: {borders.source or 'source not given'}. {borders.note}".strip()
    frame = _limits(axes)
    corners = [(x, y) for x in (frame.left, frame.right) for y in (frame.bottom, frame.top)]
    if not all(borders.region.holds(projection.point(*corner)) for corner in corners):
        source += " Grey lies outside the border file."
    lines = [*textwrap.wrap(projection.text, width), *textwrap.wrap(source, width)]
    axes.annotate(
        "\n".join(lines),
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -20),
        textcoords="offset points",
        va="top",
        fontsize=8,
        color=INK,
        annotation_clip=False,
        gid="source",
    )


def _set_view(axes: Axes, projection: Projection, view: Region) -> None:
    share = np.linspace(0, 1, 25)[:, None]
    corners = np.array(
        [
            [view.west, view.south],
            [view.east, view.south],
            [view.east, view.north],
            [view.west, view.north],
        ]
    )
    edge = [a + share * (b - a) for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)]
    plane = projection.project(np.concatenate(edge))
    low, high = plane.min(axis=0), plane.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    # Widen one side so that the map fills the Axes at one scale.
    box = axes.get_window_extent()
    scale = max(half[0] / box.width, half[1] / box.height)
    axes.set_xlim(middle[0] - box.width * scale, middle[0] + box.width * scale)
    axes.set_ylim(middle[1] - box.height * scale, middle[1] + box.height * scale)


def _limits(axes: Axes) -> Box:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return Box(left, bottom, right, top)


def _draw_graticule(axes: Axes, projection: Projection) -> None:
    """Draw meridians and parallels, and number them where they leave the map."""
    frame = _limits(axes)
    x, y = np.meshgrid(
        np.linspace(frame.left, frame.right, 12), np.linspace(frame.bottom, frame.top, 12)
    )
    seen = [projection.point(a, b) for a, b in zip(x.flat, y.flat, strict=True)]
    lats, lons = [p.latitude for p in seen], [p.longitude for p in seen]
    # At most seven parallels, and nine meridians for every five inches, or numbers collide.
    room = 1.8 * axes.get_window_extent().width / axes.figure.dpi
    step = next((s for s in (1, 2, 5, 10) if (max(lats) - min(lats)) / s <= 7), 20)
    east = next((s for s in (1, 2, 5, 10) if (max(lons) - min(lons)) / s <= room), 20)
    fine = np.linspace(0, 1, 60)
    lines = []
    for lon in np.arange(np.ceil(min(lons) / east), max(lons) / east) * east:
        lat = min(lats) + fine * (max(lats) - min(lats))
        line = projection.project(np.column_stack([np.full_like(lat, lon), lat]))
        lines.append(line)
        at = float(np.interp(frame.bottom, line[:, 1], line[:, 0]))
        if frame.left < at < frame.right and line[0, 1] <= frame.bottom + 1:
            _tick(axes, f"{abs(lon):g}° {'E' if lon >= 0 else 'W'}", (at, frame.bottom), (0, -3))
    for lat_ in np.arange(np.ceil(min(lats) / step), max(lats) / step) * step:
        lon = min(lons) + fine * (max(lons) - min(lons))
        line = projection.project(np.column_stack([lon, np.full_like(lon, lat_)]))
        lines.append(line)
        at = float(np.interp(frame.left, line[:, 0], line[:, 1]))
        if frame.bottom < at < frame.top:
            _tick(axes, f"{abs(lat_):g}° {'N' if lat_ >= 0 else 'S'}", (frame.left, at), (-3, 0))
    grid = LineCollection(lines, colors="#9aa7b0", linewidths=0.5, alpha=0.7, zorder=2.5)
    grid.set_gid("graticule")
    axes.add_collection(grid, autolim=False)


def _tick(axes: Axes, text: str, at: tuple[float, float], shift: tuple[int, int]) -> None:
    axes.annotate(
        text,
        at,
        xytext=shift,
        textcoords="offset points",
        ha="right" if shift[0] else "center",
        va="center" if shift[0] else "top",
        fontsize=8,
        color=SOFT_INK,
        annotation_clip=False,
        gid="graticule number",
    )


def _draw_scale_bar(axes: Axes) -> None:
    """Draw a bar of a round length in the lower right corner."""
    frame = _limits(axes)
    room = (frame.right - frame.left) / 5
    length = max(n * 10**k for k in range(4) for n in (1, 2, 5) if n * 10**k <= max(room, 1))
    tall = (frame.top - frame.bottom) / 90
    right = frame.right - (frame.right - frame.left) * 0.03
    bottom = frame.bottom + (frame.top - frame.bottom) * 0.03
    for part in range(2):
        bar = Rectangle(
            (right - length + part * length / 2, bottom),
            length / 2,
            tall,
            facecolor=INK if part == 0 else "white",
            edgecolor=INK,
            linewidth=0.8,
            zorder=6,
        )
        bar.set_gid("scale bar")
        axes.add_artist(bar)
    axes.annotate(
        f"{length:,} km",
        (right - length / 2, bottom + tall),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=8.5,
        color=INK,
        path_effects=HALO,
        zorder=6,
        gid="scale bar",
    )
