"""What YAML and msgspec find in a file, in the words of a teacher who wrote it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import msgspec

from .._count import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

__all__ = ["of_shape", "of_syntax"]

_WHOLE = 'put the whole text in straight quotation marks ("…"), or below a line that ends in >-'

_COLON = f"a colon with a space after it cannot stand inside a bare text; {_WHOLE}"

_INDENT = (
    "the line is not indented like its neighbors, or the line above it has no colon after the name "
    "of its entry; make it begin in the same column as they do, or add the colon"
)

_SYNTAX = {
    "found character '\\t'": "a tab stands where spaces belong; put spaces in its place",
    "that cannot start any token": f"a text cannot begin with this sign; {_WHOLE}",
    "could not find expected ':'": (
        "a name without a colon after it, or a text that goes on but is not indented further than "
        "the line above; add the colon, or spaces before the text"
    ),
    "but found '<scalar>'": (
        "words follow after a closing quotation mark or bracket, or a quotation mark further up is "
        "not closed; put quotation marks around the whole text, and curly ones (“ ” ’) inside it"
    ),
    "expected <block end>": (
        "the line is not indented like its neighbors, or its dash has no space after it; make it "
        "begin in the same column as they do"
    ),
    "expected ',' or": (
        "a bracket is opened and not closed, a comma is missing, or an apostrophe ended a text in "
        "single quotation marks; add what is missing, or put double quotation marks around the text"
    ),
    "unknown escape character": (
        "a backslash in double quotation marks means something else; use single ones ('…')"
    ),
    "expected a comment or a line break": (
        "after > or | the text begins on the next line; move it down, or put quotation marks "
        "around the whole line"
    ),
    "another document": "three dashes begin a second document; take the line out",
}
"""A piece of what PyYAML says, and what a teacher can do; the first that fits is taken."""

_BEGUN = ("while scanning a quoted scalar", "while scanning a simple key")
"""Where what was begun is of more help than where PyYAML noticed."""


def of_syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """Give the line, counted from 1, that is not plain YAML, and what to do about it.

    Parameters
    ----------
    error
        What PyYAML says.
    text
        The whole file.
    """
    mark = error.problem_mark or error.context_mark
    if error.context in _BEGUN and "escape" not in (error.problem or ""):
        mark = error.context_mark
        if error.context == _BEGUN[0]:
            found = "a quotation mark is opened here and not closed; close it at the text's end"
            return _line(mark), found
    if mark and "mapping values are not allowed" in (error.problem or ""):
        before = text.splitlines()[mark.line][: mark.column]
        return _line(mark), _COLON if ":" in before or '"' in before else _INDENT
    fitting = (said for piece, said in _SYNTAX.items() if piece in (error.problem or ""))
    otherwise = f"this is not plain YAML ({error.problem}); mend the line or the one above it"
    return _line(mark), next(fitting, otherwise)


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else 1


def of_shape(message: str, place: str, shape: type[object]) -> str:
    """Say what msgspec found in a teacher's words, and what is allowed instead."""
    fields, words, forms = _vocabulary(shape)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", message):
        close = difflib.get_close_matches(found[1], fields, n=1)
        meant = f"did you mean '{close[0]}'" if close else "take it out or correct its spelling"
        if " " in found[1]:
            meant = "if it is part of a text with a comma, put quotation marks around the text"
        return f"there is no entry called '{found[1]}' here; {meant}"
    if found := re.fullmatch(r"Object missing required field `(.*)`", message):
        return (
            f"the entry '{found[1]}' is missing; add it, or where it is there, indent it like the "
            "entries beside it"
        )
    if found := re.fullmatch(r"Invalid (?:enum )?value '(.*)'", message):
        allowed = filter(None, words.get(re.sub(r"\[\d+\]$", "", place).rpartition(".")[2], ()))
        return f"'{found[1]}' is not allowed here; allowed are {', '.join(allowed)}"
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", message):
        wanted, given = found[1].removesuffix(" | null"), found[2]
        mend = _MENDS.get((wanted, given), "")
        return f"expected {_KINDS.get(wanted, wanted)}, found {_KINDS.get(given, given)}{mend}"
    if message == "Invalid RFC3339 encoded date":
        return f"this is not {_KINDS['date']}; write the year, the month and the day like that"
    if found := re.fullmatch(r"Expected `array` of length (>=|<=) (\d+)", message):
        least = "at least" if found[1] == ">=" else "at most"
        return f"the list needs {least} {counted(int(found[2]), 'entry', 'entries')}"
    if found := re.fullmatch(r"Expected `str` matching regex '(.*)'", message):
        pattern = found[1].replace("\\\\", "\\")  # as in the source of a program
        form = forms.get(pattern, pattern)
        return f"the text does not have the form that is asked for here: {form}"
    if message == "Expected `str` of length >= 1":
        return "the text is empty; write it"
    return message[:1].lower() + message[1:]


_KINDS = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date such as 2021-11-10",
    "float": "a number",
    "int": "a whole number",
    "null": "nothing",
    "object": "an entry with named parts",
    "str": "text",
}


_MENDS = {
    **dict.fromkeys(
        [("str", "bool"), ("str", "int"), ("str", "float"), ("str", "date"), ("str", "null")],
        "; put quotation marks around it",
    ),
    **dict.fromkeys(
        [("float", "str"), ("int", "str")], "; write digits alone, with a point for decimals"
    ),
}
"""What to do where one kind of value stands in the place of another."""


def _vocabulary(
    shape: type[object],
) -> tuple[set[str], dict[str, tuple[str, ...]], dict[str, str]]:
    """Collect the names of all fields of a shape, the words some allow, the forms of others."""
    fields: set[str] = set()
    words: dict[str, tuple[str, ...]] = {}
    forms: dict[str, str] = {}
    schema = msgspec.json.schema(shape)
    for definition in schema["$defs"].values():
        for name, rule in definition.get("properties", {}).items():
            fields.add(name)
            if "enum" in rule:
                words[name] = tuple(dict.fromkeys((*words.get(name, ()), *rule["enum"])))
    for rule in _rules(schema):
        if "pattern" in rule and "description" in rule:
            forms[rule["pattern"]] = rule["description"]
    return fields, words, forms


def _rules(schema: Any) -> Iterator[dict[str, Any]]:
    """Go through a JSON Schema, however deep its rules stand."""
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _rules(inner)
