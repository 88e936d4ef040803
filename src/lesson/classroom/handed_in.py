"""The files that a class handed in: read, one by one, or listed with the reason why not.

Files are hostile until they are read. Nothing is unpacked to the disk, no link is followed, and
whatever one file holds, the others are read.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from ..errors import WorkFileError
from ..exercise.answer import is_empty
from ..work.portfolio import LARGEST, decode, known_records
from ._unpacking import NotReadError, contents, file_paths, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..lesson import Lesson
    from ..work.portfolio import Portfolio

__all__ = ["HandedIn", "Refused", "Submission", "file_paths", "read_files", "submission"]

SURELY_ONE = 3
"""First attempts in common, to the second, by which two files are known as one learner's."""

_First: TypeAlias = tuple[str, str, str, str]

_REASONS = {
    "too large": f"is larger than {LARGEST // 1_000_000} MB; no download of the lesson is",
    "no work": "is a page without the work inside; ask for my-work.html as it was downloaded",
    "damaged": "is damaged, or is no download of the lesson; ask for it again",
    "newer": "was made by a newer version of the lesson; update yours to read it",
    "foreign": "belongs to another lesson; name the folder of that one after --lesson",
}


class Submission(NamedTuple):
    """One file of work: of its records those that the lesson knows, and how many others it had."""

    file: str
    portfolio: Portfolio
    others: int


class _Known(NamedTuple):
    """Work that was read, with that by which it is known in other files."""

    work: Submission
    digest: bytes
    firsts: set[_First]


class Refused(NamedTuple):
    """A file that does not count, and the reason, which goes on from its name."""

    file: str
    reason: str


class HandedIn(NamedTuple):
    """What was handed in: the work that was read, and the files that hold none."""

    works: tuple[Submission, ...]
    refused: tuple[Refused, ...]


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
    works: list[Submission] = []
    refused: list[Refused] = []
    for path in paths:
        for name, content in contents(path, shown(path.relative_to(folder).as_posix())):
            try:
                if isinstance(content, NotReadError):
                    raise content
                works.append(submission(name, _portfolio(content, lesson), lesson))
            except NotReadError as problem:
                refused.append(Refused(name, str(problem)))
    return HandedIn(*_without_doubles(map(_known, works), refused))


def submission(file: str, portfolio: Portfolio, lesson: Lesson) -> Submission:
    """Keep of a learner's work what is counted; a small file can hold very much else.

    Parameters
    ----------
    file
        The name of the file.
    portfolio
        The work, as it stands in the file.
    lesson
        The lesson that it belongs to.
    """
    known, others = known_records(lesson, portfolio)
    # Work that was loaded and waits beside other work is not what the learner hands in.
    notebooks = {
        name: {item: replace(record, beside=()) for item, record in records.items()}
        for name, records in known.items()
    }
    return Submission(file, replace(portfolio, notebooks=notebooks), others)


def _known(work: Submission) -> _Known:
    # Two downloads of the same work differ in the time they were made.
    same = replace(work.portfolio, made="")
    digest = hashlib.sha256(msgspec.json.encode(same, order="sorted")).digest()
    return _Known(work, digest, _firsts(work.portfolio))


def _without_doubles(
    works: Iterable[_Known], refused: list[Refused]
) -> tuple[tuple[Submission, ...], tuple[Refused, ...]]:
    """Keep one of the files with the same work, and the last save of work that went on."""
    kept: dict[bytes, _Known] = {}
    left_out = list(refused)
    for known in sorted(works, key=lambda known: known.work.file):
        first = kept.setdefault(known.digest, known)
        if first is not known:
            reason = f"holds the same work as {first.work.file}; counted once"
            left_out.append(Refused(known.work.file, reason))
    having: dict[_First, list[_Known]] = {}
    for known in sorted(kept.values(), key=_order):
        for first_attempt in known.firsts:
            having.setdefault(first_attempt, []).append(known)
    counted = []
    for known in kept.values():
        if later := _later_save(known, having):
            reason = f"is an earlier save of the work in {later}; the later one counts"
            left_out.append(Refused(known.work.file, reason))
        else:
            counted.append(known.work)
    return tuple(sorted(counted, key=lambda work: work.file)), tuple(sorted(left_out))


def _later_save(known: _Known, having: Mapping[_First, Sequence[_Known]]) -> str:
    """Name the latest file in which the work goes on; give nothing where there is none."""
    # Such a file has every first attempt of this one: it is among those with the rarest.
    alike = min((having[name] for name in known.firsts), key=len, default=())
    for other in reversed(alike):
        if other is known:  # what is left comes before it
            break
        if known.firsts <= other.firsts and _may_be_one(known.work, other.work, len(known.firsts)):
            return other.work.file
    return ""


def _order(known: _Known) -> tuple[int, int, str]:
    return len(known.firsts), _changes(known.work), known.work.file


def _firsts(portfolio: Portfolio) -> set[_First]:
    """List the first attempts: they are kept for good, so later saves of one work have them."""
    return {
        (record.first.time, notebook, item, msgspec.json.encode(record.first.answer).decode())
        for notebook, records in portfolio.notebooks.items()
        for item, record in records.items()
        if record.first
    }


def _changes(work: Submission) -> int:
    notebooks = work.portfolio.notebooks
    every = (record for records in notebooks.values() for record in records.values())
    return sum(record.revision for record in every)


def _may_be_one(work: Submission, other: Submission, shared: int) -> bool:
    """Tell whether two files with the same beginnings may be one learner's."""
    names = {name for w in (work, other) if (name := w.portfolio.nickname.strip().casefold())}
    # Two in a class can give one answer in one second, but hardly three times.
    return len(names) < 2 and (shared >= SURELY_ONE or bool(names and shared))


def _portfolio(content: bytes, lesson: Lesson) -> Portfolio:
    if not content.strip():
        raise NotReadError("is empty; ask for it again")
    try:
        portfolio = decode(content, lesson)
    except WorkFileError as error:
        raise NotReadError(_REASONS.get(error.kind, _REASONS["damaged"])) from None
    every = [record for records in portfolio.notebooks.values() for record in records.values()]
    if all(is_empty(record.answer) and record.first is None for record in every):
        raise NotReadError("holds no answers yet")
    return portfolio
