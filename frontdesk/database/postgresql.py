"""What PostgreSQL needs so that the front desk fails in time rather than hangs."""

import math

from sqlalchemy import URL, Engine, create_engine

_SHORTEST_CONNECT_SECONDS = 2
"""The client library takes anything below for this."""


def engine(url: URL, patience: float) -> Engine:
    """Makes an engine that waits this many seconds for a connection or a statement."""
    milliseconds = int(patience * 1000)
    return create_engine(
        url,
        connect_args={
            "connect_timeout": max(_SHORTEST_CONNECT_SECONDS, math.ceil(patience)),
            "options": (
                f"-c lock_timeout={milliseconds} -c statement_timeout={milliseconds}"
            ),
        },
        hide_parameters=True,  # parameters are what people wrote
        pool_pre_ping=True,  # a restarted server is noticed before it costs a request
        pool_timeout=patience,
    )
