"""A PostgreSQL server of the tests' own, in a temporary folder."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path

import psycopg
from free_ports import free_port

_INSTALLATIONS = "/usr/lib/postgresql"
_UNPRIVILEGED_USER = "postgres"
_START_SECONDS = 30


class PostgresqlMissing(Exception):
    """Raised when no server can be run here; says what is missing."""


class PrivatePostgresql:
    """A running server; data is lost when it stops."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._prefix = _without_root()
        self._port = free_port()
        # Not pytest's folder: that one is closed to other users.
        self._folder = Path(tempfile.mkdtemp(prefix="frontdesk-postgresql-"))
        if self._prefix:
            shutil.chown(self._folder, _UNPRIVILEGED_USER)

    def start(self) -> "PrivatePostgresql":
        """Creates the cluster and starts the server."""
        data = str(self._folder / "data")
        initialise = self._command(
            "initdb", "-D", data, "-U", "tests", "-A", "trust", "--no-sync"
        )
        subprocess.run(
            [*initialise, "--encoding=UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            cwd="/",
        )
        return self.serve()

    def serve(self) -> "PrivatePostgresql":
        """Starts the server, also after it was killed."""
        folder, data = str(self._folder), str(self._folder / "data")
        serve = self._command("postgres", "-D", data, "-k", folder, "-F")
        with (self._folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [*serve, "-h", "127.0.0.1", "-p", str(self._port)],
                stdout=log,
                stderr=log,
                cwd="/",
            )
        self._wait_until_it_answers()
        return self

    def kill(self) -> None:
        """Kills the server; what it has stored stays."""
        processes = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children")
        children = [int(pid) for pid in processes.read_text().split()]
        for pid in (self._server.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._server.wait(_START_SECONDS)

    def stop(self) -> None:
        """Stops the server and removes its folder."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(_START_SECONDS)
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """Creates an empty database and returns its address."""
        name = f"desk_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        return f"postgresql://tests@127.0.0.1:{self._port}/{name}"

    def execute(self, statement: str) -> None:
        """Runs a statement as the administrator."""
        address = f"postgresql://tests@127.0.0.1:{self._port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [*self._prefix, str(self._programs / program), *arguments]

    def _wait_until_it_answers(self) -> None:
        for _ in range(_START_SECONDS * 20):
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError((self._folder / "server.log").read_text(encoding="utf-8"))


def _programs() -> Path:
    found = sorted(Path(_INSTALLATIONS).glob("*/bin/initdb"))
    if not found:
        raise PostgresqlMissing(f"no {_INSTALLATIONS}/*/bin/initdb here")
    return found[-1].parent


def _without_root() -> list[str]:
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        raise PostgresqlMissing("PostgreSQL refuses root, and setpriv is not here")
    user = _UNPRIVILEGED_USER
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
