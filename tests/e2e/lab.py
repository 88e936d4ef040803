"""JupyterLab as a learner meets it: started by the lesson's own command, driven in a browser."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

TOKEN = "a-token-of-the-tests"  # noqa: S105  # for a server that lives as long as a test

NOTEBOOKS = sorted(
    path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb")
)
"""The learners' notebooks, in their order."""

PATIENCE = 60_000
"""Milliseconds to wait for a condition; a busy machine starts a kernel in ten seconds."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the folder of the lesson it serves."""

    address: str
    folder: Path

    def answers(self, notebook: str) -> dict[str, Any]:
        """Read the records that are saved for a notebook."""
        text = (self.folder / "answers" / f"{notebook}.json").read_text("utf-8")
        records: dict[str, Any] = json.loads(text)["records"]
        return records


@contextmanager
def serve(folder: Path, private: Path, settings: dict[str, dict[str, Any]]) -> Iterator[Server]:
    """Run ``lesson start`` on a folder until the block ends.

    Parameters
    ----------
    folder
        The lesson folder.
    private
        Where the server keeps its own files, away from the user's.
    settings
        JupyterLab's settings, by the plug-in's name.
    """
    for plugin, values in settings.items():
        package, _, name = plugin.partition(":")
        path = private / "settings" / package / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if "LESSON" not in name}
    environment |= {
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(private / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(private / "workspaces"),
    }
    words = ["start", str(folder), "--no-browser", f"--port={port}", "--allow-root"]
    log = private / "server.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "lesson", *words], env=environment, stdout=out, stderr=out
        ) as process,
    ):
        try:
            server = Server(f"http://127.0.0.1:{port}", folder)
            _wait_for(f"{server.address}/api?token={TOKEN}", process, log)
            yield server
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except (URLError, OSError):
            time.sleep(0.1)  # between two questions to the server
    raise AssertionError(f"the server did not start: {log.read_text('utf-8')[-2000:]}")


class Notebook:
    """One notebook, open in the browser."""

    def __init__(self, page: Page, server: Server, name: str) -> None:
        self.page = page
        self.server = server
        self.name = name

    def open(self) -> None:
        """Open the notebook and wait for its kernel."""
        path = f"lab/tree/notebooks/{self.name}.ipynb?token={TOKEN}&reset"
        self.page.goto(f"{self.server.address}/{path}")
        self._wait_until_idle()

    def run_all(self, *, widgets: bool = True) -> None:
        """Choose Run All Cells in the menu, wait until the last cell has run and shows."""
        cells = self.page.locator(".jp-Notebook .jp-CodeCell")
        cells.first.wait_for(timeout=PATIENCE)
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        self.page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll(
                    '.jp-Notebook .jp-CodeCell .jp-InputArea-prompt')].map(p => p.textContent);
                return prompts.length && prompts.every(p => /^\\[\\d+\\]:$/.test(p));
            }""",
            timeout=PATIENCE,
        )
        if widgets:
            shown = self.page.locator(".lesson fieldset, .lesson section")
            shown.last.wait_for(timeout=PATIENCE)
        self._wait_until_idle()

    def restart(self) -> None:
        """Restart the kernel from the menu."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_text("Restart Kernel…", exact=True).click()
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self._wait_until_idle()

    def exercise(self, question: str) -> Locator:
        """Find an exercise by its question, which names its group."""
        return self.page.get_by_role("group", name=question).first

    def _wait_until_idle(self) -> None:
        # The notebook's own indicator says idle before there is a kernel, and cells that are run
        # then are lost without a word. The status bar names the kernel.
        bar = self.page.locator("#jp-main-statusbar")
        bar.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
