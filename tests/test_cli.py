from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyterlab import labapp

from lesson import folder as folders
from lesson.cli import main
from tests.examples import PAGE, small_key, write_key


class Started:
    """What would have been run instead of JupyterLab."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.cwd = Path()
        self.env: dict[str, str] = {}

    def main(self, words: list[str]) -> None:
        self.words, self.cwd, self.env = words, Path.cwd(), dict(os.environ)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    started = Started()
    monkeypatch.setattr(labapp, "main", started.main)
    # The command changes both for the server it becomes; here they are put back.
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.chdir(Path.cwd())
    return started


@pytest.fixture
def as_a_wheel(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with the lesson inside the package as a wheel has it."""
    package = tmp_path / "site-packages" / "lesson"
    package.mkdir(parents=True)
    (package / "bundle").symlink_to(root)
    monkeypatch.setattr(folders, "__file__", str(package / "folder.py"))
    monkeypatch.setattr("lesson.cli.__file__", str(package / "cli.py"))
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return empty


def failure(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that must fail, and give the one sentence it says."""
    assert main(words) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert said.err.startswith("lesson: ")
    (line,) = said.err.splitlines()
    return line.removeprefix("lesson: ")


# start ------------------------------------------------------------------------------------------


def test_in_a_checkout_it_works_there(
    root: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(root.iterdir())
    monkeypatch.chdir(root / "notebooks")
    assert main(["start"]) == 0
    assert started.cwd == root
    assert started.words[0] == "notebooks/00_start.ipynb"
    assert not [word for word in started.words if word.startswith(("--no-browser", "--port"))]
    assert sorted(root.iterdir()) == before


def test_the_server_shows_the_whole_lesson(
    root: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    main(["start"])
    assert f"--ServerApp.root_dir={root}" in started.words


@pytest.mark.parametrize("port", ["9123", "0"])
def test_words_for_the_server_are_passed_on(
    port: str, root: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert main(["start", "--no-browser", "--port", port]) == 0
    assert started.words[-2:] == ["--no-browser", f"--port={port}"]


@pytest.mark.parametrize("more", [[], ["mine"], ["--no-browser"]])
def test_a_value_for_the_server_is_not_taken_for_the_folder(
    more: list[str], tmp_path: Path, started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    os.chdir(tmp_path)
    assert "write it as --ip=127.0.0.1" in failure(capsys, "start", "--ip", "127.0.0.1", *more)
    assert started.words == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [["--ip=127.0.0.1", "{}"], ["{}", "--ip", "127.0.0.1"], ["{}", "--allow-root"]]
)
def test_a_folder_beside_words_for_the_server_is_the_folder(
    words: list[str], tmp_path: Path, started: Started
) -> None:
    write_key(tmp_path, small_key("choose"))
    assert main(["start", *(word.format(tmp_path) for word in words)]) == 0
    assert started.cwd == tmp_path


def test_the_status_is_that_of_the_server(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(_: list[str]) -> None:
        raise SystemExit(3)

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.chdir(root)
    monkeypatch.setattr(labapp, "main", failed)
    with pytest.raises(SystemExit) as ended:
        main(["start"])
    assert ended.value.code == 3


def test_stopping_it_with_ctrl_c_shows_no_traceback(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.chdir(root)
    monkeypatch.setattr(labapp, "main", stopped)
    assert main(["start"]) == 130
    assert capsys.readouterr().err == ""


def test_jupyterlabs_news_are_off_and_the_users_own_settings_kept(
    root: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/own/settings")
    main(["start"])
    ours, own = started.env["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert own == "/own/settings"
    config = Path(ours) / "labconfig" / "page_config.json"
    assert "announcements" in config.read_text("utf-8")


def test_in_an_empty_folder_it_copies_the_lesson_first(
    as_a_wheel: Path, started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start"]) == 0
    made = as_a_wheel / "media-literacy-lesson"
    assert started.cwd == made
    assert (made / "notebooks" / "00_start.ipynb").is_file()
    assert (made / "data" / "lesson.yaml").is_file()
    assert f"The lesson is in {made}." in capsys.readouterr().out


def test_started_again_it_keeps_a_learners_files_and_says_which(
    as_a_wheel: Path,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["start"])
    mine = as_a_wheel / "media-literacy-lesson" / "notebooks" / "00_start.ipynb"
    mine.write_text("mine", encoding="utf-8")
    monkeypatch.chdir(as_a_wheel)
    assert main(["start"]) == 0
    assert started.cwd == as_a_wheel / "media-literacy-lesson"
    assert mine.read_text("utf-8") == "mine"
    assert "notebooks/00_start.ipynb" in capsys.readouterr().out


def test_inside_the_copied_folder_it_works_there(
    as_a_wheel: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["start"])
    made = as_a_wheel / "media-literacy-lesson"
    monkeypatch.chdir(made / "notebooks")
    main(["start"])
    assert started.cwd == made
    assert not (made / "notebooks" / "media-literacy-lesson").exists()


def test_a_named_folder_is_made_even_inside_a_checkout(
    tmp_path: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_key(tmp_path, small_key("choose"))
    monkeypatch.chdir(tmp_path)
    assert main(["start", "mine"]) == 0
    assert started.cwd == tmp_path / "mine"
    assert (tmp_path / "mine" / "notebooks" / "00_start.ipynb").is_file()


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    said = failure(capsys, "start", str(tmp_path / "file"))
    assert "could not be copied" in said
    assert started.words == []


def test_a_lesson_folder_that_is_none_is_one_sentence(
    tmp_path: Path,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LESSON_FOLDER", str(tmp_path))
    assert "LESSON_FOLDER" in failure(capsys, "start")
    assert started.words == []


# check ------------------------------------------------------------------------------------------


def test_check_prints_the_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key(tmp_path, small_key("choose"))
    monkeypatch.chdir(tmp_path / "data")
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "small: 1 exercise, 1 deck of cards" in said
    assert "2 cards, 1 word, 2 paragraphs. Every place the key points to was found." in said


def test_check_passes_the_shipped_lesson(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(root)]) == 0
    assert "10 paragraphs" in capsys.readouterr().out


def test_check_holds_another_edition_against_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key(tmp_path, small_key("choose"))
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("stay open", "be open"), encoding="utf-8")
    said = failure(capsys, "check", str(tmp_path), "--article", str(other))
    assert said.startswith("small, 'a-choose': the marker 'stay open' is not in p1")
    assert "no file" in failure(capsys, "check", str(tmp_path), "--article", "none.txt")


def test_check_says_what_is_wrong_with_a_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key(tmp_path, small_key("choose"))
    (tmp_path / "data" / "cards.yaml").write_text("cards: 3", encoding="utf-8")
    assert failure(capsys, "check", str(tmp_path)).startswith("cards.yaml, line 1, cards:")


def test_check_says_what_is_wrong_with_a_map(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "data", tmp_path / "data")
    places = tmp_path / "data" / "places.yaml"
    text = places.read_text("utf-8")
    places.write_text(text.replace("borders: [Ukraine, ", "borders: [Ukrainia, "), "utf-8")
    said = failure(capsys, "check", str(tmp_path))
    assert said.startswith("places.yaml, line ")
    assert "'Ukrainia'" in said


@pytest.mark.parametrize("name", ["", "none", "data"])
def test_check_says_so_when_the_folder_named_is_no_lesson(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    said = failure(capsys, "check", str(tmp_path / name))
    assert "is no lesson folder: there is no data/lesson.yaml in it; check the spelling" in said


@pytest.mark.parametrize(
    "words",
    [
        ["print", "my-leson"],
        ["release", "learners", "--lesson", "my-leson"],
        ["report", "handed-in", "--lesson", "my-leson"],
        ["check", "my-leson"],
    ],
)
def test_no_command_takes_another_lesson_than_the_one_that_is_named(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_key(tmp_path, small_key("choose"))
    (tmp_path / "handed-in").mkdir()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert failure(capsys, *words).startswith("my-leson is no lesson folder")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_named_lesson_goes_before_the_one_in_the_environment(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key(tmp_path, small_key("choose"))
    monkeypatch.setenv("LESSON_FOLDER", str(root))
    assert main(["check", str(tmp_path)]) == 0
    assert f"in {tmp_path}." in capsys.readouterr().out


def test_a_reader_that_has_gone_ends_a_command_quietly(root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "lesson", "check", str(root)]
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(words, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""
    assert done.returncode == 141


# binder -----------------------------------------------------------------------------------------


def test_binder_prints_three_links(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["binder", "--repo", "OWNER/NAME", "--ref", "v1", "--hub", "https://hub.test/"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert said.count("https://mybinder.org/v2/gh/OWNER/NAME/v1?urlpath=lab") == 2
    assert "https://hub.test/hub/user-redirect/git-pull?" in said
    assert "[![" in said


def test_binder_says_what_to_do_outside_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "lesson binder --repo OWNER/NAME" in failure(capsys, "binder")


def test_binder_refuses_a_repository_of_another_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert "write it as OWNER/NAME" in failure(capsys, "binder", "--repo", "name")


# The words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [[], ["no such command"], ["start", "--port", "many"]])
def test_words_it_does_not_know_are_said(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: lesson" in capsys.readouterr().err
