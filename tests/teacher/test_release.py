from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import nbformat
import pytest
from nbclient import NotebookClient

from lesson import load_lesson
from lesson.classroom.class_report import open_class
from lesson.cli import main
from lesson.errors import LessonError
from lesson.exercise.answers import Answers
from lesson.exercise.checking import check
from lesson.exercise.describe import WITHHELD, is_finished, state
from lesson.exercise.record import Record
from lesson.teacher.next_step import next_steps
from lesson.teacher.paper import paper
from lesson.teacher.release import release, withhold
from lesson.teacher.sheets import check_page
from lesson.widgets.exercises import ExerciseWidget
from lesson.work.portfolio import collect, decode, encode
from tests import attempts
from tests.examples import ANSWERS, EXERCISES, make_exercise, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lesson.article import Article
    from lesson.lesson import Lesson

OPEN = {"question", "instruction", "text", "name", "unit", "posted", "title", "printed", "marker"}
"""Fields that learners read before they answer; markers are words of the article."""


@pytest.fixture(scope="module")
def released(lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    folder = tmp_path_factory.mktemp("release") / "learners"
    release(lesson, folder)
    return load_lesson(folder)


def withheld_texts(value: Any, name: str = "") -> Iterator[str]:
    """Go through the texts of an exercise that only the key has."""
    match value:
        case dict():
            for key, item in value.items():
                if key != "hint":
                    yield from withheld_texts(item, key)
        case list() | tuple():
            for item in value:
                yield from withheld_texts(item, name)
        case str() if name not in OPEN and len(value) > 40:
            yield value


def test_no_text_of_the_key_is_in_any_file(lesson: Lesson, released: Lesson) -> None:
    files = [path for path in released.folder.rglob("*") if path.is_file()]
    whole = " ".join(" ".join(path.read_text("utf-8").split()) for path in files)
    secrets = [
        text
        for notebook in lesson.key.notebooks.values()
        for exercise in notebook.exercises.values()
        for text in withheld_texts(msgspec.to_builtins(exercise))
        if not text.startswith("http")
    ]
    assert lesson.check
    secrets += [item.shows for form in lesson.check.forms for item in form.items]
    assert len(secrets) > 500
    cards = msgspec.json.encode(lesson.key.cards).decode()
    assert [text for text in secrets if " ".join(text.split()) in whole and text not in cards] == []


def test_nothing_for_teachers_alone_is_in_it(released: Lesson) -> None:
    names = {path.name for path in released.folder.rglob("*")}
    assert not names & {"teacher", "guide.md", "class_report.ipynb", "synthetic_class"}
    text = "".join(path.read_text("utf-8") for path in released.folder.glob("data/*.yaml"))
    assert "correct: true" not in text


def test_what_else_lies_beside_the_key_stays_with_the_teacher(
    class_lesson: Lesson, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(class_lesson.folder, folder)
    words = "correct: true"
    names = [f"data/{name}" for name in (".ipynb_checkpoints/small-checkpoint.yaml", "old/key.txt")]
    names += ["data/small (copy).yaml", "data/.small.yaml.swp", "data/schema/notes.yaml"]
    names += ["notebooks/.ipynb_checkpoints/small-checkpoint.ipynb", "data/schema/key.json"]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}" if name.endswith("key.json") else words, "utf-8")
    state = {"widgets": {"application/vnd.jupyter.widget-state+json": {"said": words}}}
    cell = nbformat.v4.new_code_cell("1 + 1")
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=state)
    (folder / "notebooks" / "small.ipynb").write_text(nbformat.writes(notebook), "utf-8")
    release(load_lesson(folder), tmp_path / "learners")
    made = {path for path in (tmp_path / "learners").rglob("*") if path.is_file()}
    assert not [path for path in made if words in path.read_text("utf-8")]
    assert {path.relative_to(tmp_path / "learners").as_posix() for path in made} == {
        *("data/article.txt", "data/lesson.yaml", "data/cards.yaml", "data/words.yaml"),
        *("data/small.yaml", "data/schema/key.json", "notebooks/small.ipynb"),
    }


@pytest.mark.parametrize("place", ["data/learners", "notebooks", "notebooks/for/them"])
def test_a_release_does_not_go_among_the_lessons_own_files(
    class_lesson: Lesson, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(class_lesson.folder, folder)
    before = sorted(folder.rglob("*"))
    act = partial(release, load_lesson(folder), folder / place)
    assert "of the lesson itself; name a new folder" in sentence_of(LessonError, act)
    assert sorted(folder.rglob("*")) == before


def test_learners_are_asked_the_same(lesson: Lesson, released: Lesson) -> None:
    assert released.key.cards == lesson.key.cards
    for name, notebook in lesson.key.notebooks.items():
        there = released.key.notebooks[name].exercises
        assert list(there) == list(notebook.exercises)
        for exercise in notebook.exercises.values():
            assert there[exercise.id].question == exercise.question
    assert list(next_steps(released)) == []


@pytest.mark.parametrize("kind", EXERCISES)
def test_a_check_says_only_that_it_is_saved(kind: str, article: Article, tmp_path: Path) -> None:
    exercise = withhold(make_exercise(kind))
    widget = ExerciseWidget(exercise, article, Answers(tmp_path, "small"))
    widget.answer = ANSWERS[kind]
    widget.check()
    widget.check()
    widget.explain()
    assert widget.state["summary"] == WITHHELD
    assert widget.state["notes"] == []
    assert widget.state["explanation"] is None
    assert not widget.state["can_explain"]
    assert not is_finished(exercise, widget.record, article)
    assert widget.record.latest is not None
    assert (widget.record.latest.score, widget.record.latest.total) == (0, 0)


def test_every_notebook_runs_on_it(released: Lesson) -> None:
    for name in released.key.notebooks:
        path = released.folder / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
        place = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, kernel_name="python3", resources=place).execute()


@pytest.mark.parametrize("kind", EXERCISES)
def test_withholding_twice_is_withholding_once(kind: str) -> None:
    once = withhold(make_exercise(kind))
    assert withhold(once) == once


def test_the_teachers_copy_judges_what_was_answered_in_it(
    lesson: Lesson, released: Lesson, tmp_path: Path
) -> None:
    name = "01_page"
    answers = Answers(tmp_path, name)
    for exercise in released.key.notebooks[name].exercises.values():
        mine = lesson.key.notebooks[name].exercises[exercise.id]
        widget = ExerciseWidget(exercise, released.article, answers)
        widget.answer = attempts.right(mine, lesson.article)
        widget.check()
    made = encode(collect(released, {name: answers}, "")).encode()
    records = decode(made, lesson).notebooks[name]
    for exercise in lesson.key.notebooks[name].exercises.values():
        assert check(exercise, records[exercise.id].answer, lesson.article).complete


def test_only_the_chosen_parts_are_withheld(lesson: Lesson, tmp_path: Path) -> None:
    assert release(lesson, tmp_path / "some", ["page-credit", "00_start"]) > 1
    some = load_lesson(tmp_path / "some").key.notebooks
    assert some["01_page"].exercises["page-credit"].withheld
    assert all(exercise.withheld for exercise in some["00_start"].exercises.values())
    open_one = some["01_page"].exercises["page-file-photo"]
    assert open_one == lesson.key.notebooks["01_page"].exercises["page-file-photo"]


def test_a_folder_with_something_in_it_is_left_alone(lesson: Lesson, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert "not empty" in sentence_of(LessonError, lambda: release(lesson, tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_part_is_one_sentence(lesson: Lesson, tmp_path: Path) -> None:
    said = sentence_of(LessonError, lambda: release(lesson, tmp_path / "new", ["nowhere"]))
    assert "'nowhere'" in said
    assert not (tmp_path / "new").exists()


def test_the_command_makes_it_and_check_says_what_it_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    target = str(tmp_path / "learners")
    assert main(["release", target]) == 0
    assert "withheld" in capsys.readouterr().out
    assert main(["check", target]) == 0
    assert "for learners" in capsys.readouterr().out


def test_a_record_in_a_release_has_no_hint_of_the_key_before_a_check(article: Article) -> None:
    shown = state(withhold(make_exercise("choose")), Record(answer="a"), article)
    assert shown["summary"] == ""


def test_what_needs_the_key_says_that_it_is_not_here(
    released: Lesson, root: Path, tmp_path: Path
) -> None:
    handed_in = root / "data" / "synthetic_class" / "handed_in"
    for act in (
        lambda: paper(released, key=True),
        lambda: check_page(released, key=True),
        lambda: open_class(handed_in, released.folder),
        lambda: release(released, tmp_path / "again"),
    ):
        assert "the folder that you kept" in sentence_of(LessonError, act)


def test_the_worksheet_is_printed_from_a_release_too(lesson: Lesson, released: Lesson) -> None:
    question = lesson.key.notebooks["01_page"].exercises["page-credit"].question
    assert question in paper(released)
