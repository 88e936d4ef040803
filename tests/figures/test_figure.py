from __future__ import annotations

import base64

from lxml import html
from matplotlib.figure import Figure

from lesson._pages import embedded
from lesson.figures.figure import RESOLUTION, Picture, figure_bytes


def picture(sentence: str = "Two bars.", cell: str = "1") -> Picture:
    figure = Figure(figsize=(2, 1))
    figure.add_subplot().bar(["a", "b"], [1, 2])
    return Picture(figure, sentence, ("name", "height"), (("a", cell), ("b", "2")))


def test_the_image_has_the_sentence_as_its_alternative_text() -> None:
    (image,) = html.fragments_fromstring(picture()._repr_html_())[:1]
    assert image.tag == "img"
    assert image.get("alt") == "Two bars."
    data = base64.b64decode(image.get("src").removeprefix("data:image/png;base64,"))
    assert data.startswith(b"\x89PNG")


def test_the_sentence_can_be_read_beside_the_image_too() -> None:
    tree = html.fragment_fromstring(picture()._repr_html_(), create_parent=True)
    assert tree.findtext("p") == "Two bars."


def test_the_table_has_column_headers_and_every_row() -> None:
    tree = html.fragment_fromstring(picture()._repr_html_(), create_parent=True)
    heads = tree.findall(".//th")
    assert [(head.text, head.get("scope")) for head in heads] == [
        ("name", "col"),
        ("height", "col"),
    ]
    assert [[cell.text for cell in row] for row in tree.findall(".//tbody/tr")] == [
        ["a", "1"],
        ["b", "2"],
    ]


def test_markup_in_sentence_and_table_is_shown_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    tree = html.fragment_fromstring(picture(evil, evil)._repr_html_(), create_parent=True)
    assert tree.find(".//script") is None
    (image,) = tree.findall("img")
    assert image.get("alt") == evil
    assert set(image.attrib) == {"src", "alt", "style"}
    assert tree.findtext(".//tbody/tr/td[2]") == evil


def test_the_text_form_is_the_sentence_and_the_table() -> None:
    assert repr(picture()) == "Two bars.\nname | height\na | 1\nb | 2"


def test_one_figure_gives_the_same_bytes_each_time() -> None:
    figure = picture().figure
    assert figure_bytes(figure) == figure_bytes(figure)
    assert figure_bytes(picture().figure, "svg") == figure_bytes(picture().figure, "svg")


def test_the_picture_has_the_size_asked_for_and_a_white_ground() -> None:
    data = figure_bytes(Figure(figsize=(2, 1)), "png", 110)
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
    assert (width, height) == (220, 110)


def test_every_page_takes_its_picture_from_the_figure() -> None:
    shown = picture()
    assert embedded(shown, RESOLUTION)["data"] == shown.data()
    assert f"base64,{shown.data()}" in shown.image()
    assert shown._repr_html_().startswith(shown.image())
    assert len(shown.data(30)) < len(shown.data())
