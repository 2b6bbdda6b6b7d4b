"""How much has come from a network in the present hour."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base


class AddressUse(Base):
    """A count. The network is a keyed hash that is another one in every hour."""

    __tablename__ = "address_use"

    network_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    hour: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    count: Mapped[int]
