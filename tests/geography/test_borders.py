"""The shipped border file, the places, and the tool that makes them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
import yaml

from lesson.errors import LessonError, PlaceError
from lesson.geography.borders import BorderMap, read_borders
from lesson.geography.geo import Point

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
CRIMEA = {
    "Simferopol": Point(44.957, 34.111),
    "Sevastopol": Point(44.608, 33.521),
    "Kerch": Point(45.357, 36.475),
}


@pytest.fixture(scope="module")
def borders() -> BorderMap:
    return read_borders(DATA / "borders.geojson")


@pytest.fixture(scope="module")
def places() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / "places.yaml").read_text("utf-8"))["places"]
    return rows


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_borders", ROOT / "tools/make_borders.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_file_is_small_and_says_where_it_is_from(borders: BorderMap) -> None:
    assert (DATA / "borders.geojson").stat().st_size < 400_000
    assert "Natural Earth" in borders.source
    assert "public domain" in (DATA / "borders.geojson").read_text("utf-8")[:2000]
    assert "68/262" in borders.note


@pytest.mark.parametrize("city", CRIMEA)
def test_crimea_is_ukraine_alone(borders: BorderMap, city: str) -> None:
    holders = [name for name, border in borders.countries.items() if border.holds(CRIMEA[city])]
    assert holders == ["Ukraine"]


def test_no_line_divides_crimea_from_the_mainland(borders: BorderMap) -> None:
    ukraine, russia = borders.country("Ukraine").area, borders.country("Russia").area
    simferopol, kherson = shapely.Point(34.111, 44.957), shapely.Point(33.4, 46.8)
    one = [part for part in ukraine.geoms if part.contains(simferopol)]
    assert one[0].contains(kherson)
    assert not one[0].interiors
    # Russia keeps nothing west of the Kerch strait, and touches Ukraine only in the north.
    assert russia.intersection(shapely.box(32, 44, 36.5, 46.5)).is_empty
    assert ukraine.boundary.intersection(russia.boundary).bounds[1] > 47


def test_countries_neither_overlap_nor_gape(borders: BorderMap) -> None:
    shapes = [border.area for border in borders.countries.values()]
    assert all(shape.is_valid for shape in shapes)
    assert sum(s.area for s in shapes) == pytest.approx(shapely.union_all(shapes).area, abs=1e-6)
    for one, other in (("Ukraine", "Belarus"), ("Ukraine", "Russia"), ("Poland", "Belarus")):
        shared = borders.country(one).area.boundary.intersection(
            borders.country(other).area.boundary
        )
        assert shared.length > 3


def test_the_lesson_countries_are_whole(borders: BorderMap, places: list[dict[str, Any]]) -> None:
    named = {place["border"] for place in places if "border" in place}
    assert named == {"Ukraine", "Belarus", "Poland", "Lithuania"}
    assert all(borders.country(name).whole for name in named)


def test_places_are_complete(borders: BorderMap, places: list[dict[str, Any]]) -> None:
    keys = {"id", "name", "latitude", "longitude", "country", "role", "note", "source"}
    for place in places:
        assert keys <= set(place), place["id"]
        point = Point(place["latitude"], place["longitude"])
        if place["country"] in borders.countries:
            assert borders.country(place["country"]).holds(point), place["id"]
        assert place["role"] in {"capital", "named", "candidate"}
    ids = [place["id"] for place in places]
    assert len(ids) == len(set(ids))
    assert {"washington", "moscow", "kyiv"} <= set(ids)
    assert sum(place["role"] == "candidate" for place in places) >= 6


def test_scales_are_those_of_the_fact_sheet(
    borders: BorderMap, places: list[dict[str, Any]]
) -> None:
    table = yaml.safe_load((DATA / "border_scales.yaml").read_text("utf-8"))
    found = {
        (row["place"], row["border"]): (row["km_110m"], row["km_50m"], row["km_10m"])
        for row in table["rows"]
    }
    assert found["yelnya", "Ukraine"] == pytest.approx((252.4, 247.6, 245.8), abs=0.1)
    assert found["yelnya", "Belarus"] == pytest.approx((112.9, 107.4, 106.1), abs=0.1)
    assert found["smolensk", "Ukraine"] == pytest.approx((278, 276, 274), abs=0.5)
    assert found["klintsy", "Ukraine"] == pytest.approx((54, 52, 50), abs=0.6)
    # The shipped, simplified file says the same as the finest to within 1 km.
    where = {place["id"]: Point(place["latitude"], place["longitude"]) for place in places}
    for (place, country), scales in found.items():
        assert borders.country(country).nearest(where[place]).km == pytest.approx(scales[2], abs=1)


def test_a_bad_border_file_is_refused_in_a_sentence(tmp_path: Path, borders: BorderMap) -> None:
    with pytest.raises(PlaceError, match=r"none\.geojson cannot be read"):
        read_borders(tmp_path / "none.geojson")
    for text in ("", "[]", '{"features": []}', '{"bbox": [1, 2, 3], "features": []}'):
        (tmp_path / "bad.geojson").write_text(text)
        with pytest.raises(PlaceError, match=r"bad\.geojson is not a GeoJSON collection"):
            read_borders(tmp_path / "bad.geojson")
    with pytest.raises(LessonError, match="no country 'Atlantis' here; there is Austria, "):
        borders.country("Atlantis")


def test_a_map_of_borders_stays_as_it_was_read(borders: BorderMap) -> None:
    assert borders.country("Ukraine") is borders.countries["Ukraine"]
    with pytest.raises(FrozenInstanceError):
        borders.note = ""  # type: ignore[misc]


def test_tool_decodes_topojson_and_moves_the_part(tool: ModuleType) -> None:
    """Two squares share an arc; one more, "Crimea", shares its edge with Ukraine."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [30, 44]},
        "arcs": [
            [[3, 4], [2, 0]],  # the shared edge, west to east
            [[5, 4], [0, 3], [-2, 0], [0, -3]],  # Ukraine's other edges
            [[5, 4], [0, -3], [-2, 0], [0, 3]],  # Crimea's other edges
            [[10, 10], [2, 0], [0, 2], [-2, -2]],  # Russia proper
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {
                        "type": "Polygon",
                        "arcs": [[0, 1]],
                        "id": "804",
                        "properties": {"name": "Ukraine"},
                    },
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[~0, ~2]], [[3]]],
                        "id": "643",
                        "properties": {"name": "Russia"},
                    },
                ]
            }
        },
    }
    moved = {name: shape for name, _, shape in tool.move_crimea(tool.decode(topology))}
    assert moved["Ukraine"].equals(shapely.box(33, 45, 35, 51))
    assert moved["Russia"].area == pytest.approx(2)


def test_the_table_of_scales_begins_as_the_tool_writes_it(tool: ModuleType) -> None:
    assert (DATA / "border_scales.yaml").read_text("utf-8").startswith(tool.SCALES_HEAD)


def test_tool_gives_the_same_bytes_again(tmp_path: Path) -> None:
    """Runs where the npm package was unpacked into world-atlas/ beside this repository's data."""
    source = ROOT / "world-atlas" / "countries-10m.json"
    if not source.exists():
        pytest.skip("unpack world-atlas 2.0.2 into world-atlas/ to run this")
    out = tmp_path / "borders.geojson"
    script = ROOT / "tools" / "make_borders.py"
    subprocess.run([sys.executable, script, source, out], check=True, capture_output=True)
    assert out.read_bytes() == (DATA / "borders.geojson").read_bytes()
