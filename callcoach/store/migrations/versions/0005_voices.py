"""A meeting in one file per person: which channel of the call each file is, and when it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.add_column("media", sa.Column("channel", sa.Integer(), nullable=True))
    op.add_column("media", sa.Column("starts_s", sa.Float(), nullable=True))
