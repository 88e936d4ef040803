"""The map of distances, drawn on a matplotlib Axes from numbers measured beforehand.

It takes the frozen result of `lesson.geography.distances.measure`, whose sentence and table hold
the same numbers. The figure has an opaque light ground of its own, so it reads the same on a dark
page.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from PIL import Image

from ..geography import geo
from ..geography.geo import km_text
from ._base import (
    BORDER_STYLES,
    INK,
    LETTERS,
    VERMILLION,
    Projection,
    draw_base,
    path_of,
    with_points,
)
from ._labels import HALO, Labels, clear_corner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..geography.borders import BorderMap
    from ..geography.distances import Distances
    from ..geography.geo import Place, Point, Region

__all__ = ["DistanceMap"]


class DistanceMap:
    """A map of one place, its distances to borders, and the line at a chosen distance.

    The ground (land, borders, graticule, notes) is drawn once for a place; `update` with
    the same place redraws only what a slider changes.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        What to draw on; see `_base.map_axes`.
    borders : BorderMap
    measured : Distances
        What to show.
    view : Region
        What is visible at least, in degrees; the place and its nearest border points are too.
    names : sequence of Place, optional
        Names to write on the map where there is room, such as those of countries.
    """

    def __init__(
        self,
        axes: Axes,
        borders: BorderMap,
        measured: Distances,
        view: Region,
        names: Sequence[Place] = (),
    ) -> None:
        self.axes = axes
        self.borders = borders
        self.names = tuple(names)
        self.view = view
        self.measured = measured
        # Typed as Any: matplotlib's canvases carry few annotations.
        self._canvas: Any = self.figure.canvas
        self._ground: Any = None
        self._changing: list[Artist] = []
        self._on_top: list[Artist] = []
        self._draw()

    @property
    def figure(self) -> Figure:
        """The figure that the map stands on."""
        # Axes that stand on no figure cannot have been given.
        return cast("Figure", self.axes.get_figure(root=True))

    def update(self, measured: Distances) -> None:
        """Show other numbers; the whole map is drawn anew only if the place changed.

        Parameters
        ----------
        measured : Distances
            Made with the same borders.
        """
        old, self.measured = self.measured, measured
        if old.here.place == measured.here.place and len(old.towns) == len(measured.towns):
            self._set_line()
        else:
            self._draw()

    def png(self) -> bytes:
        """Draw the map quickly, at the figure's own size, as PNG.

        Returns
        -------
        bytes
        """
        canvas = self._canvas
        if self._ground is None:
            canvas.draw()  # leaves out what is marked as animated
            self._ground = canvas.copy_from_bbox(self.axes.figure.bbox)
            # Letters with a rim cost most; those that never change are drawn once.
            canvas.get_renderer().clear()
            self._over = self._drawn(self._on_top)
        canvas.restore_region(self._ground)
        image = self._drawn(self._changing).convert("RGB")
        image.paste(self._over, mask=self._over)
        out = io.BytesIO()
        # Fast compression: the picture goes a short way and is soon replaced.
        image.save(out, "png", compress_level=1)
        return out.getvalue()

    def _drawn(self, artists: list[Artist]) -> Image.Image:
        """Draw artists over what is on the canvas."""
        for artist in sorted(artists, key=lambda item: float(item.get_zorder())):
            self.axes.draw_artist(artist)
        return Image.fromarray(np.array(self._canvas.buffer_rgba()))

    def point_at(self, right: float, down: float) -> Point | None:
        """Find the point on Earth under a pointer.

        Parameters
        ----------
        right, down : float
            Share of the picture's width from its left edge, and of its height from its top.

        Returns
        -------
        Point or None
            None beside the map.
        """
        inside = self.axes.transAxes.inverted()
        width, height = self.axes.figure.bbox.size
        pixels = (right * width, (1 - down) * height)
        if not all(0 <= share <= 1 for share in inside.transform(pixels)):
            return None
        x, y = self.axes.transData.inverted().transform(pixels)
        return self.projection.point(float(x), float(y))

    def _draw(self) -> None:
        """Draw everything for a new place."""
        axes, measured = self.axes, self.measured
        self._ground = None
        self._changing, self._on_top = [], []
        self.projection = Projection(measured.here.place)
        here = measured.here
        view = with_points(self.view, [here.place.point, *(n.nearest for n in here.borders)])
        draw_base(axes, self.projection, self.borders, view, measured.countries)
        self._band = self._keep(PathPatch(Path(np.empty((0, 2))), gid="band", zorder=3))
        self._band.set(facecolor=(0.9, 0.6, 0, 0.3), edgecolor="#b06a00", linewidth=0, hatch="////")
        self._line = self._keep(PathPatch(Path(np.empty((0, 2))), gid="line", zorder=3.2))
        self._line.set(fill=False, edgecolor=VERMILLION, linewidth=2)
        self._title = axes.set_title("", loc="left", fontsize=11, color=INK, animated=True)
        self._changing.append(self._title)
        for bar in axes.get_children():
            if bar.get_gid() == "scale bar":  # else the band would cover it
                self._on_top.append(bar)
        self._draw_legend()
        self._draw_ways()
        self._set_line()

    def _keep(self, artist: Any) -> Any:
        artist.set_animated(True)
        self.axes.add_artist(artist)
        artist.set_clip_path(self.axes.patch)
        self._changing.append(artist)
        return artist

    def _draw_ways(self) -> None:
        """Draw the shortest ways to the borders, the towns, and all labels."""
        measured, xy = self.measured, self.projection.xy
        labels = Labels(self.axes)
        here, towns = xy(measured.here.place.point), [xy(t.place.point) for t in measured.towns]
        lines = [
            self.projection.project(geo.path(measured.here.place.point, near.nearest))
            for near in measured.here.borders
        ]
        points = np.concatenate([np.array([here, *towns]), *lines])
        clear_corner(self._legend, self.axes.transData.transform(points))
        labels.keep_clear(self._legend.get_window_extent())
        for at in towns:
            labels.keep_clear_at(at)
        labels.keep_clear_at(here, 7)
        ways = []
        for order, (near, line) in enumerate(zip(measured.here.borders, lines, strict=True)):
            labels.keep_clear_along(line)
            colour, style = BORDER_STYLES[order % 4]
            way = Line2D(*line.T, color=colour, linestyle=style, linewidth=2.4, zorder=4)
            way.set_gid(f"way to {near.country}")
            self._keep(way)
            ways.append((near, line, LETTERS.get(colour, colour)))
        self._towns = []
        for place, size in [(t.place, 7) for t in measured.towns] + [(measured.here.place, 14)]:
            marker = Line2D(*([v] for v in xy(place.point)), linestyle="", markersize=size)
            marker.set(marker="o" if size == 7 else "*", markeredgecolor=INK, zorder=5)
            marker.set_gid(place.name)
            self._towns.append(self._keep(marker))
        bold: dict[str, Any] = {"weight": "bold", "zorder": 7, "path_effects": HALO}
        labels.add(measured.here.place.name, here, gaps=(8, 12, 18), fontsize=11, color=INK, **bold)
        for near, line, colour in ways:
            middle = (float(line[16, 0]), float(line[16, 1]))
            labels.add(km_text(near.km), middle, fontsize=10, color=colour, **bold)
        for town in measured.towns:
            if town.place != measured.here.place:
                at = xy(town.place.point)
                labels.add(town.place.name, at, fontsize=9, color=INK, zorder=7, path_effects=HALO)
        for name, at in self._country_names().items():
            labels.add_country(name, at, zorder=4.5)
        self._on_top += [*labels.drawn, self._legend]
        for artist in self._on_top:
            artist.set_animated(True)

    def _country_names(self) -> dict[str, tuple[float, float]]:
        """Say where to write names: where asked, or in the middle of what is visible."""
        (left, right), (bottom, top) = self.axes.get_xlim(), self.axes.get_ylim()
        asked = {place.name: self.projection.xy(place.point) for place in self.names}
        names = {}
        for name in dict.fromkeys([*asked, *self.measured.countries]):
            x, y = asked.get(name, (np.inf, np.inf))
            if left < x < right and bottom < y < top:
                names[name] = (x, y)
            elif name in self.borders.countries:
                shape = shapely.transform(self.borders.country(name).area, self.projection.project)
                seen = shapely.clip_by_rect(shape, left, bottom, right, top)
                # A name does not fit on a sliver, and would slip onto the neighbour.
                if seen.area > 0.02 * (right - left) * (top - bottom):
                    middle = seen.representative_point()
                    names[name] = (middle.x, middle.y)
        return names

    def _draw_legend(self) -> None:
        countries = self.measured.countries
        kinds: dict[str, Any] = {"linestyle": "", "marker": "o", "markeredgecolor": INK}
        handles = [
            Line2D([], [], linestyle="", marker="*", markersize=12, color="black"),
            Line2D([], [], color=VERMILLION, linewidth=2),
            PathPatch(Path(np.empty((0, 2))), hatch="////"),
            Line2D([], [], markerfacecolor=VERMILLION, **kinds),
            Line2D([], [], markerfacecolor="white", **kinds),
        ]
        handles[2].update_from(self._band)
        words = [
            "the place in question",
            f"chosen distance from {countries[0]}",
            "within the tolerance",
            "a town that fits (distance, direction)",
            "a town that does not",
        ]
        for order, country in enumerate(countries):
            colour, style = BORDER_STYLES[order % 4]
            handles.append(Line2D([], [], color=colour, linestyle=style, linewidth=2.4))
            words.append(f"shortest way to {country}")
        self._legend = self.axes.legend(
            handles,
            words,
            fontsize=8,
            framealpha=1,
            fancybox=False,
            handlelength=2.6,
        )
        self._legend.set_zorder(8)

    def _set_line(self) -> None:
        """Set what depends on the chosen distance and tolerance."""
        measured = self.measured
        border = self.borders.country(measured.countries[0])
        far = measured.target_km + measured.tolerance_km
        band = border.band(measured.target_km - measured.tolerance_km, far)
        self._band.set_path(path_of(band, self.projection))
        line = border.line_at_distance(measured.target_km)
        self._line.set_path(path_of(line, self.projection))
        self._title.set_text(measured.title)
        fits = [*(town.fits for town in measured.towns), measured.here.fits]
        for marker, fit in zip(self._towns, fits, strict=True):
            plain = "black" if marker.get_marker() == "*" else "white"
            marker.set_markerfacecolor(VERMILLION if fit and plain == "white" else plain)
