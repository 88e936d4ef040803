from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import LessonError, load_lesson
from lesson.article import Article, load_article
from lesson.article.page import parts_of_text
from lesson.cli import main
from lesson.teacher.new_lesson import article_text, examples, make_lesson
from lesson.teacher.next_step import next_steps
from tests.examples import EXERCISES, PAGE, sentence_of

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("label", "headline", "byline", "dateline", "caption", "paragraphs", "credit")

HTML = """<!doctype html><html><head><title>Old Bridge Will Stay Open | Town News</title>
<meta property="article:published_time" content="2024-02-06T08:00:00Z"></head><body><article>
<h1>Old Bridge Will Stay Open, Mayor Says</h1><p>By Ada Example</p>
<p>The old bridge will stay open all winter, the mayor said on Monday, and repairs wait.</p>
<p>“We looked at every bolt,” she told the council on Monday. “We found two loose ones.”</p>
<p>Nobody on the council spoke against it, and about forty people came to listen to it.</p>
</article></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, page: Path) -> Path:
    make_lesson(tmp_path / "mine", page)
    return tmp_path / "mine"


def switch_on(folder: Path, name: str) -> None:
    """Take the # away from an example, as a teacher would."""
    path = folder / "data" / "01_story.yaml"
    blocks = path.read_text("utf-8").split("\n\n")
    for number, block in enumerate(blocks):
        if f"# - id: {name}\n" in block:
            blocks[number] = re.sub("^# ", "", block, flags=re.MULTILINE)
    path.write_text("\n\n".join(blocks), "utf-8")


def fill_in(folder: Path, name: str) -> None:
    path = folder / "data" / name
    text = path.read_text("utf-8").replace("WRITE HERE", "Words").replace("WRITE-HERE", "page")
    path.write_text(text.replace("1900-01-01", "2024-02-06"), "utf-8")


def add_cell(folder: Path, source: str) -> None:
    path = folder / "notebooks" / "01_story.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].append({"cell_type": "code", "source": [source]})
    path.write_text(json.dumps(notebook), "utf-8")


def test_a_new_lesson_holds_the_article_as_it_was_read(folder: Path, page: Path) -> None:
    made, read = load_lesson(folder).article, load_article(page)
    assert [made.part(p) for p in ("headline", "byline", "credit", "p1", "p2")] == [
        read.part(p) for p in ("headline", "byline", "credit", "p1", "p2")
    ]
    assert made.lines == read.lines


def test_a_web_page_becomes_a_text_with_the_same_story(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    made = make_lesson(tmp_path / "mine", page)
    assert made.lost == ()
    lesson = load_lesson(tmp_path / "mine")
    assert lesson.article.paragraphs == load_article(page).paragraphs
    assert lesson.key.info.date.isoformat() == "2024-02-06"


def test_what_a_text_cannot_keep_is_named() -> None:
    short = Article(headline="A Bridge Of Stone", paragraphs=("It opened on Monday " * 3, "Yes"))
    assert "paragraphs" in article_text(short)[1]


@given(
    st.lists(
        st.text("abcdefgh ", min_size=30).map(lambda text: " ".join(text.split()) + " is so."),
        min_size=1,
        max_size=4,
    )
)
def test_a_text_says_truly_what_it_keeps(paragraphs: list[str]) -> None:
    article = Article(headline="Old Bridge Opens In May", paragraphs=tuple(paragraphs))
    text, lost = article_text(article)
    if "paragraphs" not in lost:
        assert parts_of_text(text).paragraphs == article.paragraphs


def test_the_steps_lead_from_an_empty_key_to_a_lesson(folder: Path) -> None:
    assert next(next_steps(load_lesson(folder))).startswith("in data/lesson.yaml, lines 3, ")
    fill_in(folder, "lesson.yaml")
    assert next(next_steps(load_lesson(folder))).startswith(
        "write your first exercise in data/01_story.yaml"
    )
    switch_on(folder, "first-source")
    assert next(next_steps(load_lesson(folder))).startswith("in data/01_story.yaml, lines ")
    fill_in(folder, "01_story.yaml")
    assert next(next_steps(load_lesson(folder))).endswith(': story.ask("first-source")')
    add_cell(folder, 'story.ask("first-source")')
    assert list(next_steps(load_lesson(folder))) == []
    add_cell(folder, 'story.ask("frist-source")')
    assert "has a cell for 'frist-source'" in next(next_steps(load_lesson(folder)))


def test_there_is_a_sound_example_of_every_kind(folder: Path) -> None:
    names = re.findall(r"^- id: (\S+)", examples(load_lesson(folder).article), re.MULTILINE)
    for name in names:
        switch_on(folder, name)
    exercises = load_lesson(folder).key.notebooks["01_story"].exercises
    assert list(exercises) == names
    assert {type(e).__struct_config__.tag for e in exercises.values()} == set(EXERCISES)


def test_the_examples_fit_a_page_with_little_on_it() -> None:
    bare = Article(paragraphs=("Said “said” said, and it's said.",))
    assert "part: headline" not in examples(bare)


def test_cards_and_words_can_be_switched_on(folder: Path) -> None:
    for name in ("cards", "words"):
        path = folder / "data" / f"{name}.yaml"
        head, _, body = path.read_text("utf-8").partition(f"\n{name}:\n")
        body = re.sub("^# ", "", body, flags=re.MULTILINE)
        path.write_text(f"{head}\n{name}:\n{body}", "utf-8")
    key = load_lesson(folder).key
    assert (list(key.cards), list(key.words)) == (["first-card"], ["byline"])
    assert any("data/cards.yaml" in step for step in next_steps(load_lesson(folder)))


def test_nothing_is_ever_written_over(folder: Path, page: Path) -> None:
    key = folder / "data" / "01_story.yaml"
    key.write_text("mine", "utf-8")
    with pytest.raises(LessonError, match="nothing is written over"):
        make_lesson(folder, page)
    shutil.rmtree(folder / "notebooks")
    with pytest.raises(LessonError, match="nothing is written over"):
        make_lesson(folder, page)
    assert key.read_text("utf-8") == "mine"
    assert not (folder / "notebooks").exists()


@pytest.mark.parametrize("name", ["", "My story", "../out", "Ünit"])
def test_a_notebook_has_a_plain_name(name: str, page: Path, tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="is no name for a notebook"):
        make_lesson(tmp_path / "mine", page, [name])
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("name", ["lesson", "cards", "words", "check", "places", "border_scales"])
def test_a_notebook_does_not_take_the_name_of_another_file(
    name: str, page: Path, tmp_path: Path
) -> None:
    said = sentence_of(LessonError, lambda: make_lesson(tmp_path / "mine", page, [name]))
    assert f"data/{name}.yaml has a meaning of its own" in said
    assert not (tmp_path / "mine").exists()


def test_a_notebook_is_named_once(page: Path, tmp_path: Path) -> None:
    said = sentence_of(LessonError, lambda: make_lesson(tmp_path / "mine", page, ["a", "b", "a"]))
    assert said.startswith("'a' is named twice")
    assert not (tmp_path / "mine").exists()


def test_a_new_notebook_is_as_jupyter_would_save_it(folder: Path, page: Path) -> None:
    made = (folder / "notebooks" / "01_story.ipynb").read_text("utf-8")
    notebook = nbformat.reads(made, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == made
    make_lesson(folder / "again", page)
    assert (folder / "again" / "notebooks" / "01_story.ipynb").read_text("utf-8") == made


def test_a_damaged_notebook_is_named(folder: Path) -> None:
    (folder / "notebooks" / "01_story.ipynb").write_text("{}", "utf-8")
    with pytest.raises(LessonError, match=r"01_story\.ipynb cannot be read as a notebook"):
        list(next_steps(load_lesson(folder)))


def test_the_commands_say_what_is_next(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = str(tmp_path / "mine")
    assert main(["new", mine, "--article", str(page), "--notebooks", "01_a", "02_b"]) == 0
    assert "Next: in data/lesson.yaml" in capsys.readouterr().out
    assert main(["check", mine]) == 0
    assert "Next: in data/lesson.yaml" in capsys.readouterr().out
    assert main(["new", mine, "--article", str(page)]) == 1


def test_switching_on_everything_at_once_works_too(folder: Path) -> None:
    path = folder / "data" / "01_story.yaml"
    head, heading, body = path.read_text("utf-8").partition("\nexercises:\n")
    for taken in ("^# ", "^#"):  # as an editor does it, and by hand without the space
        path.write_text(head + heading + re.sub(taken, "", body, flags=re.MULTILINE), "utf-8")
        assert len(load_lesson(folder).key.notebooks["01_story"].exercises) == len(EXERCISES)


def test_notices_around_the_story_do_not_become_paragraphs_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notices = (
        "<aside><p>The news of the town is in your inbox every day at seven in the morning.</p>"
        "</aside><footer><p>You have to log in before you can comment on this story.</p></footer>"
    )
    page = tmp_path / "page.html"
    page.write_text(HTML.replace("</article>", f"</article>{notices}"), "utf-8")
    assert main(["new", str(tmp_path / "mine"), "--article", str(page)]) == 0
    read = load_article(page)
    assert load_lesson(tmp_path / "mine").article.paragraphs == read.paragraphs
    said = capsys.readouterr().out
    assert "Not quite as on the page" in said
    for number in range(1, len(read.paragraphs) + 1):
        assert f"  p{number} " in said
    assert "(none on the page)" in said
