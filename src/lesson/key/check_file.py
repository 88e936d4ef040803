"""The check before and after the lesson, as ``data/check.yaml`` has it: two parallel forms.

Each item shows a short post or report, asks whether the learner would rely on it and for what,
and for a short reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from ..errors import KeyFileError, LessonError
from ._yaml import read_yaml
from .schema import Entry, Identifier, Text

if TYPE_CHECKING:
    from pathlib import Path

    from ._yaml import YamlFile

__all__ = ["ITEMS", "CheckFile", "CheckItem", "Form", "check_id", "load_check", "occasion_of"]

ITEMS = 6
"""Items in a form: eight to ten minutes."""

GENUINE = (4, 5)
"""How many of them may be genuine, about three of four."""

_OCCASIONS = {"before": 0, "after": 1, "later": 2}

_ID = re.compile(r"check-(0|[1-9][0-9]{0,2})")


class CheckItem(Entry, frozen=True, kw_only=True):
    """One item: what a learner sees, and what the teacher knows of it.

    Attributes
    ----------
    posted
        Where it stood, by whom and when: all that can be seen around the text.
    sort, difficulty
        What the item of the same place in the other form shares with it.
    shows
        What in the text shows whether it can be relied on, and for what.
    """

    id: Identifier
    sort: Text
    difficulty: Literal["easy", "medium", "hard"]
    posted: Text
    text: Text
    verdict: Literal["genuine", "not"]
    shows: Text


class Form(Entry, frozen=True, kw_only=True):
    """One of the two forms."""

    name: Literal["A", "B"]
    items: Annotated[tuple[CheckItem, ...], msgspec.Meta(min_length=ITEMS, max_length=ITEMS)]


class CheckFile(Entry, frozen=True, kw_only=True):
    """The content of ``check.yaml``: what is asked of every item, and two parallel forms."""

    # In a learners' folder that `lesson release` made, verdicts and reasons are left out.
    withheld: bool = False
    question: Text
    rely: Text
    do_not_rely: Text
    use: Text
    reason: Text
    forms: Annotated[tuple[Form, Form], msgspec.Meta(description="form A, then form B")]

    def form(self, name: Literal["A", "B"]) -> Form:
        """Give one form by its name."""
        return self.forms[0 if name == "A" else 1]


def load_check(folder: Path) -> CheckFile:
    """Read ``data/check.yaml`` of the lesson in `folder`.

    Raises
    ------
    KeyFileError
        In one sentence: when the file breaks its shape, or the forms are not parallel.
    """
    file = read_yaml(folder / "data" / "check.yaml", CheckFile)
    first, second = file.content.forms
    if (first.name, second.name) != ("A", "B"):
        raise KeyFileError(f"{file.where('forms')}: the first form is A and the second is B.")
    seen: set[str] = set()
    for number, form in enumerate((first, second)):
        _check_form(file, f"forms[{number}].items", form, seen)
    if file.content.withheld:
        return file.content
    for place, (one, other) in enumerate(zip(first.items, second.items, strict=True)):
        for name in ("sort", "difficulty", "verdict"):
            if getattr(one, name) != getattr(other, name):
                raise KeyFileError(
                    f"{file.where(f'forms[1].items[{place}].{name}')}: the two forms are not "
                    f"parallel, '{one.id}' has '{getattr(one, name)}' and '{other.id}' has "
                    f"'{getattr(other, name)}'; make them the same."
                )
    return file.content


def _check_form(file: YamlFile[CheckFile], path: str, form: Form, seen: set[str]) -> None:
    for place, item in enumerate(form.items):
        if item.id in seen:
            raise KeyFileError(
                f"{file.where(f'{path}[{place}].id')}: the id '{item.id}' stands twice; give each "
                "item an id of its own."
            )
        seen.add(item.id)
    genuine = sum(item.verdict == "genuine" for item in form.items)
    if genuine not in GENUINE and not file.content.withheld:
        raise KeyFileError(
            f"{file.where(path)}: {genuine} of {ITEMS} items are genuine; about three of four "
            f"have to be, {GENUINE[0]} or {GENUINE[1]}, so that distrust does not pay."
        )


def check_id(occasion: str | int) -> str:
    """Give the id of the record for one occasion.

    Parameters
    ----------
    occasion
        ``"before"`` the lesson, ``"after"`` it, some weeks ``"later"``; or a number from 0.

    Raises
    ------
    LessonError
        When there is no such occasion.

    Examples
    --------
    >>> check_id("before"), check_id("later"), check_id(3)
    ('check-0', 'check-2', 'check-3')
    """
    number = _OCCASIONS.get(occasion) if isinstance(occasion, str) else occasion
    name = f"check-{number}"
    if isinstance(occasion, bool) or not _ID.fullmatch(name):
        raise LessonError(
            f"There is no occasion {occasion!r} for the check; say {', '.join(_OCCASIONS)} or a "
            "number: 0 is before the lesson, 1 after it."
        )
    return name


def occasion_of(name: str) -> int | None:
    """Give the occasion that a record is of, or None where it is no record of a check.

    Examples
    --------
    >>> occasion_of("check-1"), occasion_of("check-the-credit")
    (1, None)
    """
    found = _ID.fullmatch(name)
    return int(found[1]) if found else None
