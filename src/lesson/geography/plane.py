"""The plane about a point, on which what is measured from that point is true."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Proj

from .geo import Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Plane"]


class Plane:
    """An azimuthal equidistant projection: distances and directions from its centre are true.

    Plane coordinates are kilometers east and north of the centre.

    Parameters
    ----------
    centre : Point

    Examples
    --------
    >>> plane = Plane(Point(48.86, 2.35))
    >>> x, y = plane.xy(Point(51.51, -0.13))
    >>> round((x**2 + y**2) ** 0.5)
    344
    """

    def __init__(self, centre: Point) -> None:
        north, east = centre.latitude, centre.longitude
        self._proj = Proj(proj="aeqd", ellps="WGS84", units="km", lat_0=north, lon_0=east)

    def project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn degrees into places on the plane.

        Parameters
        ----------
        degrees : ndarray of shape (n, 2)
            Longitude and latitude.

        Returns
        -------
        ndarray of shape (n, 2)
            Kilometers east and north of the centre.
        """
        # pyproj wants each column as a row of memory of its own.
        longitude, latitude = degrees.T.copy()
        return np.column_stack(self._proj(longitude, latitude))

    def unproject(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn places on the plane into degrees: the way back from `project`.

        Parameters
        ----------
        xy : ndarray of shape (n, 2)
            Kilometers east and north of the centre.

        Returns
        -------
        ndarray of shape (n, 2)
            Longitude and latitude.
        """
        x, y = xy.T.copy()
        return np.column_stack(self._proj(x, y, inverse=True))

    def xy(self, point: Point) -> tuple[float, float]:
        """Project one point, to kilometers east and north of the centre."""
        x, y = self._proj(point.longitude, point.latitude)
        return float(x), float(y)

    def point(self, x: float, y: float) -> Point:
        """Find the point on Earth so many kilometers east and north of the centre."""
        longitude, latitude = self._proj(x, y, inverse=True)
        # Rounding can carry a longitude of 180 over the edge.
        return Point(float(latitude), math.remainder(longitude, 360))
