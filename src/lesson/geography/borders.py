"""Borders of countries: the nearest point, and the line at a given distance.

A border here is the whole edge of a country's land, coast included. Its straight pieces
are straight in longitude and latitude, as GeoJSON (RFC 7946) has it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from ..errors import PlaceError, find
from ._offset import Outline
from .geo import WGS84, Point, Region, bearing, compass

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Border", "BorderDistance", "BorderMap", "read_borders"]

_FARTHEST_KM = 2000.0


@dataclass(frozen=True, slots=True)
class BorderDistance:
    """How far a point is from a border.

    Parameters
    ----------
    country : str
        Whose border it is.
    km : float
        Geodesic distance to the nearest point of the border, in kilometers.
    nearest : Point
        That point of the border.
    bearing : float
        Direction from the given point to the border, degrees clockwise from north.
    side : str
        Where the given point lies as seen from the border, for example "north".
    inside : bool
        Whether the point lies inside the country.
    """

    country: str
    km: float
    nearest: Point
    bearing: float
    side: str
    inside: bool


class Border:
    """The border of one country.

    Parameters
    ----------
    country : str
        Its name.
    area : shapely geometry
        Polygon or MultiPolygon in degrees, longitude first.
    whole : bool
        False if the country was cut off at the edge of a map. Its shape can be drawn,
        but asking for distances is an error: the nearest point may be off the map.

    Raises
    ------
    PlaceError
        If there is no land in the area.

    Examples
    --------
    >>> import shapely
    >>> square = Border("Squareland", shapely.box(0, 0, 1, 1))
    >>> near = square.nearest(Point(2, 0.5))
    >>> round(near.km, 1), near.side, near.inside
    (110.6, 'north', False)
    """

    def __init__(self, country: str, area: Any, *, whole: bool = True) -> None:
        if area is None or area.is_empty or area.area == 0:
            msg = f"The border of {country} holds no land; give its outline as a polygon."
            raise PlaceError(msg)
        shapely.prepare(area)
        self.country = country
        self.area = area
        self.whole = whole

    def nearest(self, point: Point) -> BorderDistance:
        """Find the nearest point of the border.

        It is sought on an azimuthal equidistant plane about the point itself, where distances
        from the point are true, on a border cut into pieces of at most 3 km. The answer is
        within a meter of the true minimum, however far away the point is.

        Parameters
        ----------
        point : Point

        Returns
        -------
        BorderDistance

        Raises
        ------
        PlaceError
            If the country is cut off at the edge of the map.
        """
        self._need_whole()
        foot = self._outline.nearest(point)
        _, to_point, metres = WGS84.inv(
            point.longitude, point.latitude, foot.longitude, foot.latitude
        )
        return BorderDistance(
            self.country,
            float(metres) / 1000,
            foot,
            bearing(point, foot),
            compass(float(to_point)),
            self.holds(point),
        )

    def holds(self, point: Point) -> bool:
        """Say whether a point lies inside the country.

        The border is followed as the file draws it, straight in degrees from corner to corner.
        """
        return bool(shapely.contains_xy(self.area, point.longitude, point.latitude))

    def line_at_distance(self, km: float) -> Any:
        """Give all points outside the country at one distance from its border.

        The country is grown by that distance on an azimuthal equidistant plane, then every
        corner of the outline is moved along the geodesic from its nearest border point until
        it is that far away. From 50 km on the whole line, straight pieces between corners
        included, keeps the distance to 0.5 % (to 0.7 % in creases, where two stretches of
        border are equally far); nearer to the border, to half a kilometer.

        Parameters
        ----------
        km : float
            Kilometers, more than 0.

        Returns
        -------
        shapely geometry
            Lines in degrees, longitude first.

        Raises
        ------
        PlaceError
            If the distance is not a positive number below 2,000 km, or the country is cut
            off at the edge of the map.
        """
        if not 0 < km <= _FARTHEST_KM:  # also false for NaN
            msg = f"A line at {km:g} km from a border cannot be drawn; give a distance above 0"
            raise PlaceError(f"{msg} and up to {_FARTHEST_KM:,.0f} km.")
        return self._grown(km).boundary

    def band(self, inner_km: float, outer_km: float) -> Any:
        """Give the area outside the country between two distances from its border.

        Parameters
        ----------
        inner_km, outer_km : float
            Kilometers; the inner one may be 0, the border itself.

        Returns
        -------
        shapely geometry
            Polygons in degrees, longitude first; empty if both distances are equal.

        Raises
        ------
        PlaceError
            If the distances are out of range or the wrong way round.
        """
        if not 0 <= inner_km <= outer_km <= _FARTHEST_KM:
            msg = f"A band from {inner_km:g} to {outer_km:g} km cannot be drawn; give the smaller"
            raise PlaceError(f"{msg} distance first, and both from 0 to {_FARTHEST_KM:,.0f} km.")
        return self._grown(outer_km).difference(self._grown(inner_km))

    def _need_whole(self) -> None:
        if not self.whole:
            msg = f"The border of {self.country} is cut off at the edge of this map; measure to"
            raise PlaceError(f"{msg} a country that lies wholly on it.")

    def _grown(self, km: float) -> Any:
        self._need_whole()
        return self._outline.grown(float(km))

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self.area)


@dataclass(frozen=True, slots=True)
class BorderMap:
    """The countries of a map, by name.

    Parameters
    ----------
    countries : mapping of str to Border
    region : Region
        The frame the map was cut to.
    source, note : str
        What the file says of its origin and of any choice made in it.

    Raises
    ------
    PlaceError
        If there is no country.
    """

    countries: Mapping[str, Border]
    region: Region
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a map of nothing."""
        if not self.countries:
            raise PlaceError("The map holds no country; give at least one border.")

    def country(self, name: str) -> Border:
        """Find the border of a country by its name.

        Parameters
        ----------
        name : str

        Returns
        -------
        Border

        Raises
        ------
        LessonError
            If the map has no such country; the sentence says which there are.
        """
        return find(self.countries, name, "country")


def read_borders(path: str | Path) -> BorderMap:
    """Read the borders of a region from a GeoJSON file.

    Parameters
    ----------
    path : str or pathlib.Path
        A FeatureCollection with a ``bbox``; its ``properties`` may hold ``source``
        and ``note``, each feature's ``name`` and ``whole``.

    Returns
    -------
    BorderMap

    Raises
    ------
    PlaceError
        If the file cannot be read or is no such collection.
    """
    name = Path(path).name
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        region = Region(*(float(edge) for edge in data["bbox"]))
        borders = [
            Border(
                feature["properties"]["name"],
                shape(feature["geometry"]),
                whole=feature["properties"].get("whole", True),
            )
            for feature in data["features"]
        ]
        head = data.get("properties", {})
        known = {key: str(head.get(key, "")) for key in ("source", "note")}
    except PlaceError as error:
        raise PlaceError(f"The border file {name}: {error}") from None
    except OSError as error:
        msg = f"The border file {name} cannot be read ({error.strerror}); check that it is there."
        raise PlaceError(msg) from error
    except (ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        msg = (
            f"The border file {name} is not a GeoJSON collection of countries with names and a "
            "bbox; make it again with tools/make_borders.py."
        )
        raise PlaceError(msg) from error
    return BorderMap({border.country: border for border in borders}, region, **known)
