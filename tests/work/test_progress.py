from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson.exercise.answers import Answers
from lesson.exercise.record import Record, checked
from lesson.work.progress import Progress, Step, steps_of
from tests.examples import EXERCISES
from tests.work_files import HARD_TEXTS, attempt, save

if TYPE_CHECKING:
    from pathlib import Path

    from lesson import Lesson

steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["Start", "Page", "Quotes"]),
        st.sampled_from(["Who?", "What?"]),
        st.sampled_from(["not begun", "checked once"]),
        st.none() | st.booleans(),
    ),
    max_size=9,
)


def test_every_exercise_and_deck_is_a_step_in_the_order_of_the_key(
    small_lesson: Lesson, tmp_path: Path
) -> None:
    found = steps_of(small_lesson, {"small": Answers(tmp_path, "small")})
    assert [step.title for step in found] == [
        *(f"A {kind} question?" for kind in EXERCISES),
        "Cards: Deck",
    ]
    assert {step.state for step in found} == {"not begun", "0 of 2 cards opened"}
    assert [step.done for step in found] == [False] * len(EXERCISES) + [None]


def test_a_step_follows_its_record(small_lesson: Lesson, tmp_path: Path) -> None:
    save(tmp_path, {"a-choose": checked(Record(answer="a"), attempt("a"))})
    save(tmp_path, {"deck": Record(answer=[["card-a", "before"]])})
    found = steps_of(small_lesson, {"small": Answers(tmp_path, "small")})
    states = {step.title: (step.state, step.done) for step in found}
    assert states["A choose question?"] == ("explained, checked once", True)
    assert states["Cards: Deck"] == ("1 of 2 cards opened", None)
    assert Progress(found).sentence == "1 of 8 exercises done."


def test_notebooks_that_are_not_asked_for_are_left_out(lesson: Lesson, tmp_path: Path) -> None:
    answers = {name: Answers(tmp_path, name) for name in ("03_quotes", "01_page")}
    titles = {info.name: info.title for info in lesson.key.info.notebooks}
    found = [step.notebook for step in steps_of(lesson, answers)]
    assert list(dict.fromkeys(found)) == [titles["01_page"], titles["03_quotes"]]
    assert steps_of(lesson, {}) == ()


@given(steps)
def test_the_sentence_counts_exercises_and_no_decks(given_steps: list[Step]) -> None:
    exercises = [step.done for step in given_steps if step.done is not None]
    progress = Progress(given_steps)
    assert progress.sentence == f"{sum(exercises)} of {len(exercises)} exercises done."


@given(steps)
def test_the_parts_add_up_to_the_whole(given_steps: list[Step]) -> None:
    shown = repr(Progress(given_steps))
    counts = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+)", shown)]
    whole, *parts = counts
    assert whole == (sum(a for a, _ in parts), sum(b for _, b in parts))
    assert shown.count(" -- ") == len(given_steps)


@given(steps)
def test_page_and_text_say_the_same(given_steps: list[Step]) -> None:
    progress = Progress(given_steps)
    tree = html.fragment_fromstring(progress._repr_html_(), create_parent="div")
    rows = [
        " -- ".join(cell.text_content() for cell in row.xpath("th|td"))
        for row in tree.xpath("//tbody/tr")
    ]
    lines = repr(progress).splitlines()
    assert rows == [line.strip() for line in lines if " -- " in line]
    heads = [f"{head.text_content()}." for head in tree.xpath("//summary")]
    assert heads == [line for line in lines[1:] if " -- " not in line]
    assert progress.sentence in tree.text_content()


def test_a_single_notebook_is_open_and_several_are_folded() -> None:
    def opened(*notebooks: str) -> list[bool]:
        shown = Progress([Step(name, "Who?", "not begun", False) for name in notebooks])
        tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
        return ["open" in details.attrib for details in tree.xpath("//details")]

    assert opened("Start") == [True]
    assert opened("Start", "Page") == [False, False]


def test_titles_are_shown_escaped() -> None:
    text = HARD_TEXTS[0] + HARD_TEXTS[1]
    shown = Progress([Step(text, text, text, False)])
    tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
    assert not tree.xpath("//script | //b")
    assert tree.xpath("//tbody//th")[0].text_content() == text
