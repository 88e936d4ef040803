"""The check before and after the lesson, as a learner meets it: no feedback, only "Saved"."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from ..exercise.check_forms import form_for, tidy_check
from ..key.check_file import ITEMS, occasion_of
from ..work.wording import check_title
from .view import AnswerWidget, script

if TYPE_CHECKING:
    from ..exercise.answers import Answers
    from ..key.check_file import CheckFile

__all__ = ["CheckWidget"]

_HALF = "Which half of the class are you in? Your teacher tells you."
_HALVES = {"first": "The first half", "second": "The second half"}
_HOW = (
    f"{ITEMS} short posts and reports, eight to ten minutes. Nothing is judged here: your answers "
    "are saved, and your teacher goes through them with you later."
)


class CheckWidget(AnswerWidget):
    """One occasion of the check: one value, the answer, in the form that `tidy_check` gives.

    The page gets the posts of one form, once the learner has chosen a half of the class; what
    the key knows of them never leaves Python.

    Parameters
    ----------
    check
        The two forms.
    name
        The id of the record, from `lesson.key.check_file.check_id`.
    answers
        Where the answer is kept; a saved one is shown at once.
    """

    _esm: ClassVar[str] = script("dom.js", "text.js", "check.js")

    def __init__(self, check: CheckFile, name: str, answers: Answers) -> None:
        self._check = check
        self._occasion = occasion_of(name) or 0
        shown = {
            "title": check_title(self._occasion),
            "how": _HOW,
            "half": _HALF,
            "halves": [{"id": half, "text": text} for half, text in _HALVES.items()],
            **{n: getattr(check, n) for n in ("question", "rely", "do_not_rely", "use", "reason")},
        }
        super().__init__(name, answers, shown, partial(tidy_check, check))

    def _act(self, _message: dict[str, Any], _buffers: list[Any]) -> None:
        """Take nothing from messages: the answer is all that a learner can change."""

    def _show(self) -> None:
        half = (self.record.answer or {}).get("half")
        items = self._check.form(form_for(half, self._occasion)).items if half else ()
        self.state = {
            "items": [{"id": item.id, "posted": item.posted, "text": item.text} for item in items],
            "saved": self._saved,
            "problem": self._problem,
        }

    def _static_form(self) -> tuple[str, str]:
        """Give what is asked; the posts are not to be read before the check."""
        shown = self.content
        halves = [half["text"] for half in shown["halves"]]
        asked = [
            f"{shown['question']} ( ) {shown['rely']} ( ) {shown['do_not_rely']}",
            f"{shown['use']} ____",
            f"{shown['reason']} ____",
        ]
        lines = [shown["how"], f"{shown['half']} ( ) {' ( ) '.join(halves)}", "Of each post:"]
        text = "\n".join([shown["title"], *lines, *(f"  {line}" for line in asked)])
        html = "".join(f"<p>{escape(line)}</p>" for line in lines)
        items = "".join(f"<li>{escape(line)}</li>" for line in asked)
        legend = f"<legend><strong>{escape(shown['title'])}</strong></legend>"
        return text, f"<fieldset>{legend}{html}<ul>{items}</ul></fieldset>"
