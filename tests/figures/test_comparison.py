from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lesson.figures.comparison import ComparisonView, compare, marked_text
from lesson.key.material import Comparison, Version
from lesson.key.schema import Anchor

if TYPE_CHECKING:
    from lesson import Lesson

texts = st.lists(
    st.sampled_from(["of", "Of", "grave", "great,", "“concern”", "…", "<b>", "—"])
).map(" ".join) | st.text(max_size=40)


def view(printed: str, *versions: str, remark: str = "So it is.") -> ComparisonView:
    made = tuple(
        Version(
            publisher="The Harbor Post",
            date=dt.date(2021, 11, 9),
            address="https://example.org/a?b=1&c=2",
            text=text,
            status="newsroom",
        )
        for text in versions
    )
    at = Anchor(part="p1")
    shown = Comparison(
        id="c", title="<i>Title</i>", at=at, printed=printed, versions=made, remark=remark
    )
    return ComparisonView(shown)


@given(texts, texts)
def test_the_pieces_rebuild_both_versions(printed: str, version: str) -> None:
    pieces = compare(printed, version)
    assert [word for piece in pieces for word in piece.printed] == printed.split()
    assert [word for piece in pieces for word in piece.version] == version.split()


@given(texts, texts)
def test_shared_pieces_differ_in_capitals_and_marks_at_most(printed: str, version: str) -> None:
    for piece in compare(printed, version):
        if piece.same:
            assert len(piece.printed) == len(piece.version)
            for ours, theirs in zip(piece.printed, piece.version, strict=True):
                letters = [
                    [sign for sign in word.casefold() if sign.isalnum()] for word in (ours, theirs)
                ]
                assert letters[0] == letters[1]


@given(st.text(max_size=40))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    words = text.replace("…", "")
    assert all(piece.same for piece in compare(words, words))
    assert marked_text(compare(words, words)) == " ".join(words.split())


def test_words_left_out_are_no_difference_in_words() -> None:
    pieces = compare("… of grave concern", "We say … of grave concern")
    assert [piece.same for piece in pieces] == [False, True]
    assert marked_text(compare("… concern", "… concern")) == "… concern"
    assert marked_text(compare("… concern", "concern")) == "… concern"


@pytest.mark.parametrize(
    ("printed", "version", "shown"),
    [
        ("a grave b", "a great b", "a [here: great | in the story: grave] b"),
        ("a b", "a great b", "a [not in the story: great] b"),
        ("a grave b", "a b", "a [only in the story: grave] b"),
        ("don’t", "Don't!", "Don't!"),
    ],
)
def test_differences_are_said_in_words(printed: str, version: str, shown: str) -> None:
    assert marked_text(compare(printed, version)) == shown


def test_where_no_word_differs_the_view_says_so() -> None:
    assert "Of concern. [word for word the same]" in repr(view("of concern", "Of concern."))
    assert "word for word the same" not in repr(view("of concern", "Of great concern."))


def test_markup_in_the_words_is_shown_and_never_run() -> None:
    shown = view(
        "<script>1</script> stays", "<img src=x onerror=y> stays", remark='See "<b>" & <i>.'
    )
    tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
    assert not tree.xpath("//script | //img | //b | //i")
    cells = [cell.text_content() for cell in tree.xpath("//td")]
    assert cells == [
        "<script>1</script> stays",
        "[here: <img src=x onerror=y> | in the story: <script>1</script>] stays",
    ]
    assert tree.xpath("//caption")[0].text_content() == "<i>Title</i>"
    assert tree.xpath("//p")[0].text_content() == 'See "<b>" & <i>.'


def test_html_and_text_say_the_same_of_every_version(lesson: Lesson) -> None:
    for notebook in lesson.key.notebooks.values():
        for comparison in notebook.comparisons.values():
            shown = ComparisonView(comparison)
            tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
            told = [cell.text_content() for cell in tree.xpath("//td")]
            assert told[0] == comparison.printed
            assert len(told) == len(comparison.versions) + 1
            lines = repr(shown).splitlines()
            assert all(f"  {words}" in lines for words in told[1:])
            links = tree.xpath("//tbody//a/@href")
            assert links == [version.address for version in comparison.versions]


def test_addresses_in_a_remark_are_links_without_the_full_stop() -> None:
    address = "https://example.org/a?b=1&c=2"
    shown = view("a", "b", remark=f"See {address}. Or http://example.org/x, too.")
    tree = html.fragment_fromstring(shown._repr_html_(), create_parent="div")
    remark = tree.xpath("//p")[0]
    assert remark.xpath("a/@href") == [address, "http://example.org/x"]
    assert remark.text_content() == f"See {address}. Or http://example.org/x, too."
    assert {link.get("rel") for link in remark.xpath("a")} == {"noopener noreferrer"}


@pytest.mark.parametrize(
    ("remark", "address"),
    [
        ("See https://example.org/A_(b).", "https://example.org/A_(b)"),
        ("See https://example.org/A_(b)/c, too.", "https://example.org/A_(b)/c"),
        ("So it is (https://example.org/A_(b)).", "https://example.org/A_(b)"),
        ("So it is (https://example.org/x).", "https://example.org/x"),
    ],
)
def test_a_bracket_that_an_address_opens_belongs_to_it(remark: str, address: str) -> None:
    tree = html.fragment_fromstring(view("a", "b", remark=remark)._repr_html_(), create_parent=True)
    assert tree.xpath("//p/a/@href") == [address]
    assert tree.xpath("//p")[0].text_content() == remark


def test_differences_are_told_apart_by_words_and_elements_too() -> None:
    tree = html.fragment_fromstring(
        view("a grave b", "a great b")._repr_html_(), create_parent="div"
    )
    assert [node.text for node in tree.xpath("//del")] == ["great"]
    assert [node.text for node in tree.xpath("//ins")] == ["grave"]
