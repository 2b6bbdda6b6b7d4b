"""Writers are served in turn, also while a busy one asks again at once."""

import threading

from visitor import eventually

from frontdesk.database.fair_lock import FairLock

LONG = 90.0


def waiting(lock: FairLock, done: list[str], name: str) -> threading.Thread:
    """Starts a thread that waits for the lock, and returns when it waits."""

    def wait() -> None:
        assert lock.acquire(LONG)
        done.append(name)
        lock.release()

    thread = threading.Thread(target=wait)
    before = len(lock._waiting)
    thread.start()
    eventually(lambda: len(lock._waiting) == before + 1)
    return thread


def test_it_is_had_in_the_order_in_which_it_was_asked_for() -> None:
    lock, done = FairLock(), list[str]()
    assert lock.acquire(LONG)
    threads = [waiting(lock, done, str(number)) for number in range(20)]
    lock.release()
    # As a busy thread does: it goes to the end of the queue.
    assert lock.acquire(LONG)
    assert done == [str(number) for number in range(20)]
    lock.release()
    for thread in threads:
        thread.join()


def test_who_waits_too_long_goes_without_it() -> None:
    lock, done = FairLock(), list[str]()
    assert lock.acquire(LONG)
    assert not lock.acquire(0.01)
    thread = waiting(lock, done, "next")
    assert not lock.acquire(0.01)
    lock.release()
    thread.join()
    assert done == ["next"]
    assert lock.acquire(0.01)
