from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson.errors import AnswersError, WorkFileError
from lesson.exercise.answer import LONGEST_TEXT
from lesson.exercise.answers import Answers
from lesson.exercise.record import Record
from lesson.work.portfolio import LARGEST, encode
from lesson.work.work import Download, Work
from tests.examples import sentence_of
from tests.work_files import HARD_TEXTS, any_text, every_kind, portfolio, save

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine" / "answers"


@pytest.fixture
def work(small_lesson: Lesson, folder: Path) -> Work:
    return Work(small_lesson, folder)


def saved_in(folder: Path) -> dict[str, Record]:
    answers = Answers(folder, "small")
    assert answers.notice == ""
    return {name: answers[name] for name in answers}


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def test_where_nothing_is_answered_nothing_is_offered_or_written(work: Work, folder: Path) -> None:
    shown = work.download()
    assert shown.files == {}
    assert repr(shown) == "Nothing is answered yet, so there is nothing to download."
    assert not folder.parent.exists()


def test_both_files_are_offered_and_lie_beside_the_answers(work: Work, folder: Path) -> None:
    save(folder, every_kind())
    shown = work.download()
    assert list(shown.files) == ["my-work.html", "my-work.json"]
    assert shown.said == "Both files lie in the folder mine too."
    for name, text in shown.files.items():
        assert (folder.parent / name).read_bytes() == text.encode("utf-8")


def test_where_the_folder_cannot_be_written_the_links_are_still_there(
    work: Work, folder: Path
) -> None:
    save(folder, every_kind())
    (folder.parent / "my-work.html").mkdir()
    shown = work.download()
    assert list(shown.files) == ["my-work.html", "my-work.json"]
    assert "could not be written" in shown.said
    assert "use the links" in shown.said


def test_the_links_hold_the_files_to_the_letter() -> None:
    files = {"my-work.html": "".join(HARD_TEXTS), "my-work.json": "{}"}
    tree = html.fragment_fromstring(
        Download(files, "<b>said</b>")._repr_html_(), create_parent="div"
    )
    links = tree.xpath("//a")
    assert [link.get("download") for link in links] == list(files)
    held = [base64.b64decode(link.get("href").rpartition(",")[2]).decode() for link in links]
    assert held == list(files.values())
    assert tree.xpath("p")[0].text_content() == "<b>said</b>"


@pytest.mark.parametrize("name", ["my-work.html", "my-work.json"])
def test_downloaded_work_is_back_in_an_empty_folder_to_the_letter(
    name: str, work: Work, folder: Path, small_lesson: Lesson, tmp_path: Path
) -> None:
    written = "".join(HARD_TEXTS)
    save(folder, {**every_kind(), "a-write": Record(answer=written, revision=3)})
    work.download()
    other = tmp_path / "other" / "answers"
    loaded = Work(small_lesson, other).load(folder.parent / name)
    assert loaded.counts == {"brought in": 8, "same": 0, "beside": 0}
    before, after = saved_in(folder), saved_in(other)
    assert {k: r.answer for k, r in before.items()} == {k: r.answer for k, r in after.items()}
    assert after["a-write"].answer == written


@given(any_text.filter(str.strip))
def test_any_text_survives_download_and_loading(
    small_lesson: Lesson, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    here, there = (tmp_path_factory.mktemp("work") / "answers" for _ in range(2))
    save(here, {"a-write": Record(answer=text, revision=1)})
    for file in Work(small_lesson, here).download().files.values():
        Work(small_lesson, there).load(file.encode("utf-8"))
        assert saved_in(there)["a-write"].answer == text
        assert saved_in(there)["a-write"].beside == ()


@pytest.mark.parametrize("sign", ["a", "😀", "<", "\x00", "ש"])
def test_the_longest_text_survives_download_and_loading(
    sign: str, work: Work, folder: Path, small_lesson: Lesson, tmp_path: Path
) -> None:
    text = sign * LONGEST_TEXT
    save(folder, {"a-write": Record(answer=text, revision=1)})
    for file in work.download().files.values():
        Work(small_lesson, tmp_path / "o" / "answers").load(file.encode("utf-8"))
        assert saved_in(tmp_path / "o" / "answers")["a-write"].answer == text


def test_loading_twice_changes_nothing_the_second_time(work: Work, folder: Path) -> None:
    data = encode(portfolio(every_kind())).encode()
    assert work.load(data).counts == {"brought in": 8, "same": 0, "beside": 0}
    before = files_in(folder)
    assert work.load(data).counts == {"brought in": 0, "same": 8, "beside": 0}
    assert files_in(folder) == before


def test_own_work_stays_and_the_loaded_is_taken_when_asked_for(work: Work, folder: Path) -> None:
    save(folder, {"a-choose": Record(answer="a", revision=1)})
    loaded = work.load(encode(portfolio({"a-choose": Record(answer="c", revision=9)})).encode())
    assert loaded.counts == {"brought in": 0, "same": 0, "beside": 1}
    assert [str(kept) for kept in loaded.kept] == ["a-choose (A choose question?): Option c"]
    assert saved_in(folder)["a-choose"].answer == "a"
    assert work.take("a-choose") == (
        "The loaded work on 'a-choose' is in front now; yours is kept beside it."
    )
    assert saved_in(folder)["a-choose"].answer == "c"
    work.take("a-choose")
    assert saved_in(folder)["a-choose"].answer == "a"
    assert [record.answer for record in saved_in(folder)["a-choose"].beside] == ["c"]


def test_what_is_not_kept_cannot_be_taken(work: Work, folder: Path) -> None:
    said = sentence_of(WorkFileError, lambda: work.take("a-choose"))
    assert said == "No loaded work is kept beside 'a-choose'; there is none."
    save(folder, {"a-choose": Record(answer="a", beside=(Record(answer="b"),))})
    assert "there is a-choose." in sentence_of(WorkFileError, lambda: work.take("a-write"))


def test_loaded_cards_are_kept_in_words_too(work: Work, folder: Path) -> None:
    save(folder, {"deck": Record(answer=[["card-a", "before"]], revision=1)})
    data = encode(portfolio({"deck": Record(answer=[["card-b", "after"]], revision=1)}))
    (kept,) = work.load(data.encode()).kept
    assert (kept.item, kept.question, kept.words) == ("deck", "Deck", "1 of 2 cards opened")


def test_what_belongs_to_no_exercise_is_said(work: Work) -> None:
    data = encode(portfolio({"gone": Record(answer="a"), "a-choose": Record(answer="a")}))
    assert "1 belong to no exercise of this lesson" in work.load(data.encode()).sentence


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 10_000,
        b"<p>page</p>",
        b" " * (LARGEST + 1),
        json.dumps({"kind": "work on a lesson", "format": 2}).encode(),
        encode(portfolio(every_kind(), lesson="https://example.org/other")).encode(),
        encode(portfolio(every_kind())).replace("Ask Ada", "\\ud83d").encode(),
        encode(portfolio(every_kind())).encode()[:-3],
    ],
)
def test_a_file_that_is_refused_changes_nothing(data: bytes, work: Work, folder: Path) -> None:
    save(folder, {"a-choose": Record(answer="a", revision=1)})
    before = files_in(folder.parent)
    sentence_of(WorkFileError, lambda: work.load(data))
    assert files_in(folder.parent) == before


@pytest.mark.parametrize("name", ["none.json", "", "a\0b", "x" * 5_000])
def test_a_file_that_is_not_there_is_said(name: str, work: Work) -> None:
    with pytest.raises(WorkFileError, match=r"cannot be read .*choose it with the button"):
        work.load(name)


def test_a_name_alone_is_looked_for_beside_the_answers(work: Work, folder: Path) -> None:
    save(folder, every_kind())
    work.download()
    assert work.load("my-work.json").counts["same"] == 8


def test_answers_that_cannot_be_saved_are_said(work: Work, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file in the way", encoding="utf-8")
    data = encode(portfolio(every_kind())).encode()
    assert "could not be saved" in sentence_of(AnswersError, lambda: work.load(data))


def test_progress_is_read_afresh(work: Work, folder: Path) -> None:
    assert {step.state for step in work.progress("small").steps[:8]} == {"not begun"}
    save(folder, every_kind())
    assert "not begun" not in repr(work.progress())


@given(text=st.sampled_from(HARD_TEXTS))
def test_kept_work_is_shown_escaped(
    small_lesson: Lesson, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("work") / "answers"
    save(folder, {"a-write": Record(answer="mine", revision=1)})
    data = encode(portfolio({"a-write": Record(answer=f"<i>{text}", revision=1)}))
    shown = Work(small_lesson, folder).load(data.encode())
    assert shown.kept[0].words == f"<i>{text}"
    tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
    assert {node.tag for node in tree.iter()} == {"div", "p", "ul", "li"}
