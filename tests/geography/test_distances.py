"""What fits: the distance, the tolerance and the direction."""

from __future__ import annotations

import pytest
import shapely

from lesson.geography.borders import Border
from lesson.geography.distances import measure
from lesson.geography.geo import Place, Point

SQUARE = Border("Squareland", shapely.box(0, 0, 1, 1))
NORTH, EAST = Place("North", Point(2, 0.5)), Place("East", Point(0.5, 2))


def test_a_place_fits_by_distance_and_direction() -> None:
    found = measure(NORTH, [SQUARE], 111, 0, [NORTH, EAST], direction="north")
    assert [town.fits for town in found.towns] == [True, False]
    assert [(t.distance_fits, t.direction_fits) for t in found.towns] == [
        (True, True),
        (True, False),
    ]
    assert found.rows[1] == ("East", "111 km", "east", "right distance, but east")
    assert "one fits: North" in found.sentence
    assert "That fits “111 km north of the border of Squareland”" in found.sentence


def test_off_in_direction_alone_is_said_as_such() -> None:
    said = measure(EAST, [SQUARE], 110, 5, direction="north").sentence
    assert said.endswith("give or take 5 km, in distance but not in direction: it lies east.")


def test_off_in_both_is_said_as_not_fitting() -> None:
    found = measure(EAST, [SQUARE], 300, 5, direction="north")
    assert (found.here.distance_fits, found.here.direction_fits) == (False, False)
    assert found.rows[0][-1] == "does not fit"
    assert found.sentence.endswith("give or take 5 km.")


def test_without_a_direction_any_side_fits() -> None:
    assert measure(EAST, [SQUARE], 110, 5).here.fits
    assert measure(EAST, [SQUARE], 110, 5).claim == "110 km from the border of Squareland"


@pytest.mark.parametrize(("tolerance", "fits"), [(0, False), (1, True)])
def test_a_tolerance_is_held_against_whole_kilometers(tolerance: float, fits: bool) -> None:
    assert measure(NORTH, [SQUARE], 110, tolerance).here.fits == fits


@pytest.mark.parametrize(("target", "tolerance"), [(110.6, 0), (111.4, 0), (112, 0.6)])
def test_what_is_asked_is_held_against_as_it_is_printed(target: float, tolerance: float) -> None:
    """The place is 110.6 km off and printed as 111 km; so is the distance it is held against."""
    assert measure(NORTH, [SQUARE], target, tolerance).here.fits


def test_towns_are_counted_with_their_noun() -> None:
    assert "Of 1 town, one fits: North." in measure(NORTH, [SQUARE], 111, 0, [NORTH]).sentence
    said = measure(NORTH, [SQUARE], 111, 0, [NORTH, EAST], direction="north").sentence
    assert "Of 2 towns, one fits: North." in said
