"""The check before and after the lesson: two parallel forms on material of its own.

Each item shows a short post or report, asks whether the learner would rely on it and for what,
and for a short reason. Accepting what is genuine and rejecting what is not are counted apart: a
class that rejects everything has learned distrust, not reading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import msgspec

from ._yaml import read_yaml
from .answer import Answer, tidy_text
from .errors import KeyFileError, LessonError
from .key import Entry, Identifier, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ._yaml import YamlFile

__all__ = [
    "CheckFile",
    "CheckItem",
    "Form",
    "Half",
    "Tally",
    "check_id",
    "form_for",
    "load_check",
    "occasion_of",
    "tally",
    "tidy_check",
]

ITEMS = 6
"""Items in a form: eight to ten minutes."""

GENUINE = (4, 5)
"""How many of them may be genuine, about three of four."""

Half: TypeAlias = Literal["first", "second"]

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


class Tally(Entry, frozen=True, kw_only=True):
    """What came of one form, in counts. There is no total on purpose."""

    genuine_accepted: int
    genuine: int
    false_rejected: int
    false: int
    unanswered: int


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


def form_for(half: Half, occasion: int) -> Literal["A", "B"]:
    """Choose a learner's form so that the halves of a class change places each time.

    Parameters
    ----------
    half
        The learner's half of the class.
    occasion
        0 before the lesson, 1 after it, 2 and so on for repeats some weeks later.

    Raises
    ------
    LessonError
        When there is no such half or occasion.

    Examples
    --------
    >>> [form_for("first", 0), form_for("first", 1), form_for("second", 0), form_for("second", 1)]
    ['A', 'B', 'B', 'A']
    """
    if half not in ("first", "second"):
        raise LessonError(f"There is no half '{half}' of a class; it is first or second.")
    if occasion < 0:
        raise LessonError(f"There is no occasion {occasion}; they count from 0, before the lesson.")
    return "B" if (occasion + (half == "second")) % 2 else "A"


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


def tidy_check(check: CheckFile, answer: Answer) -> dict[str, Any] | None:
    """Bring an answer to the check into its one form, leaving out what does not belong.

    What was answered on either form is kept, whichever half is chosen now.

    Returns
    -------
    dict or None
        ``half`` where one was chosen, and ``items``: by id, what was answered of ``rely`` (True
        or False), ``use`` and ``reason`` (texts). None when nothing is left.

    Examples
    --------
    >>> from lesson.folder import find_lesson_folder
    >>> check = load_check(find_lesson_folder())
    >>> tidy_check(
    ...     check, {"half": "first", "items": {"a-pool": {"rely": False, "use": ""}, "x": 1}}
    ... )
    {'half': 'first', 'items': {'a-pool': {'rely': False}}}
    """
    if not isinstance(answer, dict):
        return None
    given = answer.get("items")
    items = {}
    for item in (item for form in check.forms for item in form.items):
        found = given.get(item.id) if isinstance(given, dict) else None
        if isinstance(found, dict) and (kept := _tidy_item(found)):
            items[item.id] = kept
    half = {"half": answer["half"]} if answer.get("half") in ("first", "second") else {}
    return {**half, "items": items} if half or items else None


def _tidy_item(found: dict[str, Any]) -> dict[str, Any]:
    rely = {"rely": found["rely"]} if isinstance(found.get("rely"), bool) else {}
    texts = {name: text for name in ("use", "reason") if (text := tidy_text(found.get(name)))}
    return {**rely, **texts}


def tally(form: Form, relied: Mapping[str, bool | None]) -> Tally:
    """Count what a learner relied on; the reasons are for the teacher to read.

    Parameters
    ----------
    form
        The form the learner had.
    relied
        By the item's id: True where the learner would rely on it, False where not. An item that
        is not there, or None, is unanswered; an unknown id is left out.

    Examples
    --------
    A learner who distrusts everything accepts nothing genuine, however many fakes are found:

    >>> from lesson.folder import find_lesson_folder
    >>> form = load_check(find_lesson_folder()).form("A")
    >>> found = tally(form, {item.id: False for item in form.items})
    >>> found.genuine_accepted, found.false_rejected == found.false
    (0, True)
    """
    genuine = [item.id for item in form.items if item.verdict == "genuine"]
    others = [item.id for item in form.items if item.verdict == "not"]
    return Tally(
        genuine_accepted=sum(relied.get(name) is True for name in genuine),
        genuine=len(genuine),
        false_rejected=sum(relied.get(name) is False for name in others),
        false=len(others),
        unanswered=sum(relied.get(item.id) is None for item in form.items),
    )
