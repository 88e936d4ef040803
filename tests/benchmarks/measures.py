"""How each figure is measured."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import psutil
from nbclient import NotebookClient

from lesson import load_lesson
from lesson.classroom.class_report import ClassReport
from lesson.classroom.handed_in import file_paths, read_files
from lesson.exercise.answers import Answers
from lesson.exercise.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]

RUNS = 9
"""Runs of a short measure; the median is given."""

MEGABYTE = 1024 * 1024


def median_seconds(act: Callable[[], object], runs: int = RUNS) -> float:
    """Time an act several times, after one run that is not counted."""
    act()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def import_seconds(module: str) -> float:
    """Time a new process that imports a module, less one that imports nothing."""

    def run(code: str) -> float:
        return median_seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    return run(f"import {module}") - run("pass")


def notebooks() -> list[Path]:
    """Give the lesson's notebooks in their order."""
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def run_notebook(path: Path | None) -> tuple[float, float]:
    """Run a notebook, or an empty one; give the seconds and the kernel's megabytes after it."""
    notebook = nbformat.v4.new_notebook()
    if path is not None:
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    folder = path.parent if path is not None else ROOT / "notebooks"
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
    )
    with tempfile.TemporaryDirectory() as answers:
        os.environ["LESSON_ANSWERS"] = answers
        start = time.perf_counter()
        with client.setup_kernel():
            for index, cell in enumerate(list(notebook.cells)):
                client.execute_cell(cell, index)
            reply = notebook_process(client)
            seconds = time.perf_counter() - start
            memory = psutil.Process(reply).memory_info().rss / MEGABYTE
    return seconds, memory


def notebook_process(client: NotebookClient) -> int:
    """Ask a kernel for the number of its process."""
    cell = nbformat.v4.new_code_cell("import os; print(os.getpid())")
    client.nb.cells.append(cell)
    return int(client.execute_cell(cell, len(client.nb.cells) - 1).outputs[0]["text"])


def save_seconds(size: int) -> float:
    """Time one save into a file that holds `size` records already."""
    with tempfile.TemporaryDirectory() as folder:
        answers = Answers(Path(folder), "n")
        for number in range(size):
            answers.save(f"item-{number}", Record(answer=["a"] * 5, revision=1))
        return median_seconds(lambda: answers.save("item-0", Record(answer="b", revision=1)))


def report_seconds(size: int) -> float:
    """Time the counting of a class of `size` learners, from their files on."""
    lesson = load_lesson(ROOT)
    handed_in = ROOT / "data" / "synthetic_class" / "handed_in"
    work = json.loads((handed_in / "learner-01.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(size):
            work["nickname"] = f"Learner {number}"
            for records in work["notebooks"].values():
                for record in records.values():
                    # Attempts at other moments, or one learner would have handed in many times.
                    for attempt in filter(None, (record["first"], record["latest"])):
                        attempt["time"] = f"{number}"
            (folder / f"{number}.json").write_text(json.dumps(work), "utf-8")

        def count() -> None:
            report = ClassReport(lesson, read_files(folder, file_paths(folder), lesson))
            assert len(report.work.learners) == size

        return median_seconds(count, runs=3)


def folder_megabytes(folder: Path) -> float:
    """Add up the sizes of the files below a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*")) / MEGABYTE


def environment_megabytes(*wanted: str) -> float:
    """Install into a fresh environment and give its size on disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted]
        subprocess.run(pip, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
        return folder_megabytes(folder)
