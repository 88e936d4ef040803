"""Places on Earth, and how far and in which direction one lies from another.

Every distance is a geodesic, the shortest path along the ground, on the WGS 84
ellipsoid. pyproj computes it by Karney's method (C. F. F. Karney, "Algorithms for
geodesics", Journal of Geodesy 87, 2013), whose error is far below a millimeter.

Units: latitude and longitude in degrees (north and east positive), distances in
kilometers, bearings in degrees clockwise from north.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pyproj import Geod

from ..errors import PlaceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "WGS84",
    "Place",
    "Point",
    "Region",
    "bearing",
    "compass",
    "distance_km",
    "km_text",
    "path",
    "point_in",
]

WGS84 = Geod(ellps="WGS84")
"""The ellipsoid on which everything is measured."""

_COMPASS = (
    *("north", "north-east", "east", "south-east"),
    *("south", "south-west", "west", "north-west"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point on Earth.

    Parameters
    ----------
    latitude : float
        Degrees north of the equator, from -90 to 90.
    longitude : float
        Degrees east of Greenwich, from -180 to 180.

    Raises
    ------
    PlaceError
        If a number is not finite or out of range.

    Examples
    --------
    >>> Point(48.86, 2.35)
    Point(latitude=48.86, longitude=2.35)
    >>> Point(139.69, 35.69)
    Traceback (most recent call last):
        ...
    lesson.errors.PlaceError: Latitude 139.69 is outside -90 to 90; latitude and longitude \
look swapped: try latitude 35.69, longitude 139.69.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Check the numbers."""
        _check_numbers(self.latitude, self.longitude)
        if abs(self.latitude) > 90:
            swap = abs(self.longitude) <= 90 and abs(self.latitude) <= 180
            hint = _swap_hint(self.latitude, self.longitude) if swap else "; correct it."
            raise PlaceError(f"Latitude {self.latitude:g} is outside -90 to 90{hint}")
        if abs(self.longitude) > 180:
            msg = f"Longitude {self.longitude:g} is outside -180 to 180; correct it."
            raise PlaceError(msg)

    def __str__(self) -> str:
        """Give the point in words, to a hundredth of a degree (about a kilometer)."""
        north = "N" if self.latitude >= 0 else "S"
        east = "E" if self.longitude >= 0 else "W"
        return f"{abs(self.latitude):.2f}° {north}, {abs(self.longitude):.2f}° {east}"


@dataclass(frozen=True, slots=True)
class Place:
    """A point with a name.

    Parameters
    ----------
    name : str
        What the map and the table call it.
    point : Point
        Where it is.
    """

    name: str
    point: Point


class Region(NamedTuple):
    """A box in latitude and longitude, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Say whether a point lies in the box, its edges included.

        Examples
        --------
        >>> Region(west=20, south=44, east=41, north=53).holds(Point(50.45, 30.52))
        True
        """
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )


def _check_numbers(latitude: Any, longitude: Any) -> None:
    for name, value in (("Latitude", latitude), ("Longitude", longitude)):
        if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
            msg = f"{name} {value!r} is not a number; write degrees such as 48.86."
            raise PlaceError(msg)
        if not math.isfinite(value):
            raise PlaceError(f"{name} is {value}; write a number of degrees such as 48.86.")


def _swap_hint(latitude: float, longitude: float) -> str:
    return (
        "; latitude and longitude look swapped: "
        f"try latitude {longitude:g}, longitude {latitude:g}."
    )


def point_in(region: Region, latitude: float, longitude: float) -> Point:
    """Make a point that must lie in a region, such as a pin set by hand on a map.

    Parameters
    ----------
    region : Region
        The box the point must lie in.
    latitude, longitude : float
        Degrees.

    Returns
    -------
    Point

    Raises
    ------
    PlaceError
        If they are no numbers, or no point in the region; the sentence says so when
        swapping the two would put it inside.

    Examples
    --------
    >>> point_in(Region(-10, 35, 30, 60), 48.86, 2.35)
    Point(latitude=48.86, longitude=2.35)
    """
    _check_numbers(latitude, longitude)

    def holds(north: float, east: float) -> bool:
        return abs(north) <= 90 and abs(east) <= 180 and region.holds(Point(north, east))

    if holds(latitude, longitude):
        return Point(latitude, longitude)
    swapped = holds(longitude, latitude)
    hint = _swap_hint(latitude, longitude) if swapped else "; choose a point inside."
    msg = (
        f"Latitude {latitude:g}, longitude {longitude:g} lies outside the map (latitude "
        f"{region.south:g} to {region.north:g}, longitude {region.west:g} to {region.east:g}){hint}"
    )
    raise PlaceError(msg)


def distance_km(start: Point, end: Point) -> float:
    """Measure the geodesic distance between two points.

    Parameters
    ----------
    start, end : Point

    Returns
    -------
    float
        Kilometers.

    Examples
    --------
    >>> round(distance_km(Point(48.86, 2.35), Point(51.51, -0.13)))
    344
    """
    _, _, metres = WGS84.inv(start.longitude, start.latitude, end.longitude, end.latitude)
    return float(metres) / 1000


def bearing(start: Point, end: Point) -> float:
    """Give the direction in which the geodesic leaves `start` for `end`.

    This is the azimuth at `start`, in degrees clockwise from north, from 0 to 360. For
    a point and itself there is no direction and the answer is 0.

    Parameters
    ----------
    start, end : Point

    Returns
    -------
    float

    Examples
    --------
    >>> round(bearing(Point(0, 0), Point(0, 10)))
    90
    """
    if start == end:
        return 0.0
    azimuth, _, _ = WGS84.inv(start.longitude, start.latitude, end.longitude, end.latitude)
    return float(azimuth) % 360


def path(start: Point, end: Point) -> NDArray[np.float64]:
    """Give points along a geodesic, ends included, for drawing it in 32 equal parts.

    Parameters
    ----------
    start, end : Point

    Returns
    -------
    numpy.ndarray
        Shape (33, 2): longitude and latitude in degrees.

    Examples
    --------
    >>> path(Point(0, 0), Point(0, 2))[::16].round(6).tolist()
    [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]
    """
    line = WGS84.inv_intermediate(
        start.longitude,
        start.latitude,
        end.longitude,
        end.latitude,
        npts=33,
        initial_idx=0,
        terminus_idx=0,
        return_back_azimuth=False,
    )
    return np.column_stack([np.asarray(line.lons), np.asarray(line.lats)])


def compass(degrees: float) -> str:
    """Name a bearing by the nearest of the eight points of the compass.

    Parameters
    ----------
    degrees : float
        Clockwise from north.

    Returns
    -------
    str

    Examples
    --------
    >>> compass(180), compass(350)
    ('south', 'north')
    """
    return _COMPASS[round((degrees % 360) / 45) % 8]


def km_text(km: float) -> str:
    """Write a distance to the whole kilometer.

    Parameters
    ----------
    km : float
        Kilometers.

    Examples
    --------
    >>> km_text(7853.6)
    '7,854 km'
    """
    return f"{km:,.0f} km"
