"""The guard that keeps tests on this machine guards."""

import asyncio
import socket
import urllib.request

import pytest

from tests.conftest import NetworkUsed

FAR = "192.0.2.1"


def test_connections_out_are_refused_by_name_and_number() -> None:
    with pytest.raises(NetworkUsed), socket.create_connection((FAR, 80), timeout=1):
        pass
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("api.line.me", 443)
    with pytest.raises(NetworkUsed), urllib.request.urlopen("http://api.line.me", timeout=1):
        pass


async def test_asynchronous_connections_out_are_refused() -> None:
    with pytest.raises(NetworkUsed):
        await asyncio.open_connection(FAR, 80)


async def test_loopback_is_there() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    async with await asyncio.start_server(answer, "localhost", 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("localhost", port)
        writer.write(b"hello\n")
        assert await reader.readline() == b"hello\n"
        writer.close()
        await writer.wait_closed()
