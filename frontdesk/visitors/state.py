"""Who has a conversation and what it waits for, as every tab shows it."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from frontdesk.cases.case import WAITING, Case
from frontdesk.conversations.conversation import BOT, HUMAN, Conversation
from frontdesk.conversations.message_in import IS_WAITING, MessageIn
from frontdesk.staff.member import Member

State = dict[str, Any]


def read_state(session: Session, sender: str) -> State:
    """Reads it at once: hundreds of open pages ask for it."""
    this_one = Conversation.sender == sender
    name = (
        select(Member.name)
        .join(Conversation, Conversation.staff_id == Member.id)
        .where(this_one, Conversation.owner == HUMAN)
    )
    owner, staff_name, waiting_case, is_being_answered = session.execute(
        select(
            select(Conversation.owner).where(this_one).scalar_subquery(),
            name.scalar_subquery(),
            exists().where(Case.sender == sender, Case.status == WAITING),
            exists().where(MessageIn.sender == sender, IS_WAITING),
        )
    ).one()
    owner = owner or BOT
    return {
        "owner": owner,
        "staff_name": staff_name,
        "waiting_case": waiting_case,
        # While a human has it, the assistant reads along and is silent.
        "working": owner == BOT and is_being_answered,
    }
