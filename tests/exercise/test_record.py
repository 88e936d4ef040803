from __future__ import annotations

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


def test_merging_keeps_the_latest_act_and_the_other_tabs_history() -> None:
    there = steps.hinted(steps.checked(Record(answer="b"), attempt("b")), "later")
    here = steps.changed(Record(), "a", "now")
    both = steps.merged(here, there)
    assert both.answer == "a"
    assert both.first == there.first
    assert both.hint_opened
    assert both.revision > max(here.revision, there.revision)


def test_merging_with_older_work_changes_nothing() -> None:
    here = Record(answer="a", revision=4)
    assert steps.merged(here, Record(answer="b", revision=3)) == here
