"""Distances between places: every pair once, told the same in sentence and table."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from lesson.errors import PlaceError
from lesson.geography.between import measure_between
from lesson.geography.borders import Border
from lesson.geography.geo import Place, Point, distance_km, km_text

SQUARE = Border("Squareland", shapely.box(0, 0, 1, 1))
INSIDE, NORTH, EAST = (
    Place("Inside", Point(0.5, 0.5)),
    Place("North", Point(2, 0.5)),
    Place("East", Point(0.5, 4)),
)

points = st.builds(Point, st.floats(-80, 80), st.floats(-170, 170))
some_places = st.lists(points, min_size=2, max_size=5).map(
    lambda found: [Place(f"Place {number}", point) for number, point in enumerate(found)]
)


@given(some_places)
def test_every_two_places_are_measured_once(places: list[Place]) -> None:
    found = measure_between(places)
    assert len(found.between) == math.comb(len(places), 2)
    where = {place.name: place.point for place in places}
    for pair in found.pairs:
        assert pair.km == distance_km(where[pair.start], where[pair.end])


@given(some_places, st.floats(1, 20_000))
def test_table_and_sentence_agree_and_begin_with_the_longest(
    places: list[Place], compared: float
) -> None:
    found = measure_between(places, (), compared)
    lengths = [pair.km for pair in found.pairs]
    assert lengths == sorted(lengths, reverse=True)
    for (start, end, km, times), length in zip(found.rows, lengths, strict=True):
        assert f"{start} to {end}: {km}" in found.sentence
        assert km == km_text(length)
        assert float(times) == pytest.approx(length / compared, abs=0.051)
    assert len(found.header) == len(found.rows[0])
    assert found.sentence.endswith(f"To compare: {km_text(compared)}.")


def test_a_border_is_measured_from_outside_only() -> None:
    found = measure_between([INSIDE, NORTH, EAST], [SQUARE])
    assert [(pair.start, pair.end) for pair in found.to_borders] == [
        ("North", "the border of Squareland"),
        ("East", "the border of Squareland"),
    ]
    assert found.to_borders[0].km == pytest.approx(110.6, abs=0.1)


def test_without_a_comparison_there_is_no_column_for_it() -> None:
    found = measure_between([INSIDE, NORTH])
    assert found.header == ("From", "To", "Distance")
    assert found.rows == (("Inside", "North", "166 km"),)
    assert found.sentence == "Along the ground, Inside to North: 166 km."


@pytest.mark.parametrize("places", [[], [NORTH]])
def test_fewer_than_two_places_are_refused(places: list[Place]) -> None:
    with pytest.raises(PlaceError, match="give at least two"):
        measure_between(places)


@pytest.mark.parametrize("compared", [0, -260, math.nan])
def test_a_comparison_that_makes_no_sense_is_refused(compared: float) -> None:
    with pytest.raises(PlaceError, match="choose one above 0"):
        measure_between([NORTH, EAST], (), compared)
