"""The work of a whole class, counted: pure functions from what was handed in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from .._count import counted
from ..exercise.answer import is_empty
from ..exercise.describe import TRIES
from ..key.schema import Write
from ._unpacking import shown
from .counts import (
    CardCount,
    ClassWork,
    DeckCount,
    Done,
    ItemCount,
    Learner,
    PieceCount,
    Rate,
)
from .outcomes import STRAY, Judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..exercise.record import Record
    from ..key.material import Deck
    from ..key.schema import Exercise
    from ..lesson import Lesson
    from .handed_in import Submission
    from .outcomes import Result

__all__ = ["class_work"]


MOST_ATTEMPTS = 1_000
"""What is more was not done by hand."""

MOST_STRAYS = 3
"""Stretches marked beside what was asked for that are worth a line each."""

_Other: TypeAlias = tuple[str, str]


def class_work(works: Iterable[Submission], lesson: Lesson) -> ClassWork:
    """Count the work of a class; the order of the files makes no difference.

    Parameters
    ----------
    works
        The work that was handed in, one for each learner.
    lesson
        The lesson, with the key that the teacher keeps.
    """
    judge = Judge(lesson.article)
    learners = tuple(_learner(work, lesson, judge) for work in sorted(works, key=_order))
    notices = tuple(_notices(learners))
    learners = _told_apart(learners)
    items, decks = [], []
    for notebook, key in lesson.key.notebooks.items():
        for exercise in key.exercises.values():
            done = [
                (who.name, who.done[exercise.id]) for who in learners if exercise.id in who.done
            ]
            items.append(_item(exercise, notebook, done))
        for deck in key.decks.values():
            opened = [who.opened[deck.id] for who in learners if deck.id in who.opened]
            decks.append(_deck(deck, notebook, opened, lesson))
    return ClassWork(learners, tuple(items), tuple(decks), notices)


def _order(work: Submission) -> tuple[str, str, str]:
    return work.portfolio.nickname.strip().casefold(), work.file, work.portfolio.made


def _told_apart(learners: Sequence[Learner]) -> tuple[Learner, ...]:
    """Put the file's name behind a name that two learners have."""
    names = Counter(learner.name.casefold() for learner in learners)
    return tuple(
        learner._replace(name=f"{learner.name} ({learner.file})")
        if names[learner.name.casefold()] > 1
        else learner
        for learner in learners
    )


def _notices(learners: Sequence[Learner]) -> Iterator[str]:
    files: dict[str, list[Learner]] = {}
    for learner in learners:
        if learner.chosen:
            files.setdefault(learner.name.casefold(), []).append(learner)
    for same in files.values():
        if len(same) > 1:
            yield (
                f"{len(same)} files have the name “{same[0].name}” and different work "
                f"({', '.join(learner.file for learner in same)}). Each counts as a learner; if "
                "they are one learner's, take the others out of the folder."
            )
    if older := [learner.file for learner in learners if learner.others]:
        have = "has" if len(older) == 1 else "have"
        yield (
            f"{counted(len(older), 'file')} {have} work on exercises that this lesson does not "
            f"have, perhaps from another version of it ({', '.join(older)}). The rest counts."
        )


def _learner(work: Submission, lesson: Lesson, judge: Judge) -> Learner:
    done: dict[str, Done] = {}
    opened: dict[str, list[list[str]]] = {}
    for name, records in work.portfolio.notebooks.items():
        key = lesson.key.notebooks[name]
        for item, record in records.items():
            if item in key.exercises:
                did = _done(key.exercises[item], record, judge)
                if did.begun:
                    done[item] = did
            elif item in key.decks and record.answer:
                opened[item] = record.answer
    nickname = shown(work.portfolio.nickname, 60)
    name = nickname or _name_of(work.file)
    return Learner(name, work.file, bool(nickname), done, opened, work.others)


def _name_of(file: str) -> str:
    """Make a name of a file's, or of the folder's where the file is called as it was downloaded.

    Examples
    --------
    >>> _name_of("class.zip › kim.html"), _name_of("kim/my-work.json"), _name_of("my-work.json")
    ('kim', 'kim', 'my-work')
    """
    *folders, last = file.replace(" › ", "/").split("/")
    name = last.rpartition(".")[0] or last
    return folders[-1] if name.startswith("my-work") and folders else name


def _done(exercise: Exercise, record: Record, judge: Judge) -> Done:
    attempts = [attempt for attempt in (record.first, record.latest) if attempt]
    first, latest = (
        judge.result(exercise, attempt.answer if attempt else None)
        for attempt in (record.first, record.latest)
    )
    texts: tuple[str, ...] = ()
    if isinstance(exercise, Write):
        written = [attempt.answer for attempt in attempts] + [record.answer]
        texts = tuple(dict.fromkeys(text for text in written if not is_empty(text)))
        finished = bool(attempts and texts)
    else:
        tried = latest is not None
        opened = record.attempts >= TRIES or record.explanation_opened
        finished = tried and (opened or (latest is not None and latest.complete))
    return Done(
        # One attempt alone is both: a file may hold only one of them.
        first or latest,
        latest or first,
        # A forged number could be too long to be written.
        min(max(record.attempts, len(attempts) and 1), MOST_ATTEMPTS),
        record.hint_opened,
        record.explanation_opened,
        finished,
        texts,
    )


def _item(exercise: Exercise, notebook: str, done: Sequence[tuple[str, Done]]) -> ItemCount:
    firsts = [did.first for _, did in done if did.first]
    latests = [did.latest for _, did in done if did.latest]
    return ItemCount(
        exercise,
        notebook,
        len(done),
        _rate(firsts),
        _rate(latests),
        sum(did.hint for _, did in done),
        _pieces(firsts, latests),
        tuple((name, did.texts) for name, did in done if did.texts),
    )


def _rate(results: Sequence[Result]) -> Rate:
    complete = sum(result.complete for result in results)
    # Rounding must not let a mean of shares leave 0 to 1.
    share = sum(result.score for result in results) / len(results) if results else 0.0
    return Rate(len(results), complete, min(1.0, share))


def _pieces(firsts: Sequence[Result], latests: Sequence[Result]) -> tuple[PieceCount, ...]:
    """Count by piece; stretches marked beside the targets come last, the commonest of them."""
    pieces: dict[str, str] = {}
    right: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    others: tuple[Counter[_Other], Counter[_Other]] = (Counter(), Counter())
    explained: dict[str, dict[_Other, str]] = {}
    chosen: Counter[str] = Counter()
    for when, results in enumerate((firsts, latests)):
        for outcome in (outcome for result in results for outcome in result.pieces):
            pieces.setdefault(outcome.id, outcome.piece)
            right[when][outcome.id] += outcome.right
            chosen[outcome.id] += outcome.chosen and when
            if outcome.other:
                name = (outcome.id, outcome.other)
                others[when][name] += 1
                explained.setdefault(outcome.id, {})[name] = outcome.explanation
    found = []
    for piece, text in pieces.items():
        # The commonest, and of equals the one that is still common; then by the alphabet.
        given = explained.get(piece, {})
        ranked = sorted(given, key=lambda name: (-others[0][name], -others[1][name], name))
        most = ranked[0] if ranked else (piece, "")
        found.append(
            PieceCount(
                text,
                len(firsts),
                right[0][piece],
                right[1][piece],
                chosen[piece],
                most[1],
                others[0][most],
                others[1][most],
                given.get(most, ""),
            )
        )
    strays = [count for count in found if count.other == STRAY]
    strays.sort(key=lambda count: (-count.other_first, -count.other_latest, count.piece))
    return (*(count for count in found if count.other != STRAY), *strays[:MOST_STRAYS])


def _deck(
    deck: Deck, notebook: str, opened: Sequence[Sequence[Sequence[str]]], lesson: Lesson
) -> DeckCount:
    counts = Counter((card, when) for cards in opened for card, when in cards)
    return DeckCount(
        deck,
        notebook,
        len(opened),
        tuple(
            CardCount(lesson.key.cards[card], counts[card, "before"], counts[card, "after"])
            for card in deck.cards
        ),
    )
