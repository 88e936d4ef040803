"""The content of files that may be hostile: read in memory, with limits, out of zip files too."""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import LessonError
from ..work.portfolio import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NotReadError", "contents", "file_paths", "shown"]

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

_SMALL = 1_000_000

_ENTRY = b"PK\x01\x02"
"""Every entry in the table of contents of a zip file begins with this."""

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class NotReadError(Exception):
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


def shown(name: str, longest: int = 120) -> str:
    r"""Make a name safe to show: one line, not too long, no sign that turns text around.

    Examples
    --------
    >>> shown("a\u202etxt.exe"), shown("x" * 200, 5)
    ('a�txt.exe', 'xxxx…')
    """
    whole = name.encode("utf-8", "replace").decode("utf-8")
    line = "".join("�" if unicodedata.category(c)[0] == "C" else c for c in whole).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def contents(path: Path, name: str) -> Iterator[tuple[str, bytes | NotReadError]]:
    """Read a file, or the files in it when it is a zip file."""
    try:
        data = _data(path)
    except OSError as error:
        yield name, NotReadError(f"cannot be read ({error.strerror})")
    except NotReadError as problem:
        yield name, problem
    else:
        yield from _Unpacking().files(name, data)


def _data(path: Path) -> bytes:
    # A link could lead out of the folder, and a pipe would wait for ever.
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotReadError("is a link or no plain file; put the file itself there")
    with path.open("rb") as file:
        return _read(file)


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
    ) -> Iterator[tuple[str, bytes | NotReadError]]:
        """Give the file itself, or all that a zip file has in it, unpacked in memory."""
        if not _is_zip(data):
            yield name, data
            return
        try:
            opened = self._opened(data, depth)
        except NotReadError as problem:
            yield name, problem
            return
        with opened:
            for info in sorted(opened.infolist(), key=lambda info: info.filename):
                if info.is_dir() or _is_left_by_a_system(info.filename):
                    continue
                inside = f"{name} › {shown(info.filename)}"
                try:
                    content = self._content(opened, info)
                except NotReadError as problem:
                    yield inside, problem
                else:
                    yield from self.files(inside, content, depth + 1)

    def _opened(self, data: bytes, depth: int) -> zipfile.ZipFile:
        if depth >= DEEPEST:
            raise NotReadError("is a zip file in zip files; unpack the outer ones")
        if len(data) > LARGEST_ZIP:
            size = LARGEST_ZIP // 1_000_000
            raise NotReadError(f"is a zip file of more than {size} MB; unpack it")
        # Counted before the table of contents is read, which could fill the memory.
        self._entries_left -= data.count(_ENTRY)
        if self._entries_left < 0:
            raise NotReadError(f"is a zip file with more than {MOST_ENTRIES} files; unpack it")
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise NotReadError("is a damaged zip file; ask for it again") from None
        if not opened.infolist():
            raise NotReadError("is an empty zip file; ask for it again")
        return opened

    def _content(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise NotReadError("is locked with a password; ask for it without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotReadError("is packed in a way that is not read here; unpack it")
        if info.file_size > max(_SMALL, LARGEST_RATIO * info.compress_size):
            raise NotReadError(f"would grow more than {LARGEST_RATIO} times when unpacked")
        if self._bytes_left < 0:
            size = LARGEST_CONTENT // 1_000_000
            raise NotReadError(f"comes after more than {size} MB in one zip file; unpack it")
        try:
            with opened.open(info) as file:
                # What the table of contents says of the size need not be so.
                content = _read(file)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
            raise NotReadError("is damaged inside the zip file; ask for it again") from None
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
