"""The static form of an exercise: question and options as text, for print and without a kernel."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["as_html", "as_text"]


def as_text(content: dict[str, Any]) -> str:
    """Write an exercise as plain text.

    Examples
    --------
    >>> print(
    ...     as_text(
    ...         {
    ...             "kind": "choose",
    ...             "question": "Who?",
    ...             "instruction": "Choose one.",
    ...             "options": [{"id": "a", "text": "A reporter"}],
    ...         }
    ...     )
    ... )
    Who?
    Choose one.
      ( ) A reporter
    """
    if content["kind"] == "cards":
        return "\n".join((content["title"], *map(_card_line, content["cards"])))
    return "\n".join((content["question"], content["instruction"], *_lines(content)))


def _lines(content: dict[str, Any]) -> Iterator[str]:
    match content["kind"]:
        case "choose":
            yield from (f"  ( ) {option['text']}" for option in content["options"])
        case "choose-many":
            yield from (f"  [ ] {option['text']}" for option in content["options"])
        case "sort" | "match":
            yield f"  To choose from: {'; '.join(c['text'] for c in content['choices'])}."
            yield from (f"  ____ {line['text']}" for line in content["lines"])
        case "rank":
            yield from (f"  - {choice['text']}" for choice in content["choices"])
            yield from (f"  {place}. ____" for place in range(1, content["top"] + 1))
        case "estimate":
            yield f"  ____ {content['unit']}"
        case "mark":
            yield from (f"  [{p['name']}] {_passage_text(p)}" for p in content["passages"])
        case "write":
            yield "  ____"


def _passage_text(passage: dict[str, Any]) -> str:
    words = (f"{before}{word}" for s in passage["sentences"] for _, _, before, word in s)
    return "".join(words) + str(passage["rest"])


def as_html(content: dict[str, Any]) -> str:
    """Write an exercise as HTML: a group named by its question, everything in it escaped."""
    if content["kind"] == "cards":
        return f"<p><strong>{escape(content['title'])}</strong></p>{_html_cards(content['cards'])}"
    question, instruction = escape(content["question"]), escape(content["instruction"])
    return (
        f"<fieldset><legend><strong>{question}</strong></legend>"
        f"<p>{instruction}</p>{_html_body(content)}</fieldset>"
    )


def _html_body(content: dict[str, Any]) -> str:
    match content["kind"]:
        case "choose" | "choose-many":
            return _html_list(content["options"], mark="○" if content["kind"] == "choose" else "☐")
        case "sort" | "match":
            return (
                f"<p>To choose from:</p>{_html_list(content['choices'])}"
                f"{_html_list(content['lines'], mark='____')}"
            )
        case "rank":
            places = "".join("<li>____</li>" for _ in range(content["top"]))
            return f"{_html_list(content['choices'])}<ol>{places}</ol>"
        case "estimate":
            return f"<p>____ {escape(content['unit'])}</p>"
        case "mark":
            return "".join(
                f"<p>[{escape(p['name'])}] {escape(_passage_text(p))}</p>"
                for p in content["passages"]
            )
    return "<p>____</p>"


def _card_line(card: dict[str, str]) -> str:
    when = f" {card['when']}" if card["when"] else ""
    return f"  - {card['title']} ({card['publisher']}, {card['date']}).{when}"


def _html_cards(cards: list[dict[str, str]]) -> str:
    return "".join(
        f"<details><summary>{escape(_card_line(card).strip(' -'))}</summary>"
        f"<p>{escape(card['says'])}</p><p>It can show: {escape(card['shows'])}</p>"
        f"<p>It cannot show: {escape(card['cannot_show'])}</p>"
        f"<p>How strong: {escape(card['strength'])}. {escape(card['address'])}</p></details>"
        for card in cards
    )


def _html_list(entries: list[dict[str, str]], mark: str = "") -> str:
    items = "".join(f"<li>{mark} {escape(entry['text'])}</li>" for entry in entries)
    return f"<ul>{items}</ul>"
