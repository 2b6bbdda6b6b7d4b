"""The text line: numbers, opt-outs, what has arrived and what became of each text."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "sms_numbers",
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("forgotten_at", moment),
        sa.Column("leased_by", sa.String(64)),
        sa.Column("leased_until", moment),
        sa.PrimaryKeyConstraint("sender", name="pk_sms_numbers"),
    )
    op.create_table(
        "sms_opt_outs",
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("told_by", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("sender", name="pk_sms_opt_outs"),
    )
    op.create_table(
        "sms_received",
        sa.Column("message_sid", sa.String(64), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("message_sid", name="pk_sms_received"),
    )
    op.create_index("ix_sms_received_received_at", "sms_received", ["received_at"])
    op.create_table(
        "sms_deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answers_keyword", sa.Boolean, nullable=False),
        sa.Column("message_sid", sa.String(64)),
        sa.Column("error_code", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("first_tried_at", moment),
        sa.Column("next_try_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sms_deliveries"),
        sa.UniqueConstraint("message_id", name="uq_sms_deliveries_message_id"),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages_out.id"],
            name="fk_sms_deliveries_message_id",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    for column in ("sender", "message_sid"):
        op.create_index(f"ix_sms_deliveries_{column}", "sms_deliveries", [column])
    is_unsent = sa.text("state IN ('queued', 'sending')")
    op.create_index(
        "ix_sms_deliveries_unsent",
        "sms_deliveries",
        ["sender", "id"],
        sqlite_where=is_unsent,
        postgresql_where=is_unsent,
    )


def downgrade() -> None:
    """Removes the tables, and with them who wants no texts."""
    for table in ("sms_deliveries", "sms_received", "sms_opt_outs", "sms_numbers"):
        op.drop_table(table)
