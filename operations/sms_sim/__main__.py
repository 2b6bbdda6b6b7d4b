"""Starts the project with a text line, and the page with the phones (make sms-sim).

Needs the front desk's environment. Nothing of it is kept, and nothing else is touched.
"""

from __future__ import annotations

import argparse
import signal
import sys

import uvicorn

from operations.private_stack import STAFF_PASSWORD, free_port
from operations.service import ServiceError, port_is_taken
from operations.sms_sim.app import build_app
from operations.sms_sim.phones import Phones
from operations.sms_stack import SmsStack, running_line
from operations.trained_model import ModelUnusable

HOST = "127.0.0.1"
PORT = 8095


def main() -> int:
    """Runs until stopped; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m operations.sms_sim")
    parser.add_argument("--port", type=int, default=PORT, help="of the page")
    options = parser.parse_args()
    # However it ends, the processes that it started end with it.
    for reason in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(reason, signal.default_int_handler)
    try:
        print("==> starting the project with a text line (a minute)", flush=True)
        with running_line() as stack:
            _serve(stack, options.port)
    except KeyboardInterrupt:
        return 0
    except (ModelUnusable, ServiceError) as error:
        print(f"sms-sim: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(stack: SmsStack, port: int) -> None:
    email = stack.add_staff("Sam")
    if port_is_taken(HOST, port):
        port = free_port()
    print(
        f"\nThe phones:  http://{HOST}:{port}\n"
        f"Staff desk:  {stack.desk_url}  ({email}, password: {STAFF_PASSWORD})\n"
        "Nothing is kept. Stop with Ctrl-C.",
        flush=True,
    )
    app = build_app(Phones(stack.twilio), stack.desk_url, email, STAFF_PASSWORD)
    uvicorn.run(app, host=HOST, port=port, log_level="warning")


if __name__ == "__main__":
    sys.exit(main())
