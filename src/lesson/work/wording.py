"""What a learner has done, said in words: for the progress table and the page to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exercise.answer import Answer, in_digits, is_empty, tidy, tidy_openings, tidy_setting
from ..exercise.check_forms import form_for, tidy_check
from ..exercise.describe import is_finished, part_name
from ..key.check_file import ITEMS
from ..key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from ..article import Article
    from ..exercise.record import Record
    from ..key.check_file import CheckFile, CheckItem
    from ..key.material import Deck

__all__ = [
    "answer_in_words",
    "check_lines",
    "check_state",
    "check_title",
    "deck_state",
    "exercise_state",
    "setting_in_words",
    "times",
]


def times(number: int) -> str:
    """Say how many times.

    Examples
    --------
    >>> times(1), times(2), times(7)
    ('once', 'twice', '7 times')
    """
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def exercise_state(exercise: Exercise, record: Record, article: Article) -> str:
    """Say how far the work on an exercise has come."""
    writing = isinstance(exercise, Write) and not exercise.withheld
    if record.latest is None:
        if is_empty(record.answer):
            return "not begun"
        return "written, not compared yet" if writing else "answered, not checked yet"
    if writing:
        return "compared with the model answer"
    checked = f"checked {times(record.attempts)}"
    return f"explained, {checked}" if is_finished(exercise, record, article) else checked


def deck_state(deck: Deck, record: Record) -> str:
    """Say how many cards of a deck were opened."""
    return f"{len(tidy_openings(deck.cards, record.answer))} of {len(deck.cards)} cards opened"


def answer_in_words(exercise: Exercise, answer: Answer, article: Article) -> tuple[str, ...]:
    """Write an answer as lines of text, with the words that the learner saw."""
    answer = tidy(exercise, answer)
    if answer is None:
        return ()
    match exercise:
        case Choose():
            return tuple(option.text for option in exercise.options if option.id == answer)
        case ChooseMany():
            return tuple(option.text for option in exercise.options if option.id in answer)
        case Sort() | Match():
            texts = {heading.id: heading.text for heading in exercise.headings}
            placed = [line for line in exercise.lines if line.id in answer]
            return tuple(f"{line.text} → {texts[answer[line.id]]}" for line in placed)
        case Rank():
            texts = {item.id: item.text for item in exercise.items}
            return tuple(f"{place}. {texts[name]}" for place, name in enumerate(answer, 1))
        case Estimate():
            return (f"{in_digits(answer)} {exercise.unit}",)
        case Mark():
            # A mark made in another edition may reach beyond this one.
            marked = ((part, article.part(part)[start:end]) for part, start, end in answer)
            return tuple(f"{part_name(part)}: “{text}”" for part, text in marked if text)
        case Write():
            return (answer,)


def setting_in_words(answer: Answer) -> str:
    """Say how the map was left.

    Examples
    --------
    >>> setting_in_words({"distance": 260.0, "tolerance": 10.0, "town": "newton"})
    '260 km, give or take 10, at newton'
    """
    setting = {"distance": 0, "tolerance": 0, "latitude": 0, "longitude": 0} | (
        tidy_setting(answer) or {}
    )
    at = setting.get("town") or f"{setting['latitude']:g}, {setting['longitude']:g}"
    return f"{setting['distance']:g} km, give or take {setting['tolerance']:g}, at {at}"


def check_title(occasion: int) -> str:
    """Name an occasion as people do.

    Examples
    --------
    >>> check_title(1), check_title(3)
    ('The check after the lesson', 'The check some weeks later (3)')
    """
    when = ("before the lesson", "after the lesson", "some weeks later")
    return f"The check {when[occasion] if occasion < len(when) else f'{when[-1]} ({occasion})'}"


def check_state(check: CheckFile, occasion: int, answer: Answer) -> str:
    """Say how far a learner has come with the check, on the form that is theirs now."""
    tidied = tidy_check(check, answer) or {"items": {}}
    form = check.form(form_for(tidied["half"], occasion)) if "half" in tidied else None
    judged = [item.id for item in form.items] if form else list(tidied["items"])
    done = sum("rely" in tidied["items"].get(name, {}) for name in judged)
    return f"{min(done, ITEMS)} of {ITEMS} posts judged"


def check_lines(check: CheckFile, answer: Answer) -> list[tuple[CheckItem, list[str]]]:
    """Say in words what was answered, item by item; nothing of what the key has."""
    tidied = tidy_check(check, answer) or {"items": {}}
    said = []
    for item in (item for form in check.forms for item in form.items):
        if given := tidied["items"].get(item.id):
            rely = given.get("rely")
            lines = [] if rely is None else [check.rely if rely else check.do_not_rely]
            for name in ("use", "reason"):
                lines += [f"{getattr(check, name)} {given[name]}"] if name in given else []
            said.append((item, lines))
    return said
