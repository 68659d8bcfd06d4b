"""The columns of an export: what each holds, and how it is filled from a call (docs/export.md).

Left out on purpose, because a sheet with names in it would be used for it: `overall`, cautions that no
person confirmed, fillers, corrections, private notes, goals and self-assessments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from callcoach.store.records import CallRecord, ItemRecord

Value = str | float | int | bool | datetime | None
DECIMALS = 2
TEXT, NUMBER, WHOLE, TIME, YES_NO = "text", "number", "whole number", "time", "yes or no"

# Measures of a call that are exported, in the order of the call's page. Fillers of a rep never are.
MEASURES = (
    "talk_share", "talk_word_share", "talk_of_call_share", "rep_talk_s", "customer_talk_s", "overlap_s",
    "other_s", "silence_s", "dead_air_share", "longest_monologue_s", "n_monologues",
    "longest_customer_story_s", "patience_s", "n_responses", "interruptions_by_rep_per_hour",
    "interruptions_by_customer_per_hour", "speaker_changes_per_hour", "n_questions", "questions_per_hour",
    "question_turn_share", "question_spread", "rep_pace_wpm", "customer_pace_wpm", "price_first_share",
    "price_raised_by",
)  # fmt: skip
NEVER = frozenset(
    ["rep_fillers_per_min", "customer_fillers_per_min", "rep_speech_confidence", "customer_speech_confidence"]
)
_WORDS = frozenset(["price_raised_by"])
NOT_JUDGED = "the call is not judged"
NOT_MEASURED = "not measured when the call was judged"
NOT_IN_RUBRIC = "not in the rubric of this call"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what kind of value it holds, and how it comes from a call."""

    name: str
    kind: str
    value: Callable[[CallRecord], Value]


def _plain(name: str, kind: str, value: Callable[[CallRecord], Value]) -> Column:
    return Column(name, kind, value)


CALL_COLUMNS: tuple[Column, ...] = (
    _plain("call_id", TEXT, lambda c: c.row.call_id),
    _plain("source", TEXT, lambda c: c.source_uri),
    _plain("source_id", TEXT, lambda c: c.metadata.source_id),
    _plain("started_at", TIME, lambda c: _utc(c.row.started_at)),
    _plain("added_at", TIME, lambda c: _utc(c.row.added_at)),
    _plain("duration_s", NUMBER, lambda c: c.row.duration_s),
    _plain("channels", WHOLE, lambda c: c.row.n_channels),
    _plain("language", TEXT, lambda c: c.language or c.metadata.language),
    _plain("class", TEXT, lambda c: c.row.call_class),
    _plain("call_type", TEXT, lambda c: c.row.call_type),
    _plain("call_type_probability", NUMBER, lambda c: c.call_type_probability),
    _plain("rep", TEXT, lambda c: c.row.rep),
    _plain("customers", TEXT, lambda c: "; ".join(c.row.customers) or None),
    _plain("account", TEXT, lambda c: c.row.account),
    _plain("stage", TEXT, lambda c: c.metadata.stage),
    _plain("outcome", TEXT, lambda c: c.metadata.outcome),
    _plain("provenance", TEXT, lambda c: c.row.provenance),
    _plain("format", TEXT, lambda c: c.format),
    _plain("model", TEXT, lambda c: c.model),
    _plain("has_words", YES_NO, lambda c: c.has_words),
    _plain("sides_known", YES_NO, lambda c: c.row.roles_known),
    _plain("rubric", TEXT, lambda c: c.rubric),
    _plain("items_judged", WHOLE, lambda c: c.row.n_judged),
    _plain("items", WHOLE, lambda c: c.row.n_items),
    _plain("transcript_id", TEXT, lambda c: c.transcript_id),
    _plain("recognition_key", TEXT, lambda c: c.recognition_key),
    _plain("scoring_key", TEXT, lambda c: c.scoring_key),
)


def columns_for(items: Iterable[tuple[str, str | None]]) -> tuple[Column, ...]:
    """Every column of an export of calls that were judged by these items."""
    columns = list(CALL_COLUMNS)
    for name in MEASURES:
        columns += _measure(name)
    for behaviour, variant in items:
        columns += _item(behaviour, variant)
    return tuple(columns)


def row_of(call: CallRecord, columns: Iterable[Column]) -> list[Value]:
    """The values of one call; numbers have at most two decimals, what is withheld is None."""
    return [_rounded(column.value(call)) for column in columns]


def _rounded(value: Value) -> Value:
    return round(value, DECIMALS) if isinstance(value, float) else value


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _measure(name: str) -> tuple[Column, Column]:
    missing = (None, NOT_MEASURED)

    def value(call: CallRecord) -> Value:
        return call.measures.get(name, missing)[0]

    def reason(call: CallRecord) -> Value:
        if call.scoring_key is None:
            return NOT_JUDGED
        found, why = call.measures.get(name, missing)
        return (why or NOT_MEASURED) if found is None else None

    return (
        Column(name, TEXT if name in _WORDS else NUMBER, value),
        Column(f"{name}_reason", TEXT, reason),
    )


def _item(behaviour: str, variant: str | None) -> tuple[Column, ...]:
    name = f"item_{behaviour}" + (f"_{variant}" if variant else "")

    def of(call: CallRecord) -> ItemRecord | None:
        return next((i for i in call.items if (i.behaviour, i.variant) == (behaviour, variant)), None)

    def field(key: str) -> Callable[[CallRecord], Value]:
        return lambda call: getattr(of(call), key, None)

    def reason(call: CallRecord) -> Value:
        item = of(call)
        if item is None:
            return NOT_JUDGED if call.scoring_key is None else NOT_IN_RUBRIC
        return None if item.score is not None else item.reason or item.status.replace("_", " ")

    return (
        Column(f"{name}_status", TEXT, field("status")),
        Column(f"{name}_score", NUMBER, field("score")),
        Column(f"{name}_low", NUMBER, field("low")),
        Column(f"{name}_high", NUMBER, field("high")),
        Column(f"{name}_reason", TEXT, reason),
    )
