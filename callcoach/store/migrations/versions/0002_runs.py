"""Runs over an archive, and what a job says of its source."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("task", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=16), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"])
    for column in (
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("task", sa.String(length=16), nullable=False, server_default="ingest"),
        sa.Column("fingerprint", sa.String(length=128), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("call_class", sa.String(length=32), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("n_channels", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=True),
        sa.Column("call_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rep", sa.String(length=400), nullable=True),
        sa.Column("source_name", sa.String(length=400), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
    ):
        op.add_column("jobs", column)
    op.create_index("ix_jobs_run_id_state_priority_id", "jobs", ["run_id", "state", "priority", "id"])
