"""From a click to what it brings, in a real browser."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.measures import ROOT
from tests.e2e.conftest import BROWSERS, FLAGS
from tests.e2e.lab import Notebook, serve

CLICKS = 15

BARE = """
import ipywidgets
from IPython.display import display
shown, button = ipywidgets.HTML(), ipywidgets.Button(description="Press")
count = iter(range(1000))
button.on_click(lambda _: setattr(shown, "value", f"<p class='bare'>{next(count)}</p>"))
display(button, shown)
"""

# The time from the click to the first change of the element that shows what came of it.
MEASURE = """
([button, shown]) => new Promise(done => {
    const press = document.querySelector(button);
    const box = document.querySelector(shown);
    const start = performance.now();
    const watch = new MutationObserver(() => {
        watch.disconnect();
        done(performance.now() - start);
    });
    watch.observe(box, { childList: true, subtree: true, characterData: true });
    press.click();
})
"""


def click() -> tuple[float, float]:
    """Give the milliseconds of the lesson's check, saving included, and of a bare button."""
    program = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "lesson"
        for part in ("data", "notebooks"):
            shutil.copytree(ROOT / part, folder / part)
        bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)])
        # Without a kernel's name JupyterLab would ask for one.
        bare.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
        (folder / "notebooks" / "bare.ipynb").write_text(nbformat.writes(bare), "utf-8")
        page = playwright.chromium.launch(executable_path=program, args=FLAGS).new_page()
        with serve(folder, Path(name), {}) as server:
            notebook = Notebook(page, server, "bare")
            notebook.open()
            page.locator(".jp-CodeCell .jp-InputArea-editor").first.click()
            page.keyboard.press("Control+Enter")
            page.locator("button.jupyter-button").wait_for()
            plain = _times(page, "button.jupyter-button", ".widget-html")
            notebook = Notebook(page, server, "00_start")
            notebook.open()
            notebook.run_all()
            exercise = page.locator(".lesson fieldset", has=page.locator(".lesson-check")).first
            exercise.locator("input[type=radio]").first.check()
            page.locator('.lesson-check[aria-disabled="false"]').first.wait_for()
            ours = _times(page, ".lesson-check", ".lesson-notes")
    return ours, plain


def _times(page: Page, button: str, shown: str) -> float:
    page.evaluate(MEASURE, [button, shown])
    return float(statistics.median(page.evaluate(MEASURE, [button, shown]) for _ in range(CLICKS)))
