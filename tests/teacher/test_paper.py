from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from matplotlib.figure import Figure

from lesson import LessonError, load_lesson
from lesson.article import Article
from lesson.cli import main
from lesson.exercise.checking import check
from lesson.figures.figure import Picture
from lesson.lesson import Lesson
from lesson.teacher.paper import answer_rows, paper, pictures_of, write_paper
from tests.examples import EXERCISES, make_exercise
from tests.html_page import Page

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = {"src", "href", "srcset", "action", "data", "style"}


@pytest.fixture(scope="session")
def other(root: Path) -> Lesson:
    return load_lesson(root / "tests" / "other_lesson")


@pytest.fixture
def picture() -> Picture:
    return Picture(Figure(figsize=(2, 2)), 'Two "towns" & a <road>.', ("a",), (("b",),))


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize("which", ["lesson", "other"])
def test_a_page_is_whole_in_itself_and_in_order(
    which: str, key: bool, request: pytest.FixtureRequest, picture: Picture
) -> None:
    text = paper(request.getfixturevalue(which), key=key, pictures=[picture])
    page = Page(text)
    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "en"})
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    named = [attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs]
    assert set(named) <= set(page.ids)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    asked_for = [value for _, attrs in page.tags for n, value in attrs.items() if n in OUTSIDE]
    assert all(value.startswith("data:") for value in asked_for)
    assert "url(" not in text
    assert "@import" not in text
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_every_figure_has_a_description(other: Lesson, picture: Picture) -> None:
    images = Page(paper(other, pictures=[picture])).images
    assert [image["alt"] for image in images] == [picture.sentence]
    assert images[0]["src"].startswith("data:image/png;base64,")


def test_the_worksheet_has_every_question_and_no_answer(other: Lesson) -> None:
    text = paper(other)
    for exercise in other.key.notebooks["01_story"].exercises.values():
        assert exercise.question in text
        assert exercise.explanation not in text
        assert exercise.next_step not in text
        for row in answer_rows(exercise, other.article):
            assert not row.explanation or row.explanation not in text
    for number, paragraph in enumerate(other.article.paragraphs, start=1):
        assert f"<strong>{number}</strong>" in text
        assert paragraph.replace("'", "&#39;") in text


def test_the_key_has_answers_explanations_and_what_is_contested(other: Lesson) -> None:
    text = paper(other, key=True).replace("&#39;", "'").replace("&#34;", '"')
    for exercise in other.key.notebooks["01_story"].exercises.values():
        said = [exercise.explanation, exercise.next_step, exercise.contested]
        said += [source.says for source in exercise.sources]
        for piece in said:
            assert piece in text


def test_each_card_is_printed_once_and_names_its_decks(other: Lesson) -> None:
    text = paper(other)
    for card in other.key.cards.values():
        assert text.count(f">{card.title.replace(chr(39), '&#39;')}<") == 1
    assert "Belongs to: Look it up." in text


def test_nothing_in_an_article_is_taken_for_markup(other: Lesson) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7 * 7 }} & \u202e"
    article = Article(
        label=hostile,
        headline=hostile,
        byline=hostile,
        caption=hostile,
        credit=hostile,
        author_note=hostile,
        paragraphs=(*other.article.paragraphs, hostile),
        furniture=(hostile,),
    )
    text = paper(Lesson(other.folder, article, other.key))
    assert not {"script", "img"} & {tag for tag, _ in Page(text).tags}
    assert text.count("{{ 7 * 7 }}") == 8


def test_one_notebook_can_be_printed_alone(lesson: Lesson) -> None:
    text = paper(lesson, notebooks=["01_page"])
    assert 'id="part-01_page"' in text
    assert 'id="part-00_start"' not in text
    with pytest.raises(LessonError, match="no notebook 'nowhere' here; there is 00_start"):
        paper(lesson, notebooks=["nowhere"])


def test_a_notebook_that_is_named_twice_is_printed_once(lesson: Lesson) -> None:
    text = paper(lesson, notebooks=["01_page", "00_start", "01_page"])
    assert text == paper(lesson, notebooks=["01_page", "00_start"])


def test_a_figure_that_answers_a_question_is_in_the_key_alone(other: Lesson) -> None:
    assert pictures_of(other) == []
    assert len(pictures_of(other, key=True)) == 1


@pytest.mark.parametrize("kind", EXERCISES)
def test_the_key_on_paper_is_the_key_of_the_exercise(kind: str, article: Article) -> None:
    exercise = make_exercise(kind)
    rows = answer_rows(exercise, article)
    notes = check(exercise, None, article).notes
    if kind != "estimate":
        assert [row.piece.strip("“”") for row in rows] == [note.subject for note in notes]
    right = {
        "choose": ["holds", "does not hold", "does not hold"],
        "choose-many": ["holds", "holds", "does not hold"],
        "sort": ["Ex", "Why", "Ex (or: Why)"],
        "match": ["Ex", "Why"],
        "mark": ["to be marked"] * 2,
        "rank": ["place 1", "place 2", "later (place 3)"],
        "estimate": ["within 10 it holds, within 50 it is close", "look again", "look again"],
        "write": [],
    }
    assert [row.answer for row in rows] == right[kind]


def test_a_page_is_made_again_but_never_over_somebodys_changes(
    tmp_path: Path, other: Lesson
) -> None:
    path = tmp_path / "worksheet.html"
    write_paper(path, paper(other))
    write_paper(path, paper(other, key=True))
    path.write_text(path.read_text("utf-8").replace("Sunday", "Monday"), "utf-8")
    changed = path.read_text("utf-8")
    with pytest.raises(LessonError, match="nothing is written over"):
        write_paper(path, paper(other))
    assert path.read_text("utf-8") == changed
    with pytest.raises(LessonError, match="cannot be written"):
        write_paper(tmp_path / "no" / "where.html", "")


def test_the_same_lesson_gives_the_same_page(other: Lesson) -> None:
    assert paper(other) == paper(other)


def test_the_command_makes_a_worksheet_and_a_key(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = str(root / "tests" / "other_lesson")
    assert main(["print", folder]) == 0
    assert main(["print", folder, "--key", "--out", "mine.html"]) == 0
    # A figure of the page would answer what a learner is asked.
    assert "<img" not in (tmp_path / "worksheet.html").read_text("utf-8")
    assert "<img" in (tmp_path / "mine.html").read_text("utf-8")
    assert "key for the teacher" in (tmp_path / "mine.html").read_text("utf-8")
