"""How long a reply may be."""

LONGEST = 4000
LONGEST_BY_CHANNEL = {"sms": 1600}
"""By text message, the most that carriers' gateways take in one."""


def longest_reply(channel: str) -> int:
    """Returns how many characters a reply on a channel may have."""
    return LONGEST_BY_CHANNEL.get(channel, LONGEST)
