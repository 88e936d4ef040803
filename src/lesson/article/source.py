"""Where a page comes from: a file or a web address, read as text or refused in one sentence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import ArticleError, short

__all__ = ["Source", "read_source"]

MOST_BYTES = 5_000_000  # a news page is far smaller; more is a mistake or an attack


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a page and where it came from.

    Attributes
    ----------
    text
        The page as text, markup and all.
    name
        The file's name, or the address asked for.
    html
        True when the file's suffix or the web server says that the page is HTML.
    """

    text: str
    name: str
    html: bool


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # two letters at least: C:\ is a drive


def read_source(source: str | Path) -> Source:
    """Read a page from a file or from an http(s) address.

    Parameters
    ----------
    source
        A path, or an address that begins with ``http://`` or ``https://``. Nothing is fetched
        for anything else.

    Returns
    -------
    Source
        The page as text.

    Raises
    ------
    ArticleError
        If there is no such file or page, or it is not text, or not safe to ask for.

    Examples
    --------
    >>> read_source("ftp://example.org/page.html")
    Traceback (most recent call last):
    lesson.errors.ArticleError: ftp://example.org/page.html is no web address this lesson opens: ...
    """
    if isinstance(source, str):
        source = source.strip()
        scheme = _SCHEME.match(source)
        if scheme and scheme[1].lower() in {"http", "https"}:
            from ._web import fetch  # noqa: PLC0415  # a lesson from a file needs no web

            reply = fetch(source)
            return Source(decode(reply.data, reply.charset, source), source, reply.html)
        if scheme and not _is_there(Path(source)):
            raise ArticleError(
                f"{short(source)} is no web address this lesson opens: give one that begins with "
                "https:// or http://, or the path of a saved page."
            )
    path = Path(source)
    data = _read_file(path)
    return Source(decode(data, "", path.name), path.name, path.suffix.lower() in _HTML_SUFFIXES)


_HTML_SUFFIXES = frozenset([".html", ".htm", ".xhtml"])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _read_file(path: Path) -> bytes:
    shown = short(str(path))
    try:
        path = path.expanduser()
        if path.is_dir():
            raise ArticleError(f"{shown} is a folder: give the saved page inside it.")
        if not path.exists():
            raise ArticleError(
                f"There is no file {shown}: check the spelling and the folder you are in."
            )
        if not path.is_file():
            raise ArticleError(f"{shown} is not an ordinary file: give a saved page.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(
            f"{shown} cannot be read ({reason}): check the name, and that you may open it."
        ) from error
    if len(data) > MOST_BYTES:
        raise ArticleError(
            f"{shown} is larger than 5 MB, too large for one news page: save the text of the "
            "page alone and load that."
        )
    if not data.strip():
        raise ArticleError(f"{shown} is empty: save the page again and load the new file.")
    return data


# Encoding -------------------------------------------------------------------------------------

_MARKS_OF_ORDER = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zipped or word-processor file"),
    (b"\xd0\xcf\x11\xe0", "a word-processor file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"{\\rtf", "a word-processor file"),
    (b"From: <Saved by", "a page in a single file (.mhtml)"),
    (b"MIME-Version:", "a page in a single file (.mhtml)"),
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Python codecs that are no encodings of web pages.
_NOT_FOR_PAGES = frozenset(
    ["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"]
)


def decode(data: bytes, charset: str, name: str) -> str:
    """Turn a page's bytes into text by what the page declares, or else as UTF-8.

    Parameters
    ----------
    data
        The bytes of the page.
    charset
        The encoding the web server named; "" when it named none.
    name
        What to call the page in a message.

    Raises
    ------
    ArticleError
        If the bytes are not text, or not text in that encoding.
    """
    for start, kind in _OTHER_FILES:
        if data.startswith(start):
            raise ArticleError(
                f"{short(name)} is {kind}, not text: save the page as a web page or as plain text."
            )
    for order, encoding in _MARKS_OF_ORDER:
        if data.startswith(order):
            return _decoded(data, [encoding], name)
    declared = _DECLARED.search(data[:4096])
    meta = declared[1].decode("ascii", "replace") if declared else ""
    wanted = [encoding for encoding in map(_encoding, (charset, meta)) if encoding]
    return _decoded(data, [*wanted, "utf-8"], name)


def _encoding(declared: str) -> str:
    """Return Python's name of an encoding a page declares; "" if it declares none we know."""
    try:
        encoding = codecs.lookup(declared.strip()).name if declared.isascii() else ""
    except (LookupError, ValueError):
        return ""
    if encoding.replace("_", "-") in _NOT_FOR_PAGES:
        return ""
    # Every browser reads these as Windows-1252, which has curly quotation marks; they have none.
    return "cp1252" if encoding in {"ascii", "iso8859-1"} else encoding


def _decoded(data: bytes, encodings: list[str], name: str) -> str:
    failure: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            failure = failure or error
        except (LookupError, UnicodeError):
            continue  # a codec that makes bytes of bytes, such as "hex"
        else:
            if "\x00" in text:
                break
            return text
    if failure is None or b"\x00" in data:
        raise ArticleError(
            f"{short(name)} is not text but some other kind of file: save the page as a web page "
            "or as plain text."
        )
    wrong = failure.object[failure.start : failure.end][:4].hex(" ")
    raise ArticleError(
        f"{short(name)} cannot be read as {failure.encoding.upper()}: the bytes {wrong} (hex) at "
        f"offset {failure.start} fit no letter; save the page again as UTF-8 and load that."
    )
