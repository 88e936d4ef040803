"""Sentences and quotations are found where a careful reader finds them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.article.spans import Quotation, quotations, quotations_in, sentences

PROSE = st.text(alphabet=st.sampled_from("aSsn B.,!?…“”\"‘’'«»„—-(6\n") | st.characters())


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def quoted(text: str) -> list[str]:
    return [quotation.text for quotation in quotations(text)]


# Sentences


def test_sentences_are_split_at_full_stops_questions_and_exclamations() -> None:
    text = "The bridge is shut. Who shut it? Nobody knows! It rained."
    assert split(text) == ["The bridge is shut.", "Who shut it?", "Nobody knows!", "It rained."]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Mint sent coins.",
        "She flew to Washington, D.C. Monday with a map.",
        "J. R. Tolliver and Anna B. Wray met.",
        "Mr. Dale, Mrs. Wray and Dr. Finch met Gov. Tolliver and Sen. Pike.",
        "The vote is on Nov. 10 in room No. 5.",
        "It opens at 9 a.m. Monday and costs 3.5 crowns.",
        "He waited … The others left.",
        "He waited... The others left.",
        "“Really?” he asked.",
        "“Really?” Dale Finch asked the clerk.",
        "“Stop!” she shouted.",
        "The firm Pike Bros. Timber Co. Ltd. closed.",
    ],
)
def test_a_stop_that_ends_no_sentence_splits_nothing(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It was made in the U.S.", "The mayor was glad."),
        ("It opened at 9 a.m.", "She was late."),
        ("“It is late.”", "They left."),
        ('"It is late."', "They left."),
        ("(It is late.)", "They left."),
        ("He said no.", "The clerk agreed."),
        ("She left.", "“We tried,” she said."),
        ("It cost 40.", "500 people came."),
        ("“Really?”", "The mayor nodded."),
    ],
)
def test_a_stop_that_ends_a_sentence_splits_there(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_text_without_a_stop_is_one_sentence_and_white_space_is_none() -> None:
    assert split("  no stop here ") == ["no stop here"]
    assert sentences(" \n ") == ()


@given(PROSE)
def test_sentences_are_ordered_disjoint_and_cover_all_that_is_printed(text: str) -> None:
    spans = sentences(text)
    place = 0
    for span in spans:
        assert not text[place : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        place = span.end
    assert not text[place:].strip()


# Quotations


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He called it “a slow bridge” twice.", ["a slow bridge"]),
        ("“We don’t know the farmers’ plans,” she said.", ["We don’t know the farmers’ plans,"]),
        ("“He said ‘go’ and I went,” she said.", ["He said ‘go’ and I went,"]),
        ("“He said “go” and I went,” she said.", ["He said “go” and I went,"]),
        ("\"He said 'go' and I went,\" she said.", ["He said 'go' and I went,"]),
        ("‘The farmers’ carts weren’t old,’ she said.", ["The farmers’ carts weren’t old,"]),
        ("'The farmers' carts weren't old,' she said.", ["The farmers' carts weren't old,"]),
        ("‘She said “it’s the dogs’” and left,’ he said.", ["She said “it’s the dogs’” and left,"]),
        ("the ‘boys’ and the ‘girls’ met", ["boys", "girls"]),
        ("Elle dit « oui », puis «non».", [" oui ", "non"]),
        ("Er sagte „Ja“, dann „Nein”.", ["Ja", "Nein"]),
        ("Er sagte »Ja« und ging.", ["Ja"]),
        ("Hon sade ”Hej” och gick.", ["Hej"]),
        ('He said ("so") and—"so"—and "wait—" and "...so".', ["so", "so", "wait—", "...so"]),
        ('Nobody said " so " there.', [" so "]),
        ("The farmers' union of the '90s didn't like rock 'n' roll.", []),
        ("The farmers’ union of the ’90s didn’t like rock ’n’ roll.", []),
        ('A wall 6\'2" high and 5\'10" wide "fell down," he said.', ["fell down,"]),
        ('“A wall 6\'2" high and a 5" pipe,” he said.', ['A wall 6\'2" high and a 5" pipe,']),
        ("Nothing is quoted here.", []),
        ("", []),
    ],
)
def test_the_words_between_the_marks_are_found(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_a_curly_mark_closed_by_a_straight_one_is_flagged() -> None:
    first, second = quotations('A “big mistake” and “strange work" near the bridge.')
    assert (first.text, first.mixed) == ("big mistake", False)
    assert (second.text, second.mixed, second.closing) == ("strange work", True, '"')


def test_a_straight_mark_inside_curly_ones_does_not_close_them() -> None:
    (only,) = quotations('“The "big one" fell,” she said.')
    assert only.text == 'The "big one" fell,'
    assert not only.mixed


@pytest.mark.parametrize("text", ["„Ja“", "„Tak”", "»Nej»", "'so'", '"so"'])
def test_marks_that_belong_together_are_not_mixed(text: str) -> None:
    (only,) = quotations(text)
    assert only.closed
    assert not only.mixed


@pytest.mark.parametrize(
    ("text", "resumes"),
    [
        ("“We tried,” she said. “We failed.”", True),
        ("“We tried,” she said, “and failed.”", True),
        ("“Why?” asked Finch, who keeps the bridge. “It stood.”", True),
        ("‘We tried’, said Finch, ‘and failed.’", True),
        ("“We” — Finch said — “go.”", False),
        ("“We—” Finch said — “we go.”", True),
        ("“We tried,” said Finch. He added: “We failed.”", False),
        ("“We tried,” said Finch, while Dale said, “We failed.”", False),
        ("It was “a mistake” to dig, she said, and “a shame.”", False),
        ("“We tried.” “We failed.”", False),
    ],
)
def test_only_a_quotation_interrupted_by_its_attribution_resumes(text: str, resumes: bool) -> None:
    first, second = quotations(text)
    assert not first.resumes
    assert second.resumes is resumes


def test_an_open_quotation_runs_to_the_end_of_its_paragraph() -> None:
    (only,) = quotations("She said: “We tried. We failed. ")
    assert (only.text, only.closing, only.closed, only.mixed) == (
        "We tried. We failed.",
        "",
        False,
        False,
    )


def test_an_open_single_quotation_is_believed_only_where_speech_is_led_in() -> None:
    assert quoted("She said: ‘We tried. We failed.") == ["We tried. We failed."]
    assert quoted("She met ‘Nan of the bridge.") == []


def test_a_forgotten_closing_mark_does_not_swallow_the_next_quotation() -> None:
    first, second = quotations("“We tried, he said. “We failed,” she said.")
    assert (first.text, first.closed) == ("We tried, he said.", False)
    assert (second.text, second.closed) == ("We failed,", True)


def test_a_speech_over_several_paragraphs_is_followed() -> None:
    found = quotations_in(["No marks.", "She said: “One.", "“Two.", "“Three,” she said. “Four.”"])
    assert [(piece.paragraph, piece.text, piece.closed, piece.continues) for piece in found] == [
        (2, "One.", False, False),
        (3, "Two.", False, True),
        (4, "Three,", True, True),
        (4, "Four.", True, False),
    ]


def test_a_new_quotation_after_a_closed_one_continues_nothing() -> None:
    assert not any(
        piece.continues for piece in quotations_in(["She said “one.”", "“Two,” he said."])
    )
    assert not any(piece.continues for piece in quotations_in(["She said “one.", "He said “two.”"]))


@given(PROSE)
def test_quotations_are_ordered_disjoint_and_reproduce_the_text(text: str) -> None:
    place = 0
    for found in quotations(text):
        assert place <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.opening + found.text + found.closing
        assert found.paragraph == 1
        place = found.end


@given(st.text(alphabet="ab c", min_size=1).filter(lambda words: words[0] in "ab"))
def test_any_words_between_curly_marks_are_one_quotation(words: str) -> None:
    assert quotations(f"x “{words}” y") == (Quotation(2, len(words) + 4, words, "“", "”"),)


HOSTILE = ["“", "”", '"', "'", "‘", "’", "«", "»", "“ ", "' a", "‘a ", "“'a", "‘“a", '"“ ', "a’ ‘b"]


@pytest.mark.parametrize("piece", [*HOSTILE, ". ", "... ", "U.S. ", "?” A b c ", "a. ", " "])
def test_a_hundred_thousand_hostile_characters_take_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    start = time.process_time()
    quotations(text)
    sentences(text)
    assert time.process_time() - start < 2
