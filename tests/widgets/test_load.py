from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tornado import websocket

from lesson.exercise.answers import Answers
from lesson.exercise.record import Record
from lesson.widgets.load import LoadWidget
from lesson.work.portfolio import LARGEST, encode
from lesson.work.work import Work
from tests.work_files import HARD_TEXTS, every_kind, portfolio, save

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson


class _Page:
    """A widget on answers of its own, and how often the page was told of a change."""

    def __init__(self, lesson: Lesson, folder: Path) -> None:
        self.folder = folder
        self.told = 0
        self.widget = LoadWidget(Work(lesson, folder), self.tell)

    def tell(self) -> None:
        self.told += 1


@pytest.fixture
def page(small_lesson: Lesson, tmp_path: Path) -> _Page:
    return _Page(small_lesson, tmp_path / "mine" / "answers")


def test_at_first_it_says_nothing_and_writes_nothing(page: _Page) -> None:
    assert page.widget.state == {"said": "", "problem": False, "kept": [], "times": 1}
    assert page.widget.content["label"].startswith("Choose the my-work.html or my-work.json")
    assert not page.folder.exists()


def test_what_the_button_takes_fits_into_a_message_and_the_rest_is_told_another_way(
    page: _Page,
) -> None:
    content = page.widget.content
    assert content["largest"] < websocket._default_max_message_size  # no public name
    assert content["largest"] <= LARGEST
    assert 'load("my-work.json")' in content["too_large"]


def test_loading_brings_work_in_and_tells_the_page(page: _Page) -> None:
    page.widget.load(encode(portfolio(every_kind())).encode())
    assert page.widget.state["said"].startswith("8 brought in")
    assert not page.widget.state["problem"]
    assert page.told == 1
    assert Answers(page.folder, "small")["a-choose"].answer == "b"


@pytest.mark.parametrize("data", [b"", b"[" * 10_000, b"<p>", b"{}"])
def test_a_refused_file_is_a_sentence_and_changes_nothing(data: bytes, page: _Page) -> None:
    page.widget.load(data)
    assert page.widget.state["problem"]
    assert page.widget.state["said"].endswith(".")
    assert page.told == 0
    assert not page.folder.exists()


def test_kept_work_is_listed_and_taken(page: _Page) -> None:
    save(page.folder, {"a-write": Record(answer="mine", revision=1)})
    written = "".join(HARD_TEXTS)
    page.widget.load(encode(portfolio({"a-write": Record(answer=written)})).encode())
    kept = {"item": "a-write", "question": "A write question?", "words": written}
    assert page.widget.state["kept"] == [kept]
    page.widget.take("a-write")
    assert page.widget.state["kept"] == [{**kept, "words": "mine"}]
    assert page.told == 2


def test_taking_what_is_not_kept_is_a_sentence(page: _Page) -> None:
    page.widget.take("a-choose")
    assert page.widget.state["problem"]
    assert page.widget.state["said"].startswith("No loaded work is kept beside 'a-choose'")


def test_a_problem_is_forgotten_with_the_next_good_file(page: _Page) -> None:
    page.widget.load(b"no")
    page.widget.load(encode(portfolio(every_kind())).encode())
    assert not page.widget.state["problem"]


def test_messages_of_the_page_do_what_they_say_and_others_nothing(page: _Page) -> None:
    data = memoryview(encode(portfolio(every_kind())).encode())
    before = dict(page.widget.state)
    for message in ({}, {"do": "load"}, {"do": "dance"}, {"load": 1}):
        page.widget._receive(None, message, [])
        assert page.widget.state == before
    page.widget._receive(None, {"do": "load"}, [data])
    assert page.widget.state["said"].startswith("8 brought in")
    page.widget._receive(None, {"do": "take"}, [])
    assert page.widget.state["problem"]


def test_a_failure_nobody_thought_of_is_said_too(small_lesson: Lesson, tmp_path: Path) -> None:
    def fail() -> None:
        raise RuntimeError("the page is gone")

    widget = LoadWidget(Work(small_lesson, tmp_path / "answers"), fail)
    widget.load(encode(portfolio(every_kind())).encode())
    assert widget.state["said"] == "Something went wrong here: the page is gone"
    assert widget.state["problem"]
    assert Answers(tmp_path / "answers", "small")["a-choose"].answer == "b"


def test_it_has_a_form_without_a_program(page: _Page) -> None:
    data, _ = page.widget._repr_mimebundle_()
    assert data["text/plain"] == f"{page.widget.content['label']}: ____"
    assert page.widget.content["label"] in data["text/html"]
