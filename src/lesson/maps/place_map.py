"""The figure of the places a story names: a map of the region and a ladder of distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D

from ..errors import PlaceError
from ..geography import geo
from ..geography.geo import km_text
from ._base import BLUE, INK, VERMILLION, Projection, draw_base
from ._labels import HALO, Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..geography.between import PlaceDistances
    from ..geography.borders import BorderMap
    from ..geography.geo import Place, Region

__all__ = ["draw_places"]


def draw_places(
    figure: Figure,
    borders: BorderMap,
    measured: PlaceDistances,
    highlighted: Sequence[str],
    names: Sequence[Place] = (),
) -> tuple[Axes, Axes]:
    """Draw how far places lie from one another.

    Above stands a map of the region, centred on the first place that lies in it; an arrow
    points along the shortest path to each place off the map. Below, all distances stand
    as bars of one scale: what is too far for the map is compared there.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty one, about 8 by 9 inches.
    borders : BorderMap
    measured : PlaceDistances
    highlighted : sequence of str
        Countries to frame and tint.
    names : sequence of Place, optional
        Names of countries and where to write them.

    Returns
    -------
    (matplotlib.axes.Axes, matplotlib.axes.Axes)
        The map and the bars.

    Raises
    ------
    PlaceError
        If no place lies on the map.
    """
    near = [place for place in measured.places if borders.region.holds(place.point)]
    if not near:
        raise PlaceError("None of the places lies on this map; give at least one that does.")
    width, height = figure.get_size_inches()
    ladder_height = 0.27 * (len(measured.pairs) + (measured.compared_km is not None))
    foot = ladder_height + 1.95
    shape = (0.45 / width, foot / height, 1 - 0.57 / width, 1 - (foot + 0.36) / height)
    chart = figure.add_axes(shape)
    ladder = figure.add_axes((2.75 / width, 0.5 / height, 1 - 3.5 / width, ladder_height / height))
    projection = Projection(near[0])
    draw_base(chart, projection, borders, _view(borders, near, highlighted), highlighted)
    chart.set_title("Where the places lie", loc="left", fontsize=11, color=INK)
    _draw_map(chart, projection, measured, near, names)
    _draw_ladder(ladder, measured)
    return chart, ladder


def _draw_map(
    axes: Axes,
    projection: Projection,
    measured: PlaceDistances,
    near: list[Place],
    names: Sequence[Place],
) -> None:
    """Draw the places, the lines between them, and the arrows to those off the map."""
    labels = Labels(axes)
    at = {place.name: projection.xy(place.point) for place in measured.places}
    seen = {place.name for place in near}
    found: list[tuple[Any, str, Any]] = []
    for pair in measured.between:
        if pair.start in seen and pair.end in seen:
            start, end = (place.point for place in near if place.name in (pair.start, pair.end))
            line = projection.project(geo.path(start, end))
            found.append((line, km_text(pair.km), "-"))
        elif near[0].name in (pair.start, pair.end):
            other = pair.end if pair.start == near[0].name else pair.start
            edge = _to_edge(axes, at[other])
            line = np.linspace([0, 0], edge, 33)
            found.append((line, f"to {other}: {km_text(pair.km)}", "--"))
            axes.annotate(
                "",
                line[32],
                xytext=line[31],
                arrowprops={"arrowstyle": "-|>", "color": BLUE, "lw": 2, "mutation_scale": 16},
                zorder=4,
            )
    for place in near:
        labels.keep_clear_at(at[place.name], 6)
    for line, _, style in found:
        labels.keep_clear_along(line)
        axes.add_artist(Line2D(*line.T, color=BLUE, linestyle=style, linewidth=2, zorder=4))
    look: dict[str, Any] = {"zorder": 7, "path_effects": HALO, "weight": "bold"}
    for place in near:
        marker: dict[str, Any] = {"marker": "o", "markersize": 8, "color": INK, "zorder": 5}
        axes.add_artist(Line2D(*([v] for v in at[place.name]), linestyle="", **marker))
        labels.add(place.name, at[place.name], fontsize=10.5, color=INK, **look)
    for line, text, _ in found:
        labels.add(text, (line[16, 0], line[16, 1]), fontsize=9.5, color=BLUE, **look)
    for name in names:
        labels.add_country(name.name, projection.xy(name.point), zorder=3)


def _view(borders: BorderMap, near: list[Place], highlighted: Sequence[str]) -> Region:
    boxes = [borders.country(name).area.bounds for name in highlighted]
    boxes += [(p.point.longitude, p.point.latitude) * 2 for p in near]
    low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
    return geo.Region(low[0] - 0.3, low[1] - 0.3, high[2] + 0.3, high[3] + 0.3)


def _to_edge(axes: Axes, xy: tuple[float, float]) -> tuple[float, float]:
    """Shorten a line from the centre to a far point so that it ends at the map's edge."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    shares = [(right if xy[0] > 0 else left) / xy[0]] if xy[0] else []
    shares += [(top if xy[1] > 0 else bottom) / xy[1]] if xy[1] else []
    share = 0.99 * min([1.0, *shares])
    return xy[0] * share, xy[1] * share


def _draw_ladder(axes: Axes, measured: PlaceDistances) -> None:
    rows = [(f"{pair.start} to {pair.end}", pair.km, BLUE, "") for pair in measured.pairs]
    if measured.compared_km is not None:
        rows.append((measured.compared_label, measured.compared_km, VERMILLION, "////"))
        rows.sort(key=lambda row: -row[1])
    for row, (_, km, colour, hatch) in enumerate(rows):
        axes.barh(
            row, km, height=0.62, color="white" if hatch else colour, edgecolor=colour, hatch=hatch
        )
        axes.annotate(
            km_text(km),
            (km, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=INK,
        )
    axes.set_yticks(range(len(rows)), [row[0] for row in rows], fontsize=9, color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max(row[1] for row in rows) * 1.02)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel("kilometers along the ground (geodesics on WGS 84)", fontsize=9, color=INK)
    axes.set_title("How far apart they are, all on one scale", loc="left", fontsize=11, color=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
