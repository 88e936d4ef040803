"""The button that loads downloaded work, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .view import View, script

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


class LoadWidget(View):
    """A field to choose a file with; the work in it is brought in at once.

    Parameters
    ----------
    work
        Where the work is brought in.
    changed
        Called when saved work has changed, so that what is on the page can follow.
    """

    _esm: ClassVar[str] = script("dom.js", "load.js")

    def __init__(self, work: Work, changed: Callable[[], None]) -> None:
        self._work = work
        self._changed = changed
        self._times = 0
        super().__init__({"label": _LABEL, "largest": LARGEST_UPLOAD, "too_large": _TOO_LARGE})
        self._show("")

    def load(self, data: bytes) -> None:
        """Bring in the content of a file."""
        self._do(lambda: self._work.load(data).sentence)

    def take(self, item: str) -> None:
        """Put the loaded work on an exercise in front of the learner's own."""
        self._do(lambda: self._work.take(item))

    def _do(self, act: Callable[[], str]) -> None:
        def told() -> None:
            said = act()
            self._changed()
            self._show(said)

        self._guarded(told)

    def _say_problem(self, said: str) -> None:
        self._show(said, problem=True)

    def _show(self, said: str, *, problem: bool = False) -> None:
        kept = [
            {"item": kept.item, "question": kept.question, "words": kept.words}
            for kept in self._work.kept()
        ]
        # Counted, because the view has emptied the sentence: the same one is news once more.
        self._times += 1
        self.state = {"said": said, "problem": problem, "kept": kept, "times": self._times}

    def _act(self, message: dict[str, Any], buffers: list[Any]) -> None:
        if message.get("do") == "load" and buffers:
            self.load(bytes(buffers[0]))
        elif message.get("do") == "take":
            self.take(str(message.get("item")))

    def _static_form(self) -> tuple[str, str]:
        return f"{_LABEL}: ____", f"<p>{_LABEL}: ____</p>"
