from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lesson.errors import KeyFileError
from lesson.key._yaml import read_yaml
from lesson.key.keyfile import CardFile, ExerciseFile, Key, WordFile, anchors_of, load_key
from lesson.key.material import LessonInfo
from lesson.key.schema import Exercise
from tests.examples import EXERCISES, make_exercise, outcome_of, sentence_of, small_key, write_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lesson import Lesson


def refusal(folder: Path, change: Callable[[dict[str, Any]], None], kind: str = "choose") -> str:
    """Give the sentence with which a small key is refused after a change."""
    key = small_key(kind)
    change(key)
    write_key(folder, key)
    return sentence_of(KeyFileError, lambda: load_key(folder))


def exercise_of(key: dict[str, Any]) -> dict[str, Any]:
    exercise: dict[str, Any] = key["small.yaml"]["exercises"][0]
    return exercise


@pytest.mark.parametrize("kind", EXERCISES)
def test_a_good_key_of_every_kind_is_loaded(kind: str, tmp_path: Path) -> None:
    write_key(tmp_path, small_key(kind))
    key = load_key(tmp_path)
    assert list(key.notebooks["small"].exercises.values()) == [make_exercise(kind)]
    assert list(key.cards) == ["card-a", "card-b"]
    assert list(key.words) == ["byline"]
    assert key.notebooks["small"].decks["deck"].judged_by == f"a-{kind}"


@pytest.mark.parametrize("kind", [kind for kind in EXERCISES if kind != "write"])
def test_every_exercise_but_a_free_text_has_a_hint(kind: str, tmp_path: Path) -> None:
    sentence = refusal(tmp_path, lambda key: exercise_of(key).pop("hint"), kind)
    assert "exercises[0]: the entry 'hint' is missing; add it" in sentence


@pytest.mark.parametrize("kind", EXERCISES)
@pytest.mark.parametrize("field", ["id", "question", "explanation", "next_step", "kind"])
def test_a_missing_field_is_named(field: str, kind: str, tmp_path: Path) -> None:
    sentence = refusal(tmp_path, lambda key: exercise_of(key).pop(field), kind)
    assert sentence.startswith("small.yaml, line ")
    assert f"exercises[0]: the entry '{field}' is missing" in sentence


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        ("choose", "options"),
        ("choose-many", "options"),
        ("sort", "statements"),
        ("match", "pairs"),
        ("mark", "targets"),
        ("rank", "items"),
    ],
)
def test_every_entry_needs_an_explanation(kind: str, entries: str, tmp_path: Path) -> None:
    missing = refusal(
        tmp_path / "1", lambda key: exercise_of(key)[entries][1].pop("explanation"), kind
    )
    assert f"exercises[0].{entries}[1]: the entry 'explanation' is missing" in missing
    empty = refusal(
        tmp_path / "2", lambda key: exercise_of(key)[entries][1].update(explanation=""), kind
    )
    assert f"exercises[0].{entries}[1].explanation: the text is empty" in empty


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"explanaton": "x"}, "there is no entry called 'explanaton' here; did you mean 'explana"),
        ({"kind": "quiz"}, "'quiz' is not allowed here; allowed are choose"),
        ({"id": "Not An Id"}, "exercises[0].id: the text does not have the form"),
        ({"question": ["a"]}, "exercises[0].question: expected text, found a list"),
        ({"question": 3}, "exercises[0].question: expected text, found a whole number"),
        ({"options": []}, "exercises[0].options: the list needs at least 2 entries"),
        ({"hint": "look"}, "exercises[0].hint: expected an entry with named parts, found text"),
        ({"hint": {"text": "T", "at": {"part": "p0"}}}, "exercises[0].hint.at.part: the text"),
        ({"hint": {"text": "T", "at": {"part": "foot"}}}, "exercises[0].hint.at.part: the text"),
        ({"explanation": "a <b>bold</b> claim"}, "exercises[0].explanation: HTML is not allowed"),
        ({"sources": [{"name": "N"}]}, "exercises[0].sources[0]: the entry 'date' is missing"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    sentence = refusal(tmp_path, lambda key: exercise_of(key).update(change))
    assert sentence.startswith("small.yaml, line ")
    assert said in sentence


def card(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda key: key["cards.yaml"]["cards"][1].update(changes)


def without(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda key: key["cards.yaml"]["cards"][1].pop(field)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("date"), "cards[1]: the entry 'date' is missing"),
        (without("address"), "cards[1]: the entry 'address' is missing"),
        (card(address="www.example.org"), "cards[1].address: the text does not have the form"),
        (card(address="javascript:alert(1)"), "cards[1].address: the text does not have"),
        (card(date="someday"), "cards[1].date:"),
        (card(date="2021-02-31"), "cards[1].date:"),
        (card(strength="huge"), "'huge' is not allowed here; allowed are medium, strong, weak"),
        (card(publisher_kind="blog"), "cards[1].publisher_kind: 'blog' is not allowed here"),
        (card(id="card-a"), "cards[1].id: 'card-a' stands twice (first in cards.yaml, line"),
        (card(says="<script>alert(1)</script>"), "cards[1].says: HTML is not allowed"),
    ],
)
def test_a_wrong_card_is_named(
    change: Callable[[dict[str, Any]], None], said: str, tmp_path: Path
) -> None:
    sentence = refusal(tmp_path, change)
    assert sentence.startswith("cards.yaml, line ")
    assert said in sentence


def deck(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda key: key["small.yaml"]["decks"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (deck(cards=["card-a", "nope"]), "decks[0].cards[1]: there is no card 'nope'"),
        (deck(cards=[]), "decks[0].cards: the list needs at least 1 entry"),
        (deck(judged_by="nope"), "decks[0].judged_by: there is no exercise 'nope' in this file"),
        (deck(id="a-choose"), "decks[0].id: 'a-choose' stands twice"),
        (deck(id="card-a"), "decks[0].id: 'card-a' stands twice (first in cards.yaml, line"),
    ],
)
def test_a_wrong_deck_is_named(
    change: Callable[[dict[str, Any]], None], said: str, tmp_path: Path
) -> None:
    sentence = refusal(tmp_path, change)
    assert sentence.startswith("small.yaml, line ")
    assert said in sentence


def test_two_exercises_with_one_id_in_two_files_are_named(tmp_path: Path) -> None:
    def change(key: dict[str, Any]) -> None:
        key["other.yaml"] = {"exercises": key["small.yaml"]["exercises"]}
        notebook = {"name": "other", "title": "O", "minutes": 1, "aim": "A"}
        key["lesson.yaml"]["notebooks"].append({**notebook, "exercises": "other.yaml"})

    sentence = refusal(tmp_path, change)
    assert sentence.startswith("other.yaml, line ")
    assert "exercises[0].id: 'a-choose' stands twice (first in small.yaml, line " in sentence


def test_two_notebooks_and_two_words_with_one_name_are_named(tmp_path: Path) -> None:
    notebooks = refusal(
        tmp_path / "1",
        lambda key: key["lesson.yaml"]["notebooks"].append(key["lesson.yaml"]["notebooks"][0]),
    )
    assert "notebooks[1].name: 'small' stands twice" in notebooks
    words = refusal(
        tmp_path / "2",
        lambda key: key["words.yaml"]["words"].append({"word": "byline", "meaning": "Again."}),
    )
    assert "words[1].word: 'byline' stands twice" in words


@pytest.mark.parametrize("name", ["lesson.yaml", "small.yaml"])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    write_key(tmp_path, small_key("choose"))
    (tmp_path / "data" / name).unlink()
    assert sentence_of(KeyFileError, lambda: load_key(tmp_path)).startswith(f"{name} is missing")


@pytest.mark.parametrize("name", ["cards.yaml", "words.yaml"])
def test_cards_and_words_may_be_left_out(name: str, tmp_path: Path) -> None:
    key = small_key("choose")
    key["small.yaml"].pop("decks")
    del key[name]
    write_key(tmp_path, key)
    assert load_key(tmp_path).notebooks["small"].exercises


@pytest.mark.parametrize("name", ["lesson.yaml", "small.yaml", "cards.yaml", "words.yaml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: &a [*a]", b"\t", b"[" * 5000])
def test_no_file_of_a_key_is_half_loaded(name: str, content: bytes, tmp_path: Path) -> None:
    write_key(tmp_path, small_key("choose"))
    (tmp_path / "data" / name).write_bytes(content)
    assert sentence_of(KeyFileError, lambda: load_key(tmp_path)).startswith(name)


@pytest.mark.parametrize("name", [".", "no such.yaml", "zero\0byte.yaml", "x" * 300])
def test_a_notebooks_file_that_is_none_is_one_sentence(name: str, tmp_path: Path) -> None:
    def change(key: dict[str, Any]) -> None:
        key["lesson.yaml"]["notebooks"][0]["exercises"] = name

    assert refusal(tmp_path, change)


def test_the_key_is_frozen(lesson: Lesson) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        lesson.key.info.title = "Other"  # type: ignore[misc]


# The shipped key -------------------------------------------------------------------------------


def shape_of(path: Path) -> type[object]:
    shapes: dict[str, type[object]] = {
        "lesson": LessonInfo,
        "cards": CardFile,
        "words": WordFile,
    }
    return shapes.get(path.stem, ExerciseFile)


KEY_FILES = ("lesson", "cards", "words", "start", "page", "sourcing", "quotes", "claims")


@pytest.mark.parametrize("name", KEY_FILES)
def test_every_shipped_key_file_has_its_shape(name: str, root: Path) -> None:
    path = root / "data" / f"{name}.yaml"
    assert read_yaml(path, shape_of(path)).content


def test_the_shipped_key_has_every_notebook_of_the_lesson(lesson: Lesson, root: Path) -> None:
    for info in lesson.key.info.notebooks:
        assert (root / "notebooks" / f"{info.name}.ipynb").is_file()
        assert lesson.key.notebooks[info.name].exercises


def test_every_anchor_of_an_exercise_is_listed() -> None:
    counts = {kind: len(list(anchors_of(make_exercise(kind)))) for kind in EXERCISES}
    assert counts == {
        "choose": 4,
        "choose-many": 4,
        "sort": 4,
        "match": 3,
        "mark": 3,
        "rank": 4,
        "estimate": 1,
        "write": 0,
    }


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """Change a text in a few places: take lines out, double, indent or swap them, or spoil one."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        junk = draw(st.sampled_from([*":-&*!{}[]'\"#|>%@\t,?", "<b>", "\x00", "é", "!!int "]))
        before, after = lines[at][:column], lines[at][column:]
        act = draw(st.integers(0, 5))
        changed = [
            [],
            [lines[at]] * 2,
            ["  " + lines[at]],
            [before],
            [before + junk + after],
            [before + after[1:]],
        ][act]
        lines[at : at + 1] = changed
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutated_key_is_loaded_whole_or_refused_in_a_sentence(
    data: st.DataObject, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "mutated"
    whole = yaml.safe_load((root / "data" / "page.yaml").read_text("utf-8"))
    first = yaml.safe_dump({"exercises": whole["exercises"][:2]}, allow_unicode=True, width=100)
    write_key(folder, small_key("choose"))
    text = data.draw(mutations(first))
    (folder / "data" / "small.yaml").write_text(text, encoding="utf-8")
    outcome = outcome_of(KeyFileError, lambda: load_key(folder))
    if isinstance(outcome, Key):
        exercises = outcome.notebooks["small"].exercises.values()
        assert exercises
        assert all(isinstance(exercise, Exercise) for exercise in exercises)
    else:
        assert str(outcome).startswith("small.yaml")


def test_a_deck_may_not_share_a_record_with_the_check(tmp_path: Path) -> None:
    key = small_key("choose")
    key["small.yaml"]["decks"][0]["id"] = "check-1"
    write_key(tmp_path, key)
    assert "'check-1' is kept for the check" in sentence_of(
        KeyFileError, lambda: load_key(tmp_path)
    )


def test_the_map_may_not_share_a_record_with_an_exercise(tmp_path: Path) -> None:
    key = small_key("choose") | {"places.yaml": {"map": {"id": "a-choose"}}}
    write_key(tmp_path, key)
    said = sentence_of(KeyFileError, lambda: load_key(tmp_path))
    assert said.startswith("places.yaml, line ")
    assert "'a-choose' stands twice" in said


def test_the_key_knows_what_the_map_is_saved_for(tmp_path: Path) -> None:
    write_key(tmp_path, small_key("choose") | {"places.yaml": {"map": {"id": "my-map"}}})
    assert load_key(tmp_path).map_id == "my-map"
