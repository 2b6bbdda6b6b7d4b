"""The front desk's services in the tests' own process, on a database of theirs."""

import os
import uuid
from unittest.mock import patch

from live_frontdesk import environment

from frontdesk.clock import Clock, utc_now
from frontdesk.database.database import open_database
from frontdesk.services import Services, build_services
from frontdesk.staff.member import STAFF, Member
from settings import load_settings


def services_on(address: str, now: Clock = utc_now, **overrides: str) -> Services:
    """Builds the services as a further front desk on the database would."""
    with patch.dict(os.environ, environment(**overrides), clear=True):
        return build_services(load_settings(), open_database(address, 5.0), now)


def new_member(services: Services, name: str) -> Member:
    """Adds an account that nobody can sign in to."""
    with services.database.writing() as session:
        session.expire_on_commit = False
        member = Member(
            email=f"{name.lower()}-{uuid.uuid4()}@clinic.example",
            name=name,
            password_hash="",
            role=STAFF,
            created_at=services.now(),
        )
        session.add(member)
    return member
