"""Questions who is meant climb, and a task can be about one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identity_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rung", sa.String(), server_default="duty_desk", nullable=False)
        )
        batch_op.add_column(sa.Column("climb_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_identity_check_climb", ["state", "climb_at"], unique=False)
    op.execute("UPDATE identity_check SET climb_at = due_at WHERE state IN ('open', 'asked_back')")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("check_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("area_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_task_check_id"), ["check_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_task_area_id"), "area", ["area_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_task_check_id"), "identity_check", ["check_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_check_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_task_area_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_task_check_id"))
        batch_op.drop_column("area_id")
        batch_op.drop_column("check_id")

    with op.batch_alter_table("identity_check", schema=None) as batch_op:
        batch_op.drop_index("ix_identity_check_climb")
        batch_op.drop_column("climb_at")
        batch_op.drop_column("rung")
