from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from lesson.errors import KeyFileError
from lesson.key.check_file import CheckFile, load_check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def forms(root: Path) -> CheckFile:
    return load_check(root)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    shutil.copy(root / "data" / "check.yaml", tmp_path / "data")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "data" / "check.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_forms_are_parallel_and_mostly_genuine(forms: CheckFile) -> None:
    for first, second in zip(forms.form("A").items, forms.form("B").items, strict=True):
        assert (first.sort, first.difficulty, first.verdict) == (
            *(second.sort, second.difficulty, second.verdict),
        )
        longer = max(len(first.text), len(second.text))
        assert abs(len(first.text) - len(second.text)) < 0.25 * longer
    verdicts = [item.verdict for form in forms.forms for item in form.items]
    assert (len(verdicts), verdicts.count("genuine")) == (12, 8)


def test_neither_looks_nor_place_give_a_verdict_away(forms: CheckFile) -> None:
    """Neither the length of a text nor its difficulty tells genuine items from others."""
    items = forms.form("A").items
    lengths = {v: [len(i.text) for i in items if i.verdict == v] for v in ("genuine", "not")}
    assert min(lengths["genuine"]) < max(lengths["not"])
    assert min(lengths["not"]) < max(lengths["genuine"])
    easy = {item.verdict for item in items if item.difficulty == "easy"}
    hard = {item.verdict for item in items if item.difficulty == "hard"}
    assert easy == hard == {"genuine", "not"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("verdict: genuine", "verdict: not", "3 of 6 items are genuine"),
        ("id: b-ferry", "id: a-pool", "the id 'a-pool' stands twice"),
        ("difficulty: easy", "difficulty: hard", "the two forms are not parallel, 'a-pool' has"),
        ("name: A", "name: B", "the first form is A and the second is B"),
        ("difficulty: easy", "difficulty: simple", "allowed are easy, hard, medium"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused(copy: Path, old: str, new: str, said: str) -> None:
    change(copy, old, new)
    with pytest.raises(KeyFileError, match=rf"^check\.yaml, line \d+, forms.*{said}"):
        load_check(copy)
