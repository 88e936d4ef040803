from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import load_article, load_lesson
from lesson.article import Article
from lesson.errors import KeyFileError
from lesson.key._yaml import read_yaml
from lesson.key.anchors import check_anchors, resolve
from lesson.key.keyfile import ExerciseFile, anchors_of
from lesson.key.schema import Anchor
from tests.examples import PAGE, sentence_of, small_key, write_key

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson


def refusal(anchor: Anchor, article: Article) -> str:
    return sentence_of(KeyFileError, lambda: resolve(anchor, article))


def test_a_marker_gives_the_place_where_it_stands(article: Article) -> None:
    part, start, end = resolve(Anchor(part="p2", marker="two loose"), article)
    assert article.part(part)[start:end] == "two loose"


def test_without_a_marker_the_whole_part_is_meant(article: Article) -> None:
    part, start, end = resolve(Anchor(part="headline"), article)
    assert article.part(part)[start:end] == "Old Bridge Will Stay Open, Mayor Says"


def test_a_marker_that_stands_nowhere_is_said_with_its_part(article: Article) -> None:
    said = refusal(Anchor(part="p1", marker="three loose"), article)
    assert said == "the marker 'three loose' is not in p1; copy a few words from there."


def test_a_marker_is_not_looked_for_in_another_part(article: Article) -> None:
    assert "is not in p1" in refusal(Anchor(part="p1", marker="two loose"), article)


@pytest.mark.parametrize("marker", ["o", "We", "oo"])
def test_a_marker_that_stands_twice_is_refused(marker: str, article: Article) -> None:
    assert "stands more than once in p2; make it longer" in refusal(
        Anchor(part="p2", marker=marker), article
    )


def test_a_marker_that_overlaps_itself_stands_twice() -> None:
    article = Article(paragraphs=("ha ha ha",))
    assert "more than once" in refusal(Anchor(part="p1", marker="ha ha"), article)


@pytest.mark.parametrize("part", ["p3", "p99"])
def test_a_paragraph_out_of_range_is_said_with_what_there_is(part: str, article: Article) -> None:
    said = refusal(Anchor(part=part, marker="x"), article)
    assert f"the anchor {part} points nowhere" in said
    assert "such as p1; it has 2 paragraphs" in said


@pytest.mark.parametrize("part", ["dateline", "caption", "author-note", "furniture"])
def test_a_part_that_the_page_does_not_have_is_said(part: str, article: Article) -> None:
    said = refusal(Anchor(part=part), article)
    assert said == f"the anchor {part} points nowhere: the page has no such part."


@pytest.mark.parametrize("marker", ["“stay open", '"stay open', "winter,”", 'winter,"'])
def test_quotation_marks_of_any_style_are_found(marker: str, article: Article) -> None:
    part, start, end = resolve(Anchor(part="p1", marker=marker), article)
    assert end - start == len(marker)
    assert article.part(part)[start + 1 : end - 1] == marker[1:-1]


@pytest.mark.parametrize(
    ("text", "marker"), [("it’s here", "it's"), ("it's here", "it’s"), ("9\u00a0km", "9 km")]
)
def test_apostrophes_and_fixed_spaces_are_folded(text: str, marker: str) -> None:
    assert resolve(Anchor(part="p1", marker=marker), Article(paragraphs=(text,)))[1] == 0


@given(text=st.text("ab “”\"'’\u00a0é😀", min_size=1, max_size=30), data=st.data())
def test_a_marker_cut_from_the_text_is_found_there_or_refused_as_doubled(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    folded = text.translate(str.maketrans("“”’\u00a0", '""\' '))
    article = Article(paragraphs=(text,))
    marker = folded[start:end]
    anchor = Anchor(part="p1", marker=text[start:end])
    if folded.find(marker) == start and folded.find(marker, start + 1) < 0:
        assert resolve(anchor, article) == ("p1", start, end)
    else:
        assert "more than once" in sentence_of(KeyFileError, lambda: resolve(anchor, article))


# The whole key ---------------------------------------------------------------------------------


def refused_lesson(folder: Path, key: dict[str, Any]) -> str:
    write_key(folder, key)
    return sentence_of(KeyFileError, lambda: load_lesson(folder))


def test_a_small_lesson_fits(tmp_path: Path) -> None:
    write_key(tmp_path, small_key("mark"))
    assert load_lesson(tmp_path).article.headline == "Old Bridge Will Stay Open, Mayor Says"


def test_an_anchor_that_fails_is_named_with_notebook_and_exercise(tmp_path: Path) -> None:
    key = small_key("choose")
    key["small.yaml"]["exercises"][0]["options"][2]["at"] = {"part": "p1", "marker": "nowhere"}
    said = refused_lesson(tmp_path, key)
    assert said.startswith("small, 'a-choose': the marker 'nowhere' is not in p1")


def test_a_hint_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    key = small_key("estimate")
    key["small.yaml"]["exercises"][0]["hint"]["at"] = {"part": "p9"}
    assert refused_lesson(tmp_path, key).startswith("small, 'a-estimate': the anchor p9")


@pytest.mark.parametrize("part", ["p3", "caption"])
def test_a_part_to_mark_in_that_is_not_there_is_refused(part: str, tmp_path: Path) -> None:
    key = small_key("mark")
    key["small.yaml"]["exercises"][0]["parts"].append(part)
    assert refused_lesson(tmp_path, key).startswith(f"small, 'a-mark': the anchor {part}")


def test_a_comparison_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    key = small_key("choose")
    version = {
        "publisher": "P",
        "date": "2021-11-10",
        "address": "https://example.org",
        "text": "T",
    }
    key["small.yaml"]["comparisons"] = [
        {
            "id": "compared",
            "title": "T",
            "at": {"part": "p1", "marker": "nowhere"},
            "printed": "P",
            "versions": [{**version, "status": "newsroom"}],
            "remark": "R",
        }
    ]
    assert refused_lesson(tmp_path, key).startswith("small, 'compared': the marker 'nowhere'")


def test_another_edition_that_does_not_fit_the_key_is_refused(
    lesson: Lesson, tmp_path: Path
) -> None:
    page = tmp_path / "other.txt"
    page.write_text(PAGE, encoding="utf-8")
    said = sentence_of(KeyFileError, lambda: load_lesson(lesson.folder, page))
    assert said.startswith("00_start, 'start-who': ")


def all_anchors(root: Path) -> list[tuple[str, Anchor]]:
    """Take the anchors of every exercise file in data/, also of those no notebook uses yet."""
    found = []
    for path in sorted((root / "data").glob("*.yaml")):
        if not path.read_text("utf-8").count("\nexercises:"):
            continue
        content = read_yaml(path, ExerciseFile).content
        for exercise in content.exercises or ():
            found += [(f"{path.name}, {exercise.id}", anchor) for anchor in anchors_of(exercise)]
        found += [(f"{path.name}, {c.id}", c.at) for c in content.comparisons]
    return found


def unresolved(root: Path, article: Article) -> dict[str, str]:
    said = {}
    for place, anchor in all_anchors(root):
        try:
            resolve(anchor, article)
        except KeyFileError as error:
            said[place] = str(error)
    return said


def test_every_anchor_of_the_key_resolves_on_the_classroom_edition(
    root: Path, lesson: Lesson
) -> None:
    assert len(all_anchors(root)) > 100
    assert unresolved(root, lesson.article) == {}


def test_every_anchor_of_the_key_resolves_on_the_original(root: Path, original: Article) -> None:
    assert unresolved(root, original) == {}


def test_the_lesson_can_be_worked_on_the_original(root: Path, original_page: Path) -> None:
    lesson = load_lesson(root, original_page)
    check_anchors(lesson.key, lesson.article)
    assert lesson.article == replace(load_article(original_page))
