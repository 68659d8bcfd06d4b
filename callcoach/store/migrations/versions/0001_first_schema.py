"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "calls",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("call_class", sa.String(length=32), nullable=True),
        sa.Column("source_id", sa.String(length=400), nullable=True),
        sa.Column("current_transcript_id", sa.String(length=64), nullable=True),
        sa.Column("rep", sa.String(length=400), nullable=True),
        sa.Column("customers", sa.JSON(), nullable=False),
        sa.Column("account", sa.String(length=400), nullable=True),
        sa.Column("call_type", sa.String(length=400), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("n_channels", sa.Integer(), nullable=True),
        sa.Column("provenance", sa.String(length=32), nullable=True),
        sa.Column("roles_known", sa.Boolean(), nullable=False),
        sa.Column("has_proposal", sa.Boolean(), nullable=False),
        sa.Column("talk_share", sa.Float(), nullable=True),
        sa.Column("talk_share_reason", sa.Text(), nullable=True),
        sa.Column("n_judged", sa.Integer(), nullable=False),
        sa.Column("n_items", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_account_sort_at_id", "calls", ["account", "sort_at", "id"])
    op.create_index("ix_calls_call_type_sort_at_id", "calls", ["call_type", "sort_at", "id"])
    op.create_index("ix_calls_rep_sort_at_id", "calls", ["rep", "sort_at", "id"])
    op.create_index("ix_calls_sort_at_id", "calls", ["sort_at", "id"])
    op.create_index("ix_calls_source_id", "calls", ["source_id"])
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.String(length=400), nullable=True),
        sa.Column("firm_role", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_team", "people", ["team"])
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("viewer", sa.String(length=400), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_access_log_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_access_log"),
    )
    op.create_index("ix_access_log_call_id", "access_log", ["call_id"])
    op.create_index("ix_access_log_viewer", "access_log", ["viewer"])
    op.create_table(
        "call_people",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.String(length=400), nullable=True),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_people_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_call_people_person_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("call_id", "position", name="pk_call_people"),
    )
    op.create_index("ix_call_people_name_key", "call_people", ["name_key"])
    op.create_index("ix_call_people_person_id", "call_people", ["person_id"])
    op.create_table(
        "edits",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("behaviour", sa.String(length=64), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.String(length=400), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_edits_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
    )
    op.create_index("ix_edits_author", "edits", ["author"])
    op.create_index("ix_edits_call_id", "edits", ["call_id"])
    op.create_table(
        "goals",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_goals_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_goals"),
    )
    op.create_index("ix_goals_author", "goals", ["author"])
    op.create_index("ix_goals_person_id", "goals", ["person_id"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uri_key", sa.String(length=64), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_kind", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("timings", sa.JSON(), nullable=False),
        sa.Column("recognition_key", sa.String(length=64), nullable=True),
        sa.Column("scoring_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_jobs_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("uri_key", name="uq_jobs_uri_key"),
    )
    op.create_index("ix_jobs_call_id", "jobs", ["call_id"])
    op.create_index("ix_jobs_source_sha256", "jobs", ["source_sha256"])
    op.create_index("ix_jobs_state_finished_at_id", "jobs", ["state", "finished_at", "id"])
    op.create_index("ix_jobs_state_priority_id", "jobs", ["state", "priority", "id"])
    op.create_table(
        "media",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("n_channels", sa.Integer(), nullable=False),
        sa.Column("sample_rate_hz", sa.Integer(), nullable=True),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_media_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name="pk_media"),
    )
    op.create_index("ix_media_call_id", "media", ["call_id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_notes_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notes_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_author", "notes", ["author"])
    op.create_index("ix_notes_call_id", "notes", ["call_id"])
    op.create_index("ix_notes_person_id", "notes", ["person_id"])
    op.create_table(
        "person_aliases",
        sa.Column("alias_key", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_person_aliases_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alias_key", "person_id", name="pk_person_aliases"),
    )
    op.create_index("ix_person_aliases_person_id", "person_aliases", ["person_id"])
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_search_text_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_search_text"),
    )
    op.create_index("ix_search_text_call_id", "search_text", ["call_id"])
    op.create_table(
        "self_assessments",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=400), nullable=False),
        sa.Column("person_id", sa.String(length=400), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_self_assessments_call_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_self_assessments_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_self_assessments"),
    )
    op.create_index("ix_self_assessments_author", "self_assessments", ["author"])
    op.create_index("ix_self_assessments_call_id", "self_assessments", ["call_id"])
    op.create_index("ix_self_assessments_person_id", "self_assessments", ["person_id"])
    op.create_table(
        "sources",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_sources_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name="pk_sources"),
    )
    op.create_index("ix_sources_call_id", "sources", ["call_id"])
    op.create_table(
        "transcripts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("recognition_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_transcripts_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_transcripts"),
    )
    op.create_index("ix_transcripts_call_id", "transcripts", ["call_id"])
    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("transcript_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("scoring_key", sa.String(length=64), nullable=False),
        sa.Column("rubric", sa.Text(), nullable=False),
        sa.Column("call_type", sa.String(length=400), nullable=False),
        sa.Column("call_type_probability", sa.Float(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_scorecards_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcripts.id"], name="fk_scorecards_transcript_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scorecards"),
        sa.UniqueConstraint("transcript_id", "kind", name="uq_scorecards_transcript_id_kind"),
    )
    op.create_index("ix_scorecards_call_id", "scorecards", ["call_id"])
    op.create_index("ix_scorecards_scoring_key", "scorecards", ["scoring_key"])
    op.create_table(
        "evidence",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start_word", sa.Integer(), nullable=False),
        sa.Column("end_word", sa.Integer(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=True),
        sa.Column("end_s", sa.Float(), nullable=True),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="fk_evidence_scorecard_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "position", name="pk_evidence"),
    )
    op.create_table(
        "measures",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="fk_measures_scorecard_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "measure", name="pk_measures"),
    )
    op.create_table(
        "scores",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("behaviour", sa.String(length=64), nullable=False),
        sa.Column("variant", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="fk_scores_scorecard_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scorecard_id", "position", name="pk_scores"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_search()
    else:
        _postgres_search()


def _sqlite_search():
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_text', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    gone = "INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', old.id, old.text);"
    new = "INSERT INTO search_index(rowid, text) VALUES (new.id, new.text);"
    op.execute(f"CREATE TRIGGER search_text_insert AFTER INSERT ON search_text BEGIN {new} END")
    op.execute(f"CREATE TRIGGER search_text_delete AFTER DELETE ON search_text BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER search_text_update AFTER UPDATE ON search_text BEGIN {gone} {new} END")


def _postgres_search():
    op.execute(
        "ALTER TABLE search_text ADD COLUMN words tsvector "
        "GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED"
    )
    op.execute("CREATE INDEX ix_search_text_words ON search_text USING gin (words)")
