"""Addresses that cannot be listened on."""

import socket

import pytest
from free_ports import free_port

from frontdesk.errors import AddressUnusable
from frontdesk.listener import listen
from settings import Address


@pytest.mark.parametrize(
    ("host", "port", "key"),
    [
        ("192.0.2.1", 8090, "frontdesk.host"),
        ("no such host", 8090, "frontdesk.host"),
        ("127.0.0.1", 70_000, "frontdesk.port"),
        ("127.0.0.1", 0, "frontdesk.port"),
        ("127.0.0.1", -1, "frontdesk.port"),
    ],
)
def test_the_wrong_setting_is_named(host: str, port: int, key: str) -> None:
    with pytest.raises(AddressUnusable, match=f"'{key}' is .* -> .*KETAMINE_FACTS_"):
        listen(Address(host, port), "frontdesk")


def test_answers_are_not_held_back() -> None:
    with listen(Address("127.0.0.1", free_port()), "frontdesk") as listener:
        # asyncio switches Nagle's algorithm off for sockets that name the protocol.
        assert listener.proto == socket.IPPROTO_TCP
