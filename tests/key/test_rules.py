from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from lesson.errors import KeyFileError
from lesson.key.keyfile import load_key
from tests.examples import sentence_of, small_key, write_key

if TYPE_CHECKING:
    from pathlib import Path


def refusal(folder: Path, kind: str, **changes: Any) -> str:
    """Give the sentence with which a key is refused whose exercise of a kind is changed."""
    key = small_key(kind)
    key["small.yaml"]["exercises"][0].update(changes)
    write_key(folder, key)
    sentence = sentence_of(KeyFileError, lambda: load_key(folder))
    assert sentence.startswith("small.yaml, line ")
    return sentence


def option(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": f"Text {name}", "explanation": "E", "at": {"part": "p1"}, **more}


def target(marker: str, part: str = "p1") -> dict[str, Any]:
    return {"id": "t", "at": {"part": part, "marker": marker}, "explanation": "E"}


X, Y = {"id": "x", "text": "Ex"}, {"id": "y", "text": "Why"}


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("choose", {"options": [option("a"), option("b")]}, "exercises[0].options: no option"),
        (
            "choose",
            {"options": [option("a", correct=True), option("b", text="Text a")]},
            "exercises[0].options[1].text: the same text stands in two options",
        ),
        (
            "choose",
            {"options": [option("a", correct=True), option("b", correct=True)]},
            "exercises[0]: 2 options of 'a-choose' are marked 'correct: true'; say under",
        ),
        (
            "choose",
            {"options": [option("a", correct=True), option("a")]},
            "exercises[0].options[1].id: the id 'a' stands twice",
        ),
        (
            "choose-many",
            {"options": [option("b", correct=True), option("b")]},
            "exercises[0].options[1].id: the id 'b' stands twice",
        ),
        (
            "sort",
            {"statements": [option("a", category="x"), option("b", category="z")]},
            "exercises[0].statements[1].category: 'z' is no category; allowed are x, y",
        ),
        (
            "sort",
            {"statements": [option("a", category="x"), option("b", category="y", also=["q"])]},
            "exercises[0].statements[1].also: 'q' is no category; allowed are x, y",
        ),
        (
            "sort",
            {"statements": [option("a", category="x"), option("b", category="x")]},
            "exercises[0].categories[1]: 'y' is not used by any entry",
        ),
        (
            "sort",
            {"categories": [X, {**Y, "empty": True}]},
            "exercises[0].categories[1]: 'y' is used; take 'empty: true' out",
        ),
        (
            "sort",
            {"categories": [X, Y, X]},
            "exercises[0].categories[2].id: the id 'x' stands twice",
        ),
        (
            "sort",
            {"statements": [option("a", category="x"), option("a", category="y")]},
            "exercises[0].statements[1].id: the id 'a' stands twice",
        ),
        (
            "match",
            {"pairs": [option("a", choice="x"), option("b", choice="z")]},
            "exercises[0].pairs[1].choice: 'z' is no choice; allowed are x, y",
        ),
        (
            "match",
            {"choices": [X, Y, {"id": "z", "text": "Z"}]},
            "exercises[0].choices[2]: 'z' is not used by any entry",
        ),
        (
            "match",
            {"choices": [X, {**Y, "empty": True}]},
            "exercises[0].choices[1]: 'y' is used",
        ),
        (
            "mark",
            {"targets": [target("old bridge"), target("bolt", "p2")]},
            "exercises[0].targets[1].id: the id 't' stands twice",
        ),
        (
            "mark",
            {"targets": [target("With", "credit")]},
            "exercises[0].targets[0].at.part: 'credit' is no part of this exercise",
        ),
        (
            "mark",
            {"targets": [target("--")]},
            "exercises[0].targets[0].at.marker: there is no word in '--' to mark",
        ),
        ("rank", {"top": 4}, "exercises[0].top: asks for the first 4 of only 3 items"),
        ("rank", {"top": 0}, "exercises[0].top: expected `int` >= 1"),
        (
            "rank",
            {"items": [option("a"), option("a")]},
            "exercises[0].items[1].id: the id 'a' stands twice",
        ),
        (
            "estimate",
            {"near": 5},
            "exercises[0].near: 'near' (5) is smaller than 'tolerance' (10)",
        ),
        ("estimate", {"value": float("nan")}, "exercises[0].value: 'nan' is no number"),
        ("estimate", {"near": float("inf")}, "exercises[0].near: 'inf' is no number"),
        ("estimate", {"tolerance": -1}, "exercises[0].tolerance: expected `float` >= 0"),
    ],
)
def test_a_broken_rule_is_said_with_its_place(
    kind: str, changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    assert said in refusal(tmp_path, kind, **changes)


def test_a_category_that_is_only_defensible_is_used(tmp_path: Path) -> None:
    key = small_key("sort")
    statements = [option("a", category="x"), option("b", category="x", also=["y"])]
    key["small.yaml"]["exercises"][0]["statements"] = statements
    write_key(tmp_path, key)
    assert load_key(tmp_path).notebooks["small"].exercises


@pytest.mark.parametrize(("kind", "name"), [("sort", "categories"), ("match", "choices")])
def test_a_category_that_is_empty_on_purpose_is_allowed(
    kind: str, name: str, tmp_path: Path
) -> None:
    key = small_key(kind)
    key["small.yaml"]["exercises"][0][name] = [X, Y, {"id": "z", "text": "Z", "empty": True}]
    write_key(tmp_path, key)
    assert load_key(tmp_path).notebooks["small"].exercises


def test_near_may_be_as_wide_as_tolerance(tmp_path: Path) -> None:
    key = small_key("estimate")
    key["small.yaml"]["exercises"][0]["near"] = 10
    write_key(tmp_path, key)
    assert load_key(tmp_path).notebooks["small"].exercises


def test_the_line_is_that_of_the_entry_in_the_file(tmp_path: Path) -> None:
    key = small_key("rank")
    key["small.yaml"]["exercises"][0]["top"] = 9
    write_key(tmp_path, key)
    lines = (tmp_path / "data" / "small.yaml").read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.strip() == "top: 9")
    sentence = sentence_of(KeyFileError, lambda: load_key(tmp_path))
    assert sentence.startswith(f"small.yaml, line {number}, exercises[0].top:")
    assert yaml.safe_load("\n".join(lines))["exercises"][0]["top"] == 9
