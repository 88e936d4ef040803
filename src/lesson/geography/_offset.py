"""The numerical part of `borders`: nearest pieces, and a country grown by a distance."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from .geo import ellipsoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Outline"]

# WGS 84 semi-major axis (m) and inverse flattening: NIMA TR8350.2, table 3.1.
_AXIS_M = 6378137.0
_FLATTENING = 1 / 298.257223563
# Borders are cut into pieces of at most this length. The chord of 3 km of ground runs
# 0.2 m below it (length squared over eight Earth radii): nothing at our precision.
_PIECE_KM = 3.0
# Below this a straight line through the Earth puts points in the same order of distance
# as the ground does, to within 2 m; above it we compare geodesics.
_CHORD_LIMIT_KM = 600.0
# Corners of an offset line are at most this far apart, as a share of its distance. A chord
# across an arc of radius d misses it by (0.06 d)² / 8 d, that is by 0.045 % of d.
_CORNER_SPACING = 0.06
# Moving each corner along its own geodesic converges in two rounds; the third is for corners
# equally far from two stretches of border.
_ROUNDS = 3
# How many points are compared with the whole border in one step.
_ROWS = 32
# Share of the distance by which the border may be coarsened before the first, flat buffer.
_COARSENESS = 0.015
# Square degrees; about 1 km².
_SPECK = 0.0001


class Outline:
    """A country's border cut into short pieces, ready for many questions.

    Parameters
    ----------
    area : shapely geometry
        Polygon or MultiPolygon in degrees, longitude first.
    """

    def __init__(self, area: Any) -> None:
        import shapely  # noqa: PLC0415  # keeps `import lesson` light

        self.area = area
        starts, runs = [], []
        for line in shapely.get_rings(shapely.get_parts(area)):
            corners = shapely.get_coordinates(line)
            degrees = _divided(corners)
            starts.append(degrees[:-1])
            runs.append(np.diff(degrees, axis=0))
        #: Where each piece starts, and how far it goes: longitude and latitude in degrees.
        self.degrees = np.concatenate(starts)
        self.runs = np.concatenate(runs)
        self._start = _in_space(self.degrees)
        self._step = _in_space(self.degrees + self.runs) - self._start
        # A corner given twice makes a piece of no length, which may not divide by nought.
        self._length2 = np.maximum(np.einsum("ij,ij->i", self._step, self._step), 1e-18)
        # The middle of the country as origin keeps single precision good to a few metres.
        self._origin = self._start.mean(axis=0)
        near = (self._start - self._origin).astype(np.float32)
        # A fourth row, so that one product gives the bracket of `_corners_near`.
        self._rough = np.vstack([near.T, -0.5 * np.einsum("ij,ij->i", near, near)])
        self.grown = lru_cache(maxsize=256)(self._grown)

    def nearest(self, longitude: float, latitude: float) -> NDArray[np.float64]:
        """Find the point of the border nearest to one point; degrees, longitude first."""
        toward = _in_space(np.array([[longitude, latitude]])) - self._start
        along = np.clip(np.einsum("ij,ij->i", toward, self._step) / self._length2, 0, 1)
        gap = toward - along[:, None] * self._step
        square = np.einsum("ij,ij->i", gap, gap)
        best = int(np.argmin(square))
        if square[best] > _CHORD_LIMIT_KM**2:
            here = np.broadcast_to([longitude, latitude], self.degrees.shape)
            best = int(np.argmin(_inverse(here, self.degrees)[2]))
            along[best] = 0.0
        foot: NDArray[np.float64] = self.degrees[best] + along[best] * self.runs[best]
        return foot

    def _nearest_to_many(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Find the nearest border point of each of many: the nearest corner, then its pieces."""
        space = _in_space(points)
        corner = self._corners_near(space)
        # The pieces of a ring follow one another, so the piece before ends at this corner. At
        # the start of a ring it lies elsewhere; the corner then stands in for it, too far by
        # at most 1.5² / 2 d km.
        best = np.full(len(points), np.inf)
        feet = np.empty_like(points)
        for piece in (corner, corner - 1):
            toward = space - self._start[piece]
            step = self._step[piece]
            along = np.clip(np.einsum("ij,ij->i", toward, step) / self._length2[piece], 0, 1)
            gap = toward - along[:, None] * step
            square = np.einsum("ij,ij->i", gap, gap)
            foot = self.degrees[piece] + along[:, None] * self.runs[piece]
            better = square < best
            feet[better] = foot[better]
            best[better] = square[better]
        return feet

    def _corners_near(self, space: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the start of a piece that is nearest to each point, to a few metres."""
        ones = np.ones((len(space), 1))
        rough = np.hstack([space - self._origin, ones]).astype(np.float32)
        found = np.empty(len(space), dtype=np.intp)
        # A few rows at a time stay in the processor's cache: fifty times as fast as all at once.
        block = np.empty((_ROWS, len(self.degrees)), dtype=np.float32)
        for first in range(0, len(space), _ROWS):
            rows = rough[first : first + _ROWS]
            # |p - s|² = |p|² - 2 (p·s - |s|²/2): the nearest start has the greatest bracket.
            brackets = np.matmul(rows, self._rough, out=block[: len(rows)])
            brackets.argmax(axis=1, out=found[first : first + _ROWS])
        return found

    def _grown(self, km: float) -> Any:
        """Give the country and all land and sea within `km` of it, in degrees.

        The country is buffered in an azimuthal equidistant projection about its middle,
        which is right to better than 1 % for a country of this size; then every corner is
        moved along the geodesic from its nearest border point to exactly `km` from it.
        """
        import shapely  # noqa: PLC0415  # heavy, and not always needed

        if km == 0:
            return self.area
        metres = km * 1000
        # Detail this fine does not show at this distance, and buffering it costs most.
        coarse = shapely.simplify(self._flat, max(metres * _COARSENESS, 600))
        grown = shapely.buffer(coarse, metres, quad_segs=8)
        grown = shapely.segmentize(grown, max(metres * _CORNER_SPACING, 2000))
        moved = shapely.make_valid(shapely.transform(grown, lambda xy: self._moved(xy, km)))
        # Where two stretches of border are equally far, corners may cross by metres and
        # make_valid leaves specks; a real part of the area is never so small.
        parts = [part for part in shapely.get_parts(moved) if part.area > _SPECK]
        return shapely.union_all(parts)

    @cached_property
    def _flat(self) -> Any:
        import shapely  # noqa: PLC0415  # heavy, and not always needed

        return shapely.transform(self.area, self._to_plane)

    def _to_plane(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        middle = self.degrees.mean(axis=0)
        azimuth, _, metres = _inverse(np.broadcast_to(middle, degrees.shape), degrees)
        turn = np.radians(azimuth)
        return np.column_stack([metres * np.sin(turn), metres * np.cos(turn)])

    def _moved(self, plane: NDArray[np.float64], km: float) -> NDArray[np.float64]:
        middle = np.broadcast_to(self.degrees.mean(axis=0), plane.shape)
        azimuth = np.degrees(np.arctan2(plane[:, 0], plane[:, 1]))
        points = _forward(middle, azimuth, np.hypot(plane[:, 0], plane[:, 1]))
        for _ in range(_ROUNDS):
            feet = self._nearest_to_many(points)
            azimuth, _, _ = _inverse(feet, points)
            points = _forward(feet, azimuth, np.full(len(points), km * 1000))
        return points


def _divided(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut a line into pieces of at most `_PIECE_KM`, evenly between its corners."""
    metres = _inverse(corners[:-1], corners[1:])[2]
    counts = np.maximum(1, np.ceil(metres / (1000 * _PIECE_KM))).astype(int)
    first = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)) / np.repeat(
        counts, counts
    )
    cut = corners[first] + share[:, None] * (corners[first + 1] - corners[first])
    return np.concatenate([cut, corners[-1:]])


def _inverse(
    start: NDArray[np.float64], end: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Solve the inverse problem for rows of longitude and latitude (azimuths, metres)."""
    # pyproj wants each column as a row of memory of its own.
    lon1, lat1 = np.ascontiguousarray(start.T)
    lon2, lat2 = np.ascontiguousarray(end.T)
    azimuth, back, metres = ellipsoid().inv(lon1, lat1, lon2, lat2)
    return np.asarray(azimuth), np.asarray(back), np.asarray(metres)


def _forward(
    start: NDArray[np.float64], azimuth: NDArray[np.float64], metres: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Solve the direct problem: where a geodesic from each row ends."""
    lon, lat = np.ascontiguousarray(start.T)
    longitude, latitude, _ = ellipsoid().fwd(lon, lat, azimuth, metres)
    return np.column_stack([longitude, latitude])


def _in_space(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn longitude and latitude on the ellipsoid into x, y, z from Earth's centre, in km.

    The closed formula is in any textbook of geodesy, for example Hofmann-Wellenhof and
    others, "GPS: Theory and Practice", section 10.2.1, at height 0.
    """
    longitude, latitude = np.radians(degrees).T
    squared = _FLATTENING * (2 - _FLATTENING)  # the ellipse's eccentricity, squared
    normal = _AXIS_M / 1000 / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    return np.column_stack(
        [
            normal * np.cos(latitude) * np.cos(longitude),
            normal * np.cos(latitude) * np.sin(longitude),
            normal * (1 - squared) * np.sin(latitude),
        ]
    )
