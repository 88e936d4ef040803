"""Distances between places, measured once and told three ways.

The frozen result of `measure_between` holds the numbers that `lesson.maps.place_map` draws and that
its own `sentence` and `rows` print, so that figure, sentence and table agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ..errors import PlaceError
from .geo import Place, distance_km, km_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .borders import Border

__all__ = ["Pair", "PlaceDistances", "measure_between"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places, or a place and a border, and how far they are apart (kilometers)."""

    start: str
    end: str
    km: float


@dataclass(frozen=True, slots=True)
class PlaceDistances:
    """Distances between places, and from each place to borders it is not inside.

    Parameters
    ----------
    places : tuple of Place
    between : tuple of Pair
        Every two places.
    to_borders : tuple of Pair
        From a place to the nearest point of a border.
    compared_km : float or None
        A distance to compare them all with.
    compared_label : str
        What a figure calls it.
    """

    places: tuple[Place, ...]
    between: tuple[Pair, ...]
    to_borders: tuple[Pair, ...]
    compared_km: float | None = None
    compared_label: str = "to compare"

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Give all distances, the longest first."""
        return tuple(sorted((*self.between, *self.to_borders), key=lambda pair: -pair.km))

    @property
    def sentence(self) -> str:
        """Say what the figure shows."""
        parts = "; ".join(f"{p.start} to {p.end}: {km_text(p.km)}" for p in self.pairs)
        if self.compared_km is None:
            return f"Along the ground, {parts}."
        return f"Along the ground, {parts}. To compare: {km_text(self.compared_km)}."

    @property
    def header(self) -> tuple[str, ...]:
        """Name the columns of the table."""
        columns = ("From", "To", "Distance")
        if self.compared_km is None:
            return columns
        return (*columns, f"Times {km_text(self.compared_km)}")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Give the table, the longest distance first."""
        rows = []
        for pair in self.pairs:
            row = (pair.start, pair.end, km_text(pair.km))
            rows.append(
                row if self.compared_km is None else (*row, f"{pair.km / self.compared_km:.1f}")
            )
        return tuple(rows)


def measure_between(
    places: Sequence[Place],
    borders: Sequence[Border] = (),
    compared_km: float | None = None,
    compared_label: str = "to compare",
) -> PlaceDistances:
    """Measure between every two places, and from each to borders it is not inside.

    Parameters
    ----------
    places : sequence of Place
        At least two.
    borders : sequence of Border
    compared_km : float, optional
        A distance to set the others against.
    compared_label : str
        What a figure calls it.

    Returns
    -------
    PlaceDistances

    Raises
    ------
    PlaceError
        If there are fewer than two places, or the distance to compare is not above 0.

    Examples
    --------
    >>> from lesson.geography.geo import Point
    >>> paris, london = Place("Paris", Point(48.86, 2.35)), Place("London", Point(51.51, -0.13))
    >>> measure_between([paris, london]).rows
    (('Paris', 'London', '344 km'),)
    """
    if len(places) < 2:
        raise PlaceError("A distance needs two places; give at least two.")
    if compared_km is not None and not compared_km > 0:
        raise PlaceError(f"The distance {compared_km:g} km is out of range; choose one above 0.")
    between = tuple(
        Pair(a.name, b.name, distance_km(a.point, b.point)) for a, b in combinations(places, 2)
    )
    to_borders = []
    for place in places:
        for border in borders:
            near = border.nearest(place.point)
            if not near.inside:
                to_borders.append(Pair(place.name, f"the border of {border.country}", near.km))
    return PlaceDistances(tuple(places), between, tuple(to_borders), compared_km, compared_label)
