"""Where a learner's answers live: one file for each notebook, safe at every moment.

A change is written to a new file that then takes the old one's place in one step, so a
reader, a crash or a kill finds either the old answers or the new ones, never half of each.
The same content is kept beside it as a backup, for the day the first file is damaged.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

import filelock
import msgspec

from ..errors import AnswersError
from .record import Record, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Answers", "replace_file"]

FORMAT = 1
"""Version of the file's format; it changes when an older program could not read it."""

LOCK_WAIT = 5.0
"""Seconds to wait for another notebook or tab that is saving; a save takes milliseconds."""


class _NewerError(ValueError):
    """The file has a format that came after this program."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    notebook: str
    records: dict[str, Record]


class Answers:
    """The answers of one learner in one notebook.

    Reading never fails: what cannot be read is set aside and said in `notice`.

    Parameters
    ----------
    folder
        The folder that holds the files, made when the first answer is saved.
    notebook
        The notebook's name, such as ``01_page``.

    Attributes
    ----------
    notice
        One sentence on what happened to a damaged file; empty when all is well.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> Answers(folder, "01_page").save("headline", Record(answer="p1", revision=1))
    >>> Answers(folder, "01_page")["headline"].answer
    'p1'
    """

    def __init__(self, folder: Path, notebook: str) -> None:
        self.notebook = notebook
        self.notice = ""
        self.path = folder / f"{notebook}.json"
        self._backup = folder / f"{notebook}.backup.json"
        # The lock stays beside the answers: a lock elsewhere would not be seen by another hub.
        self._lock = filelock.FileLock(folder / f".{notebook}.lock", timeout=LOCK_WAIT)
        self._records: dict[str, Record] = {}
        self.reload()

    def __getitem__(self, name: str) -> Record:
        """Give the record of one exercise; an empty one where nothing was answered."""
        return self._records.get(name, Record())

    def __iter__(self) -> Iterator[str]:
        """Go through the ids of the exercises that have a record."""
        return iter(self._records)

    def reload(self) -> None:
        """Read the answers again: another notebook may have brought some in."""
        try:
            self._records = self._read()
        except OSError as error:
            self._records = {}
            self.notice = f"{self.path.name} cannot be read ({error.strerror}); ask for help."

    def save(self, name: str, record: Record, since: Record | None = None) -> None:
        """Keep a record, leaving what other tabs and notebooks have saved as it is.

        Parameters
        ----------
        name
            The exercise's id.
        record
            What to save.
        since
            What was saved when `record` was begun; what was read last when not given.

        Raises
        ------
        AnswersError
            When the answers cannot be written; what was saved before is still there.
        """
        known = self[name] if since is None else since
        self.update(lambda saved: {**saved, name: merged(record, saved.get(name, Record()), known)})

    def update(self, change: Callable[[dict[str, Record]], dict[str, Record]]) -> None:
        """Put what `change` makes of the saved records in their place, in one step.

        Raises
        ------
        AnswersError
            When the answers cannot be written; what was saved before is still there.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock:
                records = change(self._read())
                content = msgspec.json.format(
                    msgspec.json.encode(
                        _File(format=FORMAT, notebook=self.notebook, records=records)
                    )
                )
                # The backup first: where one of the two fails, what is read is still the old one.
                replace_file(self._backup, content)
                replace_file(self.path, content)
                self._records = records
        except filelock.Timeout:
            raise AnswersError(
                f"Your answer is not saved yet: another program is holding {self.path.name}. "
                "Close other tabs with this notebook, then change the answer once more."
            ) from None
        except OSError as error:
            raise AnswersError(
                f"Your answer could not be saved in {self.path.parent} "
                f"({error.strerror or error}). What was saved before is still there."
            ) from None

    def _read(self) -> dict[str, Record]:
        for path in (self.path, self._backup):
            try:
                return _decode(path.read_bytes())
            except FileNotFoundError:
                continue
            except (msgspec.MsgspecError, ValueError, RecursionError) as error:
                self._set_aside(path, newer=isinstance(error, _NewerError))
        return {}

    def _set_aside(self, path: Path, *, newer: bool) -> None:
        number = 1
        while (aside := path.with_suffix(f".damaged-{number}.json")).exists():
            number += 1
        try:
            path.rename(aside)
        except OSError:
            kept = "It was left where it is"
        else:
            kept = f"It was set aside as {aside.name}"
        back = "your last saved answers are back" if self._backup.exists() else "it starts empty"
        what = "was written by a newer version of the lesson" if newer else "was damaged"
        self.notice = f"The file {path.name} {what}. {kept}, and {back}."


def _decode(data: bytes) -> dict[str, Record]:
    file = msgspec.json.decode(data, type=_File)
    if file.format > FORMAT:
        raise _NewerError(f"format {file.format}")
    return file.records


def replace_file(path: Path, content: bytes, *, private: bool = True) -> None:
    """Put a whole new file in the place of the old one.

    Parameters
    ----------
    path
        The file.
    content
        What it shall hold.
    private
        Whether it is for its owner alone; a file to hand in has to be read by others.
    """
    new = path.with_name(f".{path.name}.{uuid4().hex}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
