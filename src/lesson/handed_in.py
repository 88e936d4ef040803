"""The files that a class handed in: read, one by one, or listed with the reason why not.

Files are hostile until they are read. Nothing is unpacked to the disk, no link is followed, and
whatever one file holds, the others are read.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from .answer import is_empty
from .errors import LessonError, WorkFileError
from .portfolio import LARGEST, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .lesson import Lesson
    from .portfolio import Portfolio

__all__ = ["HandedIn", "Refused", "Work", "file_paths", "read_files", "shown"]

LARGEST_ZIP = 100_000_000
"""Bytes of a zip file; the downloads of a thousand learners need less."""

MOST_ENTRIES = 5_000
"""Files in a zip file."""

LARGEST_RATIO = 200
"""Times that a file of some size may grow when it is unpacked; downloads grow about tenfold."""

LARGEST_CONTENT = 500_000_000
"""Bytes that all files of a zip file may have together, unpacked."""

DEEPEST = 2
"""Zip files in a zip file, as a school's platform makes of what learners have zipped."""

SURELY_ONE = 3
"""First attempts in common, to the second, by which two files are known as one learner's."""

_First: TypeAlias = tuple[str, str, str, str]

_SMALL = 1_000_000

_ENTRY = b"PK\x01\x02"
"""Every entry in the table of contents of a zip file begins with this."""

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}

_REASONS = {
    "too large": f"is larger than {LARGEST // 1_000_000} MB; no download of the lesson is",
    "no work": "is a page without the work inside; ask for my-work.html as it was downloaded",
    "damaged": "is damaged, or is no download of the lesson; ask for it again",
    "newer": "was made by a newer version of the lesson; update yours to read it",
    "foreign": "belongs to another lesson; make the report of that lesson with it",
}


class Work(NamedTuple):
    """One file of work that was read."""

    file: str
    portfolio: Portfolio


class Refused(NamedTuple):
    """A file that does not count, and the reason, which goes on from its name."""

    file: str
    reason: str


class HandedIn(NamedTuple):
    """What was handed in: the work that was read, and the files that hold none."""

    works: tuple[Work, ...]
    refused: tuple[Refused, ...]


class _NotReadError(Exception):
    """The reason why a file cannot be read."""


def file_paths(folder: Path) -> list[Path]:
    """List the files in a folder and in the folders in it, in the order of their names.

    Raises
    ------
    LessonError
        When it is no folder, or there is no file in it.
    """
    if not folder.is_dir():
        raise LessonError(f"{folder} is no folder; name the one with the files handed in.")
    found = [
        Path(place, name)
        for place, _, names in os.walk(folder, followlinks=False)
        for name in names
        if not _is_left_by_a_system(Path(place, name).relative_to(folder).as_posix())
    ]
    if not found:
        raise LessonError(f"There is no file in {folder}; put the files handed in there.")
    return sorted(found)


def read_files(folder: Path, paths: Iterable[Path], lesson: Lesson) -> HandedIn:
    """Read files that were handed in; each one that holds no work is listed with the reason.

    Work that is there twice, as the page and as data or under two names, is read once.

    Parameters
    ----------
    folder
        The folder that was handed in.
    paths
        Files in it, from `file_paths`.
    lesson
        The lesson that they shall belong to.
    """
    works: list[Work] = []
    refused: list[Refused] = []
    for path in paths:
        for name, content in _contents(path, shown(path.relative_to(folder).as_posix())):
            try:
                if isinstance(content, _NotReadError):
                    raise content
                works.append(Work(name, _portfolio(content, lesson)))
            except _NotReadError as problem:
                refused.append(Refused(name, str(problem)))
    return HandedIn(*_without_doubles(works, refused))


def shown(name: str, longest: int = 120) -> str:
    """Make a name safe to show: one line, not too long, no sign that turns text around.

    Examples
    --------
    >>> shown("a\\u202etxt.exe"), shown("x" * 200, 5)
    ('a�txt.exe', 'xxxx…')
    """
    whole = name.encode("utf-8", "replace").decode("utf-8")
    line = "".join("�" if unicodedata.category(c)[0] == "C" else c for c in whole).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _without_doubles(
    works: list[Work], refused: list[Refused]
) -> tuple[tuple[Work, ...], tuple[Refused, ...]]:
    """Keep one of the files with the same work, and the last save of work that went on."""
    kept: dict[bytes, Work] = {}
    left_out = list(refused)
    for work in sorted(works, key=lambda work: work.file):
        # Two downloads of the same work differ in the time they were made.
        same = msgspec.structs.replace(work.portfolio, made="")
        digest = hashlib.sha256(msgspec.json.encode(same, order="sorted")).digest()
        first = kept.setdefault(digest, work)
        if first is not work:
            reason = f"holds the same work as {first.file}; counted once"
            left_out.append(Refused(work.file, reason))
    begun_alike: dict[_First, list[tuple[Work, set[_First]]]] = {}
    for work in kept.values():
        firsts = _firsts(work.portfolio)
        begun_alike.setdefault(min(firsts, default=("", "", "", work.file)), []).append(
            (work, firsts)
        )
    counted = []
    for group in begun_alike.values():
        group.sort(key=lambda pair: (len(pair[1]), _changes(pair[0].portfolio), pair[0].file))
        for place, (work, firsts) in enumerate(group):
            later = next(
                (
                    other.file
                    for other, others in reversed(group[place + 1 :])
                    if firsts <= others and _may_be_one(work, other, len(firsts))
                ),
                "",
            )
            if later:
                reason = f"is an earlier save of the work in {later}; the later one counts"
                left_out.append(Refused(work.file, reason))
            else:
                counted.append(work)
    return tuple(sorted(counted, key=lambda work: work.file)), tuple(sorted(left_out))


def _firsts(portfolio: Portfolio) -> set[_First]:
    """List the first attempts: they are kept for good, so later saves of one work have them."""
    return {
        (record.first.time, notebook, item, msgspec.json.encode(record.first.answer).decode())
        for notebook, records in portfolio.notebooks.items()
        for item, record in records.items()
        if record.first
    }


def _changes(portfolio: Portfolio) -> int:
    every = (record for records in portfolio.notebooks.values() for record in records.values())
    return sum(record.revision for record in every)


def _may_be_one(work: Work, other: Work, shared: int) -> bool:
    """Tell whether two files with the same beginnings may be one learner's."""
    names = {name for w in (work, other) if (name := w.portfolio.nickname.strip().casefold())}
    # Two in a class can give one answer in one second, but hardly three times.
    return len(names) < 2 and (shared >= SURELY_ONE or bool(names and shared))


def _portfolio(content: bytes, lesson: Lesson) -> Portfolio:
    if not content.strip():
        raise _NotReadError("is empty; ask for it again")
    try:
        portfolio = decode(content, lesson)
    except WorkFileError as error:
        raise _NotReadError(_REASONS[error.kind]) from None
    every = [record for records in portfolio.notebooks.values() for record in records.values()]
    if all(is_empty(record.answer) and record.first is None for record in every):
        raise _NotReadError("holds no answers yet")
    return portfolio


def _contents(path: Path, name: str) -> Iterator[tuple[str, bytes | _NotReadError]]:
    """Read a file, or the files in it when it is a zip file."""
    try:
        # A link could lead out of the folder, and a pipe would wait for ever.
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _NotReadError("is a link or no plain file; put the file itself there")
        with path.open("rb") as file:
            data = _read(file)
    except OSError as error:
        yield name, _NotReadError(f"cannot be read ({error.strerror})")
    except _NotReadError as problem:
        yield name, problem
    else:
        yield from _Unpacking().files(name, data)


def _read(file: IO[bytes]) -> bytes:
    """Read as much as a download can have, or a zip file of downloads, and a byte more."""
    data = file.read(LARGEST + 1)
    return data + file.read(LARGEST_ZIP + 1 - len(data)) if _is_zip(data) else data


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class _Unpacking:
    """One file on its way through the zip files in it, with what is left to be unpacked."""

    def __init__(self) -> None:
        self._entries_left = MOST_ENTRIES
        self._bytes_left = LARGEST_CONTENT

    def files(
        self, name: str, data: bytes, depth: int = 0
    ) -> Iterator[tuple[str, bytes | _NotReadError]]:
        """Give the file itself, or all that a zip file has in it, unpacked in memory."""
        if not _is_zip(data):
            yield name, data
            return
        try:
            opened = self._opened(data, depth)
        except _NotReadError as problem:
            yield name, problem
            return
        with opened:
            for info in sorted(opened.infolist(), key=lambda info: info.filename):
                if info.is_dir() or _is_left_by_a_system(info.filename):
                    continue
                inside = f"{name} › {shown(info.filename)}"
                try:
                    content = self._content(opened, info)
                except _NotReadError as problem:
                    yield inside, problem
                else:
                    yield from self.files(inside, content, depth + 1)

    def _opened(self, data: bytes, depth: int) -> zipfile.ZipFile:
        if depth >= DEEPEST:
            raise _NotReadError("is a zip file in zip files; unpack the outer ones")
        if len(data) > LARGEST_ZIP:
            size = LARGEST_ZIP // 1_000_000
            raise _NotReadError(f"is a zip file of more than {size} MB; unpack it")
        # Counted before the table of contents is read, which could fill the memory.
        self._entries_left -= data.count(_ENTRY)
        if self._entries_left < 0:
            raise _NotReadError(f"is a zip file with more than {MOST_ENTRIES} files; unpack it")
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise _NotReadError("is a damaged zip file; ask for it again") from None
        if not opened.infolist():
            raise _NotReadError("is an empty zip file; ask for it again")
        return opened

    def _content(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise _NotReadError("is locked with a password; ask for it without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _NotReadError("is packed in a way that is not read here; unpack it")
        if info.file_size > max(_SMALL, LARGEST_RATIO * info.compress_size):
            raise _NotReadError(f"would grow more than {LARGEST_RATIO} times when unpacked")
        if self._bytes_left < 0:
            size = LARGEST_CONTENT // 1_000_000
            raise _NotReadError(f"comes after more than {size} MB in one zip file; unpack it")
        try:
            with opened.open(info) as file:
                # What the table of contents says of the size need not be so.
                content = _read(file)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
            raise _NotReadError("is damaged inside the zip file; ask for it again") from None
        self._bytes_left -= len(content)
        return content


def _is_left_by_a_system(name: str) -> bool:
    """Tell whether an operating system or Jupyter put the file beside the learner's."""
    *folders, last = name.split("/")
    return (
        last in _LEFT_BY_SYSTEMS
        or last.startswith("._")
        or "__MACOSX" in folders
        or ".ipynb_checkpoints" in folders
    )
