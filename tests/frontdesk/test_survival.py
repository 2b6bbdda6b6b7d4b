"""What was answered "stored" is there after the process was killed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

import httpx
from case_bodies import case_body
from conftest import StartDesk
from live_frontdesk import LiveFrontDesk
from private_postgresql import PrivatePostgresql

BURST = 80
KILL_AFTER = 20


def test_sqlite_keeps_what_was_stored(own_desk: LiveFrontDesk) -> None:
    assert_survives_a_kill(own_desk)


def test_postgresql_keeps_what_was_stored(
    start_desk: StartDesk, postgresql: PrivatePostgresql
) -> None:
    assert_survives_a_kill(start_desk(postgresql.new_database()))


def assert_survives_a_kill(desk: LiveFrontDesk) -> None:
    """Kills the process amid a burst of cases, restarts it and sends all again."""
    bodies = [case_body() for _ in range(BURST)]
    stored = Semaphore(0)

    def send(body: dict[str, object]) -> str | None:
        try:
            answer = desk.post(body)
        except httpx.TransportError:
            return None
        assert answer.status_code == 201
        stored.release()
        return str(answer.json()["case_id"])

    with ThreadPoolExecutor(8) as threads:
        sent = threads.map(send, bodies)
        for _ in range(KILL_AFTER):
            stored.acquire()
        desk.process.kill()
        promised = list(sent)
    desk.kill()
    assert None in promised, "the burst was over before the kill"

    desk.start()
    for body, case_id in zip(bodies, promised, strict=True):
        if case_id:
            [case] = desk.cases(str(body["sender"]))
            assert case["case_id"] == case_id
        again = desk.post(body)
        assert again.status_code == 200 if case_id else again.status_code in {200, 201}
        [case] = desk.cases(str(body["sender"]))
        assert len(case["messages"]) == 1
