"""A notebook that is only read, without a kernel: exported, it shows what there is to answer."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from lxml import html

from lesson.exercise.describe import content

if TYPE_CHECKING:
    from pathlib import Path

    from lesson.lesson import Lesson


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_question_and_everything_to_choose_from_is_in_the_export(
    root: Path, lesson: Lesson, tmp_path: Path
) -> None:
    paths = [root / "notebooks" / f"{name}.ipynb" for name in lesson.key.notebooks]
    words = ["nbconvert", "--to", "html", "--output-dir", str(tmp_path), *map(str, paths)]
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True)
    for name, notebook in lesson.key.notebooks.items():
        page = html.parse(str(tmp_path / f"{name}.html")).getroot()
        text = squeezed(page.text_content())
        for exercise in notebook.exercises.values():
            shown = content(exercise, lesson.article)
            assert squeezed(exercise.question) in text
            for part in ("options", "choices", "lines"):
                for entry in shown.get(part, []):
                    assert squeezed(entry["text"]) in text
        for picture in page.iter("img"):
            assert picture.get("alt")
