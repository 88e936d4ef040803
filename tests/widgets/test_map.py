"""The map that a learner moves: values in, values and bytes out."""

from __future__ import annotations

import io
import json
import math
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lesson.errors import LessonError, PlaceError
from lesson.exercise.answers import Answers
from lesson.exercise.record import Record
from lesson.geography.geo import km_text
from lesson.maps.atlas import Atlas
from lesson.notebook import Notebook
from lesson.widgets.map import DISTANCES, TOLERANCES, MapWidget
from lesson.widgets.view import script

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson


@pytest.fixture(scope="module")
def atlas(root: Path) -> Atlas:
    return Atlas(root)


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(tmp_path / "answers", "05_distances")


@pytest.fixture
def chart(atlas: Atlas, answers: Answers) -> MapWidget:
    return MapWidget(atlas, answers)


def send(widget: MapWidget, **message: Any) -> dict[str, Any]:
    widget._receive(None, {"do": "move", **message}, None)
    state: dict[str, Any] = widget.state
    return state


def test_it_begins_away_from_the_answer(chart: MapWidget, atlas: Atlas) -> None:
    assert chart.setting.distance != atlas.info.distance
    assert not chart.setting.town
    names = [town["text"] for town in chart.content["towns"]]
    assert names == sorted(names)
    assert Image.open(io.BytesIO(chart.picture)).format == "PNG"


def test_a_slider_redraws_and_is_saved_when_let_go(chart: MapWidget, answers: Answers) -> None:
    before = chart.picture
    state = send(chart, changes={"distance": 260})
    assert "Of 11 towns, 2 fit: Smolensk and Yelnya." in state["sentence"]
    assert chart.picture != before
    assert "distances-map" not in answers
    assert send(chart, changes={"distance": 265}, settled=True)["saved"] == "Saved."
    assert answers["distances-map"].answer["distance"] == 265
    assert send(chart, changes={"tolerance": 0})["sentence"].endswith("none fits.")


def test_sentence_table_and_title_come_from_one_measurement(chart: MapWidget) -> None:
    state = send(chart, changes={"distance": 260, "town": "yelnya"})
    assert state["sentence"] == chart.measured.sentence
    assert state["rows"][0][:3] == ("Yelnya", "246 km", "north")
    assert chart._chart.axes.get_title(loc="left") == chart.measured.title


def test_a_town_takes_the_pin_with_it_and_the_pin_leaves_the_town(chart: MapWidget) -> None:
    setting = send(chart, changes={"town": "smolensk"})["setting"]
    assert (round(setting["latitude"], 2), round(setting["longitude"], 2)) == (54.78, 32.05)
    state = send(chart, changes={"town": "", "latitude": 54.0, "longitude": 33.0})
    assert state["setting"]["town"] == ""
    assert state["sentence"].startswith("Your pin is")


def test_the_pointer_puts_the_pin(chart: MapWidget, atlas: Atlas) -> None:
    town = atlas.towns["bryansk"]
    axes = chart._chart.axes
    right, up = axes.transData.transform(chart._chart.projection.xy(town.point)) / (
        axes.figure.bbox.size
    )
    setting = send(chart, changes={}, pointer=[right, 1 - up])["setting"]
    assert setting["latitude"] == pytest.approx(town.point.latitude, abs=0.002)
    assert setting["longitude"] == pytest.approx(town.point.longitude, abs=0.002)
    state = send(chart, changes={}, pointer=[0.001, 0.5])
    assert "The pin goes on the map itself" in state["saved"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"latitude": 33.2, "longitude": 54.6, "town": ""}, "look swapped"),
        ({"latitude": 10}, "lies outside the map"),
        ({"latitude": None}, "A number is missing"),
        ({"latitude": float("nan")}, "is nan"),
    ],
)
def test_a_bad_pin_is_said_and_leaves_the_map_as_it_was(
    chart: MapWidget, changes: dict[str, Any], said: str
) -> None:
    before = chart.setting
    state = send(chart, changes=changes, settled=True)
    assert said in state["saved"]
    assert state["problem"]
    assert chart.setting == before
    with pytest.raises(PlaceError):
        chart.move(changes)
    assert not send(chart, changes={"distance": 200})["problem"]


@pytest.mark.parametrize(
    ("distance", "tolerance", "expected"),
    [
        (9999, -3, (500, 0)),
        (-260, 9999, (50, 50)),
        (float("nan"), float("nan"), (50, 0)),
        (float("inf"), float("-inf"), (50, 0)),
        (1e308, 1e-308, (500, 1e-308)),
    ],
)
def test_sliders_never_leave_their_range(
    chart: MapWidget, distance: float, tolerance: float, expected: tuple[float, float]
) -> None:
    setting = send(chart, changes={"distance": distance, "tolerance": tolerance})["setting"]
    assert (setting["distance"], setting["tolerance"]) == expected


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
fields = ["distance", "tolerance", "latitude", "longitude", "town", "other"]


@pytest.fixture(scope="module")
def worn(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> MapWidget:
    """Give a map that takes one message after another."""
    return MapWidget(atlas, Answers(tmp_path_factory.mktemp("answers"), "05_distances"))


@settings(max_examples=60)
@given(
    message=st.fixed_dictionaries(
        {
            "changes": anything | st.dictionaries(st.sampled_from(fields), anything, max_size=3),
            "pointer": anything | st.tuples(st.floats(), st.floats()),
            "settled": anything,
        }
    )
)
def test_no_message_from_the_page_breaks_the_map(worn: MapWidget, message: dict[str, Any]) -> None:
    before = worn.state["answered"]
    worn._receive(None, {"do": "move", **message}, None)
    setting = worn.setting
    assert worn.state["answered"] == before + 1  # or the view would wait for ever
    assert DISTANCES[0] <= setting.distance <= DISTANCES[1]
    assert TOLERANCES[0] <= setting.tolerance <= TOLERANCES[1]
    assert math.isfinite(setting.latitude)
    assert math.isfinite(setting.longitude)
    assert worn.state["sentence"] == worn.measured.sentence
    assert not send(worn, changes={"town": "yelnya"})["problem"]


@pytest.mark.parametrize("message", [None, 3, "save", [], {}, {"do": "run"}, {"do": ["move"]}])
def test_what_is_no_wish_changes_nothing(chart: MapWidget, message: Any) -> None:
    before = dict(chart.state)
    chart._receive(None, message, None)
    assert chart.state == before


def test_a_file_is_png_or_svg_and_nothing_else(
    chart: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(chart, "send", lambda *what: sent.append(what[0]))
    chart._receive(None, {"do": "save", "kind": "../../evil.html"}, None)
    assert sent == [{"file": "png"}]


def test_words_of_the_page_are_never_shown_as_markup(chart: MapWidget) -> None:
    evil = "<img src=x onerror=alert(1)>"
    state = send(chart, changes={"town": evil, "latitude": evil})
    assert evil not in str(state)
    assert "A number is missing" in state["saved"]


def test_loaded_work_brings_its_setting_to_a_map_that_is_shown(
    lesson: Lesson, answers: Answers
) -> None:
    notebook = Notebook(lesson, "05_distances", answers)
    shown = notebook.map()
    setting = {
        "distance": 235.0,
        "tolerance": 5.0,
        "latitude": 53.0,
        "longitude": 35.0,
        "town": "vyazma",
    }
    elsewhere = Answers(answers.path.parent, "05_distances")
    elsewhere.save("distances-map", Record(answer=setting, revision=1))
    notebook._refresh()
    assert (shown.setting.distance, shown.setting.town) == (235, "vyazma")
    assert shown.state["sentence"].startswith("Vyazma is")
    assert shown._chart.axes.get_title(loc="left") == shown.measured.title


def test_a_town_that_the_lesson_no_longer_has_leaves_the_pin_where_it_was(
    atlas: Atlas, answers: Answers
) -> None:
    saved = {"distance": 200, "tolerance": 5, "latitude": 53.0, "longitude": 35.0, "town": "gone"}
    answers.save("distances-map", Record(answer=saved, revision=1))
    setting = MapWidget(atlas, answers).setting
    assert (setting.latitude, setting.longitude, setting.town) == (53, 35, "")


def test_a_full_disk_is_said_and_the_map_goes_on(
    chart: MapWidget, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LessonError("Your answer could not be saved; the disk is full.")

    monkeypatch.setattr(answers, "save", full)
    state = send(chart, changes={"distance": 200}, settled=True)
    assert state["problem"]
    assert "the disk is full" in state["saved"]
    assert state["setting"]["distance"] == 200


@settings(max_examples=15)
@given(
    distance=st.integers(10, 100).map(lambda step: 5 * step),
    tolerance=st.integers(0, 10).map(lambda step: 5 * step),
    latitude=st.floats(51, 56),
    longitude=st.floats(29.6, 38.8),
)
def test_figure_sentence_table_and_description_say_the_same(
    worn: MapWidget, distance: float, tolerance: float, latitude: float, longitude: float
) -> None:
    """The view sets the picture's alt text from the sentence; see `static/map.js`."""
    changes = {"distance": distance, "tolerance": tolerance, "town": ""}
    state = send(worn, changes=changes | {"latitude": latitude, "longitude": longitude})
    axes, measured = worn._chart.axes, worn.measured
    written = [text.get_text() for text in axes.texts]
    by_name: dict[str, Any] = {
        str(artist.get_gid()): artist for artist in axes.get_children() if artist.get_gid()
    }
    header, first = state["header"], state["rows"][0]
    row = dict(zip(header, first, strict=True))
    for near in measured.here.borders:
        shown = km_text(near.km)
        assert row[f"To the border of {near.country}"] == shown
        assert shown in written
        assert f"{shown} from " in state["sentence"]
        x, y = by_name[f"way to {near.country}"].get_data()
        # The projection is true from its centre, so the drawn way is as long as it says.
        assert math.hypot(x[-1] - x[0], y[-1] - y[0]) == pytest.approx(near.km, abs=0.02)
    title = axes.get_title(loc="left")
    assert title.startswith(f"{distance:g} km (± {tolerance:g} km)")
    assert f"“{distance:g} km north of the border of Ukraine”" in state["sentence"]
    assert f"give or take {tolerance:g} km" in state["sentence"]
    fitting = {name for name, *_, verdict in state["rows"][1:] if verdict == "fits"}
    filled = {
        town.place.name
        for town in measured.towns
        if by_name[town.place.name].get_markerfacecolor() != "white"
    }
    assert fitting == filled
    told = state["sentence"].split(" towns, ")[1]
    assert {town.place.name for town in measured.towns if town.place.name in told} == fitting


def test_every_wish_is_answered_also_one_that_fails(chart: MapWidget) -> None:
    for number, changes in enumerate([{"distance": 80}, {"latitude": None}, {"town": 3}], start=1):
        assert send(chart, changes=changes)["answered"] == number


def test_what_was_left_comes_back(atlas: Atlas, answers: Answers) -> None:
    first = MapWidget(atlas, answers)
    send(first, changes={"distance": 260, "town": "kaluga"}, settled=True)
    again = MapWidget(atlas, Answers(answers.path.parent, "05_distances"))
    assert again.setting == first.setting
    assert again.state["sentence"] == first.state["sentence"]


@pytest.mark.parametrize(
    "saved", [None, 3, "x", {}, {"distance": "far"}, {"distance": 1, "tolerance": 1}]
)
def test_a_damaged_setting_begins_anew(atlas: Atlas, answers: Answers, saved: Any) -> None:
    answers.save("distances-map", Record(answer=saved, revision=1))
    assert MapWidget(atlas, answers).setting.distance == atlas.info.start


def test_files_are_sent_as_bytes(chart: MapWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(chart, "send", lambda *what: sent.append(what))
    for kind in ("png", "svg"):
        chart._receive(None, {"do": "save", "kind": kind}, None)
    assert [content for content, _ in sent] == [{"file": "png"}, {"file": "svg"}]
    assert sent[0][1][0].startswith(b"\x89PNG")
    assert b"<svg" in sent[1][1][0][:1000]


def test_the_static_form_shows_the_story_s_line_and_no_verdict(chart: MapWidget) -> None:
    data, _ = chart._repr_mimebundle_()
    assert "260 km (± 15 km) from the border of Ukraine" in data["text/plain"]
    assert "Yelnya | 246 km | north | 106 km | north-east" in data["text/plain"]
    assert "fit" not in data["text/plain"]
    assert '<img src="data:image/png;base64,' in data["text/html"]


def test_a_notebook_shows_one_map(lesson: Lesson, answers: Answers) -> None:
    notebook = Notebook(lesson, "05_distances", answers)
    assert notebook.map() is notebook.map()


def test_other_notebooks_load_nothing_of_the_map(root: Path) -> None:
    code = (
        "import sys; from lesson import open_notebook; open_notebook('01_page').ask('page-credit');"
        "print([n for n in ('pyproj', 'shapely', 'matplotlib') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert done.stdout.split() == [b"[]"]


def test_of_the_wishes_that_wait_only_the_newest_is_sent() -> None:
    found = run_newest(
        """
        line.wish({ changes: { distance: 100 } });
        line.wish({ changes: { distance: 105 } });
        line.wish({ changes: { tolerance: 5 } });
        line.wish({ changes: { distance: 110 }, settled: true });
        const early = sent.length;
        const more = [line.answered(), line.answered(), line.answered()];
        line.wish({ changes: { distance: 300 } });
        """
    )
    assert found["early"] == 1
    assert found["more"] == [True, False, False]
    assert [request["changes"] for request in found["sent"]] == [
        {"distance": 100},
        {"distance": 110, "tolerance": 5},
        {"distance": 300},
    ]
    assert found["sent"][1]["settled"] is True


def test_a_pin_that_waits_is_not_lost_when_a_slider_moves() -> None:
    found = run_newest(
        """
        const [early, more] = [0, []];
        line.wish({ changes: { distance: 100 } });
        line.wish({ changes: {}, pointer: [0.5, 0.5], settled: true });
        line.wish({ changes: { distance: 110 } });
        line.answered();
        line.wish({ changes: {}, pointer: [0.5, 0.5], settled: true });
        line.wish({ changes: { town: "here" }, pointer: null });
        line.answered();
        """
    )
    _, first, second = found["sent"]
    assert first == {"changes": {"distance": 110}, "pointer": [0.5, 0.5], "settled": True}
    assert second == {"changes": {"town": "here"}, "pointer": None, "settled": True}


def run_newest(steps: str) -> dict[str, Any]:
    """Run the view's own rule under Node.js; the browser tests drive it through the page."""
    if not (node := shutil.which("node")):
        pytest.skip("Node.js is not here to run the view's own rule")
    frame = """
      const sent = [];
      const line = newestOnly((request) => sent.push(request));
      %s
      console.log(JSON.stringify({ early, more, sent }));
    """
    code = script("newest.js") + frame % steps
    done = subprocess.run([node, "-e", code], capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
