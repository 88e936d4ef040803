"""Text with markup and script in it, from article, key and answers: shown, and never run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect  # the line above must come first

from lesson.classroom.class_report import open_class
from lesson.exercise.answers import Answers
from lesson.widgets.exercises import ExerciseWidget
from lesson.work.work import Work
from tests.e2e.lab import Notebook
from tests.examples import ANSWERS, EXERCISES, small_key

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Dialog, Page

    from lesson.article import Article
    from lesson.lesson import Lesson
    from tests.e2e.lab import Server

# Each would leave a trace in the page: the name `planted` on the window, or an element with it.
PAYLOADS = [
    "<img src=x data-planted onerror='window.planted=1'>",
    "<script data-planted>window.planted=1</script>",
    "</script><script data-planted>window.planted=1</script>",
    "</textarea></style></title><svg data-planted onload=window.planted=1>",
    "\"><iframe data-planted srcdoc='<script>parent.planted=1</script>'></iframe>",
    "'-alert(1)-' javascript:window.planted=1",
    "<a data-planted href=javascript:window.planted=1>x</a>",
    "<math data-planted><mtext><style><img src=x onerror=window.planted=1></style></mtext></math>",
    "{{ 7 * 7 }} {% raw %} ${window.planted=1} <%= 1 %>",
    "$\\href{javascript:window.planted=1}{x}$ [x](javascript:window.planted=1)",
    "&lt;img src=x onerror=window.planted=1&gt; \u202e\u0000\u2028",
    "]]><!-- --> <b data-planted>bold</b>",
]
ALL = " ".join(PAYLOADS)

# What has a form of its own and can hold no free text: a loader refuses anything else there.
FORMAL = {"id", "kind", "part", "marker", "address", "date", "category", "choice", "also"}
FORMAL |= {"publisher_kind", "strength", "status", "name", "parts", "correct", "judged_by"}

CELLS = [
    """
import datetime, json, msgspec
from lesson.exercise.answers import Answers
from lesson.article import Article
from lesson.figures.comparison import ComparisonView
from lesson.key.schema import Exercise
from lesson.key.material import Card, Comparison, Deck
from lesson.figures.reading import SavedPage, Words
from lesson.widgets.exercises import CardsWidget, ExerciseWidget
from pathlib import Path
planted = json.loads(Path("planted.json").read_text("utf-8"))
text = planted["text"]
paragraphs = tuple(planted["paragraphs"])
story = Article(label=text, headline=text, caption=text, paragraphs=paragraphs, credit=text)
answers = Answers(Path("../answers"), "hostile")
widgets = {}
for fields in planted["exercises"]:
    exercise = msgspec.convert(fields, Exercise)
    widgets[exercise.id] = shown = ExerciseWidget(exercise, story, answers)
    shown.answer = planted["answers"][fields["kind"]]
    shown.check()
    shown.hint()
    shown.check()
    shown.explain()
""",
    "story",
    "SavedPage([text])",
    "Words([(text, text)])",
    'ComparisonView(msgspec.convert(planted["comparison"], Comparison))',
    """
deck, card = msgspec.convert(planted["deck"], Deck), msgspec.convert(planted["card"], Card)
CardsWidget(deck, [card], datetime.date(2021, 11, 10), answers)
""",
    *(f'widgets["a-{kind}"]' for kind in EXERCISES),
]


def plant(value: Any, name: str = "") -> Any:
    """Put the payloads into every text that a person writes freely."""
    match value:
        case str() if name not in FORMAL:
            return f"{value} {ALL}"
        case dict():
            return {key: plant(item, key) for key, item in value.items()}
        case list():
            return [plant(item, name) for item in value]
    return value


@pytest.fixture
def hostile(server: Server, article: Article) -> str:
    """Write a notebook that shows all views with payloads in them; give its name."""
    exercises = [
        {"id": f"a-{kind}", "question": f"A {kind} question?", **fields}
        for kind, fields in EXERCISES.items()
    ]
    card = small_key("choose")["cards.yaml"]["cards"][0]
    version = {
        "publisher": "P",
        "date": "2021-11-10",
        "address": "https://example.org/a",
        "text": "words",
        "status": "newsroom",
    }
    comparison: dict[str, Any] = {"id": "c", "title": "T", "printed": "words", "remark": "R"}
    comparison |= {"at": {"part": "p1"}, "versions": [version]}
    planted = {
        "text": ALL,
        "paragraphs": [f"{paragraph} {ALL}" for paragraph in article.paragraphs],
        "exercises": [plant(exercise) for exercise in exercises],
        "comparison": plant(comparison),
        "card": plant(card),
        "deck": {"id": "deck", "title": ALL, "cards": ["card-a"], "judged_by": "a-choose"},
        "answers": {**ANSWERS, "write": ALL},
    }
    folder = server.folder / "notebooks"
    (folder / "planted.json").write_text(json.dumps(planted), "utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    (folder / "hostile.ipynb").write_text(nbformat.writes(notebook), "utf-8")
    return "hostile"


def expect_nothing_planted(page: Page) -> None:
    """Hold that no payload became an element or ran, in the page or in a frame of it."""
    assert page.locator("[data-planted]").count() == 0
    assert page.evaluate("typeof window.planted") == "undefined"


def test_payloads_are_text_in_every_view(server: Server, page: Page, hostile: str) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    notebook = Notebook(page, server, hostile)
    notebook.open()
    notebook.run_all()
    expect(
        page.get_by_role("group", name="A write question?").get_by_role("textbox")
    ).to_have_value(server.answers("hostile")["a-write"]["answer"])
    for button in page.locator(".lesson-card-title").all():
        button.click()
    for payload in PAYLOADS[:3]:
        assert page.locator(".jp-OutputArea-output", has_text=payload).count() >= len(CELLS) - 2
    expect_nothing_planted(page)
    assert dialogs == []


def test_payloads_are_text_in_the_export(
    server: Server, page: Page, hostile: str, tmp_path: Path
) -> None:
    lab = Notebook(page, server, hostile)
    lab.open()
    lab.run_all()
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_text("Save Notebook", exact=True).click()
    saved = server.folder / "notebooks" / "hostile.ipynb"
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    words = ["nbconvert", "--to", "html", "--output-dir", str(tmp_path), str(saved)]
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True)
    path = tmp_path / "hostile.html"
    page.goto(path.as_uri())
    assert page.locator("body", has_text=PAYLOADS[1]).count() == 1
    expect_nothing_planted(page)


def test_payloads_are_text_in_the_page_to_hand_in_and_in_the_class_report(
    page: Page, lesson: Lesson, tmp_path: Path
) -> None:
    answers = Answers(tmp_path / "answers", "00_start")
    exercise = lesson.key.notebooks["00_start"].exercises["start-first-reading"]
    widget = ExerciseWidget(exercise, lesson.article, answers)
    widget.answer = ALL
    widget.check()
    work = Work(lesson, tmp_path / "answers").download(nickname=PAYLOADS[0])
    (name,) = (name for name in work.files if name.endswith(".html"))
    handed_in = tmp_path / "handed in"
    handed_in.mkdir()
    (handed_in / name).write_text(work.files[name], "utf-8")
    report = tmp_path / "report.html"
    report.write_text(open_class(handed_in, lesson.folder).page(), "utf-8")
    for path in (handed_in / name, report):
        page.goto(path.as_uri())
        assert page.locator("body", has_text=PAYLOADS[1]).count() == 1
        assert page.locator("body", has_text="<img src=x data-planted").count() == 1
        expect_nothing_planted(page)
