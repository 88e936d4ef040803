"""What can go wrong around a save: nothing saved before is lost, and one sentence says so."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.errors import AnswersError
from lesson.exercise.answers import Answers
from lesson.exercise.record import Record, changed
from tests.examples import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 100

# Saves one text after the other and says which were saved; the texts differ in length.
SAVER = """
import sys
from pathlib import Path
from lesson.exercise.answers import Answers
from lesson.exercise.record import Record, changed

answers = Answers(Path(sys.argv[1]), "01_page")
record = answers["text"]
while True:
    number = record.revision + 1
    record = changed(record, f"{number} " + "word " * (number % 997), "")
    answers.save("text", record)
    print(number, flush=True)
"""


def test_killed_a_hundred_times_while_saving_nothing_saved_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20211110)  # noqa: S311  # any moments will do
    folder = tmp_path / "answers"
    Answers(folder, "01_page").save("other", Record(answer="stays", revision=1))
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVER, str(folder)], stdout=subprocess.PIPE
        ) as saver:
            assert saver.stdout is not None
            said = saver.stdout.readline()
            time.sleep(chance.uniform(0, 0.02))  # so that the kill falls at any moment of a save
            saver.kill()
            said = (saver.stdout.read().rpartition(b"\n")[0].splitlines() or [said])[-1]
        back = Answers(folder, "01_page")
        assert back.notice == ""
        assert back["other"].answer == "stays"
        number, _, words = back["text"].answer.partition(" ")
        assert back["text"].revision == int(number) >= int(said)
        assert words == "word " * (int(number) % 997)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_that_cannot_grow_leaves_what_was_saved_before(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    Answers(folder, "01_page").save("text", Record(answer="before", revision=1))
    limited = """
import resource, signal, sys
from pathlib import Path
from lesson.exercise.answers import Answers
from lesson.errors import AnswersError
from lesson.exercise.record import Record

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    Answers(Path(sys.argv[1]), "01_page").save("text", Record(answer="x" * 50_000, revision=2))
except AnswersError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", limited, str(folder)], capture_output=True, text=True, check=True
    )
    assert "What was saved before is still there." in done.stdout
    assert Answers(folder, "01_page")["text"].answer == "before"
    assert not list(folder.glob(".*.json.*")), "the half-written file is gone"


def test_a_folder_that_may_not_be_written_to_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "answers"
    answers = Answers(folder, "01_page")
    answers.save("text", Record(answer="before", revision=1))

    # An administrator may write anywhere, so the refusal is made here.
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", refused)
    said = sentence_of(
        AnswersError, lambda: answers.save("text", Record(answer="after", revision=2))
    )
    assert "Permission denied" in said
    assert "still there" in said
    assert Answers(folder, "01_page")["text"].answer == "before"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    Answers(folder, "01_page").save("text", Record(answer="Grüße 🙂", revision=1))
    return (folder / "01_page.json").read_bytes()


@given(data=st.data())
def test_cut_off_or_overwritten_anywhere_the_backup_brings_the_answers_back(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    end = data.draw(st.integers(0, len(whole) - 2), label="cut at")
    junk = data.draw(st.binary(max_size=20), label="then")
    (folder / "01_page.json").write_bytes(whole[:end] + junk + b"\x00")
    (folder / "01_page.backup.json").write_bytes(whole)
    back = Answers(folder, "01_page")
    assert back["text"].answer == "Grüße 🙂"
    assert "was damaged" in back.notice
    assert list(folder.glob("*.damaged-1.json")), "what a person wrote is never thrown away"


def test_a_clock_set_back_makes_no_answer_older(tmp_path: Path) -> None:
    answers = Answers(tmp_path, "01_page")
    first = changed(Record(), "at noon", "2026-11-10T12:00:00+00:00")
    answers.save("text", first)
    answers.save("text", changed(first, "after the clock went back", "1970-01-01T00:00:00+00:00"))
    assert Answers(tmp_path, "01_page")["text"].answer == "after the clock went back"
