"""Redrawing the map of distances as a slider moves."""

from __future__ import annotations

import itertools
import os
import tempfile

from lesson import open_notebook
from lesson.figures.figure import figure_bytes
from tests.benchmarks.measures import ROOT, median_seconds


def redraw() -> tuple[float, float]:
    """Give the milliseconds of one move of the slider, and of drawing an empty figure."""
    from matplotlib.figure import Figure

    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as answers:
        os.environ["LESSON_ANSWERS"] = answers
        chart = open_notebook("05_distances").map()
        distances = itertools.cycle(range(150, 350, 10))
        moving = median_seconds(lambda: chart.move({"distance": next(distances)}))
    empty = Figure(figsize=(8, 6.5))
    return moving * 1000, median_seconds(lambda: figure_bytes(empty)) * 1000
