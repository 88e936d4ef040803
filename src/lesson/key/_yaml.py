"""Read one YAML file into one typed object, or say in one sentence why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
import yaml

from ..errors import KeyFileError
from ._yaml_messages import of_shape, of_syntax

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["YamlFile", "read_yaml"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LARGEST_FILE = 1_000_000
"""Bytes; a key of a long article with sixty exercises is about a tenth of this."""

LONGEST_NUMBER = 60
"""Characters of a number, or of a date with its time."""

_MARKUP = re.compile(r"<\s*[A-Za-z/!?]")
_REMARK = re.compile(r"[ \t]+(#[^\s#]\S*)")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
_TAG = "tag:yaml.org,2002:"


class YamlFile(Generic[T_co]):
    """The content of a YAML file, and where in the file each piece of it stands."""

    def __init__(self, path: Path, content: T_co, lines: dict[str, int]) -> None:
        self.path = path
        self.content = content
        self._lines = lines

    def where(self, path: str) -> str:
        """Name a place: file, line and the path of the entry, such as ``exercises[0].id``."""
        return _where(self.path, self._lines, path)


def read_yaml(path: Path, shape: type[T]) -> YamlFile[T]:
    """Read the YAML file at `path` as a `shape`.

    Only plain YAML is read: no aliases (a few lines of them can fill the memory), no tags,
    no key twice in one mapping, no markup in any text.

    Raises
    ------
    KeyFileError
        When the file is missing, not UTF-8, not YAML, or not of that shape.
    """
    text = _read_text(path)
    try:
        node = _compose(path, text)
        lines, names = _look_through(path, text, node)
        try:
            content = msgspec.convert(_PlainConstructor().construct_document(node), shape)
        except msgspec.ValidationError as error:
            message, _, place = str(error).partition(" - at `$")
            place = place.rstrip("`").removeprefix(".")
            said = of_shape(message, place, shape)
            raise KeyFileError(f"{_where(path, lines, place)}: {said}.") from None
        except _UnfitError as error:
            place = names.get(id(error.node), "")
            raise KeyFileError(f"{_where(path, lines, place)}: {error}.") from None
    except yaml.MarkedYAMLError as error:
        line, said = of_syntax(error, text)
        raise KeyFileError(f"{path.name}, line {line}: {said}.") from None
    except RecursionError:
        raise KeyFileError(f"{path.name}: entries stand too deep inside each other.") from None
    return YamlFile(path, content, lines)


def _compose(path: Path, text: str) -> yaml.Node:
    try:
        loader = _PlainLoader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        raise _not_plain(path, line, "a character that no text has") from None
    try:
        node: yaml.Node | None = loader.get_single_node()
    except (ValueError, OverflowError):  # An escape such as "\\U00110000" names no character.
        raise _not_plain(path, loader.line, "an escape that names no character") from None
    if node is None or node.tag == _TAG + "null":
        raise KeyFileError(f"{path.name}: the file is empty; the guide shows what belongs in it.")
    return node


def _look_through(path: Path, text: str, node: yaml.Node) -> tuple[dict[str, int], dict[int, str]]:
    """Note the line of each place and the place of each node; refuse what no text may hold."""
    lines: dict[str, int] = {}
    names: dict[int, str] = {}
    for place, child in _walk(node, ""):
        lines[place] = child.start_mark.line + 1
        names[id(child)] = place
        if isinstance(child, yaml.ScalarNode):
            if child.style is None and (lost := _REMARK.match(text, child.end_mark.index)):
                raise KeyFileError(
                    f"{_where(path, lines, place)}: YAML takes '{lost[1]}' and all after it for a "
                    "remark and leaves it out; put the whole text in quotation marks, or a space "
                    "after the # of a remark."
                )
            if _MARKUP.search(child.value):
                raise KeyFileError(
                    f"{_where(path, lines, place)}: HTML is not allowed in a key, found "
                    f"'{child.value[:40]}'; write plain text."
                )
            if _HALF_CHARACTERS.search(child.value):
                raise KeyFileError(
                    f"{_where(path, lines, place)}: an escape stands for half a character only; "
                    "write the character itself."
                )
    return lines, names


def _not_plain(path: Path, line: int, problem: str) -> KeyFileError:
    return KeyFileError(f"{path.name}, line {line + 1}: {problem} stands here; take it out.")


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyFileError(f"{path.name} is missing: it belongs in {path.parent}.") from None
    except (OSError, ValueError) as error:
        # A name with a zero byte in it is a ValueError.
        reason = getattr(error, "strerror", None) or error
        raise KeyFileError(f"{path.name} cannot be read ({reason}).") from None
    if len(data) > LARGEST_FILE:
        raise KeyFileError(
            f"{path.name} has {len(data):,} bytes, more than the {LARGEST_FILE:,} a key may have."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KeyFileError(
            f"{path.name}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8 (in Notepad: Save as, Encoding)."
        ) from None


def _where(path: Path, lines: dict[str, int], place: str) -> str:
    known = place
    while known and known not in lines:  # A missing field has no line: its parent has one.
        known = re.sub(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]*)$", "", known)
    line = f", line {lines[known]}" if known in lines else ""
    return f"{path.name}{line}, {place}" if place else f"{path.name}{line}"


class _UnfitError(Exception):
    """A node of the file of which no plain value can be made."""

    def __init__(self, node: yaml.Node, said: str) -> None:
        super().__init__(said)
        self.node = node


class _PlainLoader(yaml.SafeLoader):
    """Composes nodes as YAML's safe loader does, but follows no alias and takes no tag."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # untyped in the stubs
        found = ""
        if isinstance(event, yaml.AliasEvent):
            found = f"an alias, '*{event.anchor}',"
        elif tag := getattr(event, "tag", None):
            found = f"a tag, '{tag}',"
        elif anchor := getattr(event, "anchor", None):
            # Without aliases it names nothing, and it would swallow a word of somebody's text.
            found = f"an anchor, '&{anchor}',"
        if found:
            raise yaml.composer.ComposerError(
                None,
                None,
                f"{found} is not allowed; if it is part of a text, put the text in quotation marks",
                event.start_mark,
            )
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class _PlainConstructor(yaml.constructor.SafeConstructor):
    """Builds plain values, and refuses a mapping in which one name stands twice."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.tag != _TAG + "str":
            # Longer ones take minutes: 1:1:1… is one number to YAML, in sixties.
            if len(node.value) > LONGEST_NUMBER:
                raise _UnfitError(node, f"'{node.value[:20]}…' is too long for a number")
            try:
                return super().construct_object(node, deep)
            except (ValueError, OverflowError) as error:
                raise _UnfitError(
                    node, f"'{node.value}' is no date and no number ({error})"
                ) from None
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for name, value in node.value:
            if name.tag != _TAG + "str":
                found = f"'{name.value}'" if isinstance(name, yaml.ScalarNode) else "a list"
                raise _UnfitError(
                    node, f"the name of an entry has to be a word, found {found}; correct it"
                )
            if name.value in seen:
                raise _UnfitError(
                    value,
                    f"'{name.value}' stands twice in one entry; take one out, or put a dash before "
                    "the second where a new entry begins",
                )
            seen.add(name.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _walk(node: yaml.Node, place: str) -> Iterator[tuple[str, yaml.Node]]:
    yield place, node
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _walk(value, f"{place}.{name.value}" if place else str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, f"{place}[{index}]")
