"""The socket the front desk listens on, opened before anything else is touched."""

import errno
import socket

from frontdesk.errors import AddressUnusable
from settings import OVERRIDE_PREFIX, SETTINGS_FILE, Address


def listen(address: Address, section: str) -> socket.socket:
    """Opens the socket, so that a second front desk stops before it migrates.

    Args:
        address: where to listen.
        section: the part of the settings that the address is from.

    Raises:
        AddressUnusable: naming the setting and the remedy.
    """
    if not _is_port(address.port):
        raise AddressUnusable(
            _refusal(
                section, "port", address.port, "is not a port", "choose 1 to 65535"
            )
        )
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise AddressUnusable(_explain(address, section, error)) from error
    # With the protocol named, asyncio switches Nagle's algorithm off; without it
    # (socket.create_server) every answer waits 40 ms.
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(target)
        listener.listen()
    except OSError as error:
        listener.close()
        raise AddressUnusable(_explain(address, section, error)) from error
    return listener


def _is_port(number: int) -> bool:
    # Resolving a larger number succeeds: it is silently reduced modulo 65536.
    return 0 < number < 65536


def _explain(address: Address, section: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        remedy = "stop the program that listens there, or choose another port"
        reason = f"is taken on {address.host}"
        return _refusal(section, "port", address.port, reason, remedy)
    if isinstance(error, PermissionError):
        remedy = "choose a port above 1023"
        reason = "is reserved for the system"
        return _refusal(section, "port", address.port, reason, remedy)
    remedy = "use an address of this machine, such as 127.0.0.1"
    return _refusal(section, "host", address.host, "cannot be listened on", remedy)


def _refusal(section: str, key: str, value: object, reason: str, remedy: str) -> str:
    variable = f"{OVERRIDE_PREFIX}{section}__{key}".upper()
    return (
        f"{SETTINGS_FILE}: '{section}.{key}' is {value}, which {reason} -> "
        f"{remedy} (there, or in {variable})"
    )
