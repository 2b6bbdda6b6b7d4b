"""Cases are taken, closed and escalated; a kind has one open case, taken or not."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WAITING, _OPEN = sa.text("status = 'waiting'"), sa.text("status != 'closed'")


def upgrade() -> None:
    """Adds the columns and widens the index."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("waiting_since", moment))
        cases.add_column(sa.Column("staff_id", sa.Integer))
        cases.add_column(sa.Column("taken_at", moment))
        cases.add_column(sa.Column("closed_at", moment))
        cases.add_column(sa.Column("escalated_at", moment))
    op.execute("UPDATE cases SET waiting_since = opened_at")
    with op.batch_alter_table("cases") as cases:
        cases.alter_column("waiting_since", nullable=False)
        cases.create_foreign_key(
            "fk_cases_staff_id", "staff", ["staff_id"], ["id"], ondelete="SET NULL"
        )
    op.drop_index("uq_cases_waiting", "cases")
    _index("uq_cases_open", _OPEN)


def downgrade() -> None:
    """Removes them; cases that were taken wait again."""
    op.drop_index("uq_cases_open", "cases")
    op.execute("UPDATE cases SET status = 'waiting' WHERE status = 'taken'")
    with op.batch_alter_table("cases") as cases:
        cases.drop_constraint("fk_cases_staff_id", type_="foreignkey")
        for column in (
            "waiting_since",
            "staff_id",
            "taken_at",
            "closed_at",
            "escalated_at",
        ):
            cases.drop_column(column)
    _index("uq_cases_waiting", _WAITING)


def _index(name: str, where: sa.TextClause) -> None:
    op.create_index(
        name,
        "cases",
        ["sender", "kind"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
