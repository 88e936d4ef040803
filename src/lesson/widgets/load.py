"""The button that loads downloaded work, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets

from ..errors import LessonError
from .exercises import script

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..work.work import Work

__all__ = ["LoadWidget"]

LARGEST_UPLOAD = 9_000_000
"""Bytes. The server takes 10 MiB in one message (tornado's default); work has a tenth of it."""

_TOO_LARGE = (
    f"This file is larger than {LARGEST_UPLOAD // 1_000_000} MB, which is too much for the button. "
    'Put it into the folder of the lesson and run load("my-work.json") in a box of its own.'
)

_LABEL = "Choose the my-work.html or my-work.json that you downloaded"


class LoadWidget(anywidget.AnyWidget):
    """A field to choose a file with; the work in it is brought in at once.

    Parameters
    ----------
    work
        Where the work is brought in.
    changed
        Called when saved work has changed, so that what is on the page can follow.
    """

    _esm: ClassVar[str] = script("dom.js", "load.js")
    _css: ClassVar[str] = script("lesson.css")

    content = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, work: Work, changed: Callable[[], None]) -> None:
        self._work = work
        self._changed = changed
        self._times = 0
        super().__init__(
            content={"label": _LABEL, "largest": LARGEST_UPLOAD, "too_large": _TOO_LARGE}
        )
        self._show("")
        self.on_msg(self._receive)

    def load(self, data: bytes) -> None:
        """Bring in the content of a file."""
        self._guarded(lambda: self._work.load(data).sentence)

    def take(self, item: str) -> None:
        """Put the loaded work on an exercise in front of the learner's own."""
        self._guarded(lambda: self._work.take(item))

    def _guarded(self, act: Callable[[], str]) -> None:
        """Run an act; a page shows no exceptions, so say in a sentence what went wrong."""
        try:
            said = act()
            self._changed()
            self._show(said)
        except LessonError as error:
            self._show(str(error), problem=True)
        except Exception as error:  # noqa: BLE001  # whatever it is, the learner must hear of it
            self._show(f"Something went wrong here: {error}", problem=True)

    def _show(self, said: str, *, problem: bool = False) -> None:
        kept = [
            {"item": kept.item, "question": kept.question, "words": kept.words}
            for kept in self._work.kept()
        ]
        # Counted, because the view has emptied the sentence: the same one is news once more.
        self._times += 1
        self.state = {"said": said, "problem": problem, "kept": kept, "times": self._times}

    def _receive(self, _: object, message: dict[str, Any], buffers: list[Any]) -> None:
        if message.get("do") == "load" and buffers:
            self.load(bytes(buffers[0]))
        elif message.get("do") == "take":
            self.take(str(message.get("item")))

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the live view, and beside it a static form for print, diffs and nbval."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        static = {"text/plain": f"{_LABEL}: ____", "text/html": f"<p>{_LABEL}: ____</p>"}
        return {**data, **static}, metadata
