"""How far places are from borders, measured once and told three ways.

The frozen result of `measure` holds the numbers that `lesson.maps.distance_map` draws and that
its own `sentence` and `rows` print, so that figure, sentence and table agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._count import counted
from ..errors import PlaceError
from .geo import Place, compass, km_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .borders import Border, BorderDistance

__all__ = ["Distances", "TownDistances", "measure"]


@dataclass(frozen=True, slots=True)
class TownDistances:
    """A place, its distance to each border, and whether it fits what was said.

    Parameters
    ----------
    place : Place
    borders : tuple of BorderDistance
        The first is the one that the distance in question is counted from.
    distance_fits, direction_fits : bool
        Whether it is as far from that border as was said, and on that side of it.
    """

    place: Place
    borders: tuple[BorderDistance, ...]
    distance_fits: bool
    direction_fits: bool

    @property
    def fits(self) -> bool:
        """Say whether distance and direction fit."""
        return self.distance_fits and self.direction_fits

    @property
    def side(self) -> str:
        """Say where the place lies as seen from the first border, such as "north"."""
        return self.borders[0].side

    @property
    def verdict(self) -> str:
        """Say whether it fits, in the words of the table."""
        if self.distance_fits and not self.direction_fits:
            return f"right distance, but {self.side}"
        return _fits(self.fits)


@dataclass(frozen=True, slots=True)
class Distances:
    """What a map of distances shows, in numbers.

    Parameters
    ----------
    here : TownDistances
        The place in question; its first border is the one the line belongs to.
    towns : tuple of TownDistances
        Other places to compare.
    target_km, tolerance_km : float
        The distance asked about, and how far from it still counts; kilometers.
    direction : str
        Where from the border the place is said to lie, such as "north"; "" for anywhere.
    """

    here: TownDistances
    towns: tuple[TownDistances, ...]
    target_km: float
    tolerance_km: float
    direction: str = ""

    @property
    def countries(self) -> tuple[str, ...]:
        """Name the countries whose borders are measured to."""
        return tuple(near.country for near in self.here.borders)

    @property
    def claim(self) -> str:
        """Say what is held against the numbers."""
        where = f"{self.direction} of" if self.direction else "from"
        return f"{km_text(self.target_km)} {where} the border of {self.countries[0]}"

    @property
    def title(self) -> str:
        """Say what the line on the map is; it runs all around the country."""
        return (
            f"{km_text(self.target_km)} (± {km_text(self.tolerance_km)}) "
            f"from the border of {self.countries[0]}"
        )

    @property
    def sentence(self) -> str:
        """Say what the figure shows."""
        here = self.here
        ways = " and ".join(_way(near) for near in here.borders)
        rest = ""
        # Off in direction alone is said as such: the number may have been right.
        if here.distance_fits and not here.direction_fits:
            rest = f", in distance but not in direction: it lies {here.side}"
        said = (
            f"{here.place.name} is {ways}. That {_fits(here.distance_fits)} “{self.claim}”, "
            f"give or take {km_text(self.tolerance_km)}{rest}."
        )
        if not self.towns:
            return said
        fitting = [town.place.name for town in self.towns if town.fits]
        return f"{said} Of {counted(len(self.towns), 'town')}, {_listed(fitting)}."

    @property
    def header(self) -> tuple[str, ...]:
        """Name the columns of the table."""
        columns = ["Place"]
        for near in self.here.borders:
            columns += [f"To the border of {near.country}", f"Direction from {near.country}"]
        return (*columns, f"“{self.claim}”, ± {km_text(self.tolerance_km)}")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Give the table: the place in question first, then the towns."""
        others = [town for town in self.towns if town.place != self.here.place]
        return tuple(
            (
                town.place.name,
                *(
                    cell
                    for near in town.borders
                    for cell in (km_text(near.km), "inside" if near.inside else near.side)
                ),
                town.verdict,
            )
            for town in (self.here, *others)
        )


def _fits(fits: bool) -> str:
    return "fits" if fits else "does not fit"


def _way(near: BorderDistance) -> str:
    if near.inside:
        return f"inside {near.country}, {km_text(near.km)} from its border"
    return (
        f"{km_text(near.km)} from the border of {near.country} "
        f"(its nearest point lies {compass(near.bearing)})"
    )


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "none fits"
    if len(names) == 1:
        return f"one fits: {names[0]}"
    return f"{len(names)} fit: {', '.join(names[:-1])} and {names[-1]}"


def measure(  # noqa: PLR0913  # two points of view meet here: what is, and what was said
    place: Place,
    borders: Sequence[Border],
    target_km: float,
    tolerance_km: float,
    towns: Sequence[Place] = (),
    *,
    direction: str = "",
) -> Distances:
    """Measure from a place, and from some towns, to borders.

    Parameters
    ----------
    place : Place
        The place in question.
    borders : sequence of Border
        At least one; the target distance is counted from the first.
    target_km, tolerance_km : float
        Kilometers; the tolerance may be 0 and may not exceed the target.
    towns : sequence of Place
        Places to compare.
    direction : str
        Where from the first border a place must lie to fit, such as "north".

    Returns
    -------
    Distances

    Raises
    ------
    PlaceError
        If there is no border, or a distance makes no sense.

    Examples
    --------
    >>> import shapely
    >>> from lesson.geography.borders import Border
    >>> from lesson.geography.geo import Point
    >>> border = Border("Squareland", shapely.box(0, 0, 1, 1))
    >>> print(measure(Place("Camp", Point(2, 0.5)), [border], 110, 5).sentence)
    Camp is 111 km from the border of Squareland (its nearest point lies south). That fits \
“110 km from the border of Squareland”, give or take 5 km.
    """
    if not borders:
        raise PlaceError("There is no border to measure to; name at least one country.")
    if not 0 < target_km <= 2000:
        msg = f"The distance {target_km:g} km is out of range; choose one above 0, up to 2,000 km."
        raise PlaceError(msg)
    if not 0 <= tolerance_km <= target_km:
        msg = (
            f"The tolerance {tolerance_km:g} km is out of range; choose one from 0 to the "
            f"distance itself, {target_km:g} km."
        )
        raise PlaceError(msg)

    def one(town: Place) -> TownDistances:
        found = tuple(border.nearest(town.point) for border in borders)
        first = found[0]
        # All whole, as printed: a table that says 245 km and "does not fit 245" is false.
        off = abs(round(first.km) - round(target_km))
        distance_fits = not first.inside and off <= round(tolerance_km)
        return TownDistances(town, found, distance_fits, direction in ("", first.side))

    others = tuple(one(town) for town in towns)
    return Distances(one(place), others, target_km, tolerance_km, direction)
