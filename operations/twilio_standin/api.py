"""The Messages API over HTTP: creates and lists texts, refuses as Twilio does."""

from __future__ import annotations

import base64
import json
import re
import socket
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from operations.twilio_standin.listing import page
from operations.twilio_standin.sent_message import API
from operations.twilio_standin.webhooks import INCOMING

if TYPE_CHECKING:
    from operations.twilio_standin.standin import TwilioStandin

LONGEST_BODY = 1600
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
        self.standin.connections.add(self.client_address)
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = dict(parse_qsl(content.decode(), keep_blank_values=True))
        if not self._knows_account() or not self._is_messages(self.path):
            return
        if not self._refuses(fields):
            self._create(fields)

    def do_GET(self) -> None:
        """Lists messages, or tells of the account and its number."""
        if not self._knows_account():
            return
        base = f"{API}/Accounts/{self.standin.account.sid}"
        path = urlsplit(self.path).path
        query = dict(parse_qsl(urlsplit(self.path).query))
        if path == f"{base}.json":
            self._answer(200, {"sid": self.standin.account.sid, "status": "active"})
        elif path == f"{base}/IncomingPhoneNumbers.json":
            self._answer(200, {"incoming_phone_numbers": self._numbers(query)})
        elif self._is_messages(path):
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
        self._answer(200, page(found, query, urlsplit(self.path).path))

    def _numbers(self, query: Mapping[str, str]) -> list[dict[str, str]]:
        number = self.standin.account.number
        if query.get("PhoneNumber", number) != number:
            return []
        url = self.standin.webhooks.public_url + INCOMING
        return [{"phone_number": number, "sms_url": url, "sms_method": "POST"}]

    def _knows_account(self) -> bool:
        account = self.standin.account
        given = self.headers.get("Authorization", "")
        wanted = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
        if given != f"Basic {wanted}":
            self._refuse(401, 20003)
        return given == f"Basic {wanted}"

    def _is_messages(self, path: str) -> bool:
        wanted = f"{API}/Accounts/{self.standin.account.sid}/Messages.json"
        if path != wanted:
            self._refuse(404, 20404)
        return path == wanted

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
