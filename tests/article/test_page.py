"""The parts of a news page are told from each other and from the furniture around them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lesson.article._markup import is_html, parts_of_html
from lesson.article.page import Parts, parts_of_text
from lesson.errors import ArticleError

CAPTION = (
    "The mayor of Millbrook (right) on the old bridge with the engineer Dora Pike (file photo)"
)
PARAGRAPHS = (
    "The old bridge at Millbrook will open again in May, the council said after a long meeting.",
    "“We don’t want another winter without it,” Mayor Ann Wray said. “People walked far enough.”",
    "“It stands,” she said.",
    "Search teams carried away 40 tonnes of stone, and shares in the ferry company fell at once.",
    "The council agreed to paint the railings green as well, although two members voted no.",
)
ABOUT = "The Millbrook Lantern reports from the valley six days a week. We answer every letter."
TEXT = f"""Skip to main content

We use cookies to make this site work.

Valley News

Millbrook To Open Its Old Bridge Again In May

{CAPTION}
{CAPTION}

By Tom Finch

MILLBROOK (VNA) — {PARAGRAPHS[0]}

{PARAGRAPHS[1]}

Read more: How The River Rose

{PARAGRAPHS[2]}

{PARAGRAPHS[3]}

{PARAGRAPHS[4]}

With reporting by VNA
  • 16x9 Image

    The Millbrook Lantern

    {ABOUT}

The Lantern moved to Mill Street last year.

To find out more, click here.

XS
SM
"""
PARTS = Parts(
    label="Valley News",
    headline="Millbrook To Open Its Old Bridge Again In May",
    byline="By Tom Finch",
    dateline="MILLBROOK (VNA)",
    caption=CAPTION,
    paragraphs=PARAGRAPHS,
    credit="With reporting by VNA",
    author_note=f"The Millbrook Lantern\n{ABOUT}",
    furniture=(
        "Skip to main content",
        "We use cookies to make this site work.",
        "Read more: How The River Rose",
        "• 16x9 Image",
        "The Lantern moved to Mill Street last year.",
        "To find out more, click here.",
        "XS",
        "SM",
    ),
)
HTML = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- saved page -->
<!DOCTYPE html>
<html lang="en"><head><title>Old Bridge - The Millbrook Lantern</title>
<meta property="article:published_time" content="2031-03-04T09:30:00Z"/>
<style>p {{ color: red }}</style>
<script>document.title = "The script ran and wrote this whole sentence into the story.";</script>
</head><body class="author-page">
<a href="#main">Skip to main content</a>
<div class="cookie-banner"><p>We use cookies to make this site work.</p></div>
<main id="main"><article>
<div class="category"><a href="/valley">Valley News</a></div>
<h1>Millbrook To Open Its <em>Old Bridge</em> Again In May</h1>
<figure><img src="bridge.jpg" alt="{CAPTION}"/><figcaption>{CAPTION}</figcaption></figure>
<div class="byline">By <a rel="author" href="/finch">Tom Finch</a></div>
<p>MILLBROOK (VNA) — {PARAGRAPHS[0].replace("old bridge", "<b>old&nbsp;bridge</b>")}</p>
<!-- A comment that says a good deal about the bridge and is not part of the story. -->
<p>{PARAGRAPHS[1]}</p>
<aside><a href="/river">Read more: How The River Rose</a></aside>
<p>{PARAGRAPHS[2]}</p>
<p>{PARAGRAPHS[3]}</p>
<script>alert("The council said that this alert is a paragraph of the story.")</script>
<p>{PARAGRAPHS[4]}</p>
<p>With reporting by VNA</p>
</article>
<div>• 16x9 Image</div>
<div class="about"><h4>The Millbrook Lantern</h4><p>{ABOUT}</p></div>
</main>
<footer><p>The Lantern moved to Mill Street last year.</p>
<p>To find out more, <a href="/x">click here</a>.</p>
<p hidden="hidden">The council said that nobody can see this sentence.</p>
<ul><li>XS</li><li>SM</li></ul></footer>
</body></html>
"""
ONE_PARAGRAPH = "The council of Millbrook met on Monday and agreed to paint the bridge green."


# Plain text


def test_a_saved_page_is_told_apart() -> None:
    assert parts_of_text(TEXT) == PARTS


def test_white_space_is_made_one_space() -> None:
    spaced = TEXT.replace("old bridge at", "old\u00a0bridge \t at").replace("\n", "\r\n")
    assert parts_of_text(spaced).paragraphs == PARAGRAPHS


def test_a_hard_wrapped_paragraph_is_put_together() -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    parts = parts_of_text(f"Millbrook To Open Its Bridge\n\n{wrapped}\n")
    assert parts.paragraphs == PARAGRAPHS
    assert parts.headline == "Millbrook To Open Its Bridge"


def test_lines_without_space_between_them_are_paragraphs_of_their_own() -> None:
    parts = parts_of_text("Millbrook To Open Its Bridge\n" + "\n".join(PARAGRAPHS))
    assert parts.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("MILLBROOK (VNA) — ", "MILLBROOK (VNA)"),
        ("MILLBROOK (VNA) -- ", "MILLBROOK (VNA)"),
        ("UPPER MILLBROOK, March 4 (Valley News) - ", "UPPER MILLBROOK, March 4 (Valley News)"),
        ("ST. ANNE, Mill. – ", "ST. ANNE, Mill."),
        ("", ""),
        ("Millbrook — ", ""),
    ],
)
def test_a_dateline_is_taken_off_the_first_paragraph(start: str, dateline: str) -> None:
    parts = parts_of_text(f"Millbrook Paints Its Bridge\n\n{start}{ONE_PARAGRAPH}")
    assert parts.dateline == dateline
    assert parts.paragraphs[0] == ("" if dateline else start) + ONE_PARAGRAPH


@pytest.mark.parametrize(
    "credit",
    [
        "With reporting by VNA",
        "Reporting by Tom Finch; editing by Dora Pike",
        "(Reporting by Tom Finch; Editing by Dora Pike.)",
        "Based on reporting by VNA and the Lantern",
        "Tom Finch in Lower Millbrook contributed to this report.",
        "Additional reporting by Dora Pike",
    ],
)
def test_a_credit_line_ends_the_story(credit: str) -> None:
    parts = parts_of_text(
        f"Millbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}\n\n{credit}\n\nLast line."
    )
    assert (parts.credit, parts.paragraphs) == (credit, (ONE_PARAGRAPH,))
    assert parts.furniture == ("Last line.",)


def test_a_paragraph_about_reporting_is_no_credit_line() -> None:
    about = (
        "Reporting by the Millbrook Lantern showed last year that the railings of the bridge had "
        "not been painted since the flood."
    )
    parts = parts_of_text(f"Millbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}\n\n{about}")
    assert parts.paragraphs == (ONE_PARAGRAPH, about)
    assert parts.credit == ""


@pytest.mark.parametrize(
    "line",
    [
        "Accessibility links",
        "Share",
        "Print",
        "Share on Facebook",
        "XL",
        "MD",
        "16x9 Image",
        "* * *",
        "March 4, 2031",
        "Updated: 4 March 2031 10:15",
        "5 min read",
        "© 2031 The Lantern",
        "Subscribe to our newsletter.",
        "This website uses cookies.",
        "To know more, click here.",
        "Old edition (see the foot of this page)",
    ],
)
def test_menus_notices_and_dates_are_furniture(line: str) -> None:
    parts = parts_of_text(f"{line}\n\nMillbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}\n\n{line}")
    assert parts == Parts(
        headline="Millbrook Paints Its Bridge",
        paragraphs=(ONE_PARAGRAPH,),
        furniture=(line, line),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Shares in the ferry fell.",
        "Search teams found the boat on Monday.",
        "Print shops closed early.",
        "More than 200 people came to the bridge.",
        "The mayor, seen here on Monday, was glad to walk.",
        "Close to 40 tonnes of stone were carried away.",
        "“Live and let live,” she said.",
    ],
)
def test_a_paragraph_that_begins_like_a_menu_stays_a_paragraph(line: str) -> None:
    parts = parts_of_text(f"Millbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}\n\n{line}")
    assert parts.paragraphs == (ONE_PARAGRAPH, line)


def test_a_page_without_headline_keeps_all_its_paragraphs() -> None:
    text = "\n\n".join((*PARAGRAPHS[:2], "What the council will do next", *PARAGRAPHS[2:]))
    parts = parts_of_text(text)
    assert (parts.headline, parts.paragraphs) == ("", PARAGRAPHS)


def test_a_headline_may_ask() -> None:
    parts = parts_of_text(f"Valley News\n\nWho Will Paint The Bridge?\n\n{ONE_PARAGRAPH}")
    assert (parts.label, parts.headline) == ("Valley News", "Who Will Paint The Bridge?")
    assert parts.paragraphs == (ONE_PARAGRAPH,)


def test_a_notice_in_sentences_may_stand_above_the_headline() -> None:
    notice = "This story is kept as it was."
    parts = parts_of_text(f"{notice}\n\nMillbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}")
    assert (parts.headline, parts.furniture) == ("Millbrook Paints Its Bridge", (notice,))


def test_a_headline_that_is_repeated_is_no_caption() -> None:
    headline = "Millbrook Paints Its Bridge"
    parts = parts_of_text(f"{headline}\n{headline}\n\n{ONE_PARAGRAPH}")
    assert parts == Parts(headline=headline, paragraphs=(ONE_PARAGRAPH,))


@pytest.mark.parametrize("text", ["", "Home\nNews\nWeather", "No.", "Nothing here to read at all"])
def test_a_page_without_a_story_is_refused(text: str) -> None:
    with pytest.raises(ArticleError, match="no article"):
        parts_of_text(text)


@given(
    st.lists(
        st.sampled_from(
            [*TEXT.splitlines(), "MILLBROOK", "(file photo)", "By A. B.", "It was, he said"]
        )
    )
)
@example(["With reporting by VNA", ONE_PARAGRAPH, "It was, he said", ONE_PARAGRAPH])
def test_pages_in_any_order_are_read_or_refused_and_nothing_is_made_up(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        parts = parts_of_text(text)
    except ArticleError:
        return
    printed = " ".join(text.split())
    for part in (parts.headline, parts.label, parts.byline, parts.caption, *parts.paragraphs):
        assert part in printed
    assert parts.paragraphs
    assert all(parts.paragraphs)


@pytest.mark.parametrize(
    "piece", ["A-", "A.", "By A. ", "we ", "A B-", "photo: ", "a.\n", "(", "A ‘"]
)
def test_a_hostile_page_takes_no_time(piece: str) -> None:
    text = f"Millbrook Paints Its Bridge\n\n{ONE_PARAGRAPH}\n\n" + piece * (200_000 // len(piece))
    start = time.process_time()
    parts_of_text(text)
    assert time.process_time() - start < 4


# HTML


def test_an_html_page_has_the_parts_of_its_text_twin() -> None:
    assert parts_of_html(HTML) == replace(PARTS, published="2031-03-04T09:30:00Z")


def test_the_date_is_taken_only_where_the_page_states_it() -> None:
    meta = '<meta property="article:published_time" content="2031-03-04T09:30:00Z"/>'
    silent = HTML.replace(meta, "")
    assert parts_of_html(silent).published == ""
    timed = silent.replace("<figure>", '<time datetime="2031-03-05">Tuesday</time><figure>')
    assert parts_of_html(timed).published == "2031-03-05"


def test_label_headline_and_byline_may_come_from_the_head_of_the_page() -> None:
    head = (
        '<meta property="article:section" content="Bridges"><meta name="author" content="Ann Pike">'
        '<meta property="og:title" content="A Bridge Opens">'
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    parts = parts_of_html(f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    assert (parts.label, parts.headline, parts.byline) == ("Bridges", "A Bridge Opens", "Ann Pike")
    assert parts.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<!doctype html><body><nav><a href='/'>Home</a></nav></body>",
        "<!doctype html>" + "<div>" * 5000,
        "<html><body><script>The council met on Monday and said so.</script></body></html>",
    ],
)
def test_html_without_a_story_is_refused(page: str) -> None:
    with pytest.raises(ArticleError):
        parts_of_html(page)


@pytest.mark.parametrize(
    ("text", "said_to_be", "html"),
    [
        (HTML, False, True),
        ("<!-- saved --><html>", False, True),
        ("The tag is <p>.", False, False),
        ("The page begins <p>so</p>", True, True),
        ("No tag at all", True, False),
        (TEXT, False, False),
    ],
)
def test_html_is_known_by_its_content(text: str, said_to_be: bool, html: bool) -> None:
    assert is_html(text, said_to_be) is html
