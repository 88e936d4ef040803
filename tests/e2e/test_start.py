"""The command that starts the lesson, as a process of its own."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.e2e.lab import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_when_the_command_is_ended_its_server_is_gone_too(
    make_lesson: Callable[[], Path], tmp_path: Path
) -> None:
    with serve(make_lesson(), tmp_path, {}) as server:
        where = urlsplit(server.address)
        address = (str(where.hostname), int(where.port or 0))
        socket.create_connection(address, timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=5)
