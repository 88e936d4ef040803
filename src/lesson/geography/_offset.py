"""The numerical part of `borders`: the nearest point, and a country grown by a distance."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .geo import WGS84, Point
from .plane import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Outline"]

# Degrees; at most 3 km. A piece is straight in degrees, and bent by less than a meter on a plane.
_PIECE = 0.027
# Corners of a grown outline are at most this far apart, as a share of its distance. A chord
# across an arc of radius d misses it by (0.06 d)² / 8 d, that is by 0.045 % of d.
_CORNER_SPACING = 0.06
# Share of the distance by which the border may be coarsened before the first, flat buffer.
_COARSENESS = 0.015
# The nearest border point on the plane is not quite that on the ground, but nearly so after two
# rounds; the third is for corners equally far from two stretches of border.
_ROUNDS = 3
# Square degrees; about 1 km².
_SPECK = 0.0001


class Outline:
    """A country's border, ready for many questions; what was asked before is remembered.

    Parameters
    ----------
    area : shapely geometry
        Polygon or MultiPolygon in degrees, longitude first.
    """

    def __init__(self, area: Any) -> None:
        self.area = area
        self._border = shapely.segmentize(area.boundary, _PIECE)
        middle = area.envelope.centroid
        self._plane = Plane(Point(middle.y, middle.x))
        self.nearest = lru_cache(maxsize=256)(self._nearest)
        self.grown = lru_cache(maxsize=256)(self._grown)

    def _nearest(self, point: Point) -> Point:
        """Find the point of the border nearest to a point, on the plane about the point."""
        plane = Plane(point)
        border = shapely.transform(self._border, plane.project)
        _, foot = shapely.get_coordinates(shapely.shortest_line(shapely.Point(0, 0), border))
        return plane.point(*foot)

    def _grown(self, km: float) -> Any:
        """Give the country and all land and sea within `km` of it, in degrees.

        The country is buffered on the plane about its middle, which is right to better than
        1 % for a country of this size; then every corner is moved along the geodesic from its
        nearest border point to exactly `km` from it.
        """
        if km == 0:
            return self.area
        # Detail this fine does not show at this distance, and buffering it costs most.
        coarse = shapely.simplify(self._flat, max(km * _COARSENESS, 0.6))
        grown = shapely.buffer(coarse, km, quad_segs=8)
        grown = shapely.segmentize(grown, max(km * _CORNER_SPACING, 2))
        moved = shapely.make_valid(shapely.transform(grown, lambda xy: self._moved(xy, km)))
        # Where two stretches of border are equally far, corners may cross by metres and
        # make_valid leaves specks; a real part of the area is never so small.
        parts = [part for part in shapely.get_parts(moved) if part.area > _SPECK]
        return shapely.union_all(parts)

    def _moved(self, xy: NDArray[np.float64], km: float) -> NDArray[np.float64]:
        """Move corners on the plane to `km` from the border; give them in degrees."""
        metres = np.full(len(xy), km * 1000)
        for _ in range(_ROUNDS):
            ways = shapely.shortest_line(self._flat_border, shapely.points(xy))
            feet = shapely.get_coordinates(ways)[::2]  # each way begins on the border
            foot_lon, foot_lat = self._plane.unproject(feet).T.copy()
            lon, lat = self._plane.unproject(xy).T.copy()
            azimuth, _, _ = WGS84.inv(foot_lon, foot_lat, lon, lat)
            lon, lat, _ = WGS84.fwd(foot_lon, foot_lat, azimuth, metres)
            xy = self._plane.project(np.column_stack([lon, lat]))
        return self._plane.unproject(xy)

    @cached_property
    def _flat(self) -> Any:
        return shapely.transform(self.area, self._plane.project)

    @cached_property
    def _flat_border(self) -> Any:
        border = shapely.transform(self._border, self._plane.project)
        shapely.prepare(border)
        return border
