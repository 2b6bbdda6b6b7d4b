"""How much has come from each network in the present hour, for limits."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "address_use",
        sa.Column("network_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("network_hash", "kind", name="pk_address_use"),
    )
    op.create_index("ix_address_use_hour", "address_use", ["hour"])


def downgrade() -> None:
    """Removes the table."""
    op.drop_table("address_use")
