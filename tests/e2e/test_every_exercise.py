"""Every exercise of every notebook: wrong, half right, right; by keyboard alone and by pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from lesson.exercise.answer import tidy
from lesson.exercise.checking import check
from lesson.exercise.describe import state
from lesson.exercise.record import Attempt, Record, changed, checked
from lesson.key.schema import Exercise, Write
from tests import attempts
from tests.e2e.hands import Keyboard, Pointer
from tests.e2e.lab import NOTEBOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lesson.article import Article
    from lesson.exercise.feedback import Feedback
    from lesson.lesson import Lesson
    from tests.e2e.hands import Hands
    from tests.e2e.lab import Notebook


def result_fields(result: Feedback) -> dict[str, Any]:
    names = ("right", "wrong", "missed", "total", "score")
    return {name: getattr(result, name) for name in names}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_exercise_is_done_by_keyboard_alone_and_kept(
    name: str, open_notebook: Callable[[str], Notebook], lesson: Lesson
) -> None:
    notebook = open_notebook(name)
    hands = Keyboard(notebook.page)
    for exercise in lesson.key.notebooks[name].exercises.values():
        do(notebook, hands, exercise, lesson.article)
    for card in notebook.page.locator(".lesson-card-title").all():
        hands.press(card)
        expect(card).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("kind", get_args(Exercise), ids=lambda kind: kind.__name__)
def test_every_kind_is_done_by_pointer(
    kind: type[Exercise], opened: Callable[[str], Notebook], lesson: Lesson
) -> None:
    name, exercise = next(
        (name, exercise)
        for name, notebook in lesson.key.notebooks.items()
        for exercise in notebook.exercises.values()
        if isinstance(exercise, kind)
    )
    notebook = opened(name)
    do(notebook, Pointer(notebook.page), exercise, lesson.article)


def do(notebook: Notebook, hands: Hands, exercise: Exercise, article: Article) -> None:
    """Try an exercise three times; hold the page and the saved record to what must follow."""
    group = notebook.exercise(exercise.question)
    for attempt in (attempts.wrong, attempts.half, attempts.right):
        answer = tidy(exercise, attempt(exercise, article))
        hands.answer(group, exercise, answer)
        hands.press(group.locator(".lesson-check"))
        # What the page says is what the record that it should have kept leads to.
        record = changed(Record(), answer, "")
        result = check(exercise, answer, article)
        kept = Attempt(answer=answer, time="", **result_fields(result))
        said = state(exercise, checked(record, kept), article)["summary"]
        expect(group.locator(".lesson-summary")).to_have_text(said)
        expect(group.locator(".lesson-saved")).to_have_text("Saved.")
    expect(group.locator(".lesson-explanation")).not_to_be_empty()
    saved = notebook.server.answers(notebook.name)[exercise.id]
    first = tidy(exercise, attempts.wrong(exercise, article))
    assert (saved["first"]["answer"], saved["latest"]["answer"]) == (first, answer)
    assert saved["first"]["score"] == check(exercise, first, article).score < 1
    if not isinstance(exercise, Write):
        assert saved["latest"]["score"] == 1
