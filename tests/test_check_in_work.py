"""The whole work, taken along and brought back: the check and the nickname in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson import Lesson, LessonError, load_lesson, open_notebook
from lesson.exercise.answers import Answers
from lesson.work.portfolio import decode, file_stem, known_records, tidy_nickname
from lesson.work.work import Work

HOSTILE = "</script><script>alert(1)</script><b>"
ANSWER: dict[str, Any] = {
    "half": "first",
    "items": {
        "a-pool": {"rely": True, "use": "Going there.", "reason": HOSTILE},
        "b-market": {"rely": False},
    },
}


def answered(answer: Any = ANSWER) -> None:
    open_notebook("00_start").check("before").answer = answer


def page_of(files: dict[str, str]) -> str:
    return next(text for name, text in files.items() if name.endswith(".html"))


@pytest.mark.parametrize("kind", ["html", "json"])
def test_a_check_is_taken_along_and_brought_back(
    kind: str, lesson: Lesson, own_answers: Path, tmp_path: Path
) -> None:
    answered()
    files = Work(lesson, own_answers).download().files
    other = Work(lesson, tmp_path / "elsewhere" / "answers")
    assert "1 brought in" in other.load(files[f"my-work.{kind}"].encode()).sentence
    record = Answers(own_answers, "00_start")["check-0"]
    back = Answers(tmp_path / "elsewhere" / "answers", "00_start")["check-0"]
    assert back.answer == record.answer == ANSWER
    assert "1 already here" in other.load(files[f"my-work.{kind}"].encode()).sentence


def test_a_check_that_differs_is_kept_beside_until_it_is_taken(
    lesson: Lesson, own_answers: Path
) -> None:
    work = Work(lesson, own_answers)
    answered()
    file = work.download().files["my-work.json"].encode()
    mine = {"half": "second", "items": {"b-ferry": {"rely": True}}}
    answered(mine)
    assert "kept beside your own work" in work.load(file).sentence
    (kept,) = work.kept()
    assert kept.item == "check-0"
    assert "Going there." in kept.words
    work.take("check-0")
    assert Answers(own_answers, "00_start")["check-0"].answer == ANSWER
    page = page_of(work.download().files)
    assert "loaded and kept beside" in page


def test_the_page_has_the_answers_to_a_check_and_nothing_of_its_key(
    lesson: Lesson, own_answers: Path
) -> None:
    answered()
    page = page_of(Work(lesson, own_answers).download().files)
    assert lesson.check is not None
    tree = html.document_fromstring(page)
    said = tree.text_content()
    for words in (HOSTILE, "Going there.", lesson.check.rely, lesson.check.do_not_rely):
        assert words in said
    assert "1 of 6 posts judged" in said  # the other one is of the other form
    assert len(tree.findall(".//script")) == 1
    assert tree.find(".//b") is None
    for item in (item for form in lesson.check.forms for item in form.items):
        assert item.shows[:40] not in said


def test_progress_tells_of_a_check_once_it_is_begun() -> None:
    notebook = open_notebook("00_start")
    assert "The check" not in repr(notebook.progress())
    answered()
    assert "The check before the lesson -- 1 of 6 posts judged" in repr(notebook.progress())
    assert notebook.progress().sentence == "0 of 2 exercises done."


def test_a_lesson_without_a_check_leaves_its_records_aside(
    lesson: Lesson, own_answers: Path
) -> None:
    answered()
    file = Work(lesson, own_answers).download().files["my-work.json"].encode()
    without = Lesson(lesson.folder, lesson.article, lesson.key)
    assert known_records(without, decode(file, without)) == ({}, 1)
    assert "The check" not in repr(Work(without, own_answers).progress())


def test_a_hostile_check_is_brought_into_its_form(lesson: Lesson, own_answers: Path) -> None:
    answered()
    work = json.loads(Work(lesson, own_answers).download().files["my-work.json"])
    work["notebooks"]["00_start"]["check-0"]["answer"] = {"half": "x", "items": {"a-pool": []}}
    work["notebooks"]["00_start"]["check-01"] = {}
    records, others = known_records(lesson, decode(json.dumps(work).encode(), lesson))
    assert records["00_start"]["check-0"].answer is None
    assert others == 1


def test_an_exercise_cannot_have_the_id_of_a_check(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lesson"
    (folder / "data").mkdir(parents=True)
    for path in (root / "tests" / "other_lesson" / "data").iterdir():
        text = path.read_text("utf-8").replace("id: who-asserts", "id: check-1")
        (folder / "data" / path.name).write_text(text, "utf-8")
    with pytest.raises(LessonError, match="'check-1' is kept for the check before and after"):
        load_lesson(folder)


# Nicknames --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nickname", "stem"),
    [
        ("", "my-work"),
        ("Ola", "my-work-Ola"),
        (" Зоряна  ", "my-work-Зоряна"),
        ("../../etc/passwd", "my-work-etc-passwd"),
        ("🦊", "my-work-🦊"),
        ('a"><script>', "my-work-a-script"),
    ],
)
def test_a_nickname_is_on_the_page_and_in_the_names_of_the_files(
    nickname: str, stem: str, lesson: Lesson, own_answers: Path
) -> None:
    answered()
    download = Work(lesson, own_answers).download(nickname)
    assert list(download.files) == [f"{stem}.html", f"{stem}.json"]
    assert all((own_answers.parent / name).is_file() for name in download.files)
    for text in download.files.values():
        assert decode(text.encode(), lesson).nickname == nickname.strip()
    tree = html.document_fromstring(page_of(download.files))
    assert [e.text for e in tree.findall(".//strong[@dir]")][:1] == [nickname.strip()][
        : bool(stem != "my-work")
    ]
    links = html.fragment_fromstring(download._repr_html_(), create_parent="div").findall(".//a")
    assert [link.get("download") for link in links] == list(download.files)


def test_a_file_without_a_nickname_is_read_as_before(lesson: Lesson, own_answers: Path) -> None:
    answered()
    work = json.loads(Work(lesson, own_answers).download().files["my-work.json"])
    del work["nickname"]
    assert decode(json.dumps(work).encode(), lesson).nickname == ""


@given(st.text())
def test_a_nickname_is_one_short_line_and_makes_a_safe_file_name(text: str) -> None:
    nickname, stem = tidy_nickname(text), file_stem(text)
    assert len(nickname) <= 60
    assert tidy_nickname(nickname) == nickname
    assert file_stem(nickname) == stem
    assert len(stem.encode()) <= 120
    assert stem.startswith("my-work")
    assert Path(stem).name == stem
    assert not set(stem) & set('<>:"/\\|?*.\0\n ')
