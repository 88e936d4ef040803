"""The check before and after: who gets which form, what an answer to it is, and how it counts.

Accepting what is genuine and rejecting what is not are counted apart: a class that rejects
everything has learned distrust, not reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ..errors import LessonError
from .answer import Answer, tidy_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..key.check_file import CheckFile, Form

__all__ = ["Half", "Tally", "form_for", "tally", "tidy_check"]

Half: TypeAlias = Literal["first", "second"]


class Tally(NamedTuple):
    """What came of one form, in counts. There is no total on purpose."""

    genuine_accepted: int
    genuine: int
    false_rejected: int
    false: int
    unanswered: int


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
    >>> from lesson.key.check_file import load_check
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
    >>> from lesson.key.check_file import load_check
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
