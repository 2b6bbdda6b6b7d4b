"""Where a request comes from, as far as it is told apart."""

import ipaddress

from fastapi import Request

_UNKNOWN = "unknown"
_SMALLEST_IPV6_NETWORK = 64
"""One household has this many bits of addresses to itself, and can use them all."""


def address_of(request: Request) -> str:
    """Returns the address of whoever asks; the proxy before us has named it."""
    return request.client.host if request.client else ""


def network_of(address: str) -> str:
    """Returns the address itself, or the network that one household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return _UNKNOWN
    if parsed.version == 4:
        return str(parsed)
    return str(
        ipaddress.ip_network((int(parsed), _SMALLEST_IPV6_NETWORK), strict=False)
    )
