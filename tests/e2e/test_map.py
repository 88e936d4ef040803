"""The map of distances as a learner moves it: by keyboard, by pointer, and back another day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from tests.e2e.lab import Notebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

    from tests.e2e.lab import Server

DISTANCE = "Distance from the border of Ukraine"


@pytest.fixture(scope="module")
def notebook(browser: Browser, server: Server) -> Iterator[Notebook]:
    """Run the notebook once; each test puts the map where it needs it."""
    context = browser.new_context(viewport={"width": 1280, "height": 1200})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    opened = Notebook(page, server, "05_distances")
    opened.open()
    opened.run_all()
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def chart(notebook: Notebook) -> Locator:
    return find(notebook)


def find(notebook: Notebook) -> Locator:
    chart = notebook.page.get_by_role("region", name="The map of distances")
    chart.scroll_into_view_if_needed()
    return chart


def sentence(chart: Locator) -> Locator:
    """Find what is read out after a change; a status is a polite live region."""
    return chart.get_by_role("status").last


def saved(chart: Locator) -> Locator:
    """Find what is said of saving, and of what could not be taken."""
    return chart.get_by_role("status").first


def pin(chart: Locator) -> tuple[float, float]:
    latitude, longitude = chart.get_by_role("spinbutton").all()
    return float(latitude.input_value()), float(longitude.input_value())


def put(chart: Locator, latitude: str, longitude: str) -> None:
    """Put the pin by the two number fields, by keyboard alone."""
    for name, degrees in (("latitude", latitude), ("longitude", longitude)):
        field = chart.get_by_role("spinbutton", name=re.compile(name))
        field.focus()
        field.press("Control+a")
        field.press_sequentially(degrees)
        field.press("Tab")


def test_the_sliders_move_by_keyboard_and_the_sentence_follows(chart: Locator) -> None:
    slider = chart.get_by_role("slider", name=DISTANCE)
    slider.focus()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "50 kilometers")
    expect(sentence(chart)).to_contain_text("“50 km north of the border of Ukraine”")
    for _ in range(3):
        slider.press("ArrowRight")
    expect(sentence(chart)).to_contain_text("“65 km north of the border of Ukraine”")
    expect(slider).to_be_focused()

    tolerance = chart.get_by_role("slider", name="Tolerance")
    tolerance.focus()
    tolerance.press("End")
    expect(sentence(chart)).to_contain_text("give or take 50 km")
    tolerance.press("ArrowLeft")
    expect(sentence(chart)).to_contain_text("give or take 45 km")


def test_a_town_is_chosen_and_figure_sentence_and_table_say_the_same(chart: Locator) -> None:
    chart.get_by_role("slider", name=DISTANCE).fill("260")
    chart.get_by_role("slider", name="Tolerance").fill("15")
    towns = chart.get_by_role("combobox", name="Measure from")
    towns.focus()
    towns.select_option(label="Yelnya")
    expect(sentence(chart)).to_contain_text("Yelnya is 246 km from the border of Ukraine")
    expect(sentence(chart)).to_contain_text("That fits “260 km north of the border of Ukraine”")
    expect(sentence(chart)).to_contain_text("2 fit: Smolensk and Yelnya.")
    said = sentence(chart).inner_text()
    expect(chart.get_by_role("img")).to_have_attribute("alt", said)
    assert pin(chart) == (54.577, 33.185)

    table = chart.locator("details")
    if table.get_attribute("open") is None:
        chart.get_by_text("The same as a table").press("Enter")
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_text("Yelnya")
    expect(row.get_by_role("cell").nth(0)).to_have_text("246 km")
    expect(row.get_by_role("cell").nth(4)).to_have_text("fits")


def test_the_pin_is_put_by_two_numbers(chart: Locator) -> None:
    put(chart, "52.5", "35.25")
    expect(sentence(chart)).to_contain_text("Your pin is")
    expect(chart.get_by_role("combobox")).to_have_value("")
    before = sentence(chart).inner_text()
    put(chart, "53.5", "35.25")
    expect(sentence(chart)).not_to_have_text(before)


def test_a_number_that_cannot_be_is_said_and_stays_to_be_mended(chart: Locator) -> None:
    put(chart, "54", "33")
    expect(sentence(chart)).to_contain_text("Your pin is")
    before = sentence(chart).inner_text()
    latitude = chart.get_by_role("spinbutton", name=re.compile("latitude"))
    latitude.fill("99")
    latitude.press("Tab")
    problem = saved(chart)
    expect(problem).to_contain_text("Latitude 99 is outside -90 to 90")
    expect(latitude).to_have_value("99")
    expect(sentence(chart)).to_have_text(before)
    latitude.fill("53")
    latitude.press("Tab")
    expect(problem).to_have_text("Saved.")
    expect(sentence(chart)).not_to_have_text(before)


def test_the_pointer_puts_the_pin_where_it_points(chart: Locator) -> None:
    chart.get_by_role("combobox").select_option(label="Bryansk")
    expect(sentence(chart)).to_contain_text("Bryansk is")
    image = chart.get_by_role("img")
    found = []
    for right, down in ((0.3, 0.5), (0.7, 0.5), (0.7, 0.25)):
        box = image.bounding_box()
        assert box
        old = sentence(chart).inner_text()
        image.click(position={"x": box["width"] * right, "y": box["height"] * down})
        expect(sentence(chart)).not_to_have_text(old)
        expect(sentence(chart)).to_contain_text("Your pin is")
        found.append(pin(chart))
    assert found[0][1] < found[1][1], "farther right lies farther east"
    assert found[1][0] < found[2][0], "farther up lies farther north"
    expect(chart.get_by_role("combobox")).to_have_value("")

    image.click(position={"x": 1, "y": 1})
    expect(saved(chart)).to_contain_text("The pin goes on the map itself")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_one_click_saves_the_figure(chart: Locator, kind: str, tmp_path: Path) -> None:
    chart.get_by_role("combobox").select_option(label="Smolensk")
    expect(sentence(chart)).to_contain_text("Smolensk is")
    with chart.page.expect_download() as download:
        chart.get_by_role("button", name=f"Save as {kind.upper()}").click()
    assert download.value.suggested_filename == f"map-of-distances.{kind}"
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    if kind == "png":
        with Image.open(file) as picture:
            picture.verify()
            assert (picture.format, min(picture.size) > 1000) == ("PNG", True)
    else:
        root = ET.parse(file).getroot()  # noqa: S314  # our own file
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 20


def test_of_many_quick_moves_the_last_is_shown_and_most_are_not_drawn(chart: Locator) -> None:
    slider = chart.get_by_role("slider", name=DISTANCE)
    slider.fill("50")
    expect(sentence(chart)).to_contain_text("“50 km north")
    chart.get_by_role("img").evaluate(
        """(image) => {
            window.redraws = 0;
            new MutationObserver(() => { window.redraws += 1; })
              .observe(image, { attributes: true, attributeFilter: ["src"] });
        }"""
    )
    moves = slider.evaluate(
        """(input) => {
            let moves = 0;
            for (let km = 100; km <= 400; km += 5, moves += 1) {
              input.value = km;
              input.dispatchEvent(new Event("input"));
            }
            input.dispatchEvent(new Event("change"));
            return moves;
        }"""
    )
    expect(sentence(chart)).to_contain_text("“400 km north")
    expect(slider).to_have_attribute("aria-valuetext", "400 kilometers")
    expect(saved(chart)).to_have_text("Saved.")
    # The first move is on its way at once; of all that came after it only the newest goes out.
    assert moves == 61
    assert chart.page.evaluate("window.redraws") == 2

    # By keyboard too, where moves come one after another, nothing is left behind.
    slider.focus()
    for _ in range(20):
        slider.press("ArrowLeft")
    expect(sentence(chart)).to_contain_text("“300 km north")
    expect(slider).to_have_value("300")


def test_the_setting_is_back_after_a_restart(notebook: Notebook) -> None:
    chart = find(notebook)
    chart.get_by_role("slider", name=DISTANCE).fill("235")
    chart.get_by_role("slider", name="Tolerance").fill("5")
    chart.get_by_role("combobox").select_option(label="Vyazma")
    expect(sentence(chart)).to_contain_text("Vyazma is")
    expect(sentence(chart)).to_contain_text("“235 km")
    said = sentence(chart).inner_text()
    expect(saved(chart)).to_have_text("Saved.")
    kept = notebook.server.answers("05_distances")["distances-map"]["answer"]
    assert (kept["distance"], kept["tolerance"], kept["town"]) == (235, 5, "vyazma")

    notebook.restart()
    notebook.run_all()
    chart = find(notebook)
    expect(sentence(chart)).to_have_text(said)
    expect(chart.get_by_role("slider", name=DISTANCE)).to_have_value("235")
    expect(chart.get_by_role("combobox")).to_have_value("vyazma")
