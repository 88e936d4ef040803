"""The places of a lesson, read from ``data/places.yaml``, and what its map is asked about.

Beside them stands ``data/border_scales.yaml``: how far the towns are from the borders by
files of another scale. Both are checked here, alone and against the border file, and neither
needs a map to be drawn.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import msgspec

from ..errors import KeyFileError, LessonError, PlaceError
from ..key._yaml import YamlFile, read_yaml
from ..key.schema import Entry, Identifier, Text
from .between import measure_between
from .distances import measure
from .geo import Place, Point, Region, point_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .borders import BorderMap

__all__ = [
    "KnownPlace",
    "MapInfo",
    "PlaceFile",
    "Scale",
    "ScaleFile",
    "check_places",
    "load_places",
    "load_scales",
]

Kilometers: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=2000)]
# Bounds for editors alone: the loader's own sentence knows more, such as two numbers swapped.
Latitude: TypeAlias = Annotated[
    float, msgspec.Meta(extra_json_schema={"minimum": -90, "maximum": 90})
]
Longitude: TypeAlias = Annotated[
    float, msgspec.Meta(extra_json_schema={"minimum": -180, "maximum": 180})
]


class Degrees(Entry, frozen=True, kw_only=True):
    """A point, north and east positive."""

    latitude: Latitude
    longitude: Longitude

    @property
    def point(self) -> Point:
        """Give the checked point."""
        return Point(self.latitude, self.longitude)


class Frame(Entry, frozen=True, kw_only=True):
    """A box in degrees."""

    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude

    @property
    def region(self) -> Region:
        """Give the box as a region."""
        return Region(self.west, self.south, self.east, self.north)


class KnownPlace(Degrees, frozen=True, kw_only=True):
    """A place that the article names, or a town that may be meant.

    `border` names the country in the border file whose border the article speaks of; the
    coordinates of a country only say where its name stands on a map.
    """

    id: Identifier
    name: Text
    country: Text
    role: Literal["capital", "named", "candidate"]
    note: Text
    source: Text
    border: str = ""

    @property
    def place(self) -> Place:
        """Give the name and the point."""
        return Place(self.name, self.point)


class MapInfo(Entry, frozen=True, kw_only=True):
    """What the learner looks for on the map.

    The article has `distance`, in a `direction` from the first of the `borders`; `tolerance`
    is how far from it still counts. The slider begins at `start` and the pin at `pin`.
    """

    id: Identifier
    distance: Kilometers
    tolerance: Kilometers
    direction: Literal[
        "", "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"
    ] = ""
    borders: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    start: Kilometers
    pin: Degrees
    view: Frame


class PlaceFile(Entry, frozen=True, kw_only=True):
    """The content of ``places.yaml``."""

    places: Annotated[tuple[KnownPlace, ...], msgspec.Meta(min_length=1)]
    map: MapInfo

    def of_role(self, role: str) -> tuple[Place, ...]:
        """Give the capitals, the named countries or the candidate towns."""
        return tuple(known.place for known in self.places if known.role == role)


class Scale(Entry, frozen=True, kw_only=True):
    """How far one place is from one border by a coarse, a middle and a fine border file."""

    place: Identifier
    border: Text
    km_110m: Kilometers
    km_50m: Kilometers
    km_10m: Kilometers


class ScaleFile(Entry, frozen=True, kw_only=True):
    """The content of ``border_scales.yaml``."""

    source: Text
    licence: Text
    rows: Annotated[tuple[Scale, ...], msgspec.Meta(min_length=1)]


def load_places(folder: Path) -> PlaceFile:
    """Read the places of the lesson in `folder`.

    Parameters
    ----------
    folder : pathlib.Path
        The lesson folder; the file is ``data/places.yaml`` in it.

    Returns
    -------
    PlaceFile

    Raises
    ------
    KeyFileError
        In one sentence: the file, the line and path in it, what was found, what is allowed.

    Examples
    --------
    >>> from lesson.folder import find_lesson_folder
    >>> load_places(find_lesson_folder()).map.direction
    'north'
    """
    return _read(folder).content


def load_scales(folder: Path, places: PlaceFile) -> ScaleFile:
    """Read how far the places are from borders by files of other scales.

    Parameters
    ----------
    folder : pathlib.Path
        The lesson folder; the file is ``data/border_scales.yaml`` in it.
    places : PlaceFile
        The places of the same lesson.

    Returns
    -------
    ScaleFile

    Raises
    ------
    KeyFileError
        As for `load_places`, and when a row speaks of a place that is not in `places`.
    """
    file = read_yaml(folder / "data" / "border_scales.yaml", ScaleFile)
    known = {place.id for place in places.places}
    for index, row in enumerate(file.content.rows):
        if row.place not in known:
            raise KeyFileError(
                f"{file.where(f'rows[{index}].place')}: there is no place '{row.place}' in "
                "places.yaml; add it there or correct the name."
            )
    return file.content


def check_places(folder: Path, borders: BorderMap) -> None:
    """Hold the places of the lesson in `folder` against the borders of its map.

    Everything that the notebook measures is measured once: what would fail in class fails here.

    Parameters
    ----------
    folder : pathlib.Path
        The lesson folder.
    borders : BorderMap
        The countries of its border file.

    Raises
    ------
    KeyFileError
        As for `load_places`; when a country is not in the border file, or is cut off at its
        edge; when a town or the pin lies outside it, or a distance makes no sense.
    """
    file = _read(folder)
    info = file.content.map
    for index, known in enumerate(file.content.places):
        with _said_at(file, f"places[{index}]"):
            if known.border:
                _ = borders.country(known.border)
            if known.role == "candidate":
                point_in(borders.region, known.latitude, known.longitude)
    with _said_at(file, "map.pin"):
        pin = Place("the pin", point_in(borders.region, info.pin.latitude, info.pin.longitude))
    with _said_at(file, "map.borders"):
        measured_to = [borders.country(name) for name in info.borders]
        _ = [border.nearest(pin.point) for border in measured_to]
    with _said_at(file, "map"):
        measure(pin, measured_to, info.distance, info.tolerance)
        measured_to[0].band(info.distance - info.tolerance, info.distance + info.tolerance)
    with _said_at(file, "places"):
        measure_between(file.content.of_role("capital"))
        if not any(borders.region.holds(place.point) for place in file.content.of_role("capital")):
            raise PlaceError("no capital lies on the map; give at least one that does.")


@contextmanager
def _said_at(file: YamlFile[PlaceFile], where: str) -> Iterator[None]:
    """Say of what goes wrong where in the file the reason stands."""
    try:
        yield
    except LessonError as error:
        raise KeyFileError(f"{file.where(where)}: {error}") from None


def _read(folder: Path) -> YamlFile[PlaceFile]:
    file = read_yaml(folder / "data" / "places.yaml", PlaceFile)
    seen = set()
    for index, known in enumerate(file.content.places):
        where = f"places[{index}]"
        if known.id in seen:
            raise KeyFileError(f"{file.where(f'{where}.id')}: the id '{known.id}' stands twice.")
        seen.add(known.id)
        _check_point(file, where, known)
    _check_point(file, "map.pin", file.content.map.pin)
    view = file.content.map.view
    for path, corner in (("south", (view.south, view.west)), ("north", (view.north, view.east))):
        _check_point(file, f"map.view.{path}", Degrees(latitude=corner[0], longitude=corner[1]))
    if not (view.west < view.east and view.south < view.north):
        raise KeyFileError(
            f"{file.where('map.view')}: the frame has no room; write the smaller number at west "
            "and south."
        )
    return file


def _check_point(file: YamlFile[PlaceFile], where: str, degrees: Degrees) -> None:
    with _said_at(file, where):
        _ = degrees.point
