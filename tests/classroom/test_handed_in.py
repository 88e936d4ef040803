from __future__ import annotations

import gc
import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from lesson import LessonError
from lesson.classroom import _unpacking as unpacking
from lesson.classroom import handed_in
from lesson.classroom.handed_in import HandedIn, file_paths, read_files
from lesson.exercise.answer import MOST_MARKS
from lesson.work.portfolio import FORMAT, LARGEST
from tests.class_examples import attempt, content_of, page_of, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lesson.lesson import Lesson


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def zip_of(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(folder: Path, lesson: Lesson) -> HandedIn:
    return read_files(folder, file_paths(folder), lesson)


def reason_of(folder: Path, lesson: Lesson, name: str) -> str:
    """Give the reason for refusing a file, beside one that is read whatever the other holds."""
    put(folder, "good.json", content_of(lesson, nickname="Good"))
    found = read(folder, lesson)
    assert [work.file for work in found.works] == ["good.json"]
    (refused,) = [refused for refused in found.refused if refused.file.startswith(name)]
    return refused.reason


def test_pages_and_data_are_read_from_folders_and_zip_files(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    put(tmp_path, "one.json", content_of(class_lesson, nickname="One"))
    put(tmp_path, "deep/er/two.html", page_of(class_lesson, nickname="Two"))
    put(tmp_path, "b.zip", zip_of({"x/three.json": content_of(class_lesson, nickname="Three")}))
    four = zip_of({"four.html": page_of(class_lesson, nickname="Four")})
    put(tmp_path, "c.zip", zip_of({"four.zip": four}))
    found = read(tmp_path, class_lesson)
    assert {work.file: work.portfolio.nickname for work in found.works} == {
        "one.json": "One",
        "deep/er/two.html": "Two",
        "b.zip › x/three.json": "Three",
        "c.zip › four.zip › four.html": "Four",
    }
    assert found.refused == ()


def test_nothing_is_written_while_reading(tmp_path: Path, class_lesson: Lesson) -> None:
    data = zip_of({"../../out.json": content_of(class_lesson)})
    put(tmp_path, "in/a.zip", data)
    before = sorted(tmp_path.rglob("*"))
    found = read(tmp_path / "in", class_lesson)
    assert sorted(tmp_path.rglob("*")) == before
    assert [work.file for work in found.works] == ["a.zip › ../../out.json"]


def test_what_systems_leave_beside_the_files_is_passed_over(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    put(tmp_path, ".DS_Store", b"x")
    put(tmp_path, "a.zip", zip_of({"__MACOSX/._a": b"x", "a.json": content_of(class_lesson)}))
    found = read(tmp_path, class_lesson)
    assert [work.file for work in found.works] == ["a.zip › a.json"]
    assert found.refused == ()


def changed(lesson: Lesson, /, **fields: Any) -> bytes:
    return json.dumps({**json.loads(content_of(lesson)), **fields}).encode()


def bomb() -> bytes:
    return zip_of({"bomb.json": b"0" * 4_900_000})


def locked(lesson: Lesson) -> bytes:
    data = bytearray(zip_of({"a.json": content_of(lesson)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def broken_inside(lesson: Lesson) -> bytes:
    data = bytearray(zip_of({"a.json": content_of(lesson)}))
    data[60:80] = b"\xff" * 20
    return bytes(data)


def lying_about_its_size() -> bytes:
    """Say in the table of contents that a large file is small."""
    data = bytearray(zip_of({"a.json": b"0" * 20_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 1000)
    return bytes(data)


def in_zips(lesson: Lesson) -> bytes:
    data = content_of(lesson)
    for name in ("a.json", "b.zip", "c.zip"):
        data = zip_of({name: data})
    return data


REFUSED: dict[str, tuple[Callable[[Lesson], bytes], str]] = {
    "nothing": (lambda _: b"", "is empty"),
    "space": (lambda _: b" \n", "is empty"),
    "noise": (lambda _: bytes(range(256)) * 9, "is damaged"),
    "cut": (lambda lesson: content_of(lesson)[:-30], "is damaged"),
    "half a sign": (lambda lesson: changed(lesson, made="\ud800"), "is damaged"),
    "deep": (lambda _: b"[" * 100_000, "is damaged"),
    "page": (lambda _: b"<html><script>alert(1)</script></html>", "is a page without the work"),
    # Searched once and not from every tag on, or this would not come to an end.
    "tags": (
        lambda _: b'<script type="application/json" id="my-work">' * 100_000,
        "is a page without the work",
    ),
    "large": (lambda _: b"0" * (LARGEST + 1), f"is larger than {LARGEST // 1_000_000} MB"),
    "foreign": (lambda lesson: changed(lesson, lesson="https://example.org/x"), "belongs to anoth"),
    "newer": (lambda lesson: changed(lesson, format=FORMAT + 1), "was made by a newer version"),
    "no answers": (lambda lesson: changed(lesson, notebooks={}), "holds no answers yet"),
    "empty.zip": (lambda _: zip_of({}), "is an empty zip file"),
    "damaged.zip": (lambda lesson: zip_of({"a": content_of(lesson)})[:-40], "is a damaged zip"),
    "bomb.zip": (lambda _: bomb(), "would grow more than 200 times"),
    "locked.zip": (locked, "is locked with a password"),
    "broken.zip": (broken_inside, "is damaged inside the zip file"),
    "lying.zip": (lambda _: lying_about_its_size(), "is damaged inside the zip file"),
    "packed.zip": (
        lambda lesson: zip_of({"a.json": content_of(lesson)}, zipfile.ZIP_BZIP2),
        "is packed in a way that is not read",
    ),
    "deep.zip": (in_zips, "is a zip file in zip files"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_work_is_listed_with_the_reason(
    tmp_path: Path, class_lesson: Lesson, name: str
) -> None:
    make, said = REFUSED[name]
    put(tmp_path, name, make(class_lesson))
    assert reason_of(tmp_path, class_lesson, name).startswith(said)


def test_a_zip_file_is_read_within_limits(
    tmp_path: Path, class_lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 3)
    put(tmp_path, "many.zip", zip_of({f"{n}.json": b"{}" for n in range(4)}))
    assert "more than 3 files" in reason_of(tmp_path, class_lesson, "many")
    # The files of a zip file in a zip file count too.
    inner = zip_of({f"{n}.json": b"{}" for n in range(2)})
    put(tmp_path, "many.zip", zip_of({"a.zip": inner, "b.zip": inner}))
    assert "more than 3 files" in reason_of(tmp_path, class_lesson, "many.zip › b")


def test_a_zip_file_that_unpacks_to_too_much_is_read_up_to_the_limit(
    tmp_path: Path, class_lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_CONTENT", 100)
    put(tmp_path, "a.zip", zip_of({"1.json": content_of(class_lesson), "2.json": b"{}"}))
    found = read(tmp_path, class_lesson)
    assert [work.file for work in found.works] == ["a.zip › 1.json"]
    (refused,) = found.refused
    assert refused.file == "a.zip › 2.json"
    assert "comes after more than" in refused.reason


def test_a_zip_file_that_is_too_large_is_not_read(
    tmp_path: Path, class_lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_ZIP", LARGEST + 1)
    put(tmp_path, "a.zip", zip_of({"a": b"0" * (LARGEST + 9)}, zipfile.ZIP_STORED))
    assert "zip file of more than" in reason_of(tmp_path, class_lesson, "a.zip")


def test_a_link_is_not_followed(tmp_path: Path, class_lesson: Lesson) -> None:
    put(tmp_path, "elsewhere/secret.json", content_of(class_lesson, nickname="Secret"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.json").symlink_to(tmp_path / "elsewhere" / "secret.json")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    assert reason_of(folder, class_lesson, "link.json").startswith("is a link")


def test_the_same_work_twice_counts_once_and_is_listed(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    put(tmp_path, "a.json", content_of(class_lesson, made="2026-01-01"))
    put(tmp_path, "b.html", page_of(class_lesson, made="2026-01-02"))
    found = read(tmp_path, class_lesson)
    assert [work.file for work in found.works] == ["a.json"]
    assert found.refused[0] == ("b.html", "holds the same work as a.json; counted once")


@pytest.mark.parametrize(("names", "counted"), [(("Kim", "kim "), 1), (("Kim", "Lee"), 2)])
def test_an_earlier_save_of_the_same_work_gives_way_to_the_later(
    tmp_path: Path, class_lesson: Lesson, names: tuple[str, str], counted: int
) -> None:
    began = record(first=attempt("b", time="2026-01-01T08:00:00"))
    went_on = record(first=began.first, latest=attempt("a"), attempts=2, revision=9)
    put(tmp_path, "z.json", content_of(class_lesson, nickname=names[0], **{"a-choose": began}))
    put(tmp_path, "a.json", content_of(class_lesson, nickname=names[1], **{"a-choose": went_on}))
    found = read(tmp_path, class_lesson)
    assert len(found.works) == counted
    if counted == 1:
        assert found.works[0].file == "a.json"
        assert found.refused[0].file == "z.json"
        assert "earlier save of the work in a.json" in found.refused[0].reason


def test_an_earlier_save_is_known_after_older_work_was_brought_in(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    kinds = ("choose", "sort", "match")
    school = {f"a-{kind}": record(first=attempt("b", time=f"2026-01-05T{kind}")) for kind in kinds}
    home = {"a-rank": record(first=attempt(["a"], time="2026-01-01"))}
    put(tmp_path, "monday.json", content_of(class_lesson, **school))
    put(tmp_path, "tuesday.json", content_of(class_lesson, **school, **home))
    found = read(tmp_path, class_lesson)
    assert [work.file for work in found.works] == ["tuesday.json"]
    assert "earlier save of the work in tuesday.json" in found.refused[0].reason


def test_files_that_begin_alike_are_not_all_held_against_each_other(
    tmp_path: Path, class_lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    class Firsts(set[Any]):
        def __le__(self, other: object) -> bool:
            compared.append(other)
            return super().__le__(other)  # type: ignore[operator]

    found_in = handed_in._firsts
    monkeypatch.setattr(handed_in, "_firsts", lambda portfolio: Firsts(found_in(portfolio)))
    began = {"a-choose": record(first=attempt("b", time="2026-01-01"))}
    for number in range(30):
        own = {"a-sort": record(first=attempt({"a": "x"}, time=f"2026-01-02T{number}"))}
        put(tmp_path, f"{number}.json", content_of(class_lesson, **began, **own))
    assert len(read(tmp_path, class_lesson).works) == 30
    assert len(compared) < 30


def test_nothing_of_a_file_is_looked_at_for_cycles() -> None:
    assert not gc.is_tracked(record(first=attempt(["a"])))
    assert not gc.is_tracked(attempt(["a"]))


def test_of_what_a_file_holds_only_what_is_counted_is_kept(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    ball: list[Any] = [[[]] * 9] * 9
    mine = record(first=attempt("b"))
    waiting = record(first=attempt("a"), answer="a", beside=(mine,))
    done: dict[str, Any] = {
        "a-choose": waiting,
        "a-sort": record(answer={"a": "x", "b": "nowhere", "gone": ball}),
        "a-match": record(first=attempt(ball), answer="a"),
        "a-mark": record(answer=[["p1", n, n + 1] for n in range(100_000)]),
        "deck": record(answer=[["card-a", "after"], ["card-z", "after"], ball]),
        **{f"gone-{number}": record(answer=ball) for number in range(9)},
    }
    put(tmp_path, "a.json", content_of(class_lesson, **done))
    (work,) = read(tmp_path, class_lesson).works
    assert work.others == 9
    kept = work.portfolio.notebooks["small"]
    assert {name: record.answer for name, record in kept.items() if name != "a-mark"} == {
        "a-choose": "a",
        "a-sort": {"a": "x"},
        "a-match": None,
        "deck": [["card-a", "after"]],
    }
    assert len(kept["a-mark"].answer) == MOST_MARKS
    assert kept["a-match"].first == attempt(None)
    assert not any(record.beside for record in kept.values())


def test_a_folder_that_is_not_there_or_empty_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="is no folder"):
        file_paths(tmp_path / "nothing")
    with pytest.raises(LessonError, match="There is no file in"):
        file_paths(tmp_path)


def test_a_name_cannot_turn_text_around_or_fill_the_page(
    tmp_path: Path, class_lesson: Lesson
) -> None:
    put(tmp_path, "a\u202egpj.json", content_of(class_lesson))
    (work,) = read(tmp_path, class_lesson).works
    assert work.file == "a�gpj.json"
    assert len(unpacking.shown("x" * 999)) == 120
