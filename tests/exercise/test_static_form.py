from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson.article import Article
from lesson.exercise.describe import content, deck_content
from lesson.exercise.static_form import as_html, as_text
from tests.examples import EXERCISES, make_exercise, small_key

if TYPE_CHECKING:
    from lesson import Lesson

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</fieldset><b>out</b>",
    "a & b < c > d",
    '" onload="x',
    "'",
    "&lt;already&gt;",
    "<!--",
    "]]>",
]
texts = st.sampled_from(MARKUP) | st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
)


def shown_texts(shown: dict[str, Any]) -> list[str]:
    """Every text that a learner has to see of an exercise."""
    found = [shown["question"], shown["instruction"]]
    for name in ("options", "lines", "choices"):
        found += [entry["text"] for entry in shown.get(name, ())]
    return found


def seen(markup: str) -> str:
    """Give what a page shows of some HTML."""
    return str(html.fragment_fromstring(markup, create_parent="div").text_content())


def tags(markup: str) -> set[str]:
    root = html.fragment_fromstring(markup, create_parent="div")
    return {str(element.tag) for element in root.iter()}


def attributes(markup: str) -> set[str]:
    root = html.fragment_fromstring(markup, create_parent="div")
    return {name for element in root.iter() for name in element.attrib}


@pytest.mark.parametrize("kind", EXERCISES)
def test_the_static_form_holds_the_question_and_every_option(kind: str, article: Article) -> None:
    shown = content(make_exercise(kind), article)
    text, markup = as_text(shown), as_html(shown)
    for piece in shown_texts(shown):
        assert piece in text
        assert piece in unescape(markup)
    assert text.splitlines()[0] == shown["question"]


def test_the_static_form_of_every_shipped_exercise_is_whole(lesson: Lesson) -> None:
    for notebook in lesson.key.notebooks.values():
        for exercise in notebook.exercises.values():
            shown = content(exercise, lesson.article)
            for piece in shown_texts(shown):
                assert piece in as_text(shown)
                assert piece in seen(as_html(shown))
            for passage in shown.get("passages", ()):
                assert lesson.article.part(passage["part"]) in as_text(shown)
                assert lesson.article.part(passage["part"]) in seen(as_html(shown))


def test_the_question_names_its_group(article: Article) -> None:
    for kind in EXERCISES:
        markup = as_html(content(make_exercise(kind), article))
        (legend,) = html.fromstring(markup).xpath("/fieldset/legend | //fieldset/legend")
        assert legend.text_content() == f"A {kind} question?"


def test_nothing_is_ticked(article: Article) -> None:
    for kind in EXERCISES:
        shown = content(make_exercise(kind), article)
        assert not set("☑☒●✓✔") & set(as_html(shown) + as_text(shown))
        assert not {"checked", "selected"} & attributes(as_html(shown))
        assert "(x)" not in as_text(shown).lower()


PLAIN_TAGS = {"div", "fieldset", "legend", "strong", "p", "ul", "ol", "li"}


@pytest.mark.parametrize("kind", EXERCISES)
@given(texts=st.lists(texts, min_size=10, max_size=10))
def test_markup_in_any_text_is_shown_and_never_runs(kind: str, texts: list[str]) -> None:
    fields = small_key(kind)["small.yaml"]["exercises"][0]
    supply = iter(texts)
    for name in ("options", "statements", "pairs", "items", "categories", "choices"):
        for entry in fields.get(name, ()):
            entry["text"] = next(supply)
    fields.update(question=next(supply), instruction=next(supply))
    if kind == "estimate":
        fields["unit"] = next(supply)
    page = Article(paragraphs=(f"one {next(supply)} two", next(supply)))
    del fields["kind"]
    shown = content(make_exercise(kind, **fields), page)
    markup = as_html(shown)
    assert tags(markup) <= PLAIN_TAGS
    assert attributes(markup) == set()
    for piece in shown_texts(shown):
        assert piece in unescape(markup)
        assert piece in as_text(shown)


def test_a_deck_of_cards_is_told_card_by_card(lesson: Lesson) -> None:
    for notebook in lesson.key.notebooks.values():
        for deck in notebook.decks.values():
            cards = [lesson.key.cards[name] for name in deck.cards]
            shown = deck_content(deck, cards, lesson.key.info.date)
            text, page = as_text(shown), seen(as_html(shown))
            for card in cards:
                assert f"{card.title} ({card.publisher}, {card.date})." in text
                for said in (card.title, card.says, card.shows, card.cannot_show, card.address):
                    assert said in page
            later = sum(card.date > lesson.key.info.date for card in cards)
            assert text.count("Published after the story.") == later


@given(texts=st.lists(texts, min_size=4, max_size=4))
def test_markup_in_a_card_is_shown_and_never_runs(texts: list[str], lesson: Lesson) -> None:
    title, says, publisher, deck_title = texts
    deck = lesson.key.notebooks["01_page"].decks["page-publisher-cards"]
    shown = deck_content(deck, [lesson.key.cards[deck.cards[0]]], lesson.key.info.date)
    shown["title"] = deck_title
    shown["cards"][0].update(title=title, says=says, publisher=publisher)
    markup = as_html(shown)
    assert tags(markup) <= {"div", "p", "strong", "details", "summary"}
    assert attributes(markup) == set()
    assert all(text in unescape(markup) for text in (says, publisher, deck_title))
