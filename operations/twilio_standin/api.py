"""The Messages API over HTTP: creates and lists texts, refuses as Twilio does."""

from __future__ import annotations

import base64
import json
import re
import socket
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from operations.twilio_standin.sent_message import API, SentMessage

if TYPE_CHECKING:
    from operations.twilio_standin.standin import TwilioStandin

LONGEST_BODY = 1600
PAGE_SIZE = 50
_E164 = re.compile(r"\+[1-9]\d{6,14}")


class ApiServer:
    """Listens on this machine, in threads of its own."""

    def __init__(self, standin: TwilioStandin, port: int) -> None:
        """Takes the port at once, so that its address is known."""
        handler = type("Handler", (_Handler,), {"standin": standin})
        self._server = _Server(("127.0.0.1", port), handler)

    @property
    def url(self) -> str:
        """The base address for clients on this machine."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Begins to answer."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: object) -> None:
        """Says nothing of clients that were killed; see parent class."""


class _Handler(BaseHTTPRequestHandler):
    standin: TwilioStandin
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Creates a message."""
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = dict(parse_qsl(content.decode(), keep_blank_values=True))
        if self._is_ours() and not self._refuses(fields):
            self._create(fields)

    def do_GET(self) -> None:
        """Lists messages."""
        if self._is_ours():
            query = dict(parse_qsl(urlsplit(self.path).query))
            self._list(query)

    def log_message(self, *_: object) -> None:
        """Says nothing; see parent class."""

    def _create(self, fields: Mapping[str, str]) -> None:
        number, text = fields["To"], fields["Body"]
        fault = self.standin.fault_for(number, text)
        message = None
        if fault.accepts:
            message = self.standin.accept(
                number,
                text,
                fields.get("StatusCallback"),
                fields.get("MessagingServiceSid"),
            )
        time.sleep(fault.delay)
        if not fault.answers:
            self._drop()
        elif fault.status is not None:
            self._refuse(fault.status, fault.code, fault.retry_after)
        elif message is not None:
            self._answer(201, message.as_json() | {"status": "queued"})

    def _list(self, query: Mapping[str, str]) -> None:
        found = self.standin.found(to=query.get("To"), sender=query.get("From"))
        after, before = _moment(query.get("DateSent>")), _moment(query.get("DateSent<"))
        found = [
            one
            for one in found
            if (after is None or one.created >= after)
            and (before is None or one.created <= before)
        ]
        self._answer(200, _page(found, query, urlsplit(self.path).path))

    def _is_ours(self) -> bool:
        account = self.standin.account
        given = self.headers.get("Authorization", "")
        wanted = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
        path = urlsplit(self.path).path
        if given != f"Basic {wanted}":
            self._refuse(401, 20003)
        elif path != f"{API}/Accounts/{account.sid}/Messages.json":
            self._refuse(404, 20404)
        else:
            return True
        return False

    def _refuses(self, fields: Mapping[str, str]) -> bool:
        account = self.standin.account
        service = fields.get("MessagingServiceSid")
        code = None
        if not _E164.fullmatch(fields.get("To", "")):
            code = 21211
        elif service is None and fields.get("From") != account.number:
            code = 21606
        elif service not in (None, account.messaging_service):
            code = 21701
        elif not fields.get("Body"):
            code = 21602
        elif len(fields["Body"]) > LONGEST_BODY:
            code = 21617
        if code is not None:
            self._refuse(400, code)
        return code is not None

    def _refuse(
        self, status: int, code: int | None, retry_after: int | None = None
    ) -> None:
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        body = {
            "code": code,
            "message": f"Error {code} of the stand-in",
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": status,
        }
        self._answer(status, body, headers)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(
        self,
        status: int,
        body: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _moment(text: str | None) -> datetime | None:
    """Reads a day or a moment in UTC, as the API takes them."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _page(
    found: list[SentMessage], query: Mapping[str, str], path: str
) -> dict[str, Any]:
    size, page = int(query.get("PageSize", PAGE_SIZE)), int(query.get("Page", 0))
    rest = found[size * page :]
    following = {**query, "PageSize": size, "Page": page + 1}
    return {
        "messages": [one.as_json() for one in rest[:size]],
        "page": page,
        "page_size": size,
        "uri": path,
        "next_page_uri": (
            f"{path}?{urlencode(following)}" if len(rest) > size else None
        ),
    }
