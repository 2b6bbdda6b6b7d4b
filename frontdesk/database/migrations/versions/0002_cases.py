"""Cases and their messages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds both tables."""
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_index("ix_cases_sender", "cases", ["sender"])
    is_waiting = sa.text("status = 'waiting'")
    op.create_index(
        "uq_cases_waiting",
        "cases",
        ["sender", "kind"],
        unique=True,
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )
    op.create_table(
        "case_messages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("entities", sa.JSON, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_messages"),
        sa.UniqueConstraint("key", name="uq_case_messages_key"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
            name="fk_case_messages_case_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_case_messages_case_id", "case_messages", ["case_id"])


def downgrade() -> None:
    """Removes both tables, and with them every case."""
    op.drop_table("case_messages")
    op.drop_table("cases")
