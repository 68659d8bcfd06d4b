"""Calls to put into a store, people who look at them, and all that a store holds."""

from __future__ import annotations

from dataclasses import replace

from conftest import call
from sqlalchemy import create_engine, inspect, text

from callcoach.core import (
    BehaviourScore,
    Call,
    CallClass,
    CallMetadata,
    CallPerson,
    Caution,
    Media,
    Role,
    Scorecard,
    Status,
    Transcript,
    Viewer,
    whole_turn,
)
from callcoach.document import scored_call
from callcoach.store import Store

NO_METADATA = CallMetadata()
SCRIPT = "R 0-5 hello there how are you | C 5-9 the approvals take two days | R 9-12 what follows from that"

DANA = Viewer("dana", frozenset({"rep"}))
TOM = Viewer("tom", frozenset({"rep"}))
MIA = Viewer("mia", frozenset({"manager"}), frozenset({"north"}))
OTHER_MANAGER = Viewer("lee", frozenset({"manager"}), frozenset({"south"}))
OPERATIONS = Viewer("ops", frozenset({"operations"}))


def card_of(
    transcript: Transcript, *, revision: str = "0", scoring_key: str = "key", score: float = 0.5
) -> Scorecard:
    """A small card: one judged item with evidence, one that cannot be judged, one caution."""
    evidence = (whole_turn(transcript, 0, probability=0.75),) if transcript.turns else ()
    return Scorecard(
        transcript_id=transcript.id,
        revision=revision,
        scoring_key=scoring_key,
        rubric="any",
        call_type="discovery",
        call_type_probability=1.0,
        measures={"talk_share": score, "patience_s": None, "loudest": "left"},
        unavailable={"patience_s": "fewer than 5 responses"},
        behaviours=(
            BehaviourScore(
                "question",
                "Questions",
                Status.SCORED,
                60.0,
                score=score,
                components={"n": 2.0},
                evidence=evidence,
            ),
            BehaviourScore("agenda", "Agenda", Status.CANNOT_BE_JUDGED, 40.0, reason="not yet recognised"),
        ),
        cautions=(Caution("discount", evidence),),
    )


def document_of(
    transcript: Transcript,
    card: Scorecard,
    *,
    call_id: str,
    metadata: CallMetadata = NO_METADATA,
    source: str = "a.wav",
) -> dict:
    return scored_call(
        source=source,
        call_id=call_id,
        call_class="connected",
        metadata=metadata,
        transcript=transcript,
        card=card,
    )


def a_recording(name: str, script: str = SCRIPT, **changes: object) -> Transcript:
    """A transcript of a source of its own."""
    return replace(call(script), source_sha256=name.encode().hex().ljust(64, "0"), **changes)


def keep(
    store: Store,
    name: str = "one",
    *,
    script: str = SCRIPT,
    transcript: Transcript | None = None,
    metadata: CallMetadata = NO_METADATA,
    people: tuple[CallPerson, ...] | None = None,
    source: str | None = None,
    score: float = 0.5,
    scoring_key: str = "key",
    with_media: bool = True,
):
    """Record a call named `name`; returns what the store says."""
    transcript = transcript or a_recording(name, script)
    card = card_of(transcript, score=score, scoring_key=scoring_key)
    source = source or f"{name}.wav"
    if people is None:
        people = (
            CallPerson(Role.REP, metadata.rep, speaker="R"),
            CallPerson(Role.CUSTOMER, None, speaker="C"),
        )
    media = (Media(source, transcript.source_sha256, 12.0, 2, 8000, "wav"),) if with_media else ()
    return store.record(
        Call(name, metadata=metadata, call_class=CallClass.CONNECTED, media=media, people=people),
        transcript=transcript,
        source_uri=source,
        document=document_of(transcript, card, call_id=name, metadata=metadata, source=source),
        card=card,
    )


def all_rows(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table, in a stable order."""
    engine = create_engine(store.url)
    with engine.connect() as connection:
        names = sorted(inspect(connection).get_table_names())
        rows = {
            name: sorted(map(tuple, connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr)
            for name in names
            if not name.startswith("search_index")
        }
    engine.dispose()
    return rows
