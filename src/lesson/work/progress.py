"""How far a learner has come, as a sentence and a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ..exercise.describe import is_finished
from ..key.check_file import occasion_of
from .wording import check_state, check_title, deck_state, exercise_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..exercise.answers import Answers
    from ..lesson import Lesson

__all__ = ["Progress", "Step", "steps_of"]


class Step(NamedTuple):
    """One exercise, deck or check of a notebook and how far the work on it has come.

    `done` is None for a deck or a check: nobody has to open every card or take the check.
    """

    notebook: str
    title: str
    state: str
    done: bool | None


def steps_of(lesson: Lesson, answers: Mapping[str, Answers]) -> tuple[Step, ...]:
    """List the steps of the notebooks that `answers` has, in the order of the lesson."""
    steps = []
    for info in lesson.key.info.notebooks:
        if info.name not in answers:
            continue
        key, records = lesson.key.notebooks[info.name], answers[info.name]
        for exercise in key.exercises.values():
            record = records[exercise.id]
            state = exercise_state(exercise, record, lesson.article)
            done = is_finished(exercise, record, lesson.article)
            steps.append(Step(info.title, exercise.question, state, done))
        for deck in key.decks.values():
            state = deck_state(deck, records[deck.id])
            steps.append(Step(info.title, f"Cards: {deck.title}", state, None))
        for item in records:
            occasion = occasion_of(item)
            if lesson.check and occasion is not None:
                state = check_state(lesson.check, occasion, records[item].answer)
                steps.append(Step(info.title, check_title(occasion), state, None))
    return tuple(steps)


class Progress:
    """Steps as people read them.

    Examples
    --------
    >>> Progress([Step("Start", "Who?", "explained, checked once", True)])
    1 of 1 exercises done.
    Start: 1 of 1 done.
      Who? -- explained, checked once
    """

    def __init__(self, steps: tuple[Step, ...] | list[Step]) -> None:
        self.steps = tuple(steps)

    @property
    def sentence(self) -> str:
        """How many exercises are done."""
        return f"{_count(self.steps)} exercises done."

    def __repr__(self) -> str:
        """Give the sentence, then each notebook with its steps."""
        lines = [self.sentence]
        for notebook, steps in self._by_notebook().items():
            lines.append(f"{notebook}: {_count(steps)} done.")
            lines += [f"  {step.title} -- {step.state}" for step in steps]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        tables = "".join(
            f"<details{' open' if len(self._by_notebook()) == 1 else ''}>"
            f"<summary>{escape(notebook)}: {_count(steps)} done</summary>{_table(steps)}</details>"
            for notebook, steps in self._by_notebook().items()
        )
        return f"<p><strong>{escape(self.sentence)}</strong></p>{tables}"

    def _by_notebook(self) -> dict[str, list[Step]]:
        grouped: dict[str, list[Step]] = {}
        for step in self.steps:
            grouped.setdefault(step.notebook, []).append(step)
        return grouped


def _count(steps: tuple[Step, ...] | list[Step]) -> str:
    counted = [step.done for step in steps if step.done is not None]
    return f"{sum(counted)} of {len(counted)}"


def _table(steps: list[Step]) -> str:
    look = "text-align:left;white-space:normal;vertical-align:top"
    rows = "".join(
        f'<tr><th scope="row" style="{look};font-weight:normal">{escape(step.title)}</th>'
        f'<td style="{look}">{escape(step.state)}</td></tr>'
        for step in steps
    )
    return (
        f'<table style="max-width:52em"><thead><tr><th scope="col" style="{look}">exercise</th>'
        f'<th scope="col" style="{look};min-width:12em">how far</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
