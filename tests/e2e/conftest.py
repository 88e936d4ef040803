"""The browser and the server of the end-to-end tests."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.lab import PATIENCE, Notebook, Server, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Without these a browser asks the network for news of its own; root needs the first.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _missing(what: str) -> None:
    """Skip on a user's machine; fail in CI, where nothing may be left out unseen."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium or Chrome.

    It ends with this folder's tests: Playwright keeps an event loop running in this thread,
    and other tests start loops of their own.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        _missing("The browser tests need Chromium or Chrome (Debian: apt-get install chromium).")
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        _missing('The browser tests need Playwright: pip install ".[test]".')
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def make_lesson(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Give a function that copies the lesson into a new folder, without anybody's answers."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("lesson")
        for part in ("data", "notebooks"):
            shutil.copytree(root / part, folder / part)
        return folder

    return make


@pytest.fixture(scope="module")
def server(
    make_lesson: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serve a lesson of its own to each test module."""
    with serve(make_lesson(), tmp_path_factory.mktemp("private"), {}) as running:
        yield running


@contextmanager
def open_window(browser: Browser) -> Iterator[Page]:
    """Open a window; what the page's scripts complain of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = context.new_page()
    errors: list[Any] = []
    window.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  # Playwright marks it
    yield window
    context.close()
    assert not errors


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a window for one test."""
    with open_window(browser) as window:
        yield window


@pytest.fixture
def open_notebook(page: Page, server: Server) -> Callable[[str], Notebook]:
    """Give a function that opens a notebook and runs it from top to end."""

    def open_it(name: str) -> Notebook:
        notebook = Notebook(page, server, name)
        notebook.open()
        notebook.run_all()
        return notebook

    return open_it


@pytest.fixture(scope="module")
def opened(browser: Browser, server: Server) -> Iterator[Callable[[str], Notebook]]:
    """Give a function that opens and runs a notebook the first time a test asks for it.

    For tests that leave each other's exercises alone: opening takes longer than most of them.
    """
    notebooks: dict[str, Notebook] = {}
    with ExitStack() as windows:

        def find(name: str) -> Notebook:
            if name not in notebooks:
                window = windows.enter_context(open_window(browser))
                notebooks[name] = Notebook(window, server, name)
                notebooks[name].open()
                notebooks[name].run_all()
            return notebooks[name]

        yield find
