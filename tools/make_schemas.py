"""Write the JSON Schemas of the key's files: ``python tools/make_schemas.py``.

Editors that know the YAML language server complete and check ``data/*.yaml`` with them. They are
made from the types that the loader itself uses, so the two cannot disagree.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from lesson.geography.places import PlaceFile, ScaleFile
from lesson.key.check_file import CheckFile
from lesson.key.keyfile import CardFile, ExerciseFile, WordFile
from lesson.key.material import LessonInfo

FOLDER = Path(__file__).parents[1] / "data" / "schema"

SHAPES = {
    "border_scales": ScaleFile,
    "cards": CardFile,
    "check": CheckFile,
    "exercises": ExerciseFile,
    "lesson": LessonInfo,
    "places": PlaceFile,
    "words": WordFile,
}


def schemas() -> dict[str, str]:
    """Give the text of each schema file, by name."""
    return {
        name: json.dumps(msgspec.json.schema(shape), indent=1, ensure_ascii=False) + "\n"
        for name, shape in SHAPES.items()
    }


def main() -> int:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
