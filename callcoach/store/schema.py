"""The tables. Rows exist for what is searched, filtered or added up; the rest is one document each.

::

    calls ─┬─ sources, media            every hash that leads to the call
           ├─ call_people ── people ── person_aliases
           ├─ transcripts ── scorecards ─┬─ measures
           │                             ├─ scores
           │                             └─ evidence
           ├─ search_text               what full-text search reads
           ├─ edits, access_log, notes, self_assessments
           └─ jobs ── runs              one job per source, also of those that failed
    people ── goals, notes, self_assessments

Changing a table here needs a migration; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from callcoach.store.columns import Name, Text, UtcTime, metadata, of_call, of_card

# What lists show stands in columns, so that a page of them reads one table. `metadata` is exact;
# the columns beside it follow from it and from the scorecard that counts.
calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("added_at", UtcTime, nullable=False),
    Column("sort_at", UtcTime, nullable=False),  # started_at, else added_at
    Column("metadata", JSON, nullable=False),
    Column("call_class", String(32)),
    Column("source_id", Name, index=True),
    Column("current_transcript_id", String(64)),
    Column("rep", Name),
    Column("customers", JSON, nullable=False),
    Column("account", Name),
    Column("call_type", Name),
    Column("duration_s", Float),
    Column("n_channels", Integer),
    Column("provenance", String(32)),
    Column("roles_known", Boolean, nullable=False),
    Column("has_proposal", Boolean, nullable=False),
    Column("talk_share", Float),
    Column("talk_share_reason", Text),
    Column("n_judged", Integer, nullable=False),
    Column("n_items", Integer, nullable=False),
    Index("ix_calls_sort_at_id", "sort_at", "id"),
    Index("ix_calls_rep_sort_at_id", "rep", "sort_at", "id"),
    Index("ix_calls_account_sort_at_id", "account", "sort_at", "id"),
    Index("ix_calls_call_type_sort_at_id", "call_type", "sort_at", "id"),
)

sources = Table(
    "sources",
    metadata,
    Column("sha256", String(64), primary_key=True),
    of_call(),
    Column("uri", Text, nullable=False),
    Column("kind", String(16), nullable=False),  # media, transcript, meeting
    Column("added_at", UtcTime, nullable=False),
)

media = Table(
    "media",
    metadata,
    Column("sha256", String(64), primary_key=True),
    of_call(),
    Column("uri", Text, nullable=False),
    Column("duration_s", Float),
    Column("n_channels", Integer, nullable=False),
    Column("sample_rate_hz", Integer),
    Column("format", Text),
    Column("added_at", UtcTime, nullable=False),
    Column("channel", Integer),
    Column("starts_s", Float),
)

people = Table(
    "people",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", Text, nullable=False),
    Column("team", Name, index=True),
    Column("firm_role", String(32)),
)

person_aliases = Table(
    "person_aliases",
    metadata,
    Column("alias_key", Name, primary_key=True),  # the alias, case folded
    Column("person_id", Name, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("alias", Text, nullable=False),
)

call_people = Table(
    "call_people",
    metadata,
    of_call(primary_key=True, index=False),
    Column("position", Integer, primary_key=True),
    Column("side", String(16), nullable=False),
    Column("name", Text),
    Column("name_key", Name, index=True),  # the name, case folded
    Column("person_id", Name, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("speaker", Text),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("id", String(64), primary_key=True),
    of_call(),
    Column("source_sha256", String(64), nullable=False),
    Column("source_uri", Text, nullable=False),
    Column("recognition_key", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("format", Text, nullable=False),
    Column("engine", Text),
    Column("model", Text),
    Column("language", Text),
    Column("has_text", Boolean, nullable=False),
    Column("duration_s", Float),
    Column("document", LargeBinary, nullable=False),  # JSON, zstd
    Column("added_at", UtcTime, nullable=False),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Integer, primary_key=True),
    of_call(),
    Column("transcript_id", String(64), ForeignKey("transcripts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),  # machine, corrected
    Column("key", String(64), nullable=False),
    Column("revision", String(64), nullable=False),
    Column("scoring_key", String(64), nullable=False, index=True),
    Column("rubric", Text, nullable=False),
    Column("call_type", Name, nullable=False),
    Column("call_type_probability", Float, nullable=False),
    Column("document_sha256", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),  # JSON, zstd
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("transcript_id", "kind"),
)


measures = Table(
    "measures",
    metadata,
    of_card(),
    Column("measure", String(64), primary_key=True),
    Column("value", Float),
    Column("text", Text),  # for the few measures that are words, not numbers
    Column("reason", Text),  # why there is no value
)

scores = Table(
    "scores",
    metadata,
    of_card(),
    Column("position", Integer, primary_key=True),
    Column("behaviour", String(64), nullable=False),
    Column("variant", String(64)),
    Column("status", String(32), nullable=False),
    Column("reason", Text),
    Column("weight", Float, nullable=False),
    Column("score", Float),
    Column("low", Float),
    Column("high", Float),
    Column("components", JSON, nullable=False),
)

# Offsets only: the words stand in the transcript.
evidence = Table(
    "evidence",
    metadata,
    of_card(),
    Column("position", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),  # score, caution
    Column("name", String(64), nullable=False),  # id of the behaviour or caution
    Column("item", Integer, nullable=False),  # position of the score or caution on the card
    Column("speaker", Text),
    Column("turn", Integer, nullable=False),
    Column("start_word", Integer, nullable=False),
    Column("end_word", Integer, nullable=False),
    Column("start_s", Float),
    Column("end_s", Float),
    Column("probability", Float, nullable=False),
)

# SQLite has an FTS5 index over it, PostgreSQL a tsvector column with GIN; migrations make them.
search_text = Table(
    "search_text",
    metadata,
    Column("id", Integer, primary_key=True),
    of_call(),
    Column("part", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("id", String(64), primary_key=True),
    of_call(),
    Column("kind", String(32), nullable=False),
    Column("author", Name, nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("behaviour", String(64)),
    Column("body", JSON, nullable=False),
    Column("undone_by", Name),
    Column("undone_at", UtcTime),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uri_key", String(64), nullable=False, unique=True),  # SHA-256 of the URI: any length
    Column("source_uri", Text, nullable=False),
    Column("source_sha256", String(64), index=True),
    of_call(nullable=True),
    Column("state", String(16), nullable=False),  # queued, running, done, failed, quarantined
    Column("priority", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcTime),  # of the next attempt
    Column("lease_owner", Text),
    Column("lease_until", UtcTime),
    Column("error_kind", String(32)),
    Column("message", Text),
    Column("queued_at", UtcTime, nullable=False),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("timings", JSON, nullable=False),  # seconds per stage
    Column("recognition_key", String(64)),  # of the settings that the source was heard with
    Column("scoring_key", String(64)),  # of what it was judged with
    Column("run_id", String(32)),  # the last run that met the source
    Column("task", String(16), nullable=False, server_default="ingest"),  # triage, ingest, rescore
    Column("fingerprint", String(128)),  # size and time of the file: the same, no byte is read again
    Column("size_bytes", BigInteger),
    # What is known of the source without opening its call, for choosing and reporting.
    Column("call_class", String(32)),
    Column("duration_s", Float),
    Column("n_channels", Integer),
    Column("language", String(32)),
    Column("call_started_at", UtcTime),
    Column("rep", Name),
    Column("source_name", Name),  # of its block in archive.toml
    Column("facts", JSON(none_as_null=True)),
    Index("ix_jobs_state_priority_id", "state", "priority", "id"),
    Index("ix_jobs_run_id_state_priority_id", "run_id", "state", "priority", "id"),
    Index("ix_jobs_state_finished_at_id", "state", "finished_at", "id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("task", String(16), nullable=False),
    Column("source", Text),
    Column("options", JSON, nullable=False),
    Column("started_at", UtcTime, nullable=False, index=True),
    Column("ended_at", UtcTime),
    Column("ending", String(16)),  # complete, stopped, failed; None while it runs or where it was killed
    Column("counts", JSON, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", Integer, primary_key=True),
    of_call(),
    Column("viewer", Name, nullable=False, index=True),
    Column("action", String(32), nullable=False),
    Column("at", UtcTime, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("author", Name, nullable=False, index=True),
    Column("person_id", Name, ForeignKey("people.id", ondelete="CASCADE"), index=True),  # about whom
    of_call(nullable=True),
    Column("at", UtcTime, nullable=False),
    Column("body", JSON, nullable=False),
    Column("shared_at", UtcTime),  # None: the author's alone
)

goals = Table(
    "goals",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("author", Name, nullable=False, index=True),
    Column("person_id", Name, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("at", UtcTime, nullable=False),
    Column("body", JSON, nullable=False),
    Column("shared_at", UtcTime),
)

self_assessments = Table(
    "self_assessments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("author", Name, nullable=False, index=True),
    Column("person_id", Name, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    of_call(),
    Column("at", UtcTime, nullable=False),
    Column("body", JSON, nullable=False),
    Column("shared_at", UtcTime),
)

# What was deleted: numbers without names, so that the deletion itself can be shown.
deletions = Table(
    "deletions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("why", String(32), nullable=False),  # age, person
    Column("older_than_days", Integer),
    Column("n_calls", Integer, nullable=False),
    Column("rows", JSON, nullable=False),  # per table
)
