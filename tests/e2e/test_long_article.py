"""Marking in an article of 5,000 words, by keyboard and by pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from tests.e2e.lab import Notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.e2e.lab import Server

WORDS = 5_000

CELLS = [
    f"""
import msgspec
from lesson.article import Article
from lesson.exercise.answers import Answers
from lesson.key.schema import Exercise
from lesson.widgets.exercises import ExerciseWidget
from pathlib import Path

sentence = "The old bridge will stay open all winter, she said."
story = Article(paragraphs=(" ".join([sentence] * {WORDS // 10}) + " Nobody counted.",))
place = {{"part": "p1", "marker": "Nobody counted"}}
exercise = msgspec.convert(
    {{
        "kind": "mark", "id": "long", "question": "A long question?", "parts": ["p1"],
        "targets": [{{"id": "t", "at": place, "explanation": "There."}}],
        "hint": {{"text": "Look.", "at": {{"part": "p1"}}}},
        "explanation": "So.", "next_step": "Count.",
    }},
    Exercise,
)
shown = ExerciseWidget(exercise, story, Answers(Path("../answers"), "long"))
""",
    "shown",
]


def test_five_thousand_words_are_marked_by_keyboard_and_by_pointer(
    server: Server, page: Page
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    (server.folder / "notebooks" / "long.ipynb").write_text(nbformat.writes(notebook), "utf-8")
    lab = Notebook(page, server, "long")
    lab.open()
    lab.run_all()
    group, keys = lab.exercise("A long question?"), page.keyboard
    options, said = group.get_by_role("option"), group.locator(".lesson-said")
    expect(options).to_have_count(WORDS + 2)

    group.locator('[role="option"][tabindex="0"]').focus()
    keys.press("End")
    expect(options.last).to_be_focused()
    keys.press("Space")
    expect(said).to_have_text("Marked: counted.. 1 word marked in all.")
    keys.press("Shift+ArrowLeft")
    expect(said).to_contain_text("2 words marked in all.")
    options.nth(7).click()
    expect(said).to_contain_text("3 words marked in all.")
    options.nth(7).click()
    group.get_by_role("button", name="Check").click()
    expect(group.locator(".lesson-summary")).to_contain_text("found")
    assert server.answers("long")["long"]["latest"]["right"] == 1

    group.get_by_label("sentence by sentence").check()
    expect(options).to_have_count(WORDS // 10 + 1)
    options.first.press("Space")
    expect(said).to_contain_text("12 words marked in all.")
