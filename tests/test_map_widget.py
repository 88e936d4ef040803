"""The map that a learner moves: values in, values and bytes out."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from lesson.answers import Answers
from lesson.atlas import Atlas
from lesson.errors import PlaceError
from lesson.map_widget import MapWidget
from lesson.notebook import Notebook
from lesson.record import Record
from lesson.widgets import script

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


def test_numbers_beyond_the_sliders_stop_at_their_ends(chart: MapWidget) -> None:
    setting = send(chart, changes={"distance": 9999, "tolerance": -3})["setting"]
    assert (setting["distance"], setting["tolerance"]) == (500, 0)


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


def test_places_and_scales_of_the_lesson(atlas: Atlas) -> None:
    picture = atlas.places_picture()
    assert "Kyiv to Moscow: 756 km" in picture.sentence
    assert ("Washington", "Kyiv", "7,854 km", "30.2") in picture.rows
    table = atlas.border_scales()
    assert ("Yelnya", "Ukraine", "252.4 km", "247.6 km", "245.8 km") in table.rows
    assert "59.6 to 71.2 km" in table.sentence
    assert "<td>Yelnya</td>" in table._repr_html_()


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
    if not (node := shutil.which("node")):
        pytest.skip("Node.js is not here to run the view's own rule")
    code = (
        script("newest.js")
        + """
      const sent = [];
      const line = newestOnly((request) => sent.push(request));
      line.wish({ changes: { distance: 100 }, pointer: null });
      line.wish({ changes: { distance: 105 }, pointer: null });
      line.wish({ changes: { tolerance: 5 }, pointer: null });
      line.wish({ changes: { distance: 110 }, pointer: null, settled: true });
      const early = sent.length;
      line.answered(); line.answered(); line.answered();
      line.wish({ changes: { distance: 300 }, pointer: null });
      console.log(JSON.stringify({ early, sent }));
    """
    )
    done = subprocess.run([node, "-e", code], capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert found["early"] == 1
    assert [request["changes"] for request in found["sent"]] == [
        {"distance": 100},
        {"distance": 110, "tolerance": 5},
        {"distance": 300},
    ]
    assert found["sent"][1]["settled"] is True
