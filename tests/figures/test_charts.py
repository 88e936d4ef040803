from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lesson.article import Article
from lesson.figures.charts import page_blocks, page_picture
from lesson.figures.figure import figure_bytes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from lesson import Lesson


def drawn(article: Article) -> Axes:
    axes: Axes = Figure(figsize=(8, 8)).add_subplot()
    page_blocks(axes, article)
    return axes


def blocks_of(axes: Axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def texts_of(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_every_part_of_the_page_is_a_block_with_its_name(lesson: Lesson) -> None:
    axes = drawn(lesson.article)
    names = [row[0] for row in page_picture(lesson.article).rows]
    assert len(blocks_of(axes)) == len(names) == 18
    assert texts_of(axes)[0::3] == names
    assert names[:2] == ["the section label", "the headline"]
    assert names[-1] == "the page furniture"


def test_blocks_follow_each_other_down_the_page_and_never_overlap(lesson: Lesson) -> None:
    axes = drawn(lesson.article)
    low, high = axes.get_ylim()
    assert low > high
    edges = [(block.get_y(), block.get_y() + block.get_height()) for block in blocks_of(axes)]
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(edges))
    assert high <= edges[0][0]
    assert edges[-1][1] <= low


def test_a_longer_part_is_a_higher_block(lesson: Lesson) -> None:
    heights = [block.get_height() for block in blocks_of(drawn(lesson.article))]
    counts = [int(row[2].split()[0]) for row in words_of(lesson) if row[2][0].isdigit()]
    shown = [
        height for height, row in zip(heights, words_of(lesson), strict=True) if row[2][0].isdigit()
    ]
    by_words = [height for _, height in sorted(zip(counts, shown, strict=True))]
    assert by_words == sorted(shown)


def words_of(lesson: Lesson) -> tuple[tuple[str, ...], ...]:
    return page_picture(lesson.article).rows


def test_the_legend_names_the_three_groups_and_the_hatches_tell_them_apart(
    lesson: Lesson,
) -> None:
    axes = drawn(lesson.article)
    legend = axes.get_legend()
    assert legend is not None
    groups = [text.get_text() for text in legend.get_texts()]
    assert groups == ["story", "about the story", "the site"]
    solid = [block for block in blocks_of(axes) if block.get_linestyle() in {"-", "solid"}]
    looks = {block.get_label(): (block.get_facecolor(), block.get_hatch()) for block in solid}
    assert set(looks) == set(groups)
    assert len({hatch for _, hatch in looks.values()}) == 3
    assert len({color for color, _ in looks.values()}) == 3


def test_absent_parts_are_dashed_frames_and_said_in_words(lesson: Lesson) -> None:
    axes = drawn(lesson.article)
    absent = [block for block in blocks_of(axes) if block.get_linestyle() in {"--", "dashed"}]
    assert len(absent) == 2
    assert texts_of(axes).count("not on the page") == 2
    picture = page_picture(lesson.article)
    assert picture.sentence.endswith("Not on the page: the byline and the dateline.")
    assert [row[0] for row in picture.rows if row[2] == "not on the page"] == [
        "the byline",
        "the dateline",
    ]


def test_a_page_with_every_part_has_nothing_absent() -> None:
    parts = dict.fromkeys(
        ("label", "headline", "byline", "dateline", "caption", "credit", "author_note"),
        "Some words",
    )
    article = Article(**parts, paragraphs=("One two.",), furniture=("Share",))  # type: ignore[arg-type]
    picture = page_picture(article)
    assert "not on the page" not in repr(picture).lower()


def test_sentence_table_and_picture_agree(lesson: Lesson) -> None:
    picture = page_picture(lesson.article)
    counts = [int(row[2]) for row in picture.rows if row[2].isdigit()]
    story = [int(row[2]) for row in picture.rows if row[1] == "story"]
    found = re.match(
        r"The page has about (\d+) words in (\d+) blocks; (\d+) of them", picture.sentence
    )
    assert found is not None
    assert tuple(map(int, found.groups())) == (sum(counts), len(counts), sum(story))
    (axes,) = picture.figure.axes
    said = [text for text in texts_of(axes) if re.fullmatch(r"\d+ words", text)]
    assert said == [f"{count} words" for count in counts]
    assert len(picture.header) == {len(row) for row in picture.rows}.pop() == 3


@pytest.mark.parametrize("text", ["from $5 to $9", "$\\frac{1}$ and $x$", "100 % _and_ ^this^"])
def test_signs_of_mathematics_are_text(text: str) -> None:
    article = Article(headline=text, paragraphs=(text,))
    axes = drawn(article)
    assert text in texts_of(axes)
    assert not any(shown.get_parse_math() for shown in axes.texts if shown.get_text() == text)
    assert figure_bytes(page_picture(article).figure).startswith(b"\x89PNG")


def test_a_long_opening_is_cut_at_a_word(lesson: Lesson) -> None:
    openings = texts_of(drawn(lesson.article))[1::3]
    shown = texts_of(drawn(lesson.article))[2::3]
    assert openings
    assert all(len(text) <= 58 for text in shown)
    assert any(text.endswith(" …") for text in shown)
