"""Measure the lesson beside plain Jupyter and print a table in Markdown.

``python -m tests.benchmarks`` measures imports, kernels, saving and redrawing;
``--install`` adds the size of the installed environment (needs the network);
``--browser`` adds the way from a click to its feedback (needs Chromium or Chrome).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
from typing import NamedTuple

from tests.benchmarks import browser, drawing, measures


class Row(NamedTuple):
    """One figure of the lesson beside one of plain Jupyter."""

    what: str
    lesson: float
    plain: float
    unit: str
    goal: str

    def line(self) -> str:
        """Write the row in Markdown."""
        return (
            f"| {self.what} | {self.lesson:.3g} {self.unit} | {self.plain:.3g} {self.unit} "
            f"| {self.lesson / self.plain:.2f} | {self.lesson - self.plain:+.3g} {self.unit} "
            f"| {self.goal} |"
        )


def rows(arguments: argparse.Namespace) -> list[Row]:
    """Measure everything that was asked for."""
    found = [
        Row(
            "`import lesson` beside `import ipywidgets`",
            measures.import_seconds("lesson"),
            plain := measures.import_seconds("ipywidgets"),
            "s",
            "1.3 times",
        ),
        Row(
            "the same with all a notebook uses (`lesson.widgets`)",
            measures.import_seconds("lesson.notebook, lesson.widgets.exercises"),
            plain,
            "s",
            "",
        ),
    ]
    empty_seconds, empty_memory = measures.run_notebook(None)
    total = 0.0
    for path in measures.notebooks():
        seconds, memory = measures.run_notebook(path)
        total += seconds
        goal = "70 MB more" if "distances" in path.stem else "25 MB more"
        what = f"kernel after Run All of {path.stem}, beside an empty kernel"
        found.append(Row(what, memory, empty_memory, "MB", goal))
    empty = empty_seconds * len(measures.notebooks())
    found += [
        Row("Run All of all notebooks, beside as many empty kernels", total, empty, "s", "2 times"),
        Row(
            "saving into a file of 1,000 records, beside one of 10",
            measures.save_seconds(1000) * 1000,
            measures.save_seconds(10) * 1000,
            "ms",
            "",
        ),
    ]
    ten = measures.report_seconds(10)
    found += [
        Row(
            f"counting a class of {size:,}, beside one of 10",
            measures.report_seconds(size),
            ten,
            "s",
            "",
        )
        for size in (1, 100, 1000)
    ]
    moving, drawing_nothing = drawing.redraw()
    beside = "moving the map's slider, beside drawing an empty figure"
    found.append(Row(beside, moving, drawing_nothing, "ms", "100 ms"))
    if arguments.browser:
        ours, bare = browser.click()
        found.append(Row("click to feedback, beside a bare button", ours, bare, "ms", "1.5 times"))
    if arguments.install:
        found.append(
            Row(
                "installed, beside jupyterlab + ipywidgets + matplotlib",
                measures.environment_megabytes("."),
                measures.environment_megabytes("jupyterlab", "ipywidgets", "matplotlib"),
                "MB",
                "60 MB more",
            )
        )
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--browser", action="store_true")
    measured = rows(parser.parse_args())
    processors = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    day = dt.datetime.now(dt.UTC).date()
    print(f"Measured on {day} ({platform.system()}, {platform.machine()}, {processors}).\n")
    print("| figure | lesson | beside | ratio | difference | goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    print("\n".join(row.line() for row in measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
