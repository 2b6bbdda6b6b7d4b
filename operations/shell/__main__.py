"""`python -m operations.shell MODEL`: reads lines from the terminal and answers."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from settings import ROOT

HELP = (
    "Write a message, the number of a button, :why (how the last message was "
    "understood),\n:why and other words (how they would be), :new or :quit."
)
PROMPT = "you> "


async def _talk(model: Path) -> None:
    # only now: as Rasa is imported, Sanic switches its libraries' warnings on
    logging.captureWarnings(True)
    from rasa.core.agent import Agent
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    from operations.shell.conversation import ShellConversation

    configure_structlog(logging.ERROR)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agent = Agent.load(str(model), action_endpoint=endpoints.action)
    conversation = ShellConversation(agent)
    print(HELP, flush=True)
    while True:
        try:
            line = (await asyncio.to_thread(input, PROMPT)).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line == ":quit":
            return
        if line:
            print(await conversation.answer(line), flush=True)


if __name__ == "__main__":
    asyncio.run(_talk(Path(sys.argv[1])))
