"""The check before and after the lesson, counted for a class: by occasion and form.

There is no total and no difference on purpose: one class without a comparison shows no effect.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from .check_forms import Tally, form_for, load_check, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .check_forms import CheckFile, CheckItem, Form, Half
    from .handed_in import Submission
    from .lesson import Lesson
    from .record import Record

__all__ = ["CheckAnswer", "CheckCount", "CheckItemCount", "check_counts", "check_of"]

_NAME = re.compile(r"check-(\d{1,2})")

_LONGEST = 10_000


class CheckAnswer(NamedTuple):
    """One learner's answers to a form: what was relied on, and the reasons given."""

    half: Half
    relied: dict[str, bool]
    reasons: dict[str, tuple[str, str]]


class CheckItemCount(NamedTuple):
    """How many would rely on an item, and how many not, with the reasons they gave."""

    item: CheckItem
    relied: int
    not_relied: int
    reasons: tuple[tuple[bool | None, str, str], ...]


class CheckCount(NamedTuple):
    """One form on one occasion: 0 before the lesson, 1 after it, then repeats."""

    occasion: int
    form: str
    learners: int
    tally: Tally
    items: tuple[CheckItemCount, ...]

    @property
    def when(self) -> str:
        """The occasion in words."""
        said = {0: "before the lesson", 1: "after the lesson"}
        return said.get(self.occasion, f"repeat {self.occasion - 1}")


def check_of(answer: Any) -> CheckAnswer | None:
    """Read an answer to a form; None where it is none.

    Examples
    --------
    >>> answer = {"half": "first", "items": {"a": {"rely": True, "reason": "It names them."}}}
    >>> check_of(answer).relied, check_of({"half": "third"})
    ({'a': True}, None)
    """
    match answer:
        case {"half": ("first" | "second") as half, "items": dict(items)}:
            pass
        case _:
            return None
    given = {name: entry for name, entry in items.items() if isinstance(entry, dict)}
    relied = {name: e["rely"] for name, e in given.items() if isinstance(e.get("rely"), bool)}
    reasons = {name: (_text(e.get("use")), _text(e.get("reason"))) for name, e in given.items()}
    return CheckAnswer(cast("Half", half), relied, reasons)


def check_counts(works: Iterable[Submission], lesson: Lesson) -> tuple[CheckCount, ...]:
    """Count the answers to the forms, by occasion and form.

    Parameters
    ----------
    works
        The work that was handed in.
    lesson
        The lesson; without a ``data/check.yaml`` there is nothing to count.
    """
    if not (lesson.folder / "data" / "check.yaml").is_file():
        return ()
    check = load_check(lesson.folder)
    given: dict[tuple[int, str], list[CheckAnswer]] = {}
    for work in sorted(works, key=lambda work: work.file):
        # A file could have one occasion in two notebooks: the first of them counts.
        seen: set[int] = set()
        for _, records in sorted(work.portfolio.notebooks.items()):
            for occasion, answer in _occasions(records):
                if occasion not in seen:
                    seen.add(occasion)
                    name = form_for(answer.half, occasion)
                    given.setdefault((occasion, name), []).append(answer)
    return tuple(
        _count(occasion, _form(check, name), answers)
        for (occasion, name), answers in sorted(given.items())
    )


def _occasions(records: Mapping[str, Record]) -> list[tuple[int, CheckAnswer]]:
    found = []
    for name, record in sorted(records.items()):
        matched = _NAME.fullmatch(name)
        if matched and (answer := check_of(record.answer)):
            found.append((int(matched[1]), answer))
    return found


def _form(check: CheckFile, name: str) -> Form:
    return check.form("A" if name == "A" else "B")


def _count(occasion: int, form: Form, answers: list[CheckAnswer]) -> CheckCount:
    total: Counter[str] = Counter()
    for answer in answers:
        counted = tally(form, answer.relied)
        total.update({name: getattr(counted, name) for name in Tally.__struct_fields__})
    return CheckCount(
        occasion,
        form.name,
        len(answers),
        Tally(**{name: total[name] for name in Tally.__struct_fields__}),
        tuple(
            CheckItemCount(
                item,
                sum(answer.relied.get(item.id) is True for answer in answers),
                sum(answer.relied.get(item.id) is False for answer in answers),
                tuple(
                    (answer.relied.get(item.id), *answer.reasons[item.id])
                    for answer in answers
                    if any(answer.reasons.get(item.id, ()))
                ),
            )
            for item in form.items
        ),
    )


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
