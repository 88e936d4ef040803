"""The typed places and scales, and what is said of bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lesson.errors import KeyFileError
from lesson.geography.places import load_places, load_scales

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
places:
  - {id: harbor, name: Harbor, latitude: 48.5, longitude: 2.5, country: A, role: candidate,
     note: A town., source: made up}
map:
  id: a-map
  distance: 100
  tolerance: 10
  direction: north
  borders: [A]
  start: 50
  pin: {latitude: 48, longitude: 2}
  view: {west: 0, south: 45, east: 5, north: 50}
"""
ROW = "{place: harbor, border: A, km_110m: 3, km_50m: 2, km_10m: 1}"
SCALES = f"source: a file\nlicence: free\nrows:\n  - {ROW}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.yaml").write_text(GOOD)
    (tmp_path / "data" / "border_scales.yaml").write_text(SCALES)
    return tmp_path


def test_good_files_are_read(folder: Path) -> None:
    places = load_places(folder)
    assert [place.name for place in places.of_role("candidate")] == ["Harbor"]
    assert places.map.view.region.holds(places.map.pin.point)
    assert load_scales(folder, places).rows[0].km_10m == 1


def test_the_lesson_s_own_files_are_read(root: Path) -> None:
    places = load_places(root)
    assert (places.map.distance, places.map.direction) == (260, "north")
    assert len(places.of_role("candidate")) >= 6
    assert len(load_scales(root, places).rows) == 2 * len(places.of_role("candidate"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("latitude: 48.5, longitude: 2.5", "latitude: 139.7, longitude: 35.7", "look swapped"),
        ("latitude: 48.5", "latitude: 948.5", r"places\[0\]: Latitude 948.5 is outside -90 to 90"),
        ("longitude: 2.5", "longitude: 200", r"Longitude 200 is outside -180 to 180"),
        ("longitude: 2.5", "longitude: .inf", r"places\[0\].*is inf"),
        ("latitude: 48.5", "latitude: true", r"latitude: expected a number"),
        (", source: made up", "", "source"),
        ("source: made up", "source: ''", "source"),
        ("latitude: 48.5, ", "", "latitude"),
        ("id: harbor", "id: Old Harbor", r"places\[0\]\.id"),
        ("tolerance: 10", "tolerance: 99999", "tolerance"),
        ("start: 50", "start: here", "start: expected a number, found text"),
        ("pin: {latitude: 48, longitude: 2}", "pin: {latitude: 48}", "longitude"),
        ("south: 45", "south: 55", "the frame has no room"),
        ("places:\n", "places: []\nold:\n", "line 1, places"),
        ("latitude: 48.5", "latitude: .nan", r"places\[0\].*is nan"),
        ("latitude: 48.5", "latitude: north", r"latitude: expected a number, found text"),
        ("role: candidate", "role: village", "allowed are candidate, capital, named"),
        ("direction: north", "direction: up", "'up' is not allowed"),
        ("distance: 100", "distance: -1", "distance"),
        ("borders: [A]", "borders: []", "borders"),
        ("pin: {latitude: 48", "pin: {latitude: 98", "map.pin: Latitude 98"),
        ("north: 50}", "north: 95}", r"map\.view\.north: Latitude 95"),
        ("west: 0", "west: 9", "the frame has no room"),
        ("note: A town.", "notes: A town.", "did you mean 'note'"),
    ],
)
def test_bad_places_are_said_in_a_sentence(folder: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    (folder / "data" / "places.yaml").write_text(GOOD.replace(old, new))
    with pytest.raises(KeyFileError, match=rf"^places\.yaml.*{said}"):
        load_places(folder)


def test_an_id_given_twice_is_said(folder: Path) -> None:
    twice = GOOD.replace("map:", GOOD.split("places:\n")[1].split("map:", maxsplit=1)[0] + "map:")
    (folder / "data" / "places.yaml").write_text(twice)
    with pytest.raises(
        KeyFileError, match=r"line 4, places\[1\]\.id: the id 'harbor' stands twice"
    ):
        load_places(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("km_110m: 3", "km_110m: -3", r"rows\[0\]\.km_110m"),
        (", km_10m: 1", "", "km_10m"),
        ("source: a file\n", "", "source"),
        (f"  - {ROW}", "  []", "rows"),
    ],
)
def test_bad_scales_are_said_in_a_sentence(folder: Path, old: str, new: str, said: str) -> None:
    assert old in SCALES
    (folder / "data" / "border_scales.yaml").write_text(SCALES.replace(old, new))
    with pytest.raises(KeyFileError, match=rf"^border_scales\.yaml.*{said}"):
        load_scales(folder, load_places(folder))


def test_a_missing_file_is_said(folder: Path) -> None:
    (folder / "data" / "places.yaml").unlink()
    with pytest.raises(KeyFileError, match=r"places\.yaml"):
        load_places(folder)


def test_a_scale_of_an_unknown_place_is_said(folder: Path) -> None:
    (folder / "data" / "border_scales.yaml").write_text(SCALES.replace("harbor", "hill"))
    with pytest.raises(KeyFileError, match=r"rows\[0\]\.place: there is no place 'hill'"):
        load_scales(folder, load_places(folder))
