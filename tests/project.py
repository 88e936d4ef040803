"""What the guards look at: the files of this project, and the words in them."""

from __future__ import annotations

import html
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEFT_OUT = frozenset(
    ["__pycache__", "answers", "build", "dist", "env", "node_modules", "site-packages", "venv"]
)


def project_files(root: Path) -> list[Path]:
    """List the files that git tracks or would track; without git, all but what tools leave."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return sorted(_walked(root))
    if done.returncode:
        return sorted(_walked(root))
    paths = (root / name for name in set(done.stdout.split("\0")) if name)
    return sorted(path for path in paths if path.is_file())


def _walked(root: Path) -> Iterator[Path]:
    for path in root.iterdir():
        if path.is_file():
            yield path
        elif path.name not in _LEFT_OUT and (path.name == ".ci" or path.name[0] != "."):
            yield from _walked(path)


def text_of(path: Path) -> str:
    """Give the text of a file, that of JSON and notebooks without its escapes; "" for binary."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
    if path.suffix in {".ipynb", ".json", ".geojson"}:
        text = "\n".join(_strings(json.loads(text)))
    return html.unescape(text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            yield "".join(value)  # a notebook keeps a text as a list of its lines
        else:
            for item in value:
                yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _strings(item)


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words of a text, whatever stands between them."""
    words = re.findall(r"[^\W_]+", re.sub(r"[’'.]", "", text.lower()))
    return set(zip(*(words[start:] for start in range(length)), strict=False))
