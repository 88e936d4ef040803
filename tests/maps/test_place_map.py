"""The figure of the places a story names: what stands on its Axes, for any set of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.figure import Figure

from lesson.geography.between import PlaceDistances, measure_between
from lesson.geography.geo import Place, Point
from lesson.maps._base import Projection
from lesson.maps.atlas import Atlas
from lesson.maps.place_map import draw_places

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

KYIV, MINSK = Place("Kyiv", Point(50.45, 30.52)), Place("Minsk", Point(53.9, 27.57))
FAR = {
    "west": Place("Washington", Point(38.9, -77.04)),
    "east": Place("Novosibirsk", Point(55.02, 82.93)),
    "south": Place("Nairobi", Point(-1.29, 36.82)),
}


@pytest.fixture(scope="module")
def atlas(root: Path) -> Atlas:
    return Atlas(root)


def drawn(atlas: Atlas, places: list[Place]) -> tuple[Axes, Axes, PlaceDistances]:
    measured = measure_between(places, [atlas.borders.country("Ukraine")])
    chart, ladder = draw_places(Figure(figsize=(8, 9)), atlas.borders, measured, ["Ukraine"])
    return chart, ladder, measured


@pytest.mark.parametrize("side", FAR)
def test_an_arrow_points_along_the_way_to_a_place_off_the_map(atlas: Atlas, side: str) -> None:
    chart, _, measured = drawn(atlas, [KYIV, FAR[side]])
    (line,) = (line for line in chart.lines if line.get_linestyle() == "--")
    x, y = np.asarray(line.get_data())
    end = np.array([x[-1], y[-1]])
    true = np.array(Projection(KYIV).xy(FAR[side].point))
    cosine = end @ true / np.linalg.norm(end) / np.linalg.norm(true)
    assert cosine == pytest.approx(1)
    (left, right), (bottom, top) = chart.get_xlim(), chart.get_ylim()
    assert left <= end[0] <= right
    assert bottom <= end[1] <= top
    said = [text.get_text() for text in chart.texts]
    assert f"to {FAR[side].name}: {measured.rows[0][2]}" in said


def test_a_line_between_two_places_on_the_map_is_as_long_as_it_says(atlas: Atlas) -> None:
    chart, _, measured = drawn(atlas, [KYIV, MINSK])
    (pair,) = measured.between
    ends = [np.array(Projection(KYIV).xy(place.point)) for place in (KYIV, MINSK)]
    lengths = []
    for line in chart.lines:
        x, y = np.asarray(line.get_data())
        if len(x) > 2:
            lengths.append(np.hypot(x[-1] - x[0], y[-1] - y[0]))
    assert lengths == [pytest.approx(pair.km)]
    markers = [
        np.array(line.get_data()).ravel() for line in chart.lines if line.get_marker() == "o"
    ]
    assert all(any(np.allclose(marker, end) for marker in markers) for end in ends)


def test_without_a_comparison_the_bars_are_the_table(atlas: Atlas) -> None:
    _, ladder, measured = drawn(atlas, [KYIV, MINSK, FAR["west"]])
    names = [label.get_text() for label in ladder.get_yticklabels()]
    assert names == [f"{row[0]} to {row[1]}" for row in measured.rows]
    assert [text.get_text() for text in ladder.texts] == [row[2] for row in measured.rows]
    assert "kilometers" in ladder.get_xlabel()
