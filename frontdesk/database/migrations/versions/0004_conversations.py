"""Conversations with their owner, messages in and out, and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "conversations",
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("staff_id", sa.Integer),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("person_wrote_at", moment),
        sa.Column("staff_wrote_at", moment),
        sa.Column("staff_saw_at", moment),
        sa.Column("told_closed_at", moment),
        sa.Column("leased_by", sa.String(64)),
        sa.Column("leased_until", moment),
        sa.PrimaryKeyConstraint("sender", name="pk_conversations"),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name="fk_conversations_staff_id",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_conversations_leased_until", "conversations", ["leased_until"])
    op.create_table(
        "messages_in",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("choice", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("told_of_delay", sa.Boolean, nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages_in"),
        sa.UniqueConstraint("sender", "key", name="uq_messages_in_sender"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_in_sender", "messages_in", ["sender"])
    is_waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_messages_in_waiting",
        "messages_in",
        ["sender", "id"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )
    op.create_table(
        "messages_out",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("speaker", sa.String(8), nullable=False),
        sa.Column("staff_name", sa.String(100)),
        sa.Column("name", sa.String(100)),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("recorded_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_messages_out"),
        sa.UniqueConstraint("key", name="uq_messages_out_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_out_sender_id", "messages_out", ["sender", "id"])
    is_unrecorded = sa.text("recorded_at IS NULL")
    op.create_index(
        "ix_messages_out_unrecorded",
        "messages_out",
        ["sender", "id"],
        sqlite_where=is_unrecorded,
        postgresql_where=is_unrecorded,
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("staff_name", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_sender", "notes", ["sender"])


def downgrade() -> None:
    """Removes the tables, and with them what has not been played or recorded."""
    for table in ("notes", "messages_out", "messages_in", "conversations"):
        op.drop_table(table)
