"""A page is read from a file or an address, or refused in one sentence."""

from __future__ import annotations

import contextlib
import encodings.aliases
import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.article._web import fetch, is_public
from lesson.article.source import MOST_BYTES, decode, read_source
from lesson.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "<!doctype html><p>The café “Bridge” opened.</p>"


def refused(source: str | Path) -> str:
    with pytest.raises(ArticleError) as caught:
        read_source(source)
    return str(caught.value)


# Files


def test_a_file_is_read_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    for given_as in (path, str(path), f"  {path} "):
        source = read_source(given_as)
        assert (source.text, source.name, source.html) == (PAGE, "page.txt", False)


def test_the_suffix_says_html(tmp_path: Path) -> None:
    path = tmp_path / "page.HTM"
    path.write_text(PAGE, encoding="utf-8")
    assert read_source(path).html


def test_a_file_named_like_an_address_is_still_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("note: draft.txt").write_text(PAGE, encoding="utf-8")
    assert read_source("note: draft.txt").text == PAGE


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b" \n")
    assert "no file" in refused(tmp_path / "gone.txt")
    assert "folder" in refused(tmp_path)
    assert "empty" in refused(empty)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "~nobody-of-that-name/page.txt"])
def test_an_impossible_name_is_one_sentence(name: str) -> None:
    assert len(refused(name)) < 300


def test_a_file_over_five_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * MOST_BYTES)
    assert len(read_source(path).text) == MOST_BYTES
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    assert "5 MB" in refused(path)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"From: <Saved by Blink>\r\nSubject: x", "single file (.mhtml)"),
        (b"MIME-Version: 1.0\r\n", "single file (.mhtml)"),
        (b"PK\x03\x04 x", "zipped"),
        (b"\x89PNG\r\n", "picture"),
        (b"MZ\x00\x00\x01", "not text"),
        (b"<meta charset=hex>\x00", "not text"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    assert word in refused(path)


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(encoding: str) -> None:
    assert decode(PAGE.encode(encoding), "ascii", "page") == PAGE


def test_the_server_is_believed_before_the_page_and_the_page_before_utf8() -> None:
    page = '<meta charset="iso-8859-2">ł'
    assert decode(page.encode("iso-8859-2"), "", "page") == page
    assert decode(page.encode("utf-8"), "utf-8", "page") == page
    assert decode(b'<?xml version="1.0" encoding="koi8-r"?>\xc1', "", "page").endswith("а")


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert decode(b"\x93so\x94", "ISO-8859-1", "page") == "“so”"


@pytest.mark.parametrize("declared", ["no-such", "hex", "unicode_escape", "idna", "zažltý", "\0"])
def test_an_encoding_nobody_knows_falls_back_to_utf8(declared: str) -> None:
    assert decode("ř \\d".encode(), declared, "page") == "ř \\d"


def test_bytes_that_fail_are_shown_with_their_place() -> None:
    with pytest.raises(ArticleError, match=r"UTF-8: the bytes 93 \(hex\) at offset 5 .* as UTF-8"):
        decode(b"said \x93no\x94", "", "page.txt")


@given(st.binary(), st.text(max_size=12))
def test_random_bytes_are_text_or_an_article_error(data: bytes, charset: str) -> None:
    with contextlib.suppress(ArticleError):
        assert "\0" not in decode(data, charset, "page")


@pytest.mark.parametrize("name", sorted({*encodings.aliases.aliases.values(), "undefined"}))
def test_every_codec_python_has_gives_text_or_an_article_error(name: str) -> None:
    with contextlib.suppress(ArticleError):
        assert isinstance(decode(b"caf\xe9 \\d \x93", name, "page"), str)


# Addresses


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hosts", "ftp://example.org/a", "javascript:alert(1)", "data:text/html,hello"],
)
def test_no_other_kind_of_address_is_opened(address: str) -> None:
    assert "no web address" in refused(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0.0.0.0/",
        "https://192.168.0.1:8443/",
    ],
)
def test_a_private_network_is_never_asked(address: str) -> None:
    assert "private network" in refused(address)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("::ffff:9.9.9.9", True),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("fc00::1", False),
        ("no number", False),
    ],
)
def test_public_addresses_are_told_from_private_ones(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "address", ["http://", "http:page", "https://a b/", "http://[x/", "http:///p"]
)
def test_half_an_address_is_one_sentence(address: str) -> None:
    assert refused(address).count(":") >= 1


HTML = {"Content-Type": "text/html; charset=utf-8"}
PACKED = {**HTML, "Content-Encoding": "gzip"}
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, HTML, PAGE.encode()),
    "/latin": (200, {"Content-Type": "text/plain; charset=latin-1"}, b"\x93so\x94"),
    "/packed": (200, PACKED, gzip.compress(PAGE.encode())),
    "/damaged": (200, PACKED, b"no gzip"),
    "/brotli": (200, {**HTML, "Content-Encoding": "br"}, b"x"),
    "/bomb": (200, PACKED, gzip.compress(b"a" * (3 * MOST_BYTES))),
    "/picture": (200, {"Content-Type": "image/png"}, b"x"),
    "/unnamed": (200, {}, b"x"),
    "/blank": (200, HTML, b" "),
    "/moved": (302, {"Location": "page"}, b""),
    "/moved-nowhere": (302, HTML, b"x"),
    "/round": (301, {"Location": "/round"}, b""),
    "/to-other-machine": (302, {"Location": "http://127.0.0.2:PORT/page"}, b""),
    "/to-file": (302, {"Location": "file:///etc/hosts"}, b""),
    "/to-password": (302, {"Location": "http://a:secret@127.0.0.1:PORT/page"}, b""),
    "/gone": (404, HTML, b"gone"),
}
ENDLESS: dict[str, tuple[bytes, bytes, float]] = {
    "/endless": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a" * 100_000, 0),
    "/drip": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a", 0.05),
    "/slow-headers": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", 0.05),
}


class Site(BaseHTTPRequestHandler):
    """A web site in this process: the path says how it answers."""

    asked: ClassVar[list[tuple[str, str | None]]] = []

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        Site.asked.append((self.path, self.headers["Host"]))
        path = self.path.partition("?")[0]
        # The reader hangs up on what it refuses, as it should.
        with contextlib.suppress(OSError):
            if path in ENDLESS:
                start, piece, pause = ENDLESS[path]
                self.wfile.write(start)
                while True:
                    self.wfile.write(piece)
                    time.sleep(pause)
            elif path in ANSWERS:
                status, headers, body = ANSWERS[path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value.replace("PORT", self.server_port()))
                self.end_headers()
                self.wfile.write(body)
            else:
                self.wfile.write(b"hello\r\n\r\n")

    def server_port(self) -> str:
        return str(self.connection.getsockname()[1])


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    # 0.0.0.0, so that 127.0.0.2 would answer too if it were asked.
    server = ThreadingHTTPServer(("0.0.0.0", 0), Site)  # noqa: S104
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def only_this_machine(address: str) -> bool:
    return address == "127.0.0.1"


def test_a_page_is_fetched_and_the_host_is_named(site: str) -> None:
    reply = fetch(f"{site}/page?a=1#top", allowed=only_this_machine)
    assert (reply.data.decode(), reply.charset, reply.html) == (PAGE, "utf-8", True)
    assert Site.asked[-1] == ("/page?a=1", site.removeprefix("http://"))


def test_the_request_goes_to_the_checked_number_under_the_name_given(site: str) -> None:
    named = site.replace("127.0.0.1", "localhost")
    fetch(f"{named}/page", allowed=lambda address: address in {"127.0.0.1", "::1"})
    assert Site.asked[-1] == ("/page", named.removeprefix("http://"))


def test_the_charset_a_server_names_is_kept(site: str) -> None:
    reply = fetch(f"{site}/latin", allowed=only_this_machine)
    assert decode(reply.data, reply.charset, "page") == "“so”"
    assert not reply.html


@pytest.mark.parametrize("path", ["/packed", "/moved"])
def test_a_packed_page_is_unpacked_and_a_redirect_followed(site: str, path: str) -> None:
    assert fetch(site + path, allowed=only_this_machine).data.decode() == PAGE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "404 Not Found"),
        ("/moved-nowhere", "302 Found"),
        ("/picture", "image/png"),
        ("/unnamed", "does not name"),
        ("/blank", "empty page"),
        ("/damaged", "damaged"),
        ("/brotli", "packed as br"),
        ("/bomb", "5 MB"),
        ("/endless", "5 MB"),
        ("/round", "more than 5 times"),
        ("/to-other-machine", "private network"),
        ("/to-file", "not an http or https"),
        ("/to-password", "password"),
        ("/nonsense", "could not be fetched"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence(site: str, path: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        fetch(site + path, allowed=only_this_machine)
    assert "secret" not in str(caught.value)


def test_a_refused_redirect_is_not_even_asked(site: str) -> None:
    before = len(Site.asked)
    with pytest.raises(ArticleError):
        fetch(f"{site}/to-other-machine", allowed=only_this_machine)
    assert [path for path, _ in Site.asked[before:]] == ["/to-other-machine"]


def test_credentials_in_an_address_are_refused_and_not_repeated(site: str) -> None:
    with pytest.raises(ArticleError, match="password") as caught:
        fetch(site.replace("//", "//me:secret@") + "/page", allowed=only_this_machine)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("path", ["/drip", "/slow-headers"])
def test_a_page_that_drips_is_given_up_at_the_deadline(site: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(ArticleError, match=r"within 0\.4 seconds"):
        fetch(site + path, allowed=only_this_machine, seconds=0.4)
    assert time.monotonic() - start < 2


def test_a_site_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(ArticleError, match="could not be fetched"):
        fetch("http://127.0.0.1:1/", allowed=only_this_machine)


def test_a_page_can_be_fetched_while_a_notebook_runs_its_loop(site: str) -> None:
    import asyncio

    async def cell() -> bytes:
        return fetch(f"{site}/page", allowed=only_this_machine).data

    assert asyncio.run(cell()).decode() == PAGE
