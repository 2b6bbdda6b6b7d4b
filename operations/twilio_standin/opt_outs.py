"""What Twilio itself does about STOP, START and HELP."""

from __future__ import annotations

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT"})
STOP |= {"REVOKE"}
START = frozenset({"START", "UNSTOP", "YES"})
HELP = frozenset({"HELP", "INFO"})

REPLIES = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more "
    "messages from this number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. "
    "Reply HELP for help. Reply STOP to unsubscribe.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


class OptOuts:
    """Blocks numbers as Twilio does; advanced opt-out answers and names the kind too.

    Whoever sends STOP is blocked (error 21610) only with `advanced`: the front desk
    must obey by itself.
    """

    def __init__(self, advanced: bool) -> None:
        """Starts with nobody blocked."""
        self._advanced = advanced
        self.blocked: set[str] = set()

    def blocks(self, number: str) -> bool:
        """Whether a text to this number is refused with 21610."""
        return number in self.blocked

    def note(self, number: str, body: str) -> dict[str, str]:
        """Blocks or unblocks; returns the parameters that tell of it."""
        kind = _kind(body)
        if not self._advanced or kind is None:
            return {}
        if kind == "STOP":
            self.blocked.add(number)
        elif kind == "START":
            self.blocked.discard(number)
        return {"OptOutType": kind}

    def own_reply(self, body: str) -> str | None:
        """Returns what Twilio itself answers, if it does."""
        kind = _kind(body)
        return REPLIES[kind] if self._advanced and kind else None


def _kind(body: str) -> str | None:
    word = body.strip().upper()
    for kind, words in (("STOP", STOP), ("START", START), ("HELP", HELP)):
        if word in words:
            return kind
    return None
