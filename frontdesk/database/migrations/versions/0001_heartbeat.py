"""The row that health checks write."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Adds the table and its only row."""
    heartbeat = op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("beaten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeat"),
    )
    op.execute(heartbeat.insert().values(id=1, beaten_at=sa.func.current_timestamp()))


def downgrade() -> None:
    """Removes the table."""
    op.drop_table("heartbeat")
