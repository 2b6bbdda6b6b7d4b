"""Ports for the servers of the tests."""

import os
import random
import socket

_FIRST, _END = 20_000, 32_768
"""Below those that a system lends to outgoing connections, a browser's for instance."""


def _own_ports() -> range:
    # Between choosing a port and listening there, another worker might choose it too,
    # and a front desk's first request would be answered by somebody's mail server.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return range(_FIRST + int(worker.removeprefix("gw")), _END, workers)


_PORTS = iter(random.sample(_own_ports(), len(_own_ports())))


def free_port() -> int:
    """Returns a port that nothing listens on, and that no other caller has got.

    Raises:
        LookupError: if every port is taken.
    """
    for port in _PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise LookupError("every port of the tests is taken -> stop what listens there")
