from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from lesson import LessonError, open_notebook
from lesson.exercise.answers import Answers
from lesson.figures.reading import SavedPage, Words
from tests.examples import PAGE, sentence_of, small_key, write_key

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Notebook


@pytest.fixture(autouse=True)
def _in_the_notebooks_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "notebooks")


@pytest.fixture
def page() -> Notebook:
    return open_notebook("01_page")


def test_a_notebook_says_what_it_is_for_and_where_answers_go(page: Notebook) -> None:
    title, *aim, saved = repr(page).splitlines()
    assert title == "The anatomy of a news page (about 25 minutes)"
    assert " ".join(aim) == f"Aim: {page.info.aim}"
    assert max(map(len, aim)) <= 80
    assert saved == "Your answers are saved as you go, in answers/01_page.json."


def test_opening_a_notebook_writes_nothing(page: Notebook, own_answers: Path) -> None:
    page.ask("page-credit")
    page.cards("page-publisher-cards")
    assert not own_answers.exists()


def test_asking_twice_shows_one_exercise(page: Notebook) -> None:
    assert page.ask("page-credit") is page.ask("page-credit")
    assert page.cards("page-publisher-cards") is page.cards("page-publisher-cards")


def test_an_answer_is_back_when_the_notebook_is_opened_again(page: Notebook) -> None:
    page.ask("page-credit").answer = "all"
    assert open_notebook("01_page").ask("page-credit").answer == "all"


def test_a_notebook_does_not_show_another_ones_exercises(page: Notebook) -> None:
    said = sentence_of(LessonError, lambda: page.ask("start-who"))
    assert said.startswith("There is no exercise 'start-who' here; there is page-parts, ")


@pytest.mark.parametrize("name", ["", "page credit", "../page-credit", "page-publisher-cards"])
def test_an_unknown_exercise_is_said_with_what_there_is(name: str, page: Notebook) -> None:
    said = sentence_of(LessonError, lambda: page.ask(name))
    assert f"no exercise '{name}' here" in said
    assert "page-credit" in said


def test_an_unknown_deck_is_said_with_what_there_is(page: Notebook) -> None:
    said = sentence_of(LessonError, lambda: page.cards("no"))
    assert said == "There is no deck of cards 'no' here; there is page-publisher-cards."


def test_where_there_is_none_it_says_none() -> None:
    said = sentence_of(LessonError, lambda: open_notebook("00_start").cards("no"))
    assert said.endswith("there is none.")


@pytest.mark.parametrize("name", ["99_none", "", "../data/secret", "a\0b", "x" * 5000])
def test_an_unknown_notebook_is_said_before_any_file_is_touched(
    name: str, own_answers: Path
) -> None:
    own_answers.mkdir()
    (own_answers.parent / "data").mkdir()
    secret = own_answers.parent / "data" / "secret.json"
    secret.write_text("not answers", encoding="utf-8")
    with pytest.raises(LessonError, match=r"There is no notebook .*there is 00_start, 01_page"):
        open_notebook(name)
    assert secret.read_text("utf-8") == "not answers"


def test_words_are_explained_in_the_order_asked_for(page: Notebook) -> None:
    words = page.words("headline", "byline")
    assert [word for word, _ in words.entries] == ["headline", "byline"]
    assert repr(words).splitlines()[1].startswith("byline: The line that names")


def test_an_unknown_word_is_said_with_what_there_is(page: Notebook) -> None:
    with pytest.raises(LessonError, match=r"no word 'bylin' here; there is argument, "):
        page.words("headline", "bylin")


def test_words_are_escaped() -> None:
    markup = Words([("<b>", "<script>alert(1)</script> & so")])._repr_html_()
    tree = html.fragment_fromstring(markup)
    assert {element.tag for element in tree.iter()} == {"dl", "dt", "dd", "strong"}
    assert tree.text_content() == "<b><script>alert(1)</script> & so"


def test_the_saved_page_has_every_line_numbered(page: Notebook) -> None:
    saved = page.saved_page
    assert saved.lines == page.article.lines
    assert repr(saved).splitlines()[0] == f" 1  {saved.lines[0]}"
    assert html.fragment_fromstring(saved._repr_html_()).findall("li")[-1].text == saved.lines[-1]


def test_a_saved_page_with_markup_is_shown_escaped() -> None:
    markup = SavedPage(["<script>alert(1)</script>"])._repr_html_()
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_what_happened_to_a_damaged_file_is_said_first_thing(own_answers: Path) -> None:
    open_notebook("01_page").ask("page-credit").answer = "all"
    (own_answers / "01_page.json").write_text("{", encoding="utf-8")
    page = open_notebook("01_page")
    assert page.answers.notice
    assert " ".join(repr(page).split()).endswith(page.answers.notice)
    assert "your last saved answers are back" in page.answers.notice
    assert page.ask("page-credit").answer == "all"
    assert "damaged" not in repr(open_notebook("01_page"))


def test_another_edition_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_key(tmp_path, small_key("choose"))
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("on Monday", "on Friday"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "on Monday" in open_notebook("small").article.part("p1")
    assert "on Friday" in open_notebook("small", "other.txt").article.part("p1")
    with pytest.raises(LessonError, match=r"There is no file none\.txt"):
        open_notebook("small", "none.txt")


def test_a_key_that_breaks_its_rules_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_key(tmp_path, small_key("choose"))
    (tmp_path / "data" / "small.yaml").write_text("exercises: []", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert sentence_of(LessonError, lambda: open_notebook("small")).startswith("small.yaml, line 1")


def test_an_error_in_a_notebook_is_its_sentence_alone() -> None:
    lines = LessonError("Do this.")._render_traceback_()
    assert lines == ["LessonError: Do this."]


def test_the_page_picture_is_of_the_notebooks_article(page: Notebook) -> None:
    picture = page.page_picture()
    assert len(picture.rows) == 18
    assert "paragraph 10" in [row[0] for row in picture.rows]


def test_answers_of_a_notebook_have_its_name(page: Notebook, own_answers: Path) -> None:
    page.ask("page-credit").answer = "all"
    assert list(Answers(own_answers, "01_page")) == ["page-credit"]
    assert list(Answers(own_answers, "00_start")) == []
