from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.errors import WorkFileError
from lesson.exercise.answers import Answers
from lesson.exercise.record import Attempt, Record
from lesson.work.portfolio import (
    LARGEST,
    MOST_BESIDE,
    collect,
    decode,
    encode,
    known_records,
    merge,
)
from tests.examples import ANSWERS, outcome_of, sentence_of
from tests.work_files import (
    ADDRESS,
    HARD_TEXTS,
    TIME,
    all_work,
    any_text,
    every_kind,
    portfolio,
    records,
    save,
)

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson


def refused(data: bytes | str, lesson: Lesson) -> str:
    content = data.encode("utf-8") if isinstance(data, str) else data
    return sentence_of(WorkFileError, lambda: decode(content, lesson))


def raw(**changes: Any) -> str:
    fields = {
        "kind": "work on a lesson",
        "format": 1,
        "lesson": ADDRESS,
        "made": TIME,
        "notebooks": {"small": {"a-choose": {"answer": "a"}}},
    }
    return json.dumps({**fields, **changes})


def test_what_is_saved_is_collected_and_what_was_not_begun_left_out(
    small_lesson: Lesson, tmp_path: Path
) -> None:
    save(tmp_path, every_kind())
    answers = {name: Answers(tmp_path, name) for name in ("small", "other")}
    work = collect(small_lesson, answers, TIME)
    assert work == portfolio(every_kind())


@given(any_text, st.dictionaries(any_text, records(), max_size=3))
def test_work_comes_back_from_json_to_the_letter(
    small_lesson: Lesson, text: str, saved: dict[str, Record]
) -> None:
    work = portfolio({**saved, "a-write": Record(answer=text)})
    assert decode(encode(work).encode("utf-8"), small_lesson) == work


@given(any_text)
def test_work_comes_back_from_a_page_to_the_letter(small_lesson: Lesson, text: str) -> None:
    work = portfolio({"a-write": Record(answer=text)})
    page = f'<p></p><script type="application/json" id="my-work">{encode(work)}</script>'
    assert decode(page.encode("utf-8"), small_lesson) == work
    assert decode(b"\xef\xbb\xbf\n " + page.encode("utf-8"), small_lesson) == work


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_nothing_in_the_data_can_end_its_element(text: str) -> None:
    assert "<" not in encode(portfolio({"a-write": Record(answer=text)}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"null",
        b"[]",
        b"{",
        b'"text"',
        b'{"kind": "work on a lesson"}',
        "{}".encode("utf-16"),
        b"[" * 10_000 + b"]" * 10_000,
        raw(kind="a cake recipe").encode(),
        raw(format="1").encode(),
        raw(notebooks=[]).encode(),
        raw(notebooks={"small": {"a-choose": 7}}).encode(),
        raw(notebooks={"small": {"a-choose": {"attempts": "many"}}}).encode(),
        raw(notebooks={"small": {"a-choose": {"first": {"answer": 1}}}}).encode(),
        raw(notebooks={"small": {"a-write": {"answer": "\ud83d"}}}).encode(),
        b'<script type="application/json" id="my-work">{</script>',
    ],
)
def test_what_is_no_work_is_refused_in_a_sentence(data: bytes, small_lesson: Lesson) -> None:
    assert "damaged or is no work" in refused(data, small_lesson)


@pytest.mark.parametrize("depth", [10, 200, 900, 10_000])
def test_nesting_is_flattened_or_refused(depth: int, small_lesson: Lesson) -> None:
    record = '{"answer": "a", "beside": [' * depth + "]}" * depth
    data = raw().replace('{"answer": "a"}', record)

    def act() -> object:
        work = decode(data.encode(), small_lesson)
        return len(known_records(small_lesson, work)[0]["small"]["a-choose"].beside)

    if depth > 500:
        assert "damaged" in sentence_of(WorkFileError, act)
    else:
        assert act() == depth - 1


def test_a_deep_answer_is_refused_or_left_out(small_lesson: Lesson) -> None:
    for depth in (100, 10_000):
        data = raw().replace('"a"', "[" * depth + "]" * depth).encode()
        if depth == 10_000:
            assert "damaged" in refused(data, small_lesson)
        else:
            known, _ = known_records(small_lesson, decode(data, small_lesson))
            assert known["small"]["a-choose"].answer is None


def test_a_page_without_work_is_refused(small_lesson: Lesson) -> None:
    assert "This page holds no work" in refused("<!DOCTYPE html><p>Hello</p>", small_lesson)


def test_a_file_that_is_too_large_is_refused(small_lesson: Lesson) -> None:
    assert f"larger than {LARGEST // 1_000_000} MB" in refused(b" " * (LARGEST + 1), small_lesson)


def test_more_beside_than_anybody_keeps_is_refused(small_lesson: Lesson) -> None:
    beside = [{"attempts": number} for number in range(MOST_BESIDE + 1)]
    whole = {"small": {"a-choose": {"answer": "a", "beside": beside}}}
    assert "pieces of work beside" in refused(raw(notebooks=whole), small_lesson)
    fewer = {"small": {"a-choose": {"answer": "a", "beside": beside[1:]}}}
    work = decode(raw(notebooks=fewer).encode(), small_lesson)
    assert len(work.notebooks["small"]["a-choose"].beside) == MOST_BESIDE


@pytest.mark.parametrize("more", [{}, {"notebooks": ["of", "another", "shape"]}, {"made": 7}])
def test_a_newer_format_is_said_to_be_newer_whatever_its_shape(
    more: dict[str, Any], small_lesson: Lesson
) -> None:
    assert "newer version" in refused(raw(format=2, **more), small_lesson)


def test_work_on_another_lesson_is_refused_with_its_address(small_lesson: Lesson) -> None:
    said = refused(raw(lesson="https://example.org/other"), small_lesson)
    assert "another lesson, on the story https://example.org/other;" in said


@pytest.mark.parametrize("lesson", ["x" * 9_000, "two\nlines\r\n", "<b>", ""])
def test_whatever_lesson_a_file_names_the_error_is_one_short_line(
    lesson: str, small_lesson: Lesson
) -> None:
    assert "another lesson" in refused(raw(lesson=lesson), small_lesson)


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_raise_one_sentence(small_lesson: Lesson, data: bytes) -> None:
    said = outcome_of(WorkFileError, lambda: decode(data, small_lesson))
    assert isinstance(said, str)
    assert said.endswith(".")
    assert "\n" not in said


def test_records_of_unknown_exercises_are_counted_and_left_aside(small_lesson: Lesson) -> None:
    work = portfolio(
        {**every_kind(), "gone": Record(answer="a")},
        notebooks={
            "small": {**every_kind(), "gone": Record(answer="a")},
            "away": {"a-choose": Record(answer="a")},
        },
    )
    known, others = known_records(small_lesson, work)
    assert known == {"small": every_kind()}
    assert others == 2


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=5,
)


@given(json_values)
def test_an_answer_of_any_shape_is_brought_into_form(small_lesson: Lesson, answer: Any) -> None:
    once, _ = known_records(
        small_lesson,
        portfolio({name: Record(answer=answer) for name in [*every_kind(), "deck"]}),
    )
    again, _ = known_records(small_lesson, portfolio(once["small"]))
    assert once == again
    for name, record in once["small"].items():
        assert type(record.answer) in (type(None), type(known_answer(name)))


def known_answer(name: str) -> Any:
    return ANSWERS.get(name.removeprefix("a-"), [["card-a", "before"]])


@given(records(), records())
def test_bringing_in_loses_no_answer_and_no_attempt(here: Record, loaded: Record) -> None:
    both = merge({"a": here}, {"a": loaded})[0]["a"]
    kept = all_work(both)
    assert all(item in kept or item in answers_of(kept) for item in all_work(here))
    assert all(item in kept or item in answers_of(kept) for item in all_work(loaded))
    assert both.hint_opened == (here.hint_opened or loaded.hint_opened)
    assert both.explanation_opened == (here.explanation_opened or loaded.explanation_opened)
    most = max(record.attempts for record in (here, *here.beside, loaded, *loaded.beside))
    assert max(record.attempts for record in (both, *both.beside)) == most


def answers_of(kept: list[Any]) -> list[Any]:
    return [item.answer for item in kept if isinstance(item, Attempt)]


@given(records(), records())
def test_bringing_in_twice_is_bringing_in_once(here: Record, loaded: Record) -> None:
    once, _ = merge({"a": here}, {"a": loaded})
    again, outcome = merge(once, {"a": loaded})
    assert again == once
    assert outcome == {"brought in": [], "same": ["a"], "beside": []}


@given(records())
def test_bringing_in_to_nothing_brings_all_of_it(loaded: Record) -> None:
    both = merge({}, {"a": loaded})[0]["a"]
    kept = all_work(both)
    assert all(item in kept or item in answers_of(kept) for item in all_work(loaded))


@given(
    st.dictionaries(st.sampled_from("abc"), records()),
    st.dictionaries(st.sampled_from("bcd"), records()),
)
def test_each_item_has_one_outcome_and_no_other_is_touched(
    saved: dict[str, Record], loaded: dict[str, Record]
) -> None:
    before = dict(saved)
    both, outcome = merge(saved, loaded)
    assert saved == before
    assert sorted(chain.from_iterable(outcome.values())) == sorted(loaded)
    assert all(both[name] == saved[name] for name in saved if name not in loaded)


def test_own_work_stays_in_front_and_other_work_beside() -> None:
    saved = {"a": Record(answer="mine", revision=1)}
    both, outcome = merge(saved, {"a": Record(answer="loaded", revision=9)})
    assert both["a"].answer == "mine"
    assert [record.answer for record in both["a"].beside] == ["loaded"]
    assert outcome["beside"] == ["a"]
