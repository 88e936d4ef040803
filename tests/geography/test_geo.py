"""Numbers: points, geodesics, nearest borders, lines at a distance."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from lesson.errors import PlaceError
from lesson.geography.between import measure_between
from lesson.geography.borders import Border, BorderMap, read_borders
from lesson.geography.distances import measure
from lesson.geography.geo import (
    Place,
    Point,
    Region,
    bearing,
    compass,
    distance_km,
    path,
    point_in,
)
from lesson.geography.plane import Plane

DATA = Path(__file__).parents[2] / "data"
WGS84 = Geod(ellps="WGS84")

points = st.builds(
    Point,
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)


@pytest.fixture(scope="module")
def borders() -> BorderMap:
    return read_borders(DATA / "borders.geojson")


def town(name: str) -> Place:
    rows = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))["places"]
    row = next(row for row in rows if row["id"] == name)
    return Place(row["name"], Point(row["latitude"], row["longitude"]))


@given(points, points)
def test_distance_is_symmetric_and_agrees_with_the_inverse_problem(a: Point, b: Point) -> None:
    km = distance_km(a, b)
    assert km == pytest.approx(distance_km(b, a), abs=1e-6)
    *_, metres = WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)
    assert km == pytest.approx(metres / 1000, abs=1e-6)
    assert 0 <= km <= 20004  # half of the longest way round


@given(points, points, points)
def test_triangle_inequality(a: Point, b: Point, c: Point) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6


@given(points, points)
def test_bearing_is_the_azimuth_of_the_inverse_problem(a: Point, b: Point) -> None:
    azimuth, _, metres = WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)
    turn = bearing(a, b)
    assert 0 <= turn <= 360
    if metres:
        assert math.cos(math.radians(turn - azimuth)) == pytest.approx(1)


@given(points, points)
def test_a_plane_is_true_from_its_centre(centre: Point, point: Point) -> None:
    plane = Plane(centre)
    x, y = plane.xy(point)
    assert math.hypot(x, y) == pytest.approx(distance_km(centre, point), rel=1e-6, abs=1e-6)
    back = plane.point(x, y)
    assert distance_km(back, point) == pytest.approx(0, abs=0.01)
    rows = plane.project(np.array([[point.longitude, point.latitude]]))
    assert rows[0] == pytest.approx([x, y])
    longitude, latitude = plane.unproject(rows)[0]
    assert latitude == pytest.approx(back.latitude)
    assert math.remainder(longitude - back.longitude, 360) == pytest.approx(0, abs=1e-9)


def test_a_plane_may_reach_across_the_antimeridian() -> None:
    plane = Plane(Point(3, 2))
    assert abs(plane.point(*plane.xy(Point(1, 180))).longitude) == pytest.approx(180)


def test_path_runs_from_end_to_end_in_equal_steps() -> None:
    a, b = Point(54.6, 33.2), Point(50.5, 30.5)
    line = path(a, b)
    assert line[0] == pytest.approx([33.2, 54.6])
    assert line[-1] == pytest.approx([30.5, 50.5])
    *_, metres = WGS84.inv(*line[:-1].T.copy(), *line[1:].T.copy())
    assert metres == pytest.approx(np.full(32, distance_km(a, b) * 1000 / 32))


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (math.nan, 3, "Latitude is nan"),
        (3, math.inf, "Longitude is inf"),
        (91, 200, "Latitude 91 is outside"),
        (45, 181, "Longitude 181 is outside"),
        (120, 45, "look swapped: try latitude 45, longitude 120"),
        ("54", 33, "not a number"),
        (True, 33, "not a number"),
    ],
)
def test_a_bad_point_is_refused_in_a_sentence(
    latitude: float, longitude: float, words: str
) -> None:
    with pytest.raises(PlaceError, match=words):
        Point(latitude, longitude)


def test_a_pin_with_latitude_and_longitude_swapped_is_refused_with_a_hint() -> None:
    region = Region(13, 43, 50, 62)
    assert point_in(region, 54.6, 33.2) == Point(54.6, 33.2)
    with pytest.raises(PlaceError, match=r"look swapped: try latitude 54\.6, longitude 33\.2"):
        point_in(region, 33.2, 54.6)
    with pytest.raises(PlaceError, match=r"outside the map .* choose a point inside"):
        point_in(region, 10, 20)


def test_compass() -> None:
    turns = (0, 22, 23, 90, 180, 337, 338, 359.9, -90)
    words = [compass(turn) for turn in turns]
    assert words[:4] == ["north", "north", "north-east", "east"]
    assert words[4:] == ["south", "north-west", "north", "north", "west"]


# facts.md, section 9, column 10m; the file is to be within 1 km of the unsimplified data.
@pytest.mark.parametrize(
    ("name", "country", "km"),
    [
        ("yelnya", "Ukraine", 245.8),
        ("yelnya", "Belarus", 106.1),
        ("smolensk", "Ukraine", 274),
        ("smolensk", "Belarus", 60),
        ("bryansk", "Ukraine", 108),
        ("pochep", "Ukraine", 64),
        ("klintsy", "Ukraine", 50),
    ],
)
def test_nearest_borders_of_the_fact_sheet(
    borders: BorderMap, name: str, country: str, km: float
) -> None:
    near = borders.country(country).nearest(town(name).point)
    assert near.km == pytest.approx(km, abs=1.0)
    assert not near.inside
    assert distance_km(town(name).point, near.nearest) == pytest.approx(near.km, abs=1e-6)


def test_bearing_and_side_of_the_fact_sheet(borders: BorderMap) -> None:
    near = borders.country("Ukraine").nearest(town("yelnya").point)
    assert near.bearing == pytest.approx(180, abs=1)
    assert near.side == "north"
    # "A point 5 km north of town gives 251; about 15 km north is needed for 260."
    for north, km in ((5, 251), (15, 260)):
        start = town("yelnya").point
        longitude, latitude, _ = WGS84.fwd(start.longitude, start.latitude, 0, north * 1000)
        moved = Point(latitude, longitude)
        assert borders.country("Ukraine").nearest(moved).km == pytest.approx(km, abs=1.5)


def test_distances_between_cities_of_the_fact_sheet() -> None:
    washington, kyiv, moscow = (town(name) for name in ("washington", "kyiv", "moscow"))
    yelnya = town("yelnya")
    for start, end, km in (
        (washington, kyiv, 7854),
        (washington, moscow, 7843),
        (yelnya, moscow, 313),
        (yelnya, kyiv, 491),
        (yelnya, town("smolensk"), 76),
        (yelnya, town("bryansk"), 163),
    ):
        # Two kilometres: the sheet's figures from this town fit a point some 2 km west of its
        # own coordinates, which give 311 and 493 where it says 313 and 491.
        assert distance_km(start.point, end.point) == pytest.approx(km, abs=2)


def fine_corners(border: Border) -> Any:
    """Points along a border at most some 400 m apart, cut without the code under test."""
    return shapely.get_coordinates(shapely.segmentize(border.area.boundary, 0.004))


def brute_force_km(corners: Any, point: Point) -> float:
    """Measure to every one of many points along the border: slow and plain."""
    ones = np.ones(len(corners))
    lon, lat = corners.T.copy()
    *_, metres = WGS84.inv(ones * point.longitude, ones * point.latitude, lon, lat)
    return float(metres.min()) / 1000


@pytest.mark.parametrize("country", ["Ukraine", "Belarus"])
def test_nearest_agrees_with_measuring_to_every_point(borders: BorderMap, country: str) -> None:
    corners = fine_corners(borders.country(country))
    for lat, lon in ((54.6, 33.2), (47, 35), (60, 45), (44, 20), (52.3, 31.8), (38.9, -77), (0, 0)):
        near = borders.country(country).nearest(Point(lat, lon))
        # The points tried are 0.2 km from the nearest one at worst.
        assert near.km == pytest.approx(
            brute_force_km(corners, Point(lat, lon)), abs=0.01, rel=1e-3
        )


@pytest.mark.parametrize("country", ["Ukraine", "Belarus", "Lithuania"])
@pytest.mark.parametrize("km", [50, 106, 260, 400, 700])
def test_line_at_distance_keeps_to_half_a_percent(
    borders: BorderMap, country: str, km: float
) -> None:
    line = borders.country(country).line_at_distance(km)
    corners = fine_corners(borders.country(country))
    # Also points between the line's own corners.
    tried = shapely.get_coordinates(shapely.segmentize(line, 0.05))[::9]
    assert len(tried) > 40
    for lon, lat in tried:
        assert brute_force_km(corners, Point(lat, lon)) == pytest.approx(km, rel=0.005)


@pytest.mark.parametrize("km", [5, 20, 35])
def test_line_close_to_the_border_keeps_to_half_a_kilometer(borders: BorderMap, km: float) -> None:
    line = borders.country("Ukraine").line_at_distance(km)
    corners = fine_corners(borders.country("Ukraine"))
    for lon, lat in shapely.get_coordinates(line)[::19]:
        assert brute_force_km(corners, Point(lat, lon)) == pytest.approx(km, abs=0.5)


@pytest.mark.parametrize("point", [Point(54.6, 33.2), Point(38.9, -77), Point(-49, -150)])
def test_nearest_is_within_a_meter_however_far(borders: BorderMap, point: Point) -> None:
    corners = shapely.get_coordinates(
        shapely.segmentize(borders.country("Ukraine").area.boundary, 0.001)
    )
    assert borders.country("Ukraine").nearest(point).km <= brute_force_km(corners, point) + 0.001


def test_line_misses_no_stretch(borders: BorderMap) -> None:
    """What is nearer than the line lies inside it, what is farther outside."""
    border = borders.country("Ukraine")
    inside = border.band(0, 260)
    for lon in np.linspace(18, 46, 15):
        for lat in np.linspace(44, 58, 15):
            near = border.nearest(Point(lat, lon))
            if near.inside or abs(near.km - 260) < 1.5:
                continue
            assert shapely.contains_xy(inside, lon, lat) == (near.km < 260), (lat, lon)


def test_band_lies_between_its_distances(borders: BorderMap) -> None:
    border = borders.country("Ukraine")
    band = border.band(245, 275)
    assert shapely.contains_xy(band, 33.185, 54.7)
    assert not shapely.contains_xy(band, 33.185, 54.0)
    assert border.band(260, 260).area == pytest.approx(0, abs=1e-9)
    assert not shapely.contains_xy(border.band(0, 100), 31, 49)  # not the country itself


@pytest.mark.parametrize("km", [0, -5, math.nan, math.inf, 5000])
def test_a_senseless_distance_is_refused(borders: BorderMap, km: float) -> None:
    with pytest.raises(PlaceError, match="cannot be drawn; give a distance"):
        borders.country("Ukraine").line_at_distance(km)
    with pytest.raises(PlaceError, match="give the smaller distance first"):
        borders.country("Ukraine").band(10, km or 5)


def test_a_corner_given_twice_does_no_harm() -> None:
    square = shapely.Polygon([(0, 0), (1, 0), (1, 0), (1, 1), (0, 1)])
    assert Border("Squareland", square).nearest(Point(0.5, 2)).side == "east"
    assert Border("Squareland", square).line_at_distance(100).length > 4


def test_an_empty_border_is_refused() -> None:
    with pytest.raises(PlaceError, match="border of Nowhere holds no land"):
        Border("Nowhere", shapely.Polygon())
    with pytest.raises(PlaceError, match="holds no country"):
        BorderMap({}, Region(0, 0, 1, 1))


def test_a_country_cut_off_by_the_map_is_not_measured_to(borders: BorderMap) -> None:
    assert not borders.country("Russia").whole
    for ask in (borders.country("Russia").nearest, borders.country("Russia").line_at_distance):
        with pytest.raises(PlaceError, match="cut off at the edge"):
            ask(Point(50, 30) if ask == borders.country("Russia").nearest else 100.0)  # type: ignore[arg-type]


def test_inside_a_country_a_place_fits_no_distance_from_it(borders: BorderMap) -> None:
    kyiv = town("kyiv")
    near = borders.country("Ukraine").nearest(kyiv.point)
    assert near.inside
    measured = measure(kyiv, [borders.country("Ukraine")], round(near.km), 5)
    assert not measured.here.fits
    assert "inside Ukraine" in measured.sentence


def test_measuring_refuses_what_makes_no_sense(borders: BorderMap) -> None:
    place, border = town("yelnya"), borders.country("Ukraine")
    with pytest.raises(PlaceError, match="no border to measure to"):
        measure(place, [], 260, 10)
    for km, tolerance in ((math.nan, 1), (0, 0), (260, -1), (260, 261), (260, math.nan)):
        with pytest.raises(PlaceError, match="out of range; choose"):
            measure(place, [border], km, tolerance)
    with pytest.raises(PlaceError, match="needs two places"):
        measure_between([place])
    with pytest.raises(PlaceError, match="choose one above 0"):
        measure_between([place, place], compared_km=0)
