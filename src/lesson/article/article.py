"""A news story as the lesson reads it: its parts, sentences and quotations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from .._count import counted
from ..errors import ArticleError
from . import spans
from ._markup import is_html, parts_of_html
from .page import Parts, parts_of_text
from .source import read_source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Article", "load_article"]


@dataclass(frozen=True, slots=True, repr=False)
class Article(Parts):
    """One news story and the page it stood on. What the page does not have is "" or ().

    Attributes
    ----------
    label
        The name of the section, printed above the headline.
    headline, byline, dateline, caption
        As printed; the caption is the photo's.
    paragraphs
        The story itself. Methods count paragraphs from 1.
    credit
        The line that says who else reported, below the story.
    author_note
        The outlet's or author's name and what they say of themselves.
    furniture
        Everything else on the page, line by line.
    published
        When the story was published, as the page states it; never guessed.
    lines
        The page as it was saved, line by line, before it was told apart.
    source
        The file's name or the web address.

    Examples
    --------
    >>> article = Article(headline="Bridge Opens", paragraphs=("“At last,” Ann Wray said.",))
    >>> article
    <Article 'Bridge Opens', 1 paragraph, 1 quotation>
    >>> article.part("p1")
    '“At last,” Ann Wray said.'
    """

    source: str = ""

    def sentences(self, number: int) -> tuple[spans.Sentence, ...]:
        """Divide one paragraph into sentences.

        Raises
        ------
        ArticleError
            If the article has no paragraph of that number.

        Examples
        --------
        >>> Article(paragraphs=("It rained. It stopped.",)).sentences(1)
        (Sentence(start=0, end=10), Sentence(start=11, end=22))
        """
        return spans.sentences(self._paragraph(number))

    def quotations(self, number: int | None = None) -> tuple[spans.Quotation, ...]:
        """Find the quotations in one paragraph, or in the whole article.

        Raises
        ------
        ArticleError
            If the article has no paragraph of that number.

        Examples
        --------
        >>> article = Article(paragraphs=("It rained.", "“At last,” she said."))
        >>> [(found.paragraph, found.text) for found in article.quotations()]
        [(2, 'At last,')]
        """
        found = spans.quotations_in(self.paragraphs)
        if number is None:
            return found
        self._paragraph(number)
        return tuple(quotation for quotation in found if quotation.paragraph == number)

    @property
    def parts(self) -> dict[str, str]:
        """The text of every part by its name, in the order of a page; "" where it has none.

        The names are those that `part` takes.
        """
        return {
            "label": self.label,
            "headline": self.headline,
            "byline": self.byline,
            "dateline": self.dateline,
            "caption": self.caption,
            **{f"p{number}": text for number, text in enumerate(self.paragraphs, start=1)},
            "credit": self.credit,
            "author-note": self.author_note,
            "furniture": "\n".join(self.furniture),
        }

    def part(self, name: str) -> str:
        """Return the text of one part; "" if the page does not have it.

        Parameters
        ----------
        name
            "label", "headline", "byline", "dateline", "caption", "credit", "author-note",
            "furniture", or "p1", "p2" and so on for the paragraphs.

        Raises
        ------
        ArticleError
            If there is no part of that name.

        Examples
        --------
        >>> Article(caption="The bridge in May").part("caption")
        'The bridge in May'
        """
        parts = self.parts
        if name not in parts:
            named = ", ".join(name for name in parts if not name[1:].isdigit())
            raise ArticleError(
                f"The article has no part {name!r}: choose one of {named}, or a paragraph, such as "
                f"p1; it has {counted(len(self.paragraphs), 'paragraph')}."
            )
        return parts[name]

    def _paragraph(self, number: int) -> str:
        if not 1 <= number <= len(self.paragraphs):
            raise ArticleError(
                f"The article has no paragraph {number}: it has "
                f"{counted(len(self.paragraphs), 'paragraph')}, numbered from 1."
            )
        return self.paragraphs[number - 1]

    def __str__(self) -> str:
        none = "none on the page"
        lines = [
            *filter(None, [self.label, self.headline or "(no headline)"]),
            f"Byline: {self.byline or none}",
            f"Dateline: {self.dateline or none}",
            f"Photo caption: {self.caption or none}",
            "",
        ]
        for number, text in enumerate(self.paragraphs, start=1):
            lines += _hanging(f"{number:>3}  ", text)
            lines.append("")
        lines += [f"Credit line: {self.credit or none}", ""]
        found = self.quotations()
        lines.append(f"{counted(len(found), 'quotation')}{':' if found else ''}")
        for number, quotation in enumerate(found, start=1):
            words = f"{quotation.opening}{quotation.text}{quotation.closing}"
            lines += _hanging(f"{number:>3}  ", f"{words} (paragraph {quotation.paragraph})")
        return "\n".join(lines)

    def __repr__(self) -> str:
        headline = self.headline if len(self.headline) <= 40 else self.headline[:39] + "…"
        paragraphs = counted(len(self.paragraphs), "paragraph")
        quotations = counted(len(self.quotations()), "quotation")
        return f"<Article {headline!r}, {paragraphs}, {quotations}>"

    def _repr_html_(self) -> str:
        """Return the story for reading in a notebook, with every character of it escaped."""
        # Inherited colours and relative sizes only, so that it reads in a dark theme too.
        html = ['<article style="max-width: 42em; line-height: 1.5">']
        html += [f"<p>{escape(self.label)}</p>"] if self.label else []
        html += [f"<h3>{escape(self.headline)}</h3>"] if self.headline else []
        html += [f"<p>{escape(line)}</p>" for line in (self.byline, self.dateline) if line]
        if self.caption:
            html.append(f"<p><em>Photo caption: {escape(self.caption)}</em></p>")
        # The number is text, not a list's marker, so that it is read aloud and copied as well.
        html += [
            f"<p><strong>{number}</strong>&ensp;{escape(text)}</p>"
            for number, text in enumerate(self.paragraphs, start=1)
        ]
        html += [f"<p><em>{escape(self.credit)}</em></p>"] if self.credit else []
        return "\n".join([*html, "</article>"])


def _hanging(first: str, text: str) -> list[str]:
    return wrap(text, 88, initial_indent=first, subsequent_indent=" " * len(first))


def load_article(source: str | Path | None = None) -> Article:
    """Load a news story from a saved page, a web address, or the lesson itself.

    Parameters
    ----------
    source
        The path of a page saved as text or HTML, or an address that begins with ``https://`` or
        ``http://``. Without it, the lesson's own article is loaded.

    Returns
    -------
    Article
        The story, told apart from the furniture of its page.

    Raises
    ------
    ArticleError
        If the page cannot be read, or has no article in it.

    Examples
    --------
    >>> load_article("no such page.txt")
    Traceback (most recent call last):
    lesson.errors.ArticleError: There is no file no such page.txt: check the spelling ...
    """
    if source is None:
        from ..folder import find_lesson_folder  # noqa: PLC0415  # only the lesson's own needs it

        source = find_lesson_folder() / "data" / "article.txt"
    page = read_source(source)
    read = parts_of_html if is_html(page.text, page.html) else parts_of_text
    try:
        parts = read(page.text)
    except ArticleError as error:
        raise ArticleError(f"{page.name}: {error}") from error
    return Article(source=page.name, **asdict(parts))
