from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lesson.exercise import record as steps
from lesson.exercise.record import Attempt, Record


def attempt(answer: str, time: str = "2021-11-10T09:00:00+00:00") -> Attempt:
    return Attempt(answer=answer, right=0, wrong=1, missed=0, total=1, score=0, time=time)


def test_the_first_attempt_is_kept_and_the_latest_replaced() -> None:
    record = Record()
    for answer in "abc":
        record = steps.checked(steps.changed(record, answer, "now"), attempt(answer))
    assert record.first is not None
    assert record.latest is not None
    assert (record.first.answer, record.latest.answer, record.attempts) == ("a", "c", 3)


@given(st.lists(st.sampled_from(["change", "check", "hint", "explain"])))
def test_every_step_counts_the_revision_up_whatever_the_clock_says(acts: list[str]) -> None:
    record = Record()
    for act in acts:
        before = record.revision
        time = "1999-01-01T00:00:00+00:00"
        match act:
            case "change":
                record = steps.changed(record, "x", time)
            case "check":
                record = steps.checked(record, attempt("x", time))
            case "hint":
                record = steps.hinted(record, time)
            case _:
                record = steps.explained(record, time)
        assert record.revision == before + 1
    assert record.hint_opened == ("hint" in acts)
    assert record.explanation_opened == ("explain" in acts)


def steps_from(record: Record, acts: list[tuple[str, str]]) -> Record:
    for act, text in acts:
        match act:
            case "change":
                record = steps.changed(record, text, "now")
            case "check":
                record = steps.checked(record, attempt(record.answer or text))
            case "load":
                record = steps.brought_in(record, Record(answer=text, revision=3))
            case _:
                record = steps.taken(record, "now")
    return record


def work_in(record: Record) -> list[Any]:
    """List everything somebody answered or checked, wherever a record keeps it."""
    attempts = [item for item in (record.first, record.latest) if item]
    answers = [item for item in (record.answer, *(item.answer for item in attempts)) if item]
    return [*answers, *attempts, *(item for other in record.beside for item in work_in(other))]


ACTS = st.lists(
    st.tuples(st.sampled_from(["change", "check", "load", "take"]), st.sampled_from("abcd")),
    max_size=6,
)


@given(ACTS, ACTS, ACTS)
def test_of_what_stands_in_two_tabs_merging_loses_nothing(
    before: list[tuple[str, str]], here: list[tuple[str, str]], there: list[tuple[str, str]]
) -> None:
    since = steps_from(Record(), before)
    mine, saved = steps_from(since, here), steps_from(since, there)
    both = steps.merged(mine, saved, since)
    assert both.answer == mine.answer
    # What was there before was this tab's to change.
    new = [item for item in work_in(saved) if item not in work_in(since)]
    kept = work_in(both)
    assert [item for item in work_in(mine) + new if item not in kept] == []
    # Saved once more from either tab, nothing is added and nothing taken away.
    assert steps.merged(both, saved, saved) == both
    assert steps.merged(both, both, since) == both


def test_merging_keeps_the_latest_act_and_the_other_tabs_history() -> None:
    there = steps.hinted(steps.checked(Record(answer="b"), attempt("b")), "later")
    here = steps.changed(Record(), "a", "now")
    both = steps.merged(here, there, since=Record())
    assert both.answer == "a"
    assert both.first == there.first
    assert both.hint_opened
    assert both.revision > max(here.revision, there.revision)


def test_where_nothing_else_was_saved_meanwhile_merging_changes_nothing() -> None:
    since = Record(answer="b", revision=3)
    here = Record(answer="a", revision=4)
    assert steps.merged(here, since, since) == here
