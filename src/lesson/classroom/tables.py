"""The counts of a class as tables, each with its sentence: for the report and the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._count import counted
from ..figures.figure import Table
from ..key.schema import ChooseMany
from .outcomes import STRAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..lesson import Lesson
    from .check import CheckCount
    from .counts import ClassWork, DeckCount, ItemCount, Rate
    from .handed_in import Refused

__all__ = [
    "NO_EFFECT",
    "card_rows",
    "check_table",
    "learners_table",
    "pieces_table",
    "rate_words",
    "refused_table",
    "voices_table",
]

NO_EFFECT = (
    "These are counts, no effect: one class without a comparison cannot show what the lesson did. "
    "Few items are not genuine, so read the reasons too."
)


def learners_table(work: ClassWork, lesson: Lesson) -> Table:
    """Set down who did what: exercises done in each notebook, by the name that was chosen."""
    infos = [
        info for info in lesson.key.info.notebooks if lesson.key.notebooks[info.name].exercises
    ]
    rows = []
    for learner in work.learners:
        cells = []
        for info in infos:
            exercises = lesson.key.notebooks[info.name].exercises
            done = sum(name in learner.done and learner.done[name].finished for name in exercises)
            cells.append(f"{done} of {len(exercises)}")
        rows.append((learner.name, *cells, str(sum(map(len, learner.opened.values())))))
    header = ("learner", *(info.title for info in infos), "cards opened")
    sentence = (
        f"{counted(len(work.learners), 'learner')}. The cells say how many exercises were brought "
        "to their explanation; a name is the one that the learner chose, or else the file's."
    )
    return Table(sentence, header, tuple(rows))


def refused_table(refused: Sequence[Refused]) -> Table:
    """List the files that do not count, each with the reason."""
    do = "does" if len(refused) == 1 else "do"
    said = f"{counted(len(refused), 'file')} {do} not count." if refused else "Every file counts."
    return Table(said, ("file", "why it does not count"), tuple(map(tuple, refused)))


def rate_words(rate: Rate) -> str:
    """Say how an exercise went.

    Examples
    --------
    >>> from lesson.classroom.counts import Rate
    >>> rate_words(Rate(of=8, complete=2, share=0.625))
    '2 of 8 (share 62%)'
    """
    return f"{rate.complete} of {rate.of} (share {rate.share:.0%})" if rate.of else "nobody"


def pieces_table(item: ItemCount) -> Table:
    """Set down each piece that was answered otherwise, with the commonest other answer."""
    many = isinstance(item.exercise, ChooseMany)
    rows = []
    for count in item.pieces:
        if not (count.other_first or count.other_latest):
            continue
        cells = [
            count.piece,
            f"{count.right_first}, then {count.right_latest}",
            f"{count.other}: {count.other_first}, then {count.other_latest}",
            count.explanation,
        ]
        rows.append((*cells, str(count.chosen_latest)) if many else tuple(cells))
    asked = [count for count in item.pieces if count.other != STRAY]
    held = sum(count.right_first == count.of for count in asked)
    sentence = f"Of {counted(item.first.of, 'learner')}, at the first try and then at the latest."
    if held:
        sentence += f" Held by all at the first try: {held} of {len(asked)} pieces."
    header = ("piece", "as in the key", "commonest other answer", "what the key says to it")
    return Table(sentence, (*header, "chosen, latest") if many else header, tuple(rows))


def voices_table(work: ClassWork) -> Table:
    """Set down how many named each of the missing voices, in exercises marked so in the key."""
    rows = []
    for item in work.items:
        exercise = item.exercise
        if exercise.report != "voices" or not isinstance(exercise, ChooseMany):
            continue
        for place, option in enumerate(exercise.options):
            chosen = item.pieces[place].chosen_latest if item.pieces else 0
            said = "missing" if option.correct else "not missing"
            rows.append((option.text, f"{chosen} of {item.latest.of}", said))
    # Stable: those that belong first, in the order of the key.
    rows.sort(key=lambda row: row[2] != "missing")
    sentence = (
        "How many named each voice at their latest try." if rows else "Nothing is asked here."
    )
    return Table(sentence, ("voice", "named by", "what the key has"), tuple(rows))


def card_rows(deck: DeckCount) -> tuple[tuple[str, ...], ...]:
    """Set down how many opened each card before and after judging."""
    return tuple(
        (f"{count.card.title} ({count.card.publisher})", str(count.before), str(count.after))
        for count in deck.cards
    )


def check_table(counts: Iterable[CheckCount]) -> Table:
    """Set down the check by occasion and form; what is genuine and what is not stay apart."""
    rows = tuple(
        (
            f"{count.when}, form {count.form}",
            str(count.learners),
            f"{count.tally.genuine_accepted} of {count.tally.genuine}",
            f"{count.tally.false_rejected} of {count.tally.false}",
            str(count.tally.unanswered),
        )
        for count in counts
    )
    sentence = NO_EFFECT if rows else "Nobody handed in a check before or after the lesson."
    header = ("occasion", "learners", "genuine accepted", "false rejected", "not answered")
    return Table(sentence, header, rows)
