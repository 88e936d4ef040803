"""The places and borders of one lesson together: what its notebook measures and draws."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..figures.figure import Picture, Table
from ..geography.between import measure_between
from ..geography.borders import read_borders
from ..geography.distances import measure
from ..geography.geo import Point, km_text, point_in
from ..geography.places import check_places, load_places, load_scales

if TYPE_CHECKING:
    from pathlib import Path

    from ..geography.borders import Border, BorderMap
    from ..geography.distances import Distances
    from ..geography.geo import Place
    from ..geography.places import MapInfo
    from .distance_map import DistanceMap

__all__ = ["Atlas"]


class Atlas:
    """The map material in a lesson folder, read when it is first asked for.

    Parameters
    ----------
    folder
        The lesson folder.

    Examples
    --------
    >>> from lesson.folder import find_lesson_folder
    >>> print(Atlas(find_lesson_folder()).border_scales().header)
    ('Place', 'To the border of', 'Coarse (110m)', 'Middle (50m)', 'Fine (10m)')
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.places = load_places(folder)

    def check(self) -> None:
        """Touch all of the map material, so that a class meets none of it broken.

        Raises
        ------
        LessonError
            In one sentence: the file, and what in it is wrong.
        """
        check_places(self._folder, self.borders)
        if (self._folder / "data" / "border_scales.yaml").is_file():
            load_scales(self._folder, self.places)

    @property
    def info(self) -> MapInfo:
        """What the learner looks for."""
        return self.places.map

    @cached_property
    def borders(self) -> BorderMap:
        """The borders of the region."""
        return read_borders(self._folder / "data" / "borders.geojson")

    @cached_property
    def towns(self) -> dict[str, Place]:
        """The towns that may be meant, by id, in alphabetical order: none is to stand out."""
        found = [known for known in self.places.places if known.role == "candidate"]
        return {known.id: known.place for known in sorted(found, key=lambda known: known.name)}

    def pin(self, latitude: float, longitude: float) -> Point:
        """Give the point of a pin, which must lie in the region of the borders.

        Parameters
        ----------
        latitude, longitude
            Degrees, north and east positive.

        Returns
        -------
        Point

        Raises
        ------
        PlaceError
            If the numbers make no point, or one that lies elsewhere.
        """
        return point_in(self.borders.region, latitude, longitude)

    def measure(self, place: Place, distance: float, tolerance: float) -> Distances:
        """Measure from a place, and from every town, to the borders of the map.

        Parameters
        ----------
        place
            The place in question.
        distance, tolerance
            What is asked about, and how far from it still counts; kilometers.

        Returns
        -------
        Distances

        Raises
        ------
        LessonError
            If a border is not in the file, or a distance makes no sense.
        """
        towns = tuple(self.towns.values())
        direction = self.info.direction
        return measure(place, self._measured_to, distance, tolerance, towns, direction=direction)

    def draw(self, measured: Distances) -> DistanceMap:
        """Draw the map of distances.

        Parameters
        ----------
        measured
            What to show, as `measure` gives it.

        Returns
        -------
        DistanceMap
        """
        from ._base import map_axes  # noqa: PLC0415  # matplotlib is slow to load
        from .distance_map import DistanceMap  # noqa: PLC0415  # as above

        view, names = self.info.view.region, self.places.of_role("named")
        return DistanceMap(map_axes(6.8, 6.2, 130), self.borders, measured, view, names)

    def towns_picture(self) -> Picture:
        """Draw the towns that may be meant, all alike, for somebody with a ruler."""
        from .paper_map import draw_towns  # noqa: PLC0415  # matplotlib is slow to load

        towns, view = tuple(self.towns.values()), self.info.view.region
        named = self.places.of_role("named")
        figure = draw_towns(self.borders, towns, self.info.borders, view, named)
        sentence = (
            f"A map to measure on: {', '.join(town.name for town in towns)}, and the borders of "
            f"{' and '.join(self.info.borders)}. The bar at the lower right is its scale."
        )
        rows = tuple((town.name, str(town.point)) for town in towns)
        return Picture(figure, sentence, ("Town", "Where it lies"), rows)

    def places_picture(self) -> Picture:
        """Draw the capitals the article names, with the distances between them."""
        from matplotlib.figure import Figure  # noqa: PLC0415  # heavy, and not always needed

        from .place_map import draw_places  # noqa: PLC0415  # heavy, and not always needed

        label = f"the article’s {km_text(self.info.distance)}"
        measured = measure_between(
            self.places.of_role("capital"), self._measured_to, self.info.distance, label
        )
        figure = Figure(figsize=(8, 9.3))
        tinted = [known.border for known in self.places.places if known.border]
        draw_places(figure, self.borders, measured, tinted, self.places.of_role("named"))
        return Picture(figure, measured.sentence, measured.header, measured.rows)

    def border_scales(self) -> Table:
        """Set side by side what border files of three scales say of the towns."""
        scales = load_scales(self._folder, self.places)
        names = {known.id: known.name for known in self.places.places}
        rows = sorted(
            (names[row.place], row.border, row.km_110m, row.km_50m, row.km_10m)
            for row in scales.rows
        )
        widest = max(rows, key=lambda row: max(row[2:]) - min(row[2:]))
        sentence = (
            "The same points measured with three border files of one maker, from coarse to fine, "
            f"in kilometers. They differ most for {widest[0]} and the border of {widest[1]}: "
            f"{min(widest[2:]):.1f} to {max(widest[2:]):.1f} km. Source: {scales.source}."
        )
        header = ("Place", "To the border of", "Coarse (110m)", "Middle (50m)", "Fine (10m)")
        cells = tuple((*row[:2], *(f"{km:.1f} km" for km in row[2:])) for row in rows)
        return Table(sentence, header, cells)

    @cached_property
    def _measured_to(self) -> list[Border]:
        return [self.borders.country(name) for name in self.info.borders]
