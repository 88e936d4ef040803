from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import LessonError
from lesson.teacher.binder import FIRST_NOTEBOOK, first_notebook, links, repository_of
from tests.examples import sentence_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_launch_link_opens_the_first_notebook_in_jupyterlab() -> None:
    made = links("OWNER/NAME")
    assert made.launch == (
        "https://mybinder.org/v2/gh/OWNER/NAME/main?urlpath=lab%2Ftree%2Fnotebooks%2F00_start.ipynb"
    )
    assert made.badge == (
        "[![Open the lesson on Binder](https://mybinder.org/badge_logo.svg)]" + f"({made.launch})"
    )


def test_the_pull_link_names_repository_branch_and_notebook() -> None:
    parts = urlsplit(links("OWNER/NAME", "main", "https://hub.test/").pull)
    assert (parts.netloc, parts.path) == ("hub.test", "/hub/user-redirect/git-pull")
    assert parse_qs(parts.query) == {
        "repo": ["https://github.com/OWNER/NAME"],
        "branch": ["main"],
        "urlpath": [f"lab/tree/NAME/{FIRST_NOTEBOOK}"],
    }


def test_the_first_notebook_is_that_of_the_lesson(root: Path, tmp_path: Path) -> None:
    assert first_notebook(root) == FIRST_NOTEBOOK
    assert first_notebook(tmp_path) == ""
    (tmp_path / "notebooks").mkdir()
    for name in ("02_more", "01_story"):
        (tmp_path / "notebooks" / f"{name}.ipynb").touch()
    first = first_notebook(tmp_path)
    assert first == "notebooks/01_story.ipynb"
    assert links("OWNER/NAME", notebook=first).launch.endswith("notebooks%2F01_story.ipynb")


@given(ref=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20))
def test_any_ref_is_one_piece_of_the_address(ref: str) -> None:
    parts = urlsplit(links("OWNER/NAME", ref).launch)
    start = "/v2/gh/OWNER/NAME/"
    assert parts.path.startswith(start)
    assert "/" not in parts.path.removeprefix(start)
    assert unquote(parts.path.removeprefix(start)) == ref
    assert parse_qs(parts.query) == {"urlpath": [f"lab/tree/{FIRST_NOTEBOOK}"]}
    assert parse_qs(urlsplit(links("OWNER/NAME", ref).pull).query)["branch"] == [ref]


def test_a_branch_with_slashes_is_escaped() -> None:
    assert "/NAME/class%2F7b?" in links("OWNER/NAME", "class/7b").launch


@pytest.mark.parametrize(
    "name",
    ["", "NAME", "a/b/c", "https://github.com/a/b", "-a/b", "a/b?x", "a b/c", "a/b)", "a/b\n"],
)
def test_what_is_no_repository_is_refused(name: str) -> None:
    assert "write it as OWNER/NAME" in sentence_of(LessonError, lambda: links(name))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a git repository that knows nothing of the user's own settings."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no settings"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "lesson/2021")
    return folder


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/OWNER/NAME",
        "https://github.com/OWNER/NAME.git",
        "https://github.com/OWNER/NAME/",
        "https://token@github.com/OWNER/NAME.git",
        "https://user:token@github.com/OWNER/NAME.git",
        "ssh://git@github.com/OWNER/NAME.git",
        "git@github.com:OWNER/NAME.git",
        "git@github.com:OWNER/NAME",
    ],
)
def test_repository_and_branch_are_read_from_the_checkout(origin: str, checkout: Path) -> None:
    git(checkout, "remote", "add", "origin", origin)
    assert repository_of(checkout) == ("OWNER/NAME", "lesson/2021")


@pytest.mark.parametrize(
    "origin",
    [
        "https://gitlab.com/OWNER/NAME.git",
        "https://github.com.example.org/OWNER/NAME",
        "https://example.org/github.com/OWNER/NAME",
        "git@example.org:github.com/OWNER/NAME.git",
        "../elsewhere",
    ],
)
def test_an_origin_that_is_not_on_github_is_refused(origin: str, checkout: Path) -> None:
    git(checkout, "remote", "add", "origin", origin)
    said = sentence_of(LessonError, lambda: repository_of(checkout))
    assert f"its origin is {origin}" in said
    assert "--repo OWNER/NAME" in said


def test_a_checkout_without_origin_is_refused(checkout: Path) -> None:
    assert "it has no origin" in sentence_of(LessonError, lambda: repository_of(checkout))


def test_a_folder_that_is_no_checkout_is_refused(checkout: Path) -> None:
    folder = checkout.parent / "plain"
    folder.mkdir()
    assert "is no checkout" in sentence_of(LessonError, lambda: repository_of(folder))


def test_without_a_branch_the_commit_is_taken(checkout: Path) -> None:
    git(checkout, "remote", "add", "origin", "https://github.com/OWNER/NAME")
    git(checkout, "commit", "-q", "--allow-empty", "-m", "first")
    git(checkout, "checkout", "-q", "--detach")
    assert repository_of(checkout) == ("OWNER/NAME", git(checkout, "rev-parse", "HEAD"))


def test_without_git_it_says_what_to_do(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "--repo OWNER/NAME" in sentence_of(LessonError, lambda: repository_of(checkout))


def test_a_token_in_the_origin_is_never_said(checkout: Path) -> None:
    git(checkout, "remote", "add", "origin", "https://user:s3cret@gitlab.com/OWNER/NAME")
    assert "s3cret" not in sentence_of(LessonError, lambda: repository_of(checkout))
