from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from lesson.figures.figure import Picture, figure_bytes
from lesson.figures.sorting_charts import claims_picture, voices_picture
from lesson.figures.voices import MANNERS, portions, voices
from lesson.key.schema import Sort
from tests.examples import make_exercise

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from lesson import Lesson
    from lesson.article import Article


def sorting(lesson: Lesson, notebook: str, name: str) -> Sort:
    exercise = lesson.key.notebooks[notebook].exercises[name]
    assert isinstance(exercise, Sort)
    return exercise


def keys(exercise: Sort) -> dict[str, str]:
    return {statement.id: statement.category for statement in exercise.statements}


def texts_of(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def lengths(axes: Axes) -> dict[str, list[float]]:
    return {
        str(bars.get_label()): [float(bar.get_width()) for bar in bars] for bars in axes.containers
    }


def voices_of(lesson: Lesson, answer: dict[str, str] | None, *, key_open: bool) -> Picture:
    exercise = sorting(lesson, "02_sourcing", "sourcing-sources")
    return voices_picture(exercise, answer, lesson.article, key_open=key_open)


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("key_open", [True, False])
def test_each_side_of_the_voices_shows_only_what_it_may(
    answered: bool, key_open: bool, lesson: Lesson
) -> None:
    exercise = sorting(lesson, "02_sourcing", "sourcing-sources")
    answer = dict.fromkeys(keys(exercise), exercise.categories[0].id) if answered else None
    picture = voices_of(lesson, answer, key_open=key_open)
    left, right = picture.figure.axes
    assert (left.get_title(), right.get_title()) == ("By your sorting", "By the key")
    expected = ((left, answer if answered else None), (right, keys(exercise) if key_open else None))
    for axes, sides in expected:
        if sides is None:
            assert lengths(axes) == {}
        else:
            counts = voices(exercise, sides, lesson.article)
            drawn = {m: [counts[c.id][m] for c in exercise.categories] for m in MANNERS}
            assert lengths(axes) == {m: pytest.approx(row) for m, row in drawn.items()}
            ends = [f"{sum(counts[c.id].values()):.0f}" for c in exercise.categories]
            assert texts_of(axes) == ends
    if not answered:
        assert texts_of(left) == ["Not sorted yet"]
        assert "Nothing is sorted yet." in picture.sentence
    if not key_open:
        assert texts_of(right) == ["Opens with\nthe explanation"]
        assert "By the key:" not in picture.sentence
        assert {cell for row in picture.rows for cell in row[4:]} == {"not open yet"}


def test_table_and_sentence_of_the_voices_agree_with_the_bars(lesson: Lesson) -> None:
    exercise = sorting(lesson, "02_sourcing", "sourcing-sources")
    picture = voices_of(lesson, keys(exercise), key_open=True)
    for side, axes in enumerate(picture.figure.axes):
        for number, manner in enumerate(MANNERS):
            column = [row[1 + 3 * side + number] for row in picture.rows]
            assert column == [f"{length:.0f}" for length in lengths(axes)[manner]]
        said = picture.sentence.partition(("By your sorting: ", "By the key: ")[side])[2]
        first = max(range(len(picture.rows)), key=lambda row: float(texts_of(axes)[row]))
        assert said.startswith(f"“{picture.rows[first][0]}” {texts_of(axes)[first]}")
    assert [row[0] for row in picture.rows] == [c.text for c in exercise.categories]
    total = sum(p.quoted + p.others for p in portions(exercise, lesson.article))
    assert f"the story's {total} words" in picture.sentence
    assert {len(row) for row in picture.rows} == {len(picture.header)}


def test_manners_are_named_and_hatched_not_only_colored(lesson: Lesson) -> None:
    picture = voices_of(lesson, None, key_open=True)
    (legend,) = picture.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == list(MANNERS)
    hatches = {bars[0].get_hatch() for bars in picture.figure.axes[1].containers}
    assert len(hatches) == len(MANNERS)


def test_the_sentence_is_the_description_of_the_picture(lesson: Lesson) -> None:
    picture = voices_of(lesson, None, key_open=False)
    tree = html.fragment_fromstring(picture._repr_html_(), create_parent="div")
    assert tree.xpath("//img/@alt") == [picture.sentence]


def claims(lesson: Lesson, answers: tuple[Any, Any] | None, *, key_open: bool) -> Picture:
    both = claims_exercises(lesson)
    return claims_picture(both, answers or ({}, {}), key_open=key_open)


def claims_exercises(lesson: Lesson) -> tuple[Sort, Sort]:
    return (
        sorting(lesson, "04_claims", "claims-kinds"),
        sorting(lesson, "04_claims", "claims-evidence"),
    )


def test_claims_stand_in_the_cell_that_the_table_names(lesson: Lesson) -> None:
    across, down = both = claims_exercises(lesson)
    picture = claims(lesson, (keys(across), keys(down)), key_open=True)
    columns, rows = ([c.text for c in exercise.categories] for exercise in both)
    for side, axes in enumerate(picture.figure.axes):
        placed = {
            text.get_text().strip(): (
                f"{columns[round(text.get_position()[0])]}; {rows[round(text.get_position()[1])]}"
            )
            for text in axes.texts
        }
        assert placed == {row[0]: row[2 + side] for row in picture.rows}
    assert [row[1] for row in picture.rows] == [line.text for line in across.statements]


def test_the_keys_side_of_the_claims_is_closed_at_first(lesson: Lesson) -> None:
    across, down = claims_exercises(lesson)
    picture = claims(lesson, (keys(across), keys(down)), key_open=False)
    assert texts_of(picture.figure.axes[1]) == ["Opens with\nthe explanation"]
    assert {row[3] for row in picture.rows} == {"not open yet"}
    assert picture.sentence.endswith("opens with the explanations of both exercises.")
    assert not any("stand where the key" in text for text in [picture.sentence])


def test_claims_that_nobody_sorted_are_not_placed(lesson: Lesson) -> None:
    across, _ = claims_exercises(lesson)
    picture = claims(lesson, (keys(across), {}), key_open=True)
    assert texts_of(picture.figure.axes[0]) == ["Not sorted yet"]
    assert {row[2] for row in picture.rows} == {"not sorted yet"}
    assert "None of them is sorted in both" in picture.sentence


def test_what_stands_elsewhere_is_a_square_and_counted_once_the_key_is_open(
    lesson: Lesson,
) -> None:
    across, down = both = claims_exercises(lesson)
    line = next(s for s in across.statements if not s.also)
    other = next(c.id for c in across.categories if c.id != line.category)
    mine = ({**keys(across), line.id: other}, keys(down))
    number = str(1 + [s.id for s in across.statements].index(line.id))

    def squares(picture: Picture) -> list[str]:
        return [
            text.get_text().strip()
            for text in picture.figure.axes[0].texts
            if (box := text.get_bbox_patch()) and type(box.get_boxstyle()).__name__ == "Square"
        ]

    assert squares(claims_picture(both, mine, key_open=False)) == []
    opened = claims_picture(both, mine, key_open=True)
    assert squares(opened) == [number]
    count = len(across.statements)
    assert f"{count - 1} stand where the key has them" in opened.sentence
    assert "1 elsewhere, in a square" in opened.sentence


def test_signs_of_mathematics_are_text(article: Article) -> None:
    exercise = make_exercise(
        "sort",
        categories=[{"id": "x", "text": "$5 to $9"}, {"id": "y", "text": "$\\frac{1}$"}],
    )
    assert isinstance(exercise, Sort)
    answer = keys(exercise)
    for picture in (
        voices_picture(exercise, answer, article, key_open=True),
        claims_picture((exercise, exercise), (answer, answer), key_open=True),
    ):
        assert figure_bytes(picture.figure).startswith(b"\x89PNG")
        labels = [label for axes in picture.figure.axes for label in axes.get_yticklabels()]
        assert any("$" in label.get_text() for label in labels)
        assert not any(label.get_parse_math() for label in labels if "$" in label.get_text())
        assert re.search(r"\$5 to \$9", repr(picture))
