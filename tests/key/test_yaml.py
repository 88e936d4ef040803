from __future__ import annotations

import json
import re
import time
import tracemalloc
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lesson.errors import KeyFileError
from lesson.geography.places import PlaceFile, ScaleFile
from lesson.key._yaml import LARGEST_FILE, read_yaml
from lesson.key._yaml_messages import _vocabulary
from lesson.key.check_file import CheckFile
from lesson.key.keyfile import CardFile, ExerciseFile, WordFile
from lesson.key.material import Card, LessonInfo
from lesson.key.schema import Source
from tests.examples import EXERCISES, outcome_of, sentence_of

if TYPE_CHECKING:
    from pathlib import Path


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    size: int = 0
    kinds: tuple[str, ...] = ()


class Things(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    things: Annotated[tuple[Thing, ...], msgspec.Meta(min_length=1)]


@pytest.fixture
def things(tmp_path: Path) -> Path:
    return tmp_path / "things.yaml"


def refusal(path: Path, content: str | bytes, shape: type[object] = Things) -> str:
    """Write a file and give the one sentence with which it is refused."""
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return sentence_of(KeyFileError, lambda: read_yaml(path, shape))


def test_a_good_file_is_read_into_its_shape(things: Path) -> None:
    things.write_text("things:\n  - name: one\n  - {name: zwei, size: 2}\n", encoding="utf-8")
    file = read_yaml(things, Things)
    assert file.content == Things(things=(Thing("one"), Thing("zwei", 2)))


def test_a_place_is_named_by_file_line_and_path(things: Path) -> None:
    things.write_text("things:\n  - name: one\n  - name: two\n    size: 2\n", encoding="utf-8")
    file = read_yaml(things, Things)
    assert file.where("things[1].size") == "things.yaml, line 4, things[1].size"
    assert file.where("things[1].kinds") == "things.yaml, line 3, things[1].kinds"


def test_a_byte_order_mark_does_no_harm(things: Path) -> None:
    things.write_bytes(b"\xef\xbb\xbfthings: [{name: one}]")
    assert read_yaml(things, Things).content.things[0].name == "one"


GOOD = "things:\n  - name: one\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("things:\n  - nam: one\n", ["line 2, things[0]:", "'nam'", "did you mean 'name'"]),
        ("things:\n  - name: one\n    zzz: 1\n", ["things[0]", "'zzz'", "take it out"]),
        ("things:\n  - size: 1\n", ["line 2, things[0]:", "'name' is missing"]),
        ("things:\n  - name: 5\n", ["line 2, things[0].name:", "expected text", "whole number"]),
        ("things:\n  - name: no\n", ["things[0].name:", "expected text", "true or false"]),
        ("things:\n  - name:\n", ["things[0].name:", "expected text", "found nothing"]),
        ("things:\n  - name: a\n    size: big\n", ["line 3, things[0].size:", "found text"]),
        ("things:\n  - name: a\n    kinds: b\n", ["things[0].kinds:", "expected a list"]),
        ("things:\n  - name: No\n", ["expected text", "put quotation marks around it"]),
        ("things:\n  - name: a\n    size: 12,400\n", ["found text", "write digits alone"]),
        ("things:\n  - {name: a, according to her: 1}\n", ["a text with a comma"]),
        ("things: 3\n", ["line 1, things:", "expected a list", "whole number"]),
        ("things: []\n", ["line 1, things:", "at least 1 entry"]),
        ("- name: one\n", ["things.yaml, line 1:", "named parts", "found a list"]),
        ("just words", ["things.yaml, line 1:", "named parts", "found text"]),
        (GOOD + "things: []\n", ["line 3", "'things' stands twice"]),
        ("things:\n  - name: a\n    name: b\n", ["line 3, things[0]", "'name' stands twice"]),
        ("things:\n  - name: a\n    size: 2021-02-31\n", ["line 3, things[0].size:", "day"]),
        ("things:\n  - name: a\n    ? [b, c]\n    : d\n", ["things[0]:", "a list"]),
        ("things:\n  - name: a\n    5: d\n", ["things[0]:", "'5'"]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: list[str], things: Path) -> None:
    sentence = refusal(things, text)
    assert sentence.startswith("things.yaml")
    for piece in said:
        assert piece in sentence


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("things:\n  - name: Why: because\n", 2, "inside a bare text"),
        ("things:\n  - name: “Why: because”\n", 2, "inside a bare text"),
        ("things:\n  - name: a\n     size: 3\n", 3, "not indented like"),
        ("things:\n  - name: a\n   size: 3\n", 3, "indented"),
        ("things:\n  - name: a\n  -name: b\n", 3, "dash"),
        ("things:\n  - name a\n    size: 3\n", 3, "no colon after the name"),
        ("things:\n  - name: a\n    size 3\n    kinds: []\n", 3, "without a colon"),
        ("things:\n  - name: >-\n    not\n    indented\n", 3, "without a colon"),
        ("things:\n\t- name: one\n", 2, "tab"),
        ("things:\n  - name: one\n\tsize: 1\n", 3, "tab"),
        ("things:\n  - name: 'one\n  - name: two\n", 2, "not closed"),
        ('things:\n  - name: "one\n  - name: two\n', 2, "not closed"),
        ("things:\n  - name: 'it's late'\n", 2, "curly ones"),
        ('things:\n  - name: "Stop," he said\n', 2, "curly ones"),
        ("things:\n  - name: [sic] he said\n", 2, "words follow"),
        ("things: [{name: 'people's lives'}]\n", 1, "double quotation marks"),
        ("things:\n  - name: @home\n", 2, "cannot begin with this sign"),
        ("things:\n  - name: > text\n", 2, "next line"),
        ('things:\n  - name: "C:\\dir"\n', 2, "backslash"),
        ("things: [{name: one}\n", 2, "bracket"),
        (GOOD + "---\n" + GOOD, 3, "three dashes"),
        ("things:\n  - name: !important\n", 2, "a tag"),
        ("things:\n  - name: &co is here\n", 2, "an anchor, '&co', is not allowed"),
        ("things:\n  - name: *not* now\n", 2, "not plain YAML"),
    ],
)
def test_a_slip_of_the_pen_is_said_in_words_of_a_teacher(
    text: str, line: int, said: str, things: Path
) -> None:
    sentence = refusal(things, text)
    assert sentence.startswith(f"things.yaml, line {line}: ")
    assert said in sentence


def test_a_text_that_yaml_would_cut_off_is_refused(things: Path) -> None:
    sentence = refusal(things, "things:\n  - name: room #4 is open\n")
    assert sentence.startswith("things.yaml, line 2, things[0].name: YAML takes '#4' and all after")
    remark = "things:  # what there is\n  - name: room  # four\n    size: 4 ## rows\n"
    things.write_text(remark + "  - name: 'room #4'\n  - name: A#4\n", "utf-8")
    names = [thing.name for thing in read_yaml(things, Things).content.things]
    assert names == ["room", "room #4", "A#4"]


def test_every_form_that_is_asked_for_is_said_in_words(things: Path) -> None:
    shapes = (ExerciseFile, LessonInfo, CardFile, WordFile, CheckFile, PlaceFile, ScaleFile)
    for shape in shapes:
        schema = json.dumps(msgspec.json.schema(shape))
        asked = {json.loads(f'"{p}"') for p in re.findall(r'"pattern": "(.*?)"', schema)}
        assert asked == set(_vocabulary(shape)[2]), shape
    assert "small letters, digits and hyphens" in refusal(things, "id: First Card\n", Card)


@pytest.mark.parametrize(
    ("date", "address", "said"),
    [
        ("March 14", "https://example.org/", "date: this is not a date such as 2021-11-10"),
        ("'2024/03/14'", "https://example.org/", "date: this is not a date such as 2021-11-10"),
        ("2024-03-14", "www.example.org", "an address that begins with https:// or http://"),
    ],
)
def test_a_date_and_an_address_are_asked_for_by_example(
    date: str, address: str, said: str, things: Path
) -> None:
    text = f"name: N\ndate: {date}\naddress: {address}\nsays: S\n"
    assert said in refusal(things, text, Source)


def test_allowed_words_are_listed(things: Path) -> None:
    text = "id: a\ntitle: T\npublisher: P\npublisher_kind: blog\n"
    sentence = refusal(things, text, Card)
    assert "line 4, publisher_kind: 'blog' is not allowed here" in sentence
    assert "official record" in sentence
    assert "aggregator or reprint" in sentence


def test_an_unknown_kind_of_exercise_lists_the_kinds(things: Path) -> None:
    sentence = refusal(things, "exercises:\n  - {id: a, kind: quiz}\n", ExerciseFile)
    assert "'quiz'" in sentence
    assert all(kind in sentence for kind in EXERCISES)


@pytest.mark.parametrize(
    "text",
    [
        "things: [{name: <b>bold</b>}]",
        "things: [{name: 'so <script>alert(1)</script>'}]",
        "things: [{name: '<!-- hidden -->'}]",
        'things: [{name: "\\u003cimg src=x onerror=alert(1)>"}]',
        "things: [{name: one, kinds: [a, '</p>']}]",
        "things: [{name: '< script >'}]",
    ],
)
def test_markup_is_refused_in_any_text(text: str, things: Path) -> None:
    sentence = refusal(things, text)
    assert "HTML is not allowed" in sentence
    assert "line 1, things[0]" in sentence


@given(name=st.sampled_from(["a < 5", "x <3", "1 > 0", "R&D", "a <- b", "5<6"]))
def test_a_sign_that_is_no_markup_is_text(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("signs") / "things.yaml"
    path.write_text(f"things: [{{name: '{name}'}}]", encoding="utf-8")
    assert read_yaml(path, Things).content.things[0].name == name


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.system [echo]",
        "!!python/object:lesson.errors.LessonError {}",
        "!!python/name:os.system",
        "!!binary aGVsbG8=",
        "!!set {a, b}",
        "!!bool maybe",
        "!!int ''",
        "!!float ''",
        "!!timestamp never",
        "!own value",
        "! value",
    ],
)
def test_tags_are_refused(tagged: str, things: Path) -> None:
    sentence = refusal(things, f"things:\n  - name: {tagged}\n")
    assert "line 2" in sentence
    assert "tag" in sentence


def test_an_alias_is_refused_even_a_harmless_one(things: Path) -> None:
    sentence = refusal(things, "things:\n  - {name: one}\n  - *a\n")
    assert "line 3" in sentence
    assert "alias, '*a', is not allowed" in sentence


def test_an_alias_bomb_takes_neither_memory_nor_time(things: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    tracemalloc.start()
    start = time.perf_counter()
    sentence = refusal(things, "\n".join(lines))
    took = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "is not allowed" in sentence
    assert took < 2
    assert peak < 5_000_000


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "? ", "- ", "[{a: ["])
def test_deep_nesting_is_refused(opening: str, things: Path) -> None:
    sentence = refusal(things, opening * 20_000)
    assert sentence.startswith("things.yaml")


def test_nesting_that_is_just_readable_is_refused_too(things: Path) -> None:
    for depth in range(20, 400, 20):
        sentence = refusal(things, f"things: {'[' * depth}{']' * depth}")
        assert sentence.startswith("things.yaml")


def test_a_number_written_in_sixties_does_not_hang_the_loader(things: Path) -> None:
    start = time.perf_counter()
    refusal(things, f"things: [{{name: a, size: 1{':1' * 300_000}}}]")
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "0b_", "0x_", "0o_", "2021-13-01", "9999-99-99", "+.inf"]
)
def test_odd_numbers_are_one_sentence(number: str, things: Path) -> None:
    assert "things[0].size" in refusal(things, f"things: [{{name: a, size: {number}}}]")


@pytest.mark.parametrize(
    "name", ['"\\ud800"', '"\\U00110000"', '"\\UFFFFFFFF"', '"\\xzz"', '"\\q"']
)
def test_escapes_of_no_character_are_one_sentence(name: str, things: Path) -> None:
    assert "line 1" in refusal(things, f"things: [{{name: {name}}}]")


def test_bytes_that_are_not_utf8_are_named_with_their_line(things: Path) -> None:
    sentence = refusal(things, b"things:\n  - name: caf\xe9\n")
    assert sentence.startswith("things.yaml, line 2: the byte 0xe9 is not UTF-8")


@pytest.mark.parametrize("data", [b"\x00\x01", b"things: \x07", b"\xff\xfet\x00h\x00"])
def test_binary_files_are_one_sentence(data: bytes, things: Path) -> None:
    assert refusal(things, data).startswith("things.yaml, line 1:")


@pytest.mark.parametrize("content", ["", "\n\n", "# only a remark\n", "---\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(content: str, things: Path) -> None:
    assert "empty" in refusal(things, content)


def test_a_missing_file_says_where_it_belongs(things: Path) -> None:
    sentence = sentence_of(KeyFileError, lambda: read_yaml(things, Things))
    assert sentence == f"things.yaml is missing: it belongs in {things.parent}."


def test_a_folder_cannot_be_read(things: Path) -> None:
    things.mkdir()
    assert "cannot be read" in sentence_of(KeyFileError, lambda: read_yaml(things, Things))


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(things: Path) -> None:
    start = time.perf_counter()
    sentence = refusal(things, b"x" * (LARGEST_FILE + 1))
    assert time.perf_counter() - start < 1
    assert "1,000,001 bytes" in sentence


def test_the_largest_file_that_is_allowed_is_read(things: Path) -> None:
    text = "things: [{name: one}]\n"
    things.write_text(text + "#" * (LARGEST_FILE - len(text)), encoding="utf-8")
    assert read_yaml(things, Things).content.things[0].name == "one"


yaml_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["things", "name", "size", "kinds"]), inner, max_size=3)
    ),
    max_leaves=10,
)

FRAGMENTS = [
    *"[]{}:,-?&*!|>'\"%@#~ \n\t<=.0",
    "things",
    "name",
    "- ",
    ": ",
    "<<",
    "&a ",
    "*a",
    "!!",
    "!!int ",
    "---",
    "...",
    "2021-02-30",
    "1:2",
    "\\x",
    "\x00",
    "\x85",
    "é",
    "\u2028",
]


def read_or_refused(path: Path) -> bool:
    outcome = outcome_of(KeyFileError, lambda: read_yaml(path, Things).content)
    return isinstance(outcome, Things) or str(outcome).startswith("things.yaml")


@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused_in_a_sentence(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "things.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert read_or_refused(path)


@given(value=yaml_values)
def test_any_value_is_read_or_refused_in_a_sentence(
    value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "things.yaml"
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    assert read_or_refused(path)
