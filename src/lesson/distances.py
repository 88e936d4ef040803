"""Distances measured once and told three ways: by a figure, a sentence and a table.

`measure` and `measure_between` do the measuring; the frozen results hold the numbers that
`lesson.maps` draws and that their own `sentence` and `rows` print, so that all three agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lesson._between import Pair, PlaceDistances, km_text, measure_between
from lesson.borders import Border, BorderDistance
from lesson.errors import PlaceError
from lesson.geo import Place, compass

__all__ = [
    "Distances",
    "Pair",
    "PlaceDistances",
    "TownDistances",
    "km_text",
    "measure",
    "measure_between",
]


@dataclass(frozen=True, slots=True)
class TownDistances:
    """A town, its distance to each border, and whether it fits the distance asked about."""

    place: Place
    borders: tuple[BorderDistance, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class Distances:
    """What a map of distances shows, in numbers.

    Parameters
    ----------
    place : Place
        The place in question.
    borders : tuple of BorderDistance
        From the place to each border; the first border is the one the line belongs to.
    fits : bool
        Whether the place lies outside the first country at the distance asked about,
        within the tolerance.
    target_km, tolerance_km : float
        The distance asked about, and how far from it still counts; kilometres.
    towns : tuple of TownDistances
        Other places to compare.
    """

    place: Place
    borders: tuple[BorderDistance, ...]
    fits: bool
    target_km: float
    tolerance_km: float
    towns: tuple[TownDistances, ...]

    @property
    def title(self) -> str:
        """Say what the line on the map is."""
        return (
            f"{km_text(self.target_km)} (± {km_text(self.tolerance_km)}) "
            f"from the border of {self.borders[0].country}"
        )

    @property
    def sentence(self) -> str:
        """Say what the figure shows."""
        ways = " and ".join(_way(near) for near in self.borders)
        verdict = "fits" if self.fits else "does not fit"
        fitting = [town.place.name for town in self.towns if town.fits]
        towns = ""
        if self.towns:
            towns = f" Of {len(self.towns)} towns, {_listed(fitting)}."
        return (
            f"{self.place.name} is {ways}. That {verdict} "
            f"“{km_text(self.target_km)} from the border of {self.borders[0].country}”, give or "
            f"take {km_text(self.tolerance_km)}.{towns}"
        )

    @property
    def header(self) -> tuple[str, ...]:
        """Name the columns of the table."""
        columns = ["Place"]
        for near in self.borders:
            columns += [f"To the border of {near.country}", f"Direction from {near.country}"]
        return (*columns, self.title)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Give the table: the place in question first, then the towns."""
        everyone = [TownDistances(self.place, self.borders, self.fits)]
        everyone += [town for town in self.towns if town.place != self.place]
        return tuple(
            (
                town.place.name,
                *(
                    cell
                    for near in town.borders
                    for cell in (km_text(near.km), "inside" if near.inside else near.side)
                ),
                "fits" if town.fits else "does not fit",
            )
            for town in everyone
        )


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


def measure(
    place: Place,
    borders: Sequence[Border],
    target_km: float,
    tolerance_km: float,
    towns: Sequence[Place] = (),
) -> Distances:
    """Measure from a place, and from some towns, to borders.

    Parameters
    ----------
    place : Place
        The place in question.
    borders : sequence of Border
        At least one; the target distance is counted from the first.
    target_km, tolerance_km : float
        Kilometres; the tolerance may be 0 and may not exceed the target.
    towns : sequence of Place
        Places to compare.

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
    >>> from lesson.geo import Point
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
        # Whole kilometres, as printed: a table that says 245 km and "does not fit 245" is wrong.
        off = abs(round(found[0].km) - target_km)
        return TownDistances(town, found, not found[0].inside and off <= tolerance_km)

    first = one(place)
    others = tuple(one(town) for town in towns)
    return Distances(place, first.borders, first.fits, target_km, tolerance_km, others)
