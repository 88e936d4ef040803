from __future__ import annotations

import csv
import dataclasses
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lesson import LessonError, open_class
from lesson.classroom.charts import rates_picture
from lesson.classroom.class_report import ClassReport
from lesson.classroom.counts import ItemCount, Rate
from lesson.classroom.handed_in import HandedIn, Refused, Submission
from lesson.classroom.report import write_report
from lesson.classroom.spreadsheet import class_csv, guarded
from lesson.classroom.tables import NO_EFFECT
from lesson.classroom.work import class_work
from lesson.cli import main
from lesson.key.check_file import load_check
from tests.class_examples import RIGHT, WRONG, attempt, content_of, record, submission_of
from tests.examples import make_exercise
from tests.html_page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from lesson.classroom.handed_in import Submission
    from lesson.lesson import Lesson

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7 * 7 }}</textarea>\u202e"


def everything(**changes: Any) -> dict[str, Any]:
    done: dict[str, Any] = {
        f"a-{kind}": record(first=attempt(answer)) for kind, answer in WRONG.items()
    }
    written = record(first=attempt(HOSTILE))
    return {**done, "a-write": written, "deck": record(answer=[["card-a", "after"]]), **changes}


def report_of(lesson: Lesson, *works: Submission, refused: tuple[Refused, ...] = ()) -> ClassReport:
    return ClassReport(lesson, HandedIn(works, refused))


@pytest.fixture
def hostile(class_lesson: Lesson) -> ClassReport:
    name = f"{HOSTILE}.json"
    work = submission_of(class_lesson, name, nickname=HOSTILE, **everything())
    return report_of(class_lesson, work, refused=(Refused(name, "is bad"),))


def test_nothing_that_was_handed_in_is_taken_for_markup(hostile: ClassReport) -> None:
    page = hostile.page()
    tags = Page(page).tags
    assert {tag for tag, _ in tags}.isdisjoint({"script", "textarea", "iframe", "object"})
    assert not [name for _, found in tags for name in found if name.startswith("on")]
    assert "{{ 7 * 7 }}" in page
    assert page.count("&lt;script&gt;alert(1)") >= 3


def test_the_page_stands_alone(hostile: ClassReport) -> None:
    page = Page(hostile.page())
    assert all(image["src"].startswith("data:image/png;base64,") for image in page.images)
    links = [found["href"] for tag, found in page.tags if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(page.ids)
    assert not [tag for tag, _ in page.tags if tag in {"link", "base", "form"}]


def test_every_figure_has_a_description_and_a_table(hostile: ClassReport) -> None:
    page = Page(hostile.page())
    assert page.images
    assert all(image["alt"].endswith(".") for image in page.images)
    tables = sum(tag == "table" for tag, _ in page.tags)
    assert tables > len(page.images)
    assert page.levels == sorted(page.levels, key=lambda level: level > 1)[: len(page.levels)]
    assert len(page.ids) == len(set(page.ids))


def test_the_page_says_what_the_brief_of_a_teacher_asks_for(class_lesson: Lesson) -> None:
    done = everything(**{"a-write": record(first=attempt("I would ask."))})
    works = [
        submission_of(class_lesson, f"{number}.json", nickname=f"N{number}", **done)
        for number in range(6)
    ]
    page = report_of(class_lesson, *works, refused=(Refused("x.zip", "is a damaged zip"),)).page()
    for said in ("6 learners", "x.zip", "is a damaged zip", "I would ask.", "Ask who counted."):
        assert said in page
    for said in ("I would ask two people.", "0 of 6 (share 0%)", "Option b: 6, then 6", "On b."):
        assert said in page
    assert "Nobody handed in a check before or after the lesson." in page


def test_what_was_held_by_all_is_told_by_the_first_try(class_lesson: Lesson) -> None:
    def told(kind: str, first: Any, latest: Any) -> str:
        tried = record(first=attempt(first), latest=attempt(latest), attempts=2)
        work = submission_of(class_lesson, "a.json", **{f"a-{kind}": tried})
        return report_of(class_lesson, work).answers(f"a-{kind}").sentence

    held = "Held by all at the first try:"
    # Two stretches to mark, the first of them marked, and a stray stretch beside them.
    assert f"{held} 1 of 2 pieces." in told("mark", [["p1", 0, 30]], [["p1", 0, 30]])
    # What was right at first and is no longer, has a row and was held all the same.
    assert f"{held} 3 of 3 pieces." in told("sort", RIGHT["sort"], WRONG["sort"])
    assert held not in told("match", {"a": "y", "b": "x"}, RIGHT["match"])


def test_an_exercise_without_another_answer_says_so_of_both_tries(class_lesson: Lesson) -> None:
    right = record(first=attempt("a"))
    page = report_of(class_lesson, submission_of(class_lesson, "a", **{"a-choose": right})).page()
    assert "Nobody gave another answer, at the first try or at the latest." in page


def test_a_notebook_may_have_the_name_of_a_part_of_the_report(class_lesson: Lesson) -> None:
    key, renamed = class_lesson.key, "check"
    notebooks = tuple(replace(info, name=renamed) for info in key.info.notebooks)
    info = replace(key.info, notebooks=notebooks)
    key = replace(key, info=info, notebooks={renamed: key.notebooks["small"]})
    lesson = dataclasses.replace(class_lesson, key=key)
    done: dict[str, Any] = {"a-choose": record(first=attempt("a"))}
    page = Page(report_of(lesson, submission_of(lesson, "a", notebook=renamed, **done)).page())
    assert len(page.ids) == len(set(page.ids))
    assert "notebook-check" in page.ids


def test_a_notebook_that_is_not_there_is_named_with_those_that_are(class_lesson: Lesson) -> None:
    with pytest.raises(LessonError, match="no notebook 'large' here; there is small"):
        report_of(class_lesson).rates("large")


def test_a_report_can_be_made_of_nothing(class_lesson: Lesson) -> None:
    empty = report_of(class_lesson)
    assert "Too little was handed in" in empty.page()
    assert repr(empty) == "0 learners. Every file counts."
    assert len(empty.table().splitlines()) == 1


# The table for spreadsheets ----------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "attack",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "|cmd", "%0a"],
)
def test_no_cell_is_taken_for_a_formula(class_lesson: Lesson, attack: str) -> None:
    done: dict[str, Any] = {"a-write": record(first=attempt(attack))}
    work = submission_of(class_lesson, attack, nickname=attack, **done)
    (row,) = rows_of(class_csv(class_work([work], class_lesson), class_lesson))
    for name in ("text", "learner", "file"):
        assert not row[name].strip().startswith(("=", "+", "-", "@", "＝", "|", "%"))
    assert row["text"].startswith("'")


@given(st.text())
def test_a_guarded_cell_is_the_text_or_the_text_behind_an_apostrophe(text: str) -> None:
    whole = text.replace("\0", "�")
    assert guarded(text) in (whole, f"'{whole}")
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


def test_the_table_has_what_each_learner_did(class_lesson: Lesson) -> None:
    done: dict[str, Any] = {
        "a-sort": record(first=attempt(WRONG["sort"]), latest=attempt(RIGHT["sort"]), attempts=2),
        "a-write": record(first=attempt('Two\nlines; "quoted", and a , comma')),
        "deck": record(answer=[["card-b", "before"], ["card-a", "after"]]),
    }
    work = submission_of(class_lesson, "a.json", nickname="Kim", **done)
    sort, write, deck = rows_of(report_of(class_lesson, work).table())
    assert (sort["first complete"], sort["latest complete"]) == ("no", "yes")
    assert (sort["attempts"], sort["latest share"], sort["finished"]) == ("2", "1.000", "yes")
    assert write["text"] == 'Two\nlines; "quoted", and a , comma'
    assert (deck["cards before judging"], deck["cards after judging"]) == ("card-b", "card-a")
    assert {row["learner"] for row in (sort, write, deck)} == {"Kim"}


# The command --------------------------------------------------------------------------------------


@pytest.fixture
def handed_in(tmp_path: Path, class_lesson: Lesson) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.json").write_bytes(content_of(class_lesson, nickname=name))
    return folder


def test_the_command_makes_both_files_and_never_writes_over_others(
    handed_in: Path, class_lesson: Lesson, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (handed_in / "bad.json").write_text("{")
    words = ["report", str(handed_in), "--lesson", str(class_lesson.folder)]
    words += ["--out", str(tmp_path / "out")]
    assert main(words) == 0
    said = capsys.readouterr()
    assert "2 learners. 1 file does not count." in said.out
    assert "bad.json is damaged" in said.out
    assert said.err == ""
    first = (tmp_path / "out" / "class-report.html").read_bytes()
    assert main(words) == 0
    assert (tmp_path / "out" / "class-report.html").read_bytes() == first
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"class-report-2.html", "class-report-2.csv"} < names


def test_a_folder_without_files_is_said_in_a_sentence(
    tmp_path: Path, class_lesson: Lesson, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(tmp_path / "no"), "--lesson", str(class_lesson.folder)]) == 1
    assert "is no folder" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LessonError, match="--out"):
        write_report(tmp_path / "file" / "in", "", "")


@given(damaged=st.binary(max_size=200))
@settings(max_examples=25)
def test_a_damaged_file_beside_the_others_changes_no_count(
    class_lesson: Lesson, tmp_path_factory: pytest.TempPathFactory, damaged: bytes
) -> None:
    folder = tmp_path_factory.mktemp("class")
    (folder / "a.json").write_bytes(content_of(class_lesson))
    before = open_class(folder, class_lesson.folder)
    (folder / "b.html").write_bytes(damaged)
    after = open_class(folder, class_lesson.folder)
    assert after.work == before.work
    assert [refused.file for refused in after.refused] == ["b.html"]


# The synthetic class ------------------------------------------------------------------------------


def test_the_synthetic_class_says_so_and_is_read_whole(root: Path) -> None:
    folder = root / "data" / "synthetic_class"
    assert "synthetic" in (folder / "README.md").read_text("utf-8")
    report = open_class(folder / "handed_in", root)
    assert len(report.work.learners) == 30
    assert {refused.file for refused in report.refused} == {"cut-off.html", "learner-03.json"}
    assert report.work.notices == ()
    assert sum(path.stat().st_size for path in folder.rglob("*")) < 1_500_000


def test_the_check_is_shown_by_form_with_the_reasons_and_no_effect(lesson: Lesson) -> None:
    items = load_check(lesson.folder).form("A").items
    given = {item.id: {"rely": True, "use": "A talk.", "reason": HOSTILE} for item in items}
    answer = {"half": "first", "items": given}
    done: dict[str, Any] = {"check-0": record(answer=answer)}
    work = submission_of(lesson, "a.json", notebook="00_start", **done)
    page = report_of(lesson, work).page()
    genuine = sum(item.verdict == "genuine" for item in items)
    assert "before the lesson, form A" in page
    assert f'<td dir="auto">{genuine} of {genuine}</td>' in page
    assert f'<td dir="auto">0 of {6 - genuine}</td>' in page
    assert NO_EFFECT in page
    assert page.count("A talk.") == 6
    assert "<script>" not in page


def test_signs_of_mathematics_are_text_in_the_charts_too() -> None:
    rate = Rate(of=1, complete=1, share=1.0)
    exercise = make_exercise("sort", question="From $5 to $9?")
    picture = rates_picture([ItemCount(exercise, "one", 1, rate, rate, 0, (), ())])
    (label,) = picture.figure.axes[0].get_yticklabels()
    assert "$5 to $9" in label.get_text()
    assert not label.get_parse_math()
