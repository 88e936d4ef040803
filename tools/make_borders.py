"""Make data/borders.geojson, and the table of what other border files say.

    python tools/make_borders.py countries-10m.json data/borders.geojson
    python tools/make_borders.py --scales FOLDER data/border_scales.yaml

The input is the npm package world-atlas 2.0.2: Natural Earth 4.1 (public domain) as
TopoJSON. FOLDER holds its files countries-110m.json, countries-50m.json and
countries-10m.json. The same input gives the same bytes.

world-atlas rounds coordinates to a grid of 0.0036 degrees of longitude by about 0.0017
degrees of latitude (some 230 m by 190 m here), so no distance is better than about 0.2 km,
and Natural Earth itself is coarser than that.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import yaml
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from lesson.geography.borders import Border
from lesson.geography.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

# West, south, east, north. Holds Poland to Moscow whole; the southern edge clears Crimea.
REGION = (13.0, 43.3, 50.0, 62.0)
# Coverage simplification drops corners whose triangle is smaller than this squared (degrees).
TOLERANCE = 0.005
# Islands smaller than this (square degrees, about 7 km²) cannot be seen on the map.
SMALLEST_ISLAND = 0.001
# Four decimals of a degree are 11 m, finer than the input's own grid.
DECIMALS = 4

SOURCE = "Natural Earth 4.1, 1:10m, Admin 0 countries, by way of the npm package world-atlas 2.0.2"
LICENCE = "Natural Earth data: public domain; world-atlas packaging: ISC"
NOTE = (
    "Natural Earth draws Crimea as part of Russia; this map draws it as part of Ukraine, "
    "following United Nations General Assembly resolution 68/262. That is a choice: every "
    "border on a map is a claim with a source."
)

# What stands before the table of scales.
SCALES_HEAD = """\
# yaml-language-server: $schema=schema/border_scales.json
# Distance in kilometers from each candidate town to the nearest point of a border,
# by three files of the same maker, from coarse (110m) to fine (10m).
# Made by tools/make_borders.py --scales; do not edit by hand.
"""

# A point well inside Crimea, near Simferopol.
CRIMEA = shapely.Point(34.3, 45.2)

# ISO 3166-1: world-atlas has the numbers; readers know the letters.
ISO = {
    "040": "AT", "070": "BA", "100": "BG", "112": "BY", "191": "HR", "203": "CZ", "208": "DK",
    "233": "EE", "246": "FI", "248": "AX", "268": "GE", "276": "DE", "348": "HU", "380": "IT",
    "398": "KZ", "428": "LV", "440": "LT", "498": "MD", "499": "ME", "616": "PL", "642": "RO",
    "643": "RU", "688": "RS", "703": "SK", "705": "SI", "752": "SE", "804": "UA",
}  # fmt: skip

Country = tuple[str, str, BaseGeometry]


def decode(topology: dict[str, Any]) -> list[Country]:
    """Decode the countries of a TopoJSON file: name, ISO number, shape in degrees.

    The rules (delta-coded arcs; ~i for arc i backwards) are those of the TopoJSON
    specification, sections 2.1.1 to 2.1.4.
    """
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    def polygons(item: dict[str, Any]) -> Iterator[BaseGeometry]:
        parts = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        for part in parts:
            rings = [ring(indices) for indices in part]
            if len(rings[0]) >= 4:  # rounding has closed up the smallest islands
                holes = [hole for hole in rings[1:] if len(hole) >= 4]
                # Rounding can make a ring touch itself; make_valid mends that.
                yield shapely.make_valid(Polygon(rings[0], holes))

    return [
        (item["properties"]["name"], str(item.get("id", "")), MultiPolygon(_flat(polygons(item))))
        for item in topology["objects"]["countries"]["geometries"]
    ]


def _flat(shapes: Iterator[BaseGeometry]) -> list[Polygon]:
    """List the polygons of shapes that may be collections of collections."""
    # A collection may hold a multipolygon, hence two rounds of taking apart.
    parts = shapely.get_parts(shapely.get_parts(list(shapes)))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def move_crimea(countries: list[Country]) -> list[Country]:
    """Give Ukraine the part of Russia that holds Crimea; the line between them dissolves."""
    by_name = {name: shape for name, _, shape in countries}
    crimea = [part for part in by_name["Russia"].geoms if part.contains(CRIMEA)]
    if len(crimea) != 1 or crimea[0].area > 10:
        msg = "Crimea is not a part of its own in this file; cut it along the isthmus first."
        raise SystemExit(msg)
    new = {
        "Russia": MultiPolygon([part for part in by_name["Russia"].geoms if part != crimea[0]]),
        # Both sides share the arc of the isthmus, so the union leaves no gap.
        "Ukraine": shapely.unary_union([by_name["Ukraine"], crimea[0]]),
    }
    return [(name, number, new.get(name, shape)) for name, number, shape in countries]


def clip(countries: list[Country]) -> list[tuple[str, str, BaseGeometry, bool]]:
    """Cut to the region; the last item says whether the country is whole."""
    frame = box(*REGION)
    kept = []
    for name, number, shape in countries:
        near = MultiPolygon([part for part in shape.geoms if part.intersects(frame)])
        if near.is_empty:
            continue
        whole = frame.contains(shape)
        cut = near if whole else MultiPolygon(_flat(iter([near.intersection(frame)])))
        if not cut.is_empty:
            kept.append((name, number, _rounded(cut), whole))
    return sorted(kept)


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    rounded = shapely.transform(shape, lambda xy: np.round(xy, DECIMALS))
    return MultiPolygon(_flat(iter([shapely.make_valid(rounded)])))


def simplify(
    clipped: list[tuple[str, str, BaseGeometry, bool]],
) -> list[tuple[str, str, BaseGeometry, bool]]:
    """Drop tiny islands and fine corners; a border two countries share stays shared."""
    shapes = [
        MultiPolygon(
            [p for p in shape.geoms if p.area >= SMALLEST_ISLAND] or [max(shape.geoms, key=_area)]
        )
        for _, _, shape, _ in clipped
    ]
    # coverage_simplify needs GEOS 3.12, that is shapely 2.1, here only.
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    if not all(shapely.is_valid(simple)):
        raise SystemExit("Simplifying made an invalid shape; lower TOLERANCE.")
    return [(row[0], row[1], shape, row[3]) for row, shape in zip(clipped, simple, strict=True)]


def _area(shape: BaseGeometry) -> float:
    return float(shape.area)


def write_borders(source: Path, target: Path) -> None:
    """Make the GeoJSON file: one country a line, sorted by name."""
    countries = simplify(clip(move_crimea(decode(json.loads(source.read_text(encoding="utf-8"))))))
    lines = []
    for name, number, shape, whole in countries:
        properties = {"name": name, "iso": ISO.get(number, ""), "whole": whole}
        geometry = json.loads(shapely.to_geojson(shapely.normalize(shape)))
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    head = {"source": SOURCE, "licence": LICENCE, "note": NOTE}
    text = (
        '{"type":"FeatureCollection",\n'
        f'"properties":{json.dumps(head, ensure_ascii=False)},\n'
        f'"bbox":{json.dumps(REGION)},\n'
        '"features":[\n' + ",\n".join(lines) + "\n]}\n"
    )
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {len(text.encode()):,} bytes, {len(lines)} countries")


def write_scales(folder: Path, target: Path, places: Path) -> None:
    """Write how far each candidate town is from two borders, by three scales of the map."""
    data = yaml.safe_load(places.read_text("utf-8"))
    towns = [place for place in data["places"] if place["role"] == "candidate"]
    scales = ("110m", "50m", "10m")
    table: dict[tuple[str, str], dict[str, float]] = {}
    for scale in scales:
        text = (folder / f"countries-{scale}.json").read_text(encoding="utf-8")
        shapes = {name: shape for name, _, shape in move_crimea(decode(json.loads(text)))}
        for town in towns:
            for country in data["map"]["borders"]:
                near = Border(country, shapes[country]).nearest(
                    Point(town["latitude"], town["longitude"])
                )
                row = table.setdefault((town["id"], country), {})
                row[f"km_{scale}"] = round(near.km, 1)
    rows = [{"place": place, "border": border, **row} for (place, border), row in table.items()]
    body = {
        "source": SOURCE.replace("1:10m", "1:110m, 1:50m and 1:10m"),
        "licence": LICENCE,
        "rows": rows,
    }
    target.write_text(
        SCALES_HEAD + yaml.safe_dump(body, sort_keys=False, width=100), encoding="utf-8"
    )
    print(f"{target}: {len(rows)} rows")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make the border files of the lesson.")
    parser.add_argument("input", type=Path, help="countries-10m.json (or, with --scales, a folder)")
    parser.add_argument("output", type=Path, help="the file to write")
    parser.add_argument("--scales", action="store_true", help="write the table of three scales")
    parser.add_argument("--places", type=Path, default=Path("data/places.yaml"))
    options = parser.parse_args()
    if options.scales:
        write_scales(options.input, options.output, options.places)
    else:
        write_borders(options.input, options.output)


if __name__ == "__main__":
    main()
