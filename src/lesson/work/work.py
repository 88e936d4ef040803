"""The learner's work over the whole lesson: see it, take it along, bring it back."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import WorkFileError
from ..exercise.answers import Answers, replace_file
from ..exercise.record import Record, now, taken
from ..key.check_file import occasion_of
from .portfolio import LARGEST, collect, decode, encode, file_stem, known_records, merge
from .progress import Progress, steps_of
from .wording import answer_in_words, check_lines, check_title, deck_state, setting_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..lesson import Lesson

__all__ = ["Download", "Kept", "Loaded", "Work"]


class Work:
    """One learner's saved work, in all notebooks of a lesson.

    Parameters
    ----------
    lesson
        The lesson.
    folder
        The folder with the answers.
    """

    def __init__(self, lesson: Lesson, folder: Path) -> None:
        self._lesson = lesson
        self._folder = folder

    def _answers(self) -> dict[str, Answers]:
        """Read all answers afresh: other notebooks are saving too."""
        return {name: Answers(self._folder, name) for name in self._lesson.key.notebooks}

    def progress(self, notebook: str = "") -> Progress:
        """Tell how far the work has come, in one notebook or in all of them."""
        answers = self._answers()
        chosen = {notebook: answers[notebook]} if notebook else answers
        return Progress(steps_of(self._lesson, chosen))

    def download(self, nickname: str = "") -> Download:
        """Write the page to hand in and the data, and offer both as links.

        The files lie beside the folder of answers too, for the day the links are not at hand.

        Parameters
        ----------
        nickname
            A name or nickname for the page and the names of the files; none is needed.
        """
        answers = self._answers()
        portfolio = collect(self._lesson, answers, now(), nickname)
        if not portfolio.notebooks:
            return Download({}, "Nothing is answered yet, so there is nothing to download.")
        from .handout import work_page  # noqa: PLC0415  # the template engine is loaded with it

        page = work_page(self._lesson, portfolio, steps_of(self._lesson, answers))
        stem = file_stem(portfolio.nickname)
        files = {f"{stem}.html": page, f"{stem}.json": encode(portfolio)}
        folder = self._folder.parent
        said = f"Both files lie in the folder {folder.name} too."
        try:
            for name, text in files.items():
                replace_file(folder / name, text.encode("utf-8"), private=False)
        except OSError as error:
            said = f"They could not be written to {folder} ({error.strerror}); use the links."
        return Download(files, said)

    def load(self, source: str | Path | bytes) -> Loaded:
        """Bring in work that was downloaded before; nothing on either side is lost.

        Parameters
        ----------
        source
            The file, or its content.

        Raises
        ------
        WorkFileError
            When there is no such file, or it holds no work of this lesson.
        AnswersError
            When the answers cannot be saved.
        """
        data = source if isinstance(source, bytes) else self._read(Path(source))
        records, others = known_records(self._lesson, decode(data, self._lesson))
        counts = dict.fromkeys(("brought in", "same", "beside"), 0)
        for name, loaded in records.items():
            answers = Answers(self._folder, name)

            def bring(
                saved: dict[str, Record], loaded: dict[str, Record] = loaded
            ) -> dict[str, Record]:
                merged, outcome = merge(saved, loaded)
                for what, items in outcome.items():
                    counts[what] += len(items)
                return merged

            answers.update(bring)
        return Loaded(counts, others, self.kept())

    def _read(self, path: Path) -> bytes:
        beside = self._folder.parent / path
        try:
            path = path if path.is_file() or not beside.is_file() else beside
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "this is no file name"
            raise WorkFileError(
                f"{path.name[:200]} cannot be read ({reason}); upload it to the folder "
                f"{self._folder.parent.name} first, or choose it with the button."
            ) from None

    def kept(self) -> tuple[Kept, ...]:
        """List loaded work that is kept beside other work."""
        found = []
        for name, saved in self._answers().items():
            key = self._lesson.key.notebooks[name]
            for item in saved:
                for record in saved[item].beside[:1]:
                    if item in key.exercises:
                        exercise = key.exercises[item]
                        words = answer_in_words(exercise, record.answer, self._lesson.article)
                        found.append(Kept(item, exercise.question, "; ".join(words)))
                    elif item in key.decks:
                        deck = key.decks[item]
                        found.append(Kept(item, deck.title, deck_state(deck, record)))
                    elif (occasion := occasion_of(item)) is not None and self._lesson.check:
                        said = check_lines(self._lesson.check, record.answer)
                        posts = [f"{post.posted}: {' '.join(lines)}" for post, lines in said]
                        found.append(Kept(item, check_title(occasion), "; ".join(posts)))
                    elif item == self._lesson.key.map_id:
                        found.append(Kept(item, "The map", setting_in_words(record.answer)))
        return tuple(found)

    def take(self, item: str) -> str:
        """Put loaded work in front; what stood there is kept beside in its turn.

        Parameters
        ----------
        item
            The id of the exercise, as `kept` gives it.

        Raises
        ------
        WorkFileError
            When nothing is kept beside that exercise.
        """
        for saved in self._answers().values():
            if saved[item].beside:
                saved.update(lambda records: {**records, item: taken(records[item], now())})
                return f"The loaded work on '{item}' is in front now; yours is kept beside it."
        names = ", ".join(kept.item for kept in self.kept()) or "none"
        raise WorkFileError(f"No loaded work is kept beside '{item}'; there is {names}.")


class Kept(NamedTuple):
    """Loaded work that is kept beside other work: where, and what it says."""

    item: str
    question: str
    words: str

    def __repr__(self) -> str:
        """Say all three."""
        return f"{self.item} ({self.question}): {self.words or 'steps only, no answer'}"


class Download(NamedTuple):
    """Links to files that are made on the spot, so that they work without a server.

    Attributes
    ----------
    files
        Texts by file name.
    said
        What there is to say of them.
    """

    files: dict[str, str]
    said: str

    def __repr__(self) -> str:
        """Name the files."""
        return "\n".join([*self.files, self.said])

    def _repr_html_(self) -> str:
        labels = {"html": "the page to hand in or print", "json": "the data, to load it again"}
        links = []
        for name, text in self.files.items():
            kind = name.rpartition(".")[2]
            data = base64.b64encode(text.encode("utf-8")).decode("ascii")
            mime = "text/html" if kind == "html" else "application/json"
            links.append(
                f'<li><a download="{escape(name)}" href="data:{mime};charset=utf-8;base64,{data}">'
                f"Download {escape(name)}</a> ({labels[kind]})</li>"
            )
        return f"<ul>{''.join(links)}</ul><p>{escape(self.said)}</p>"


class Loaded:
    """What came of loading a file, in words."""

    def __init__(self, counts: dict[str, int], others: int, kept: Sequence[Kept]) -> None:
        self.counts = counts
        self.kept = tuple(kept)
        here, same, beside = counts["brought in"], counts["same"], counts["beside"]
        said = [f"{here} brought in, {same} already here, {beside} kept beside your own work."]
        if others:
            said.append(f"{others} belong to no exercise of this lesson and were left aside.")
        said.append("Run the other notebooks again if they are open.")
        self.sentence = " ".join(said)

    @property
    def lines(self) -> list[str]:
        """The sentence, then what is kept beside and how to take it."""
        if not self.kept:
            return [self.sentence]
        head = (
            "Where your own work differs, it stays as it is. The loaded work is kept beside it "
            'until you take it, as in take("…"):'
        )
        return [self.sentence, head, *(f"  {kept}" for kept in self.kept)]

    def __repr__(self) -> str:
        """Say it in lines."""
        return "\n".join(self.lines)

    def _repr_html_(self) -> str:
        first, *rest = self.lines
        items = "".join(f'<li dir="auto">{escape(str(kept))}</li>' for kept in self.kept)
        head = f"<p>{escape(rest[0])}</p><ul>{items}</ul>" if rest else ""
        return f"<p>{escape(first)}</p>{head}"
