"""What an exercise shows: its unchanging content, and the state that follows from a record.

Both are plain JSON for the view to draw. Nothing of the key's answers is in the content, and
the state holds no more than the learner has earned: feedback on what was chosen, then the
hint, and the whole explanation only at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ..article.spans import sentences
from ..key.schema import (
    Anchor,
    Choose,
    ChooseMany,
    Estimate,
    Exercise,
    Mark,
    Match,
    Rank,
    Sort,
    Write,
)
from .answer import is_empty, tidy
from .checking import check, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ..article import Article
    from ..key.material import Card, Deck
    from .feedback import Feedback, Note
    from .record import Record

__all__ = ["WITHHELD", "content", "deck_content", "is_finished", "part_name", "state"]

Json: TypeAlias = dict[str, Any]

TRIES = 2
"""Checks after which the explanation opens by itself."""

WITHHELD = "Saved; your teacher will go through it."
"""What a learner reads after a check where the key is with the teacher."""

_PART_NAMES = {
    "label": "the section label",
    "headline": "the headline",
    "byline": "the byline",
    "dateline": "the dateline",
    "caption": "the photo caption",
    "credit": "the credit line",
    "author-note": "the note about the publisher",
    "furniture": "the page furniture",
}

_INSTRUCTIONS = {
    Choose: "Choose one.",
    ChooseMany: "Choose all that fit.",
    Sort: "Choose a heading for each line.",
    Match: "Choose a partner for each line.",
    Mark: "Mark words in the text: click them, or move with the arrow keys and press Space.",
    Rank: "Choose what comes first, second and so on.",
    Estimate: "Type a number.",
    Write: "Write in your own words. No program scores this.",
}

_VERDICTS = {"right": "holds", "look again": "look again", "missed": "not chosen", "note": "note"}


def part_name(part: str) -> str:
    """Name a part of the page as people do.

    Examples
    --------
    >>> part_name("p4"), part_name("credit")
    ('paragraph 4', 'the credit line')
    """
    return _PART_NAMES.get(part) or f"paragraph {part[1:]}"


def content(exercise: Exercise, article: Article) -> Json:
    """Describe what never changes: the question and what there is to choose from."""
    shown: Json = {
        "kind": type(exercise).__struct_config__.tag,
        "question": exercise.question,
        "instruction": exercise.instruction or _INSTRUCTIONS[type(exercise)],
    }
    match exercise:
        case Choose() | ChooseMany():
            shown["options"] = [_pick(option) for option in exercise.options]
        case Sort() | Match():
            shown["lines"] = [_pick(line) for line in exercise.lines]
            shown["choices"] = [_pick(heading) for heading in exercise.headings]
        case Rank():
            shown["choices"] = sorted((_pick(i) for i in exercise.items), key=lambda i: i["text"])
            shown["top"] = exercise.top
        case Estimate():
            shown["unit"] = exercise.unit
        case Mark():
            shown["passages"] = [_passage(part, article) for part in exercise.parts]
        case Write():
            pass
    if exercise.withheld:
        shown["withheld"] = True
    return shown


def deck_content(deck: Deck, cards: Iterable[Card], story_date: dt.date) -> Json:
    """Describe a deck of evidence cards; those from after the story say so."""
    return {
        "kind": "cards",
        "title": deck.title,
        "cards": [
            {
                **{name: str(getattr(card, name)) for name in card.__struct_fields__},
                "when": "Published after the story." if card.date > story_date else "",
            }
            for card in cards
        ],
    }


def state(exercise: Exercise, record: Record, article: Article) -> Json:
    """Describe what follows from a record: feedback, hint, explanation, what can be done next."""
    feedback = None
    if record.latest is not None:
        feedback = check(exercise, record.latest.answer, article)
    writing = isinstance(exercise, Write)
    finished = is_finished(exercise, record, article)
    shown: Json = {
        "answered": not is_empty(record.answer),
        "attempts": record.attempts,
        "summary": "",
        "notes": [],
        "hint": None,
        "explanation": None,
        "can_hint": feedback is not None and not finished and not writing,
        "can_explain": feedback is not None and not finished and not exercise.withheld,
    }
    if feedback is None or record.latest is None:
        return shown
    shown["summary"] = _summary(exercise, feedback)
    if record.answer != tidy(exercise, record.latest.answer):
        shown["summary"] += " You have changed your answer since; check it again when you like."
    shown["notes"] = [
        note for item in feedback.notes if (note := _note(exercise, item, finished=finished))
    ]
    if record.hint_opened and not isinstance(exercise, Write):
        shown["hint"] = {"text": exercise.hint.text, "at": _look_at(exercise.hint.at)}
    if finished:
        shown["explanation"] = _explanation(exercise)
    return shown


def is_finished(exercise: Exercise, record: Record, article: Article) -> bool:
    """Tell whether the learner has come to the explanation, and may see what the key has."""
    if record.latest is None or exercise.withheld:
        return False
    if isinstance(exercise, Write) or record.attempts >= TRIES or record.explanation_opened:
        return True
    return check(exercise, record.latest.answer, article).complete


def _pick(entry: Any) -> Json:
    return {"id": entry.id, "text": entry.text}


def _passage(part: str, article: Article) -> Json:
    """Cut a part into sentences, and those into words with the space before each of them.

    Offsets count characters as Python does; a browser counts some characters twice, so the
    view gets the pieces of text themselves.
    """
    text = article.part(part)
    grouped: list[list[Any]] = []
    starts = [sentence.start for sentence in sentences(text)]
    done = 0
    for word in words(part, text):
        if not grouped or (starts and word.end > starts[0]):
            grouped.append([])
            while starts and word.end > starts[0]:
                starts.pop(0)
        before, shown = text[done : word.start], text[word.start : word.end]
        grouped[-1].append([word.start, word.end, before, shown])
        done = word.end
    return {"part": part, "name": part_name(part), "sentences": grouped, "rest": text[done:]}


def _note(exercise: Exercise, note: Note, *, finished: bool) -> Json | None:
    """Describe a note; before the end without what would give the answer away."""
    subject, text, at = note.subject, note.text, note.at
    if isinstance(exercise, Mark) and not text:
        text = "You marked this too; it belongs to none."
    elif not finished and note.verdict == "look again":
        match exercise:
            case Mark() if at:
                subject = f"a stretch in {part_name(at.part)}"
                text, at = "You have a part of it. Look at where it begins and ends.", None
            case Sort() | Match() | Rank():
                text = ""
                # The name of a part is the answer where naming the parts is the exercise.
                at = at if at and at.part.startswith("p") else None
    if not finished and note.verdict in ("missed", "note"):
        return None
    return {
        "subject": subject,
        "verdict": _VERDICTS[note.verdict],
        "text": text,
        "at": _look_at(at) if at else "",
    }


def _look_at(anchor: Anchor) -> str:
    words_there = f", at “{anchor.marker.strip('“”')}”" if anchor.marker else ""
    return f"See {part_name(anchor.part)}{words_there}."


def _explanation(exercise: Exercise) -> Json:
    shown: Json = {
        "text": exercise.explanation,
        "next_step": exercise.next_step,
        "contested": exercise.contested,
        "sources": [
            {
                "name": source.name,
                "date": source.date.isoformat(),
                "address": source.address,
                "says": source.says,
            }
            for source in exercise.sources
        ],
    }
    if isinstance(exercise, Write):
        shown["model_answer"] = exercise.model_answer
        shown["levels"] = [
            {"name": level.name, "sample": level.sample} for level in exercise.levels
        ]
    return shown


def _summary(exercise: Exercise, feedback: Feedback) -> str:
    """Say in words what came of a check: what holds, what to look at again, what is open."""
    if exercise.withheld:
        return WITHHELD
    match exercise:
        case Write():
            return "Saved. Compare your text with the model answer below."
        case Choose() | Estimate() if feedback.complete:
            return "That holds up."
        case Estimate() if feedback.score > 0:
            return "Close."
        case Choose() | Estimate():
            return "Look again: the note below says why."
        case Mark():
            kinds = ("found in full", "marked beyond that", "not marked in full")
        case ChooseMany() | Rank():
            kinds = ("well chosen", "to look at again", "not chosen")
        case Sort() | Match():
            kinds = ("where the key has them", "to look at again", "still open")
    if feedback.complete:
        return f"All {feedback.total} {kinds[0]}."
    counts = [f"{feedback.right} of {feedback.total} {kinds[0]}"]
    counts += [f"{feedback.wrong} {kinds[1]}"] if feedback.wrong else []
    counts += [f"{feedback.missed} {kinds[2]}"] if feedback.missed else []
    return ", ".join(counts) + "."
