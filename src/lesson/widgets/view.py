"""What every view shares: the frame, a saved record behind it, an answer in that record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import msgspec
import traitlets

from ..errors import LessonError
from ..exercise import record as steps
from ..exercise.static_form import as_html, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..exercise.answers import Answers

__all__ = ["AnswerWidget", "SavedWidget", "View", "script"]

_STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """Join script files into the one module that a view is loaded from."""
    return "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in names)


class View(anywidget.AnyWidget):
    """What every view has: `content` drawn once, `state` drawn whenever it changes."""

    _css: ClassVar[str] = script("lesson.css")

    content = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, shown: dict[str, Any]) -> None:
        super().__init__(content=shown)
        self.on_msg(self._receive)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Run a handler; a page shows no exceptions, so say in a sentence what went wrong."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  # whatever it is, the learner must hear of it
            expected = isinstance(error, LessonError)
            self._say_problem(str(error) if expected else f"Something went wrong here: {error}")

    def _say_problem(self, said: str) -> None:
        raise NotImplementedError

    def _receive(self, _: object, message: object, buffers: list[Any] | None) -> None:
        if isinstance(message, dict):
            self._act(message, buffers or [])

    def _act(self, message: dict[str, Any], buffers: list[Any]) -> None:
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the live view, and beside it the static form for print, diffs and nbval."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        text, html = self._static_form()
        return {**data, "text/plain": text, "text/html": html}, metadata

    def _static_form(self) -> tuple[str, str]:
        return as_text(self.content), as_html(self.content)


class SavedWidget(View):
    """A view of one saved record: drawn from `state`, which follows from the record alone."""

    def __init__(self, name: str, answers: Answers, shown: dict[str, Any]) -> None:
        self.name = name
        self._answers = answers
        self.record = self._on_disk = answers[name]
        self._saved = ""
        self._problem = False
        self._unsaved = False
        super().__init__(shown)

    def refresh(self) -> None:
        """Show what is saved now, after work was loaded from a file."""
        if self._unsaved:
            # It stands in this window alone: to show something else here would lose it.
            self._keep(self.record)
        else:
            self.record = self._on_disk = self._answers[self.name]
            self._restore()

    def _restore(self) -> None:
        """Show a record that was read anew."""
        self._show()

    def _keep(self, record: steps.Record) -> None:
        """Take a new record, save it, and show what follows from it."""
        self.record = record
        try:
            self._answers.save(self.name, record, self._on_disk)
            self.record = self._on_disk = self._answers[self.name]
            self._saved, self._problem, self._unsaved = "Saved.", False, False
        except LessonError as error:
            self._saved, self._problem, self._unsaved = str(error), True, True
        self._show()

    def _say_problem(self, said: str) -> None:
        self._saved, self._problem = said, True
        self.state = {**self.state, "saved": said, "problem": True}

    def _show(self) -> None:
        raise NotImplementedError


class AnswerWidget(SavedWidget):
    """A view whose record is one answer, which the page sets and `tidied` brings into form."""

    answer = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(
        self, name: str, answers: Answers, shown: dict[str, Any], tidied: Callable[[Any], Any]
    ) -> None:
        self._tidied = tidied
        super().__init__(name, answers, shown)
        self.refresh()
        self.observe(self._take_answer, names="answer")

    def _restore(self) -> None:
        # What the key no longer knows is left out here, and on disk only at the next change.
        tidy = self._tidied(self.record.answer)
        self.record = msgspec.structs.replace(self.record, answer=tidy)
        self.answer = tidy
        self._show()

    def _take_answer(self, change: dict[str, Any]) -> None:
        def take() -> None:
            answer = self._tidied(change["new"])
            if answer != self.record.answer:
                self._keep(steps.changed(self.record, answer, steps.now()))

        self._guarded(take)
