"""Run every notebook from top to end and keep its outputs: ``python tools/execute_notebooks.py``.

Answers go to an empty folder of their own, so that the outputs are those of a new learner.
Widget state is not kept: it is no store for answers, and it differs from run to run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"

VIEW = "application/vnd.jupyter.widget-view+json"

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def execute(path: Path) -> None:
    """Run one notebook in its own folder and write it back."""
    notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        timeout=120,
    )
    client.execute()
    for cell in notebook.cells:
        # Times of execution differ from run to run, and so does a view that needs a kernel:
        # without it, a page that is opened and not run yet shows the static form.
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(VIEW, None)
    # The version of Python is that of whoever ran this last.
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    path.write_text(nbformat.writes(notebook) + "\n", "utf-8")


def main() -> int:
    """Run all notebooks, or those named on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LESSON_ANSWERS"] = str(Path(folder) / "answers")
        named = [Path(name) for name in sys.argv[1:]]
        for path in named or sorted(NOTEBOOKS.rglob("*.ipynb")):
            if ".ipynb_checkpoints" not in path.parts:
                print(path)
                execute(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
