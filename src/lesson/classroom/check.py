"""The check before and after the lesson, counted for a class: by occasion and form.

There is no total and no difference on purpose: one class without a comparison shows no effect.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from ..exercise.check_forms import Tally, form_for, tally
from ..key.check_file import occasion_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..exercise.check_forms import Half
    from ..exercise.record import Record
    from ..key.check_file import CheckFile, CheckItem, Form
    from ..lesson import Lesson
    from .handed_in import Submission

__all__ = ["CheckAnswer", "CheckCount", "CheckItemCount", "check_counts"]


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


def check_counts(works: Iterable[Submission], lesson: Lesson) -> tuple[CheckCount, ...]:
    """Count the answers to the forms, by occasion and form.

    Parameters
    ----------
    works
        The work that was handed in.
    lesson
        The lesson; without a ``data/check.yaml`` there is nothing to count.
    """
    check = lesson.check
    if check is None:
        return ()
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


def _occasions(records: Mapping[str, Record]) -> Iterator[tuple[int, CheckAnswer]]:
    """Find the answers to a form; there is none where no half of the class is chosen."""
    for name, record in sorted(records.items()):
        occasion = occasion_of(name)
        if occasion is not None and record.answer and "half" in record.answer:
            items: dict[str, dict[str, Any]] = record.answer["items"]
            relied = {name: given["rely"] for name, given in items.items() if "rely" in given}
            reasons = {
                name: (given.get("use", ""), given.get("reason", ""))
                for name, given in items.items()
            }
            yield occasion, CheckAnswer(record.answer["half"], relied, reasons)


def _form(check: CheckFile, name: str) -> Form:
    return check.form("A" if name == "A" else "B")


def _count(occasion: int, form: Form, answers: list[CheckAnswer]) -> CheckCount:
    total: Counter[str] = Counter()
    for answer in answers:
        counted = tally(form, answer.relied)
        total.update({name: getattr(counted, name) for name in Tally._fields})
    return CheckCount(
        occasion,
        form.name,
        len(answers),
        Tally(**{name: total[name] for name in Tally._fields}),
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
