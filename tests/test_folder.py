from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs
import pytest

from lesson import LessonError
from lesson import folder as folders
from lesson.folder import answers_folder, copy_lesson, find_lesson_folder
from tests.examples import sentence_of, small_key, write_key


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Make a small lesson folder with folders below it."""
    folder = tmp_path / "made"
    write_key(folder, small_key("choose"))
    (folder / "notebooks" / "deep").mkdir(parents=True)
    return folder.resolve()


@pytest.mark.parametrize("below", [".", "notebooks", "notebooks/deep", "data", "not/there/yet"])
def test_the_lesson_is_found_upwards(below: str, made: Path) -> None:
    assert find_lesson_folder(made / below) == made


def test_the_nearest_lesson_is_taken(made: Path) -> None:
    inner = made / "notebooks" / "inner"
    write_key(inner, small_key("choose"))
    assert find_lesson_folder(inner / "data") == inner


def test_the_working_directory_is_where_it_starts(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made / "notebooks")
    assert find_lesson_folder() == made


def test_lesson_folder_names_the_lesson(
    made: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("LESSON_FOLDER", str(made))
    assert find_lesson_folder() == made


def test_lesson_folder_without_a_lesson_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LESSON_FOLDER", str(tmp_path))
    said = sentence_of(LessonError, find_lesson_folder)
    assert str(tmp_path) in said
    assert "data/lesson.yaml" in said


def test_where_there_is_no_lesson_the_packages_own_is_used(tmp_path: Path) -> None:
    assert find_lesson_folder(tmp_path) == folders.bundled_lesson()
    assert (folders.bundled_lesson() / "data" / "lesson.yaml").is_file()


def test_a_package_without_a_lesson_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "__file__", str(tmp_path / "src" / "lesson" / "folder.py"))
    monkeypatch.chdir(tmp_path)
    assert "lesson start" in sentence_of(LessonError, find_lesson_folder)


# Copying ----------------------------------------------------------------------------------------


def test_a_copy_is_the_whole_lesson_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder"
    assert copy_lesson(target) == []
    source = folders.bundled_lesson()
    assert sorted(path.name for path in target.iterdir()) == ["data", "notebooks"]
    for name in ("data/article.txt", "data/page.yaml", "notebooks/00_start.ipynb"):
        assert (target / name).read_bytes() == (source / name).read_bytes()
    assert find_lesson_folder(target) == target.resolve()


def test_copying_again_changes_nothing_and_reports_nothing(tmp_path: Path) -> None:
    copy_lesson(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert copy_lesson(tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_learners_file_is_kept_and_reported(tmp_path: Path) -> None:
    copy_lesson(tmp_path)
    mine = tmp_path / "notebooks" / "00_start.ipynb"
    mine.write_text("mine", encoding="utf-8")
    (tmp_path / "data" / "page.yaml").unlink()
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "00_start.json").write_text("{}", encoding="utf-8")
    assert copy_lesson(tmp_path) == [Path("notebooks/00_start.ipynb")]
    assert mine.read_text("utf-8") == "mine"
    assert (tmp_path / "data" / "page.yaml").is_file()
    assert (tmp_path / "answers" / "00_start.json").read_text("utf-8") == "{}"


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("in the way", encoding="utf-8")
    said = sentence_of(LessonError, lambda: copy_lesson(target))
    assert f"could not be copied to {target}" in said
    assert target.read_text("utf-8") == "in the way"


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert "No space left on device" in sentence_of(LessonError, lambda: copy_lesson(tmp_path))


# Answers ----------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a user's own folder, and name no folder for answers."""
    monkeypatch.delenv("LESSON_ANSWERS")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / "home" / name)
    return tmp_path / "home" / "media-literacy-lesson" / "answers"


def test_lesson_answers_names_the_folder(made: Path, own_answers: Path) -> None:
    assert answers_folder(made) == own_answers


def test_answers_are_kept_beside_the_lesson(made: Path, home: Path) -> None:
    assert answers_folder(made) == made / "answers"
    assert not (made / "answers").exists()
    assert answers_folder(made) != home


@pytest.mark.parametrize("there", [True, False])
def test_where_the_lesson_is_read_only_answers_go_to_the_users_own_folder(
    there: bool, made: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there:
        (made / "answers").mkdir()
    closed = made / "answers" if there else made
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != closed)
    assert answers_folder(made) == home


def test_an_answers_folder_that_can_be_written_to_is_used_though_the_lesson_cannot(
    made: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "answers").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != made)
    assert answers_folder(made) == made / "answers" != home


def test_nothing_is_written_into_the_package(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "__file__", str(tmp_path / "lesson" / "folder.py"))
    assert answers_folder(tmp_path / "lesson" / "bundle") == home
