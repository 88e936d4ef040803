from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson import LessonError
from lesson.exercise.check_forms import form_for, tally, tidy_check
from lesson.key.check_file import CheckFile, load_check

if TYPE_CHECKING:
    from pathlib import Path

Half = Literal["first", "second"]


@pytest.fixture(scope="session")
def forms(root: Path) -> CheckFile:
    return load_check(root)


@given(st.sampled_from(["first", "second"]), st.integers(0, 20))
def test_the_halves_change_places_each_time(half: Half, occasion: int) -> None:
    other: Half = "second" if half == "first" else "first"
    assert form_for(half, occasion) != form_for(other, occasion)
    assert form_for(half, occasion) != form_for(half, occasion + 1)


@pytest.mark.parametrize(("half", "occasion"), [("third", 0), ("first", -1)])
def test_a_half_or_occasion_that_is_not_there_is_named(half: Half, occasion: int) -> None:
    with pytest.raises(LessonError, match="There is no"):
        form_for(half, occasion)


@given(st.data())
def test_accepting_and_rejecting_are_counted_apart(forms: CheckFile, data: st.DataObject) -> None:
    form = forms.form(data.draw(st.sampled_from(["A", "B"])))
    names = [item.id for item in form.items]
    relied = data.draw(
        st.dictionaries(st.sampled_from([*names, "gone"]), st.none() | st.booleans())
    )
    found = tally(form, relied)
    assert (found.genuine, found.false) == (4, 2)
    answered = sum(relied.get(name) is not None for name in names)
    assert found.unanswered == 6 - answered
    assert found.genuine_accepted + found.false_rejected <= answered


def test_neither_trusting_nor_distrusting_everything_looks_good(forms: CheckFile) -> None:
    form = forms.form("B")
    trusting = tally(form, {item.id: True for item in form.items})
    distrusting = tally(form, {item.id: False for item in form.items})
    assert (trusting.genuine_accepted, trusting.false_rejected) == (4, 0)
    assert (distrusting.genuine_accepted, distrusting.false_rejected) == (0, 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["half", "items", "a-pool", "b-ferry", "rely", "use", "reason"]), inner
        )
    ),
)


@given(JSON | st.fixed_dictionaries({"half": st.sampled_from(["first", "x"]), "items": JSON}))
def test_any_stored_value_is_brought_into_one_form(forms: CheckFile, answer: object) -> None:
    tidied = tidy_check(forms, answer)
    assert tidy_check(forms, tidied) == tidied
    if tidied is not None:
        assert set(tidied) <= {"half", "items"}
        assert all(given for given in tidied["items"].values())


def test_what_was_answered_on_both_forms_is_kept_whole(forms: CheckFile) -> None:
    given = {"rely": False, "use": "x" * 100_000, "reason": "<b>😀"}
    items = {item.id: given for form in forms.forms for item in form.items}
    answer = {"half": "second", "items": items}
    assert tidy_check(forms, answer) == answer
