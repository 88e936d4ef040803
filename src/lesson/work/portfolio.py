"""A learner's whole work in one file: collect it, write it, read it back, bring it in."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from ..errors import WorkFileError
from ..exercise.answer import tidy, tidy_openings, tidy_setting, tidy_text
from ..exercise.check_forms import tidy_check
from ..exercise.record import Record, brought_in
from ..key.check_file import occasion_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..exercise.answers import Answers
    from ..lesson import Lesson

__all__ = [
    "LARGEST",
    "Portfolio",
    "collect",
    "decode",
    "encode",
    "file_stem",
    "known_records",
    "merge",
    "tidy_nickname",
]

FORMAT = 1
"""Version of the file's format; it changes when an older program could not read it."""

LARGEST = 20_000_000
"""Bytes. All written answers at their full length would need less."""

LONGEST_NICKNAME = 60
"""Characters."""

LONGEST_STEM = 120
"""Bytes of a file name before its ending; every platform takes twice as many."""

MOST_BESIDE = 1_000
"""Pieces of work kept beside others in one file; by hand there come to be a few."""

_DATA_BEGINS, _DATA_ENDS = b'<script type="application/json" id="my-work">', b"</script>"


class Portfolio(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Everything one learner has done in one lesson.

    Attributes
    ----------
    lesson
        The address of the story, by which a lesson is known.
    made
        When it was put together (UTC, ISO 8601); for people to read.
    nickname
        The name or nickname the learner chose; may be empty.
    notebooks
        The records by notebook and by the id of the exercise or deck.
    """

    kind: Literal["work on a lesson"] = "work on a lesson"
    format: int
    lesson: str
    made: str
    nickname: str = ""
    notebooks: dict[str, dict[str, Record]]


class _Head(msgspec.Struct, frozen=True):
    kind: Literal["work on a lesson"]
    format: int


def collect(
    lesson: Lesson, answers: Mapping[str, Answers], made: str, nickname: str = ""
) -> Portfolio:
    """Put together what is saved; notebooks that were not begun are left out."""
    notebooks = {name: {item: saved[item] for item in saved} for name, saved in answers.items()}
    return Portfolio(
        format=FORMAT,
        lesson=lesson.key.info.address,
        made=made,
        nickname=tidy_nickname(nickname),
        notebooks={name: records for name, records in notebooks.items() if records},
    )


def tidy_nickname(nickname: str) -> str:
    r"""Trim a nickname to one line of reasonable length, in whatever script.

    Examples
    --------
    >>> tidy_nickname("  Ola\n  2 ")
    'Ola 2'
    """
    text = "".join(sign for sign in nickname if sign.isprintable() or sign.isspace())
    return (tidy_text(" ".join(text.split())) or "")[:LONGEST_NICKNAME].strip()


def file_stem(nickname: str) -> str:
    """Name the files of one learner, so that those of a class can lie in one folder.

    Examples
    --------
    >>> file_stem(""), file_stem("../Ola & Żaneta"), file_stem("<>")
    ('my-work', 'my-work-Ola-Żaneta', 'my-work')
    """
    # Letters, marks, figures and pictures of any script; the rest means something to a machine.
    text = unicodedata.normalize("NFC", tidy_nickname(nickname))
    kept = "".join(
        sign
        if unicodedata.category(sign)[0] in "LMN" or unicodedata.category(sign) == "So"
        else "-"
        for sign in text
    )
    stem = "-".join(["my-work", *filter(None, kept.split("-"))])
    return stem.encode("utf-8")[:LONGEST_STEM].decode("utf-8", "ignore")


def encode(portfolio: Portfolio) -> str:
    r"""Write the work as JSON that can stand in a page as it is.

    Examples
    --------
    >>> work = Portfolio(format=1, lesson="</script>", made="", notebooks={})
    >>> r'"lesson": "\u003c/script>"' in encode(work)
    True
    """
    text = msgspec.json.format(msgspec.json.encode(portfolio)).decode("utf-8")
    # In JSON this sign stands only inside texts, and no tag in a page begins without it.
    return text.replace("<", "\\u003c")


def decode(data: bytes, lesson: Lesson) -> Portfolio:
    """Read work that was downloaded, as JSON or as the page to hand in.

    Parameters
    ----------
    data
        The content of the file.
    lesson
        The lesson that it shall belong to.

    Raises
    ------
    WorkFileError
        In one sentence, when the file is too large, damaged, something else, from a newer
        program or from another lesson.
    """
    if len(data) > LARGEST:
        raise WorkFileError(
            f"This file is larger than {LARGEST // 1_000_000} MB, so it is not the work that you "
            "downloaded; choose my-work.html or my-work.json.",
            "too large",
        )
    content = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(b"<"):
        # Not by a pattern: a page with the first tag a thousand times would be searched as often.
        _, begun, rest = content.partition(_DATA_BEGINS)
        content, ended, _ = rest.partition(_DATA_ENDS)
        if not (begun and ended):
            raise WorkFileError(
                "This page holds no work from a lesson; choose the my-work.html or my-work.json "
                "that you downloaded.",
                "no work",
            )
    try:
        # A newer format may have another shape, so it is asked for before all else.
        newer = msgspec.json.decode(content, type=_Head).format > FORMAT
        portfolio = None if newer else msgspec.json.decode(content, type=Portfolio)
        msgspec.json.encode(portfolio)  # Half a character can be read, and never be saved.
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        raise WorkFileError(
            "This file is damaged or is no work from a lesson; nothing was changed. Choose the "
            "my-work.html or my-work.json that you downloaded.",
            "damaged",
        ) from None
    if portfolio is None:
        raise WorkFileError(
            "This file was made by a newer version of the lesson; update the lesson to load it.",
            "newer",
        )
    records = [record for saved in portfolio.notebooks.values() for record in saved.values()]
    if sum(len(_flat(record)) - 1 for record in records) > MOST_BESIDE:
        raise WorkFileError(
            f"This file keeps more than {MOST_BESIDE} pieces of work beside others, which no "
            "download of the lesson does; choose the my-work.html or my-work.json that you "
            "downloaded.",
            "damaged",
        )
    if portfolio.lesson != lesson.key.info.address:
        raise WorkFileError(
            f"This work belongs to another lesson, on the story {_in_a_line(portfolio.lesson)}; "
            "open that lesson to load it.",
            "foreign",
        )
    return msgspec.structs.replace(portfolio, nickname=tidy_nickname(portfolio.nickname))


def _in_a_line(text: str) -> str:
    return " ".join(text.split())[:200]


def known_records(lesson: Lesson, portfolio: Portfolio) -> tuple[dict[str, dict[str, Record]], int]:
    """Pick the records of what this lesson has: exercises, decks, checks and the map.

    Returns
    -------
    tuple
        The records by notebook and id, and how many others there were.
    """
    known: dict[str, dict[str, Record]] = {}
    others = 0
    for name, records in portfolio.notebooks.items():
        for item, record in records.items():
            if tidied := _tidying(lesson, name, item):
                known.setdefault(name, {})[item] = _fitting(tidied, record)
            else:
                others += 1
    return known, others


def _tidying(lesson: Lesson, notebook: str, item: str) -> Callable[[Any], Any] | None:
    """Choose what brings answers of an item into its form; None where the item is unknown."""
    key, check = lesson.key.notebooks.get(notebook), lesson.check
    if key is None:
        return None
    if exercise := key.exercises.get(item):
        return lambda answer: tidy(exercise, answer)
    if deck := key.decks.get(item):
        return lambda answer: tidy_openings(deck.cards, answer) or None
    if check and occasion_of(item) is not None:
        return lambda answer: tidy_check(check, answer)
    if lesson.key.map_id and item == lesson.key.map_id:
        return tidy_setting
    return None


def _fitting(tidied: Callable[[Any], Any], record: Record) -> Record:
    def alone(record: Record) -> Record:
        attempts = {
            name: msgspec.structs.replace(attempt, answer=tidied(attempt.answer))
            for name in ("first", "latest")
            if (attempt := getattr(record, name))
        }
        answer = tidied(record.answer)
        return msgspec.structs.replace(record, answer=answer, beside=(), **attempts)

    front, *beside = map(alone, _flat(record))
    return msgspec.structs.replace(front, beside=tuple(beside))


def _flat(record: Record) -> list[Record]:
    """List a record and all beside it; a file can nest work beside work as deep as it likes."""
    found = [record]
    for other in found:
        found += other.beside
    return found


def merge(
    saved: Mapping[str, Record], loaded: Mapping[str, Record]
) -> tuple[dict[str, Record], dict[str, list[str]]]:
    """Bring loaded records in, item by item, so that nothing on either side is lost.

    Returns
    -------
    tuple
        The records, and which items were "brought in", found to be the "same", or kept
        "beside" other work that stays in front.
    """
    records = dict(saved)
    outcome: dict[str, list[str]] = {"brought in": [], "same": [], "beside": []}
    for item, record in loaded.items():
        here = saved.get(item, Record())
        records[item] = brought_in(here, record)
        if len(records[item].beside) > len(here.beside):
            outcome["beside"].append(item)
        elif records[item] == here:
            outcome["same"].append(item)
        else:
            outcome["brought in"].append(item)
    return records, outcome
