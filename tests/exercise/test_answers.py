from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.errors import AnswersError
from lesson.exercise.answers import Answers, replace_file
from lesson.exercise.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def saved(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "01_page.json").read_text("utf-8"))
    return content


def test_a_saved_answer_is_back(tmp_path: Path) -> None:
    Answers(tmp_path, "01_page").save("one", Record(answer={"a": "x"}, attempts=2, revision=3))
    back = Answers(tmp_path, "01_page")
    assert back["one"] == Record(answer={"a": "x"}, attempts=2, revision=3)
    assert back.notice == ""


def test_notebooks_have_a_file_each(tmp_path: Path) -> None:
    Answers(tmp_path, "01_page").save("one", Record(answer="a"))
    Answers(tmp_path, "02_sourcing").save("one", Record(answer="b"))
    assert Answers(tmp_path, "01_page")["one"].answer == "a"


def test_nothing_is_written_before_the_first_answer(tmp_path: Path) -> None:
    assert Answers(tmp_path / "answers", "01_page")["one"] == Record()
    assert not (tmp_path / "answers").exists()


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_to_the_letter(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    Answers(folder, "n").save("one", Record(answer=text))
    assert Answers(folder, "n")["one"].answer == text


def test_two_tabs_keep_each_others_answers(tmp_path: Path) -> None:
    one, two = Answers(tmp_path, "n"), Answers(tmp_path, "n")
    one.save("first", Record(answer="a"))
    two.save("second", Record(answer="b"))
    both = Answers(tmp_path, "n")
    assert (both["first"].answer, both["second"].answer) == ("a", "b")


def test_saving_from_many_threads_loses_nothing(tmp_path: Path) -> None:
    def work(number: int) -> None:
        Answers(tmp_path, "n").save(f"item-{number}", Record(answer=number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Answers(tmp_path, "n")) == sorted(f"item-{number}" for number in range(12))


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\x00\xff", b"[]", b'{"format": 1}', b'{"format":99,"notebook":"n","records":{}}'],
)
def test_a_damaged_file_is_set_aside_and_the_last_answers_are_back(
    damage: bytes, tmp_path: Path
) -> None:
    Answers(tmp_path, "01_page").save("one", Record(answer="a"))
    (tmp_path / "01_page.json").write_bytes(damage)
    back = Answers(tmp_path, "01_page")
    assert back["one"].answer == "a"
    assert "your last saved answers are back" in back.notice
    aside = tmp_path / "01_page.damaged-1.json"
    assert aside.name in back.notice
    assert aside.read_bytes() == damage


def test_damage_a_second_time_does_not_overwrite_what_was_set_aside(tmp_path: Path) -> None:
    answers = Answers(tmp_path, "n")
    for number in (1, 2):
        answers.save("one", Record(answer=number))
        (tmp_path / "n.json").write_bytes(b"damage %d" % number)
        assert Answers(tmp_path, "n")["one"].answer == number
    assert (tmp_path / "n.damaged-1.json").read_bytes() == b"damage 1"
    assert (tmp_path / "n.damaged-2.json").read_bytes() == b"damage 2"


def test_with_both_files_damaged_it_starts_empty_and_says_so(tmp_path: Path) -> None:
    Answers(tmp_path, "n").save("one", Record(answer="a"))
    for name in ("n.json", "n.backup.json"):
        (tmp_path / name).write_text("{", encoding="utf-8")
    back = Answers(tmp_path, "n")
    assert list(back) == []
    assert "starts empty" in back.notice


def test_a_failing_disk_leaves_what_was_saved_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(tmp_path, "01_page")
    answers.save("one", Record(answer="a"))
    before = saved(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AnswersError, match=r"No space left on device.*still there"):
        answers.save("one", Record(answer="b"))
    assert saved(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".01_page.json")] == []


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way", encoding="utf-8")
    with pytest.raises(AnswersError, match="could not be saved"):
        Answers(blocker / "answers", "n").save("one", Record(answer="a"))


def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "n.json").mkdir()
    answers = Answers(tmp_path, "n")
    assert "cannot be read" in answers.notice
    with pytest.raises(AnswersError):
        answers.save("one", Record(answer="a"))
    assert (tmp_path / "n.json").is_dir()


def test_the_file_is_for_people_too(tmp_path: Path) -> None:
    Answers(tmp_path, "01_page").save("one", Record(answer="grüß"))
    text = (tmp_path / "01_page.json").read_text("utf-8")
    assert "grüß" in text
    assert text.count("\n") > 5
    assert saved(tmp_path)["format"] == 1


def test_only_the_answers_files_are_left_behind(tmp_path: Path) -> None:
    Answers(tmp_path, "n").save("one", Record(answer="a"))
    assert sorted(os.listdir(tmp_path)) == [".n.lock", "n.backup.json", "n.json"]  # noqa: PTH208  # names only


def test_a_file_of_a_newer_version_is_set_aside_and_named_so(tmp_path: Path) -> None:
    (tmp_path / "n.json").write_text('{"format": 99, "notebook": "n", "records": {}}', "utf-8")
    answers = Answers(tmp_path, "n")
    assert "was written by a newer version of the lesson" in answers.notice
    assert (tmp_path / "n.damaged-1.json").exists()


def test_a_file_that_nests_too_deep_is_set_aside(tmp_path: Path) -> None:
    deep = '{"format": 1, "notebook": "n", "records": {"a": {"answer": ' + "[" * 100_000
    (tmp_path / "n.json").write_text(deep, "utf-8")
    assert "was damaged" in Answers(tmp_path, "n").notice


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_answers_are_for_their_owner_and_a_file_to_hand_in_for_others_too(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        replace_file(tmp_path / "mine", b"")
        replace_file(tmp_path / "hand-in", b"", private=False)
    finally:
        os.umask(old)
    assert (tmp_path / "mine").stat().st_mode & 0o077 == 0
    assert (tmp_path / "hand-in").stat().st_mode & 0o777 == 0o644
