"""A mail server and a web address as the clinic would have them, in this process."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "clinic", "password-of-the-tests"


class MailServer:
    """Keeps what it is sent; can be started and stopped again and again."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self.users: list[str] = []
        options: dict[str, Any] = {}
        if tls:
            options = {
                "tls_context": tls,
                "require_starttls": True,
                "auth_required": True,
                "authenticator": self._authenticate,
            }
        self._options = options

    def start(self) -> "MailServer":
        """Begins to listen."""
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, **self._options
        )
        self._controller.start()
        return self

    def stop(self) -> None:
        """Stops listening."""
        self._controller.stop()

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        """Listens for a while."""
        self.start()
        yield self
        self.stop()

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Takes a message; see aiosmtpd."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def _authenticate(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        mechanism: str,
        said: LoginPassword,
    ) -> AuthResult:
        is_right = (said.login, said.password) == (USER.encode(), PASSWORD.encode())
        self.users.append(said.login.decode())
        return AuthResult(success=is_right)


class WebhookReceiver:
    """Keeps the requests it gets, and answers with `status`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/hook"
        self.status = 200
        self.requests: list[tuple[dict[str, str], bytes]] = []

    @contextmanager
    def running(self) -> Iterator["WebhookReceiver"]:
        """Listens for a while."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        yield self
        server.shutdown()
        server.server_close()
