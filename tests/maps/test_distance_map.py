"""What the figures hold, asked of the Axes, and that figure, sentence and table agree."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from lesson.errors import PlaceError
from lesson.figures.figure import figure_bytes
from lesson.geography.between import PlaceDistances, measure_between
from lesson.geography.borders import BorderMap, read_borders
from lesson.geography.distances import Distances, measure
from lesson.geography.geo import Place, Point, Region, bearing, distance_km, km_text
from lesson.maps._base import BORDER_STYLES, Projection, map_axes, path_of, with_points
from lesson.maps._labels import Box, place_label
from lesson.maps.distance_map import DistanceMap
from lesson.maps.place_map import draw_places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DATA = Path(__file__).parents[2] / "data"
OKABE_ITO = {"#0072b2", "#009e73", "#d55e00", "#e69f00", "#56b4e9", "#cc79a7", "#f0e442"}


@pytest.fixture(scope="module")
def borders() -> BorderMap:
    return read_borders(DATA / "borders.geojson")


def of_role(role: str) -> list[Place]:
    rows = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))["places"]
    return [
        Place(row["name"], Point(row["latitude"], row["longitude"]))
        for row in rows
        if row["role"] == role
    ]


VIEW = Region(29.6, 51, 38.8, 56)
TOWNS, NAMES, CAPITALS = of_role("candidate"), of_role("named"), of_role("capital")


def measured(borders: BorderMap, place: Place, km: float = 260, tolerance: float = 15) -> Distances:
    return measure(
        place,
        [borders.country("Ukraine"), borders.country("Belarus")],
        km,
        tolerance,
        TOWNS,
        direction="north",
    )


@pytest.fixture
def chart(borders: BorderMap) -> DistanceMap:
    return DistanceMap(map_axes(8, 6.5, 110), borders, measured(borders, TOWNS[0]), VIEW, NAMES)


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def by_gid(axes: Axes, gid: str) -> list[Any]:
    return [artist for artist in axes.get_children() if artist.get_gid() == gid]


def test_labels_say_the_places_and_the_distances(chart: DistanceMap) -> None:
    said = texts(chart.axes)
    for town in TOWNS:
        assert said.count(town.name) == 1
    for near in chart.measured.here.borders:
        assert km_text(near.km) in said
    assert {"UKRAINE", "BELARUS"} <= set(said)
    assert chart.axes.get_title(loc="left") == "260 km (± 15 km) from the border of Ukraine"


def test_notes_name_projection_source_and_choice(chart: DistanceMap) -> None:
    (note,) = by_gid(chart.axes, "source")
    words = " ".join(note.get_text().split())
    assert "Azimuthal equidistant projection centered on Yelnya" in words
    assert "WGS 84" in words
    assert "Natural Earth" in words
    assert "68/262" in words
    assert "choice" in words


@pytest.mark.parametrize("size", [(6, 5), (8, 6.5), (11, 8)])
def test_the_whole_figure_fits_its_page(borders: BorderMap, size: tuple[float, float]) -> None:
    chart = DistanceMap(map_axes(*size, 110), borders, measured(borders, TOWNS[0]), VIEW, NAMES)
    page = chart.axes.figure.bbox
    for text in chart.axes.texts:
        if text.get_gid() == "source" or text.get_gid() == "graticule number":
            box = text.get_window_extent()
            assert page.x0 <= box.x0, text
            assert box.x1 <= page.x1, text
            assert page.y0 <= box.y0, text


def test_legend_names_every_sign(chart: DistanceMap) -> None:
    legend = chart.axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "the place in question",
        "chosen distance from Ukraine",
        "within the tolerance",
        "a town that fits (distance, direction)",
        "a town that does not",
        "shortest way to Ukraine",
        "shortest way to Belarus",
    ]


@settings(max_examples=20)
@given(latitude=st.floats(51, 56), longitude=st.floats(29.6, 38.8))
def test_the_legend_hides_nothing(borders: BorderMap, latitude: float, longitude: float) -> None:
    pin = Place("Your pin", Point(latitude, longitude))
    chart = DistanceMap(map_axes(8, 6.5, 110), borders, measured(borders, pin), VIEW, NAMES)
    legend = chart.axes.get_legend()
    assert legend is not None
    box = legend.get_window_extent()
    for artist in chart.axes.lines:
        if artist.get_gid():  # towns, the pin and the ways
            points = chart.axes.transData.transform(np.column_stack(artist.get_data()))
            assert box.count_contains(points) == 0, artist.get_gid()


def test_scale_bar_is_as_long_as_it_says(chart: DistanceMap) -> None:
    bar = by_gid(chart.axes, "scale bar")
    length = sum(part.get_width() for part in bar if not isinstance(part, Text))
    (label,) = [part for part in bar if isinstance(part, Text)]
    assert label.get_text() == km_text(length)


def test_graticule_is_numbered(chart: DistanceMap) -> None:
    assert len(by_gid(chart.axes, "graticule")) == 1
    numbers = {text.get_text() for text in by_gid(chart.axes, "graticule number")}
    assert {"54° N", "34° E"} <= numbers


def test_projection_keeps_distance_and_direction_from_its_centre() -> None:
    projection = Projection(TOWNS[0])
    for town in TOWNS[1:] + CAPITALS:
        x, y = projection.xy(town.point)
        assert np.hypot(x, y) == pytest.approx(distance_km(TOWNS[0].point, town.point), rel=1e-6)
        turn = np.degrees(np.arctan2(x, y)) % 360
        assert turn == pytest.approx(bearing(TOWNS[0].point, town.point), abs=1e-3)
        back = projection.point(x, y)
        assert distance_km(back, town.point) < 0.01


def test_ways_are_drawn_as_long_as_the_table_says(chart: DistanceMap) -> None:
    for near in chart.measured.here.borders:
        (way,) = by_gid(chart.axes, f"way to {near.country}")
        x, y = way.get_data()
        assert np.hypot(x[-1] - x[0], y[-1] - y[0]) == pytest.approx(near.km, rel=1e-5)


def test_markers_stand_where_the_towns_are_and_fill_if_they_fit(chart: DistanceMap) -> None:
    for town in chart.measured.towns[1:]:
        (marker,) = by_gid(chart.axes, town.place.name)
        x, y = marker.get_data()
        assert chart.projection.xy(town.place.point) == pytest.approx((x[0], y[0]))
        assert (marker.get_markerfacecolor() != "white") == town.fits
    assert {town.place.name for town in chart.measured.towns if town.fits} == {"Yelnya", "Smolensk"}


def test_the_line_and_the_band_lie_where_they_should(
    chart: DistanceMap, borders: BorderMap
) -> None:
    (line,), (band,) = by_gid(chart.axes, "line"), by_gid(chart.axes, "band")
    for x, y in line.get_path().vertices[::15]:
        near = borders.country("Ukraine").nearest(chart.projection.point(float(x), float(y)))
        assert near.km == pytest.approx(260, rel=0.005)
    kms = [
        borders.country("Ukraine").nearest(chart.projection.point(float(x), float(y))).km
        for x, y in band.get_path().vertices[::15]
    ]
    assert min(kms) == pytest.approx(245, rel=0.005)
    assert max(kms) == pytest.approx(275, rel=0.005)
    assert band.get_hatch()  # never by colour alone


@pytest.mark.parametrize("size", [(6, 5), (8, 6.5), (11, 8)])
def test_names_of_countries_stand_in_their_countries(
    borders: BorderMap, size: tuple[float, float]
) -> None:
    chart = DistanceMap(map_axes(*size, 110), borders, measured(borders, TOWNS[0]), VIEW, NAMES)
    for text in chart.axes.texts:
        country = text.get_text().title()
        if text.get_text().isupper() and country in borders.countries:
            box = text.get_window_extent()
            middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
            x, y = chart.axes.transData.inverted().transform(middle)
            assert borders.country(country).holds(chart.projection.point(float(x), float(y))), (
                country
            )


@pytest.mark.parametrize("number", range(len(TOWNS)))
def test_labels_do_not_collide(borders: BorderMap, number: int) -> None:
    chart = DistanceMap(
        map_axes(8, 6.5, 110), borders, measured(borders, TOWNS[number]), VIEW, NAMES
    )
    assert_apart(chart.axes)


def assert_apart(axes: Axes) -> None:
    kept = [text for text in axes.texts if text.get_gid() != "source"]
    boxes = [(text.get_text(), Box(*text.get_window_extent().extents)) for text in kept]
    legend = axes.get_legend()
    if legend is not None:
        boxes.append(("legend", Box(*legend.get_window_extent().extents)))
    for (one, a), (other, b) in combinations(boxes, 2):
        assert a.overlap(b) == 0, f"{one} covers {other}"


def test_place_label_takes_the_position_that_covers_least() -> None:
    frame = Box(0, 0, 60, 20)
    box = place_label((30, 10), (20, 10), [Box(0, 0, 60, 20)], frame)
    assert box.area == 200


def test_figure_sentence_and_table_agree(chart: DistanceMap, borders: BorderMap) -> None:
    for km, tolerance in ((260, 15), (106, 10), (300, 0)):
        chart.update(measured(borders, TOWNS[0], km, tolerance))
        numbers = chart.measured
        said = texts(chart.axes)
        row = dict(zip(numbers.header, numbers.rows[0], strict=True))
        for near in numbers.here.borders:
            shown = km_text(near.km)
            assert shown in said
            assert f"{shown} from the border of {near.country}" in numbers.sentence
            assert row[f"To the border of {near.country}"] == shown
        fits = [r[0] for r in numbers.rows if r[-1] == "fits"]
        filled = [
            town.place.name
            for town in numbers.towns
            if by_gid(chart.axes, town.place.name)[0].get_markerfacecolor() != "white"
        ]
        assert fits == filled
        for name in fits:
            assert name in numbers.sentence
        title = chart.axes.get_title(loc="left")
        assert title == numbers.title
        assert numbers.claim in numbers.sentence
        assert numbers.claim in numbers.header[-1]


def test_sentence_and_table_of_the_place_in_the_lesson(borders: BorderMap) -> None:
    numbers = measured(borders, TOWNS[0])
    assert numbers.rows[0] == ("Yelnya", "246 km", "north", "106 km", "north-east", "fits")
    assert numbers.sentence == (
        "Yelnya is 246 km from the border of Ukraine (its nearest point lies south) and 106 km "
        "from the border of Belarus (its nearest point lies south-west). That fits “260 km north "
        "of the border of Ukraine”, give or take 15 km. Of 11 towns, 2 fit: Yelnya and Smolensk."
    )
    assert "none fits" in measured(borders, TOWNS[0], 800, 5).sentence
    assert "one fits: Smolensk" in measured(borders, TOWNS[0], 275, 5).sentence


def test_colours_are_okabe_and_itos_and_differ_in_line_too() -> None:
    assert BORDER_STYLES[0][0].lower() in OKABE_ITO
    assert BORDER_STYLES[1][0].lower() in OKABE_ITO
    assert len({str(style) for _, style in BORDER_STYLES}) == len(BORDER_STYLES)


def luminance(colour: Any) -> float:
    """Give the relative luminance, as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("view", [VIEW, Region(14, 44, 41, 58)])
def test_all_letters_have_contrast_enough(borders: BorderMap, view: Region) -> None:
    chart = DistanceMap(map_axes(8, 6.5, 110), borders, measured(borders, TOWNS[0]), view, NAMES)
    legend = chart.axes.get_legend()
    assert legend is not None
    for text in (*chart.axes.texts, *legend.get_texts()):
        # The rim or the page behind them is white.
        assert 1.05 / (luminance(text.get_color()) + 0.05) >= 4.5, text


def test_the_ground_is_opaque_and_light(chart: DistanceMap) -> None:
    picture = Image.open(io.BytesIO(figure_bytes(chart.axes.get_figure(root=True))))  # type: ignore[arg-type]
    assert np.asarray(picture.convert("RGBA"))[..., 3].min() == 255
    assert min(to_rgb(chart.axes.figure.get_facecolor())) == 1


def test_moving_the_slider_leaves_the_ground_alone(chart: DistanceMap, borders: BorderMap) -> None:
    chart.png()
    before = [artist for artist in chart.axes.get_children()]  # noqa: C416  # a copy
    chart.update(measured(borders, TOWNS[0], 300, 20))
    assert chart.axes.get_children() == before
    chart.update(measured(borders, TOWNS[3], 300, 20))
    assert chart.axes.get_children() != before
    assert "centered on Pochep" in " ".join(texts(chart.axes))


def test_quick_picture_is_the_same_after_saving_and_after_coming_back(
    chart: DistanceMap, borders: BorderMap
) -> None:
    first = chart.png()
    assert Image.open(io.BytesIO(first)).size == (880, 715)
    assert chart.png() == first
    figure_bytes(chart.axes.get_figure(root=True))  # type: ignore[arg-type]
    chart.update(measured(borders, TOWNS[0], 320, 15))
    assert chart.png() != first
    chart.update(measured(borders, TOWNS[0]))
    assert chart.png() == first


def test_pointer_finds_the_point(chart: DistanceMap) -> None:
    for town in TOWNS:
        pixels = chart.axes.transData.transform(chart.projection.xy(town.point))
        right, up = pixels / chart.axes.figure.bbox.size
        found = chart.point_at(right, 1 - up)
        assert found is not None
        assert distance_km(found, town.point) < 0.05
    assert chart.point_at(0.001, 0.5) is None


def test_a_view_is_widened_for_points_alone() -> None:
    assert with_points(VIEW, []) == VIEW
    assert with_points(VIEW, [Point(57, 33)]) == VIEW._replace(north=57.3)


def test_view_can_be_chosen(borders: BorderMap) -> None:
    view = Region(22, 44, 41, 56)
    chart = DistanceMap(map_axes(8, 6.5, 110), borders, measured(borders, TOWNS[0]), view, NAMES)
    left, right = chart.axes.get_xlim()
    bottom, top = chart.axes.get_ylim()
    for corner in ((44, 22), (44, 41), (56, 22), (56, 41)):
        x, y = chart.projection.xy(Point(*corner))
        assert left - 1 <= x <= right + 1
        assert bottom - 1 <= y <= top + 1
    assert (right - left) / (top - bottom) == pytest.approx(
        chart.axes.bbox.width / chart.axes.bbox.height
    )


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_saving_gives_the_same_bytes(borders: BorderMap, kind: Any) -> None:
    def draw() -> bytes:
        axes = map_axes(8, 6.5, 110)
        DistanceMap(axes, borders, measured(borders, TOWNS[0]), VIEW, NAMES)
        return figure_bytes(axes.get_figure(root=True), kind)  # type: ignore[arg-type]

    first = draw()
    assert first == draw()
    assert b"dc:date" not in first
    assert len(first) > 50_000


@pytest.fixture
def between(borders: BorderMap) -> PlaceDistances:
    return measure_between(CAPITALS, [borders.country("Ukraine"), borders.country("Belarus")], 260)


@pytest.fixture
def pair(borders: BorderMap, between: PlaceDistances) -> tuple[Axes, Axes]:
    figure = Figure(figsize=(8, 9.3), dpi=110)
    tinted = ["Ukraine", "Belarus", "Poland", "Lithuania"]
    return draw_places(figure, borders, between, tinted, NAMES)


def test_places_map_shows_the_places_and_points_to_the_far_one(pair: tuple[Axes, Axes]) -> None:
    said = texts(pair[0])
    assert {"Kyiv", "Moscow", "756 km", "to Washington: 7,854 km"} <= set(said)
    assert {"UKRAINE", "BELARUS", "POLAND", "LITHUANIA"} <= set(said)
    assert "centered on Kyiv" in " ".join(said)
    assert "Grey lies outside the border file" in " ".join(" ".join(said).split())
    assert_apart(pair[0])


def test_bars_table_and_sentence_agree(pair: tuple[Axes, Axes], between: PlaceDistances) -> None:
    patches: list[Any] = list(pair[1].patches)
    bars = [bar.get_width() for bar in patches]
    assert sorted(bars) == sorted([*(p.km for p in between.pairs), 260])
    names = [label.get_text() for label in pair[1].get_yticklabels()]
    said = texts(pair[1])
    for start, end, km, times in between.rows:
        row = names.index(f"{start} to {end}")
        assert said[row] == km == km_text(bars[row])
        assert f"{start} to {end}: {km}" in between.sentence
        assert times == f"{bars[row] / 260:.1f}"
    assert pair[1].get_xlim()[0] == 0  # bars that do not start at nought would mislead


def test_what_is_compared_can_be_named(borders: BorderMap) -> None:
    between = measure_between(CAPITALS, (), 260, "the article's distance")
    _, bars = draw_places(Figure(figsize=(8, 9)), borders, between, ["Ukraine"])
    assert "the article's distance" in [label.get_text() for label in bars.get_yticklabels()]


def test_places_all_off_the_map_are_refused(borders: BorderMap) -> None:
    far = [CAPITALS[0], Place("Lima", Point(-12, -77))]
    with pytest.raises(PlaceError, match="None of the places lies on this map"):
        draw_places(Figure(), borders, measure_between(far), ["Ukraine"])


def test_empty_outlines_can_be_drawn() -> None:
    assert np.size(path_of(shapely.Polygon(), Projection(TOWNS[0])).vertices) == 0
