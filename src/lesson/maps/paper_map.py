"""The map for paper: borders, towns and a scale, and nothing that answers a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from matplotlib.lines import Line2D

from ..geography.geo import Place, Point
from ._base import INK, Projection, draw_base, map_axes, with_points
from ._labels import HALO, Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from ..geography.borders import BorderMap
    from ..geography.geo import Region

__all__ = ["draw_towns"]


def draw_towns(
    borders: BorderMap,
    towns: Sequence[Place],
    highlighted: Sequence[str],
    view: Region,
    names: Sequence[Place] = (),
) -> Figure:
    """Draw towns, all alike, among borders, for somebody with a ruler.

    The projection is centered on the middle of the view: within 500 km of it a line on the
    map is at most 0.1 % longer than on the ground, less than the width of a pencil.

    Parameters
    ----------
    borders : BorderMap
    towns : sequence of Place
    highlighted : sequence of str
        Countries to frame and tint.
    view : Region
        What is visible at least, in degrees.
    names : sequence of Place, optional
        Names of countries and where to write them.

    Returns
    -------
    matplotlib.figure.Figure
        As wide as the text on a page of paper.
    """
    axes = map_axes(7, 7.4, 150)
    view = with_points(view, [town.point for town in towns])
    middle = Point((view.south + view.north) / 2, (view.west + view.east) / 2)
    projection = Projection(Place("the middle of the map", middle))
    draw_base(axes, projection, borders, view, highlighted)
    axes.set_title("A map to measure on", loc="left", fontsize=11, color=INK)
    labels = Labels(axes)
    places = {town.name: projection.xy(town.point) for town in towns}
    for at in places.values():
        labels.keep_clear_at(at)
    for name, (x, y) in places.items():
        dot = Line2D([x], [y], linestyle="", marker="o", markersize=6, zorder=5)
        dot.set(markerfacecolor="white", markeredgecolor=INK, gid=name)
        axes.add_artist(dot)
        labels.add(name, (x, y), fontsize=10, color=INK, zorder=7, path_effects=HALO)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for country in names:
        x, y = projection.xy(country.point)
        if left < x < right and bottom < y < top:
            labels.add_country(country.name, (x, y), zorder=3)
    return cast("Figure", axes.figure)
