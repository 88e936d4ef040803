"""The command ``lesson``."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from ._arguments import DEFAULT_FOLDER, parser
from ._count import counted
from .errors import LessonError
from .folder import MARKER, bundled_lesson, copy_lesson, find_lesson_folder
from .teacher import binder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from .lesson import Lesson

__all__ = ["main"]


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; give 0, or 1 with one sentence on what to do.

    Parameters
    ----------
    words
        The words after ``lesson``; those of the command line when not given.
    """
    words = sys.argv[1:] if words is None else words
    known = parser()
    arguments, others = known.parse_known_args(words)
    if others and arguments.command != "start":
        known.error(f"unknown: {' '.join(others)}")
    arguments.words, arguments.others = words, others
    try:
        status: int = _ACTS[arguments.command](arguments)
        sys.stdout.flush()  # here, where a reader that is gone can be answered for
    except LessonError as error:
        print(f"lesson: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # as in 'lesson report class | head': there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def _start(arguments: argparse.Namespace) -> int:
    from jupyterlab import labapp  # noqa: PLC0415  # the other commands need no server

    _refuse_a_value(arguments)
    folder = _folder_to_work_in(arguments.folder)
    words = [binder.first_notebook(folder) or "."]
    words += [f"--ServerApp.root_dir={folder}"]  # else only notebooks/ would be in the side bar
    words += ["--no-browser"] if arguments.no_browser else []
    words += [f"--port={arguments.port}"] if arguments.port is not None else []
    words += arguments.others
    print(f"The lesson is in {folder}. Your answers are kept there, in the folder answers.")
    print("To stop it, press Ctrl+C here.", flush=True)
    # The lesson fetches nothing by itself: this turns off JupyterLab's news and update checks.
    quiet = str(Path(__file__).parent / "jupyter")
    paths = filter(None, [quiet, os.environ.get("JUPYTER_CONFIG_PATH")])
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    os.chdir(folder)
    # In this process, so that whatever stops the command stops the server and its kernels too.
    labapp.main(words)
    return 0


def _refuse_a_value(arguments: argparse.Namespace) -> None:
    """Say so where the folder stands behind an option of JupyterLab, as its value would."""
    for option, value in pairwise(arguments.words):
        lacks_value = option.startswith("--") and "=" not in option and option in arguments.others
        if lacks_value and arguments.folder == Path(value):
            raise LessonError(
                f"{value} may be meant for {option} or be the lesson folder; write it as "
                f"{option}={value}, or name the folder first."
            )


def _folder_to_work_in(named: Path | None) -> Path:
    """Use the lesson that is here; where there is none, copy the one from the package."""
    if named is None:
        folder = find_lesson_folder()
        if folder != bundled_lesson() or not folder.is_relative_to(Path(__file__).parent):
            return folder
    elif (named / MARKER).is_file():
        return named.resolve()
    target = (named or Path.cwd() / DEFAULT_FOLDER).resolve()
    if not (target / MARKER).is_file():
        print(f"There is no lesson in {target} yet: the one that came with the package goes there.")
    kept = copy_lesson(target)
    if kept:
        names = ", ".join(path.as_posix() for path in kept)
        print(f"These files of yours differ from the package's and were kept: {names}.")
    return target


def _check(arguments: argparse.Namespace) -> int:
    lesson = _load(_lesson_folder(arguments.folder), arguments.article)
    if (lesson.folder / "data" / "places.yaml").is_file():
        from .maps.atlas import Atlas  # noqa: PLC0415  # only a lesson with places needs the map

        Atlas(lesson.folder).check()
    return _say_how_it_stands(lesson)


def _load(folder: Path, article: str | None = None) -> Lesson:
    from .lesson import load_lesson  # noqa: PLC0415  # start and binder need none of it

    return load_lesson(folder, article)


def _lesson_folder(named: Path | None) -> Path:
    """Take the lesson that is named, and never another one; the one that is here if none is."""
    if named is None:
        return find_lesson_folder()
    if not (named / MARKER).is_file():
        raise LessonError(
            f"{named} is no lesson folder: there is no {MARKER.as_posix()} in it; check the "
            "spelling, and the folder you are in."
        )
    return named.resolve()


def _say_how_it_stands(lesson: Lesson) -> int:
    from .teacher.next_step import next_steps  # noqa: PLC0415  # start and binder need none of it

    print(f"The lesson “{lesson.key.info.title}”, in {lesson.folder}.")
    if lesson.withheld:
        print(f"This folder is for learners: no key to {counted(lesson.withheld, 'exercise')}.")
    for name, notebook in lesson.key.notebooks.items():
        exercises, decks = counted(len(notebook.exercises), "exercise"), len(notebook.decks)
        print(f"{name}: {exercises}, {counted(decks, 'deck')} of cards")
    cards, words = counted(len(lesson.key.cards), "card"), counted(len(lesson.key.words), "word")
    paragraphs = counted(len(lesson.article.paragraphs), "paragraph")
    print(f"{cards}, {words}, {paragraphs}. Every place the key points to was found.")
    steps = list(next_steps(lesson))
    if not steps:
        print("All is well.")
        return 0
    print(f"What is there is in order. Next: {steps[0]}")
    if len(steps) > 1:
        print(f"After that, {len(steps) - 1} more to do; 'lesson check' will say what.")
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from .teacher.new_lesson import make_lesson  # noqa: PLC0415  # start and binder need none of it

    made = make_lesson(arguments.folder, arguments.article, arguments.notebooks)
    for path in made.files:
        print(f"made {path}")
    if made.lost:
        parts = ", ".join(made.lost).replace("_", " ")
        print(f"Not quite as on the page, for a plain text tells less apart: {parts}.")
    lesson = _load(arguments.folder)
    print("Read from the page (if that is not so, mend data/article.txt):")
    for part, text in lesson.article.parts.items():
        print(f"  {part:<11} {shorten(text, 66, placeholder=' …') or '(none on the page)'}")
    return _say_how_it_stands(lesson)


def _release(arguments: argparse.Namespace) -> int:
    from .teacher.release import release  # noqa: PLC0415  # start and binder need none of it

    lesson = _load(_lesson_folder(arguments.lesson))
    number = release(lesson, arguments.folder, arguments.withhold)
    print(f"Made {arguments.folder} from the lesson “{lesson.key.info.title}”.")
    print(f"In it, the key to {counted(number, 'exercise')} is withheld.")
    print("Keep your own folder: 'lesson report' judges with the key in it.")
    return 0


def _print(arguments: argparse.Namespace) -> int:
    # Start and binder need none of these.
    from .teacher.paper import paper, pictures_of, write_paper  # noqa: PLC0415
    from .teacher.sheets import check_page, guide_of, guide_page  # noqa: PLC0415

    folder = _lesson_folder(arguments.folder)
    name = "key" if arguments.key else "worksheet"
    if arguments.guide:
        name, page = "guide", guide_page(guide_of(folder))
    elif arguments.check:
        name = "check-key" if arguments.key else "check"
        page = check_page(_load(folder), key=arguments.key)
    else:
        lesson = _load(folder)
        pictures = pictures_of(lesson, key=arguments.key)
        page = paper(lesson, key=arguments.key, notebooks=arguments.notebook, pictures=pictures)
    path = arguments.out or Path(f"{name}.html")
    write_paper(path, page)
    print(f"Made {path} for the lesson in {folder}.")
    print("Open it in a browser and print it; the printer's paper decides the size.")
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from tqdm import tqdm  # noqa: PLC0415  # start and binder need none of it

    from .classroom.class_report import open_class  # noqa: PLC0415  # as above
    from .classroom.report import write_report  # noqa: PLC0415  # as above

    def watch(paths: list[Path]) -> Iterable[Path]:
        # Only on a terminal, and only when it takes longer than a second.
        return tqdm(paths, desc="Reading", unit=" files", delay=1, disable=None)

    lesson = _lesson_folder(arguments.lesson)
    print(f"Held against the key in {lesson}.")
    report = open_class(arguments.folder, lesson, watch)
    print(report)
    for name, reason in report.refused:
        print(f"  {name} {reason}.")
    page, table = write_report(arguments.out, report.page(), report.table())
    print(f"Made {page} to read and print, and {table} for a spreadsheet.")
    return 0


def _binder(arguments: argparse.Namespace) -> int:
    repository, ref = arguments.repo, arguments.ref
    if not repository:
        repository, branch = binder.repository_of(Path.cwd())
        ref = ref or branch
    first = binder.first_notebook(find_lesson_folder()) or binder.FIRST_NOTEBOOK
    made = binder.links(repository, ref or "main", arguments.hub, first)
    print(f"Launch link:\n{made.launch}\n\nBadge:\n{made.badge}\n")
    print(f"nbgitpuller link (for a JupyterHub of your own):\n{made.pull}")
    return 0


_ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "start": _start,
    "check": _check,
    "new": _new,
    "release": _release,
    "print": _print,
    "report": _report,
    "binder": _binder,
}
