"""The places and borders of the lesson together, against the numbers they were checked with."""

from __future__ import annotations

import json
import shutil
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from lesson.errors import KeyFileError, LessonError, PlaceError
from lesson.geography.geo import Place, Point, bearing, distance_km
from lesson.maps.atlas import Atlas

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def atlas(root: Path) -> Atlas:
    return Atlas(root)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root / "data", tmp_path / "data")
    return tmp_path


# Kilometers to the nearest border by the finest file, whole ones as published with the lesson.
TO_UKRAINE = {"yelnya": 246, "smolensk": 274, "bryansk": 108, "pochep": 64, "klintsy": 50}
TO_BELARUS = {"yelnya": 106, "smolensk": 60}


@pytest.mark.parametrize(
    ("country", "expected"), [("Ukraine", TO_UKRAINE), ("Belarus", TO_BELARUS)]
)
def test_towns_are_as_far_from_the_borders_as_was_checked(
    atlas: Atlas, country: str, expected: dict[str, int]
) -> None:
    for town, km in expected.items():
        found = atlas.borders.country(country).nearest(atlas.towns[town].point)
        assert found.km == pytest.approx(km, abs=1), town


def test_cities_are_as_far_apart_as_was_checked(atlas: Atlas) -> None:
    where = {known.id: known.place.point for known in atlas.places.places}
    # These were measured from 54°34′ N, 33°10′ E, the town's position to a minute: 2 km off.
    for other, km in {"smolensk": 76, "bryansk": 163, "moscow": 313, "kyiv": 491}.items():
        assert distance_km(where["yelnya"], where[other]) == pytest.approx(km, abs=2.5)
    town = Point(54 + 34 / 60, 33 + 10 / 60)
    for other, km in {"moscow": 313, "kyiv": 491}.items():
        assert distance_km(town, where[other]) == pytest.approx(km, abs=1)
    assert round(distance_km(where["washington"], where["kyiv"])) == 7854
    assert round(distance_km(where["washington"], where["moscow"])) == 7843


def test_the_nearest_point_of_ukraine_lies_straight_south_of_yelnya(atlas: Atlas) -> None:
    town = atlas.towns["yelnya"].point
    found = atlas.borders.country("Ukraine").nearest(town)
    assert found.bearing == pytest.approx(180, abs=2)
    assert bearing(town, found.nearest) == pytest.approx(found.bearing)
    assert found.side == "north"


@pytest.mark.parametrize(("north", "km"), [(0, 246), (5, 251), (15, 261)])
def test_north_of_the_town_the_distance_grows(atlas: Atlas, north: float, km: int) -> None:
    town = atlas.towns["yelnya"].point
    camp = atlas.pin(town.latitude + north / 111.3, town.longitude)
    assert round(atlas.measure(Place("Camp", camp), 260, 15).here.borders[0].km) == km


def test_towns_stand_in_alphabetical_order_so_that_none_stands_out(atlas: Atlas) -> None:
    names = [town.name for town in atlas.towns.values()]
    assert names == sorted(names)
    assert len(names) >= 6


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        (33.18, 54.58, "look swapped: try latitude 54.58, longitude 33.18"),
        (0, 0, "lies outside the map"),
        (float("nan"), 33, "is nan"),
        (54, float("inf"), "is inf"),
        (540, 33, "lies outside the map"),
        (99, 32.051, "lies outside the map .*; choose a point inside"),
    ],
)
def test_a_pin_off_the_map_is_refused_in_a_sentence(
    atlas: Atlas, latitude: float, longitude: float, said: str
) -> None:
    with pytest.raises(PlaceError, match=said):
        atlas.pin(latitude, longitude)


def test_the_places_picture_says_what_the_story_s_places_are_apart(atlas: Atlas) -> None:
    picture = atlas.places_picture()
    assert "Kyiv to Moscow: 756 km" in picture.sentence
    assert ("Washington", "Kyiv", "7,854 km", "30.2") in picture.rows
    chart, ladder = picture.figure.axes
    written = {text.get_text() for text in chart.texts}
    named = {place.name.upper() for place in atlas.places.of_role("named")}
    assert {"Kyiv", "Moscow", "756 km", "to Washington: 7,854 km"} <= written
    assert named <= written
    bars = [label.get_text() for label in ladder.get_yticklabels()]
    assert "the article’s 260 km" in bars
    assert len(bars) == len(picture.rows) + 1


def test_the_map_for_paper_shows_every_town_and_no_answer(atlas: Atlas) -> None:
    picture = atlas.towns_picture()
    (axes,) = picture.figure.axes
    written = {text.get_text() for text in axes.texts}
    towns = {town.name for town in atlas.towns.values()}
    assert towns | {"100 km"} <= written
    assert {row[0] for row in picture.rows} == towns
    assert all(town in picture.sentence for town in towns)
    dots = [line for line in axes.lines if line.get_gid() in towns]
    assert len(dots) == len(towns)
    assert {str(line.get_markerfacecolor()) for line in dots} == {"white"}
    assert "260" not in picture.sentence + "".join(written)


def test_a_ruler_on_the_map_for_paper_measures_what_lies_on_the_ground(atlas: Atlas) -> None:
    (axes,) = atlas.towns_picture().figure.axes
    at = {line.get_gid(): np.array(line.get_data(), float).ravel() for line in axes.lines}
    for one, other in combinations(atlas.towns.values(), 2):
        on_map = np.hypot(*(at[one.name] - at[other.name]))
        assert on_map == pytest.approx(distance_km(one.point, other.point), rel=1e-3)


def test_border_scales_say_where_the_files_differ_most(atlas: Atlas) -> None:
    table = atlas.border_scales()
    assert ("Yelnya", "Ukraine", "252.4 km", "247.6 km", "245.8 km") in table.rows
    assert ("Yelnya", "Belarus", "112.9 km", "107.4 km", "106.1 km") in table.rows
    assert "Smolensk and the border of Belarus: 59.6 to 71.2 km" in table.sentence
    assert "Natural Earth" in table.sentence
    assert list(table.rows) == sorted(table.rows)


def test_a_border_that_is_not_in_the_file_is_said(copy: Path) -> None:
    file = copy / "data" / "places.yaml"
    text = file.read_text("utf-8")
    asked = "borders: [Ukraine, Belarus]"
    assert asked in text
    file.write_text(text.replace(asked, "borders: [Atlantis]"), encoding="utf-8")
    atlas = Atlas(copy)
    with pytest.raises(LessonError, match="no country 'Atlantis' here; there is Austria"):
        atlas.measure(Place("Camp", atlas.info.pin.point), 260, 15)


def test_missing_files_are_said(copy: Path) -> None:
    atlas = Atlas(copy)
    (copy / "data" / "borders.geojson").unlink()
    with pytest.raises(PlaceError, match=r"borders\.geojson cannot be read"):
        _ = atlas.borders
    (copy / "data" / "places.yaml").unlink()
    with pytest.raises(KeyFileError, match=r"places\.yaml"):
        Atlas(copy)


def test_the_lesson_s_own_map_is_in_order(atlas: Atlas) -> None:
    atlas.check()


def test_a_lesson_may_have_no_table_of_scales(copy: Path) -> None:
    (copy / "data" / "border_scales.yaml").unlink()
    Atlas(copy).check()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            *("places.yaml", "latitude: 54.57735", "latitude: 153.27"),
            r"places\.yaml, line \d+, places\[8\]: Latitude 153\.27 is outside -90 to 90",
        ),
        (
            *("places.yaml", "latitude: 54.57735", "latitude: 4.57735"),
            r"places\.yaml, line \d+, places\[8\]: Latitude 4\.57735, .* lies outside the map",
        ),
        (
            *("places.yaml", "pin: {latitude: 52.2", "pin: {latitude: 2.2"),
            r"places\.yaml, line \d+, map\.pin: Latitude 2\.2, .* lies outside the map",
        ),
        (
            *("places.yaml", "borders: [Ukraine, Belarus]", "borders: [Ukrainia]"),
            r"places\.yaml, line \d+, map\.borders: .*'Ukrainia'.*, Ukraine",
        ),
        (
            *("places.yaml", "borders: [Ukraine, Belarus]", "borders: [Ukraine, Russia]"),
            r"places\.yaml, line \d+, map\.borders: The border of Russia is cut off",
        ),
        (
            *("places.yaml", "border: Poland", "border: Polen"),
            r"places\.yaml, line \d+, places\[5\]: .*'Polen'",
        ),
        (
            *("places.yaml", "tolerance: 15", "tolerance: 300"),
            r"places\.yaml, line \d+, map: The tolerance 300 km is out of range",
        ),
        (
            *("places.yaml", "distance: 260", "distance: 1995"),
            r"places\.yaml, line \d+, map: A band from 1980 to 2010 km cannot be drawn",
        ),
        (
            *("places.yaml", "role: capital", "role: named"),
            r"places\.yaml, line \d+, places: A distance needs two places",
        ),
        (
            *("border_scales.yaml", "place: kursk", "place: kurks"),
            r"border_scales\.yaml, line \d+, rows.*'kurks'",
        ),
        ("borders.geojson", '"bbox"', '"box"', r"border file borders\.geojson is not"),
        (
            "borders.geojson",
            '"coordinates":[',
            '"coordinates":[],"x":[',
            r"borders\.geojson: .* no land",
        ),
    ],
)
def test_a_broken_map_is_said_with_its_file(
    copy: Path, name: str, old: str, new: str, said: str
) -> None:
    file = copy / "data" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(LessonError, match=said) as caught:
        Atlas(copy).check()
    assert "\n" not in str(caught.value)


def test_capitals_that_all_lie_off_the_map_are_said(copy: Path) -> None:
    file = copy / "data" / "places.yaml"
    text = file.read_text("utf-8")
    for north in ("50.45466", "55.75204"):
        text = text.replace(f"latitude: {north}", "latitude: 5")
    file.write_text(text, "utf-8")
    with pytest.raises(LessonError, match=r"places\.yaml, .*no capital lies on the map"):
        Atlas(copy).check()


def test_crimea_is_drawn_as_ukraine_and_the_file_says_so(root: Path, atlas: Atlas) -> None:
    for latitude, longitude in ((44.95, 34.11), (44.6, 33.53), (45.36, 36.47)):
        assert atlas.borders.country("Ukraine").holds(atlas.pin(latitude, longitude))
    note = json.loads((root / "data" / "borders.geojson").read_text("utf-8"))["properties"]["note"]
    assert "68/262" in note
