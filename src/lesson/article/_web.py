"""Fetch one page from a web address, and nothing the address should not lead to.

An address given by a stranger can point into the reader's own network. So the name is looked
up once, every answer must be a public address, and the request goes to that very answer: a
second look-up could say something else. Each redirect is a new address, checked like the first.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import zlib
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from ..errors import ArticleError, short
from .source import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

__all__ = ["Reply", "fetch", "is_public"]

_REDIRECTS = 5
_KINDS = frozenset(["text/html", "application/xhtml+xml", "text/plain"])
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {
    "User-Agent": "media-literacy-lesson (reads one page for a class)",
    "Accept": "text/html, application/xhtml+xml, text/plain",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a web server sent: the bytes, the encoding it named ("" if none), whether HTML."""

    data: bytes
    charset: str
    html: bool


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet.

    Examples
    --------
    >>> [is_public(address) for address in ("9.9.9.9", "10.0.0.1", "::ffff:127.0.0.1")]
    [True, False, False]
    """
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner: ipaddress.IPv4Address | None = None
    if isinstance(number, ipaddress.IPv6Address):
        # Some IPv6 addresses carry an IPv4 one, and that is where they lead.
        inner = number.ipv4_mapped or number.sixtofour
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)
        if number.ipv4_mapped:
            return is_public(str(number.ipv4_mapped))
    if inner is not None and not is_public(str(inner)):
        return False
    return number.is_global and not number.is_multicast


def fetch(
    address: str, *, allowed: Callable[[str], bool] = is_public, seconds: float = 20.0
) -> Reply:
    """Fetch one page.

    Parameters
    ----------
    address
        An http or https address.
    allowed
        Whether a numeric address may be asked; tests allow their own machine.
    seconds
        How long the whole may take, from the look-up of the name to the last byte.

    Raises
    ------
    ArticleError
        If the address is refused, nothing answers in time, or the answer is no page.
    """
    answers: SimpleQueue[Reply | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(asyncio.run(_within(seconds, address, allowed)))
        except BaseException as error:  # noqa: BLE001  # handed to the caller below
            answers.put(error)

    # A thread of its own: a notebook's thread already runs an event loop, and a look-up of a
    # name that hangs cannot be called off, only left behind.
    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds + 0.5)
    except Empty:
        answer = TimeoutError()
    if isinstance(answer, TimeoutError):
        raise ArticleError(
            f"{short(address)} did not send its page within {seconds:g} seconds: try again later, "
            "or save the page in your browser and load the file."
        ) from answer
    if isinstance(answer, BaseException):
        raise answer
    return answer


async def _within(seconds: float, address: str, allowed: Callable[[str], bool]) -> Reply:
    async with asyncio.timeout(seconds):
        return await _follow(address, allowed)


async def _follow(address: str, allowed: Callable[[str], bool]) -> Reply:
    import httpx  # noqa: PLC0415  # heavy, and only an address needs it

    try:
        url = httpx.URL(address)
        async with httpx.AsyncClient(trust_env=False, timeout=None) as client:  # noqa: S113  # timed
            for _ in range(_REDIRECTS + 1):
                answer = await _ask(client, url, allowed)
                if isinstance(answer, Reply):
                    return answer
                url = answer
    except httpx.InvalidURL as error:
        raise ArticleError(
            f"{short(address)} is not a complete web address: copy it again from your browser."
        ) from error
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise ArticleError(
            f"{short(address)} could not be fetched ({reason}): check the address and your "
            "connection, or save the page in your browser and load the file."
        ) from error
    raise ArticleError(
        f"{short(address)} sends the reader on more than {_REDIRECTS} times: open it in your "
        "browser and copy the address where you end up."
    )


async def _ask(
    client: httpx.AsyncClient, url: httpx.URL, allowed: Callable[[str], bool]
) -> Reply | httpx.URL:
    """Ask for one address; the answer is its page, or the address it sends us on to."""
    import httpx  # noqa: PLC0415  # heavy, and not always needed

    numbers = await _numbers(url, allowed)
    host = url.raw_host.decode("ascii").strip("[]")
    for place, number in enumerate(numbers):
        request = client.build_request(
            "GET",
            url.copy_with(host=number, fragment=None),
            headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": host},
        )
        try:
            response = await client.send(request, stream=True)
        except httpx.ConnectError:
            if place + 1 < len(numbers):
                continue
            raise
        try:
            if response.has_redirect_location:
                return url.join(response.headers["location"])
            return await _reply(response, url)
        finally:
            await response.aclose()
    raise AssertionError  # _numbers never returns an empty list


async def _numbers(url: httpx.URL, allowed: Callable[[str], bool]) -> list[str]:
    """Look the host up and return its numeric addresses, all of them allowed."""
    shown = short(str(url.copy_with(userinfo=b"")))
    if url.scheme not in {"http", "https"}:
        raise ArticleError(
            f"{shown} is not an http or https address, and nothing else is fetched: give the "
            "address of the page itself."
        )
    if url.userinfo:
        raise ArticleError(
            f"{shown} was given with a user name or password in it, which a news page never "
            "needs: leave that part out."
        )
    host = url.raw_host.decode("ascii").strip("[]")
    if not host:
        raise ArticleError(f"{shown} names no site: copy the address again from your browser.")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        raise ArticleError(
            f"No site named {short(host)} was found: check the spelling and your connection."
        ) from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not numbers or not all(allowed(number) for number in numbers):
        raise ArticleError(
            f"{shown} leads to a private network and not to the public internet, so it is not "
            "opened: save the page in your browser and load the file."
        )
    return numbers


async def _reply(response: httpx.Response, url: httpx.URL) -> Reply:
    shown = short(str(url))
    if response.status_code != 200:
        raise ArticleError(
            f"{shown} answered {response.status_code} {response.reason_phrase}".rstrip()
            + ": check the address, or save the page in your browser and load the file."
        )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise ArticleError(
            f"{shown} sent {short(kind) or 'something it does not name'}, not a page of text: "
            "give the address of the story itself."
        )
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip", ""}:
        raise ArticleError(
            f"{shown} sent its page packed as {short(packing)}, which was not asked for: save "
            "the page in your browser and load the file."
        )
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    data = bytearray()
    received = 0
    async for piece in response.aiter_raw():
        received += len(piece)
        room = MOST_BYTES + 1 - len(data)
        try:
            data += unpack.decompress(piece, room) if unpack else piece
        except zlib.error as error:
            raise ArticleError(
                f"{shown} sent a page that is damaged on the way: try again."
            ) from error
        if len(data) > MOST_BYTES or received > MOST_BYTES:
            raise ArticleError(
                f"{shown} is larger than 5 MB, too large for one news page: save the text of the "
                "page alone and load that."
            )
    if not data.strip():
        raise ArticleError(f"{shown} sent an empty page: check the address in your browser.")
    return Reply(bytes(data), response.charset_encoding or "", kind != "text/plain")
