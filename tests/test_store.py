"""Recording and reading calls, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from conftest import call
from stores import a_recording, all_rows, card_of, document_of, keep

from callcoach.core import (
    LOCAL_OWNER,
    Call,
    CallMetadata,
    CallPerson,
    CallType,
    Capability,
    Media,
    Provenance,
    Role,
    Separation,
)
from callcoach.core.errors import BadSettings, NotFound
from callcoach.store import Store

pytest_plugins = ["store_fixtures"]

FULL_METADATA = CallMetadata(
    started_at=datetime(2026, 9, 14, 10, tzinfo=timezone(timedelta(hours=2))),
    rep="Dana",
    customers=("Priya N.", "Omar"),
    account="Brightwater",
    call_type=CallType.DISCOVERY,
    stage="2",
    outcome="next call",
    language="en",
    source_id="zoom-17",
    first_meeting=False,
    channels={"left": Role.REP, "right": Role.CUSTOMER},
)


def test_a_recorded_call_reads_back_equal(store):
    transcript = a_recording("one")
    recorded = keep(store, metadata=FULL_METADATA)
    assert (recorded.call_id, recorded.new_call, recorded.new_transcript, recorded.proposed) == (
        "one",
        True,
        True,
        False,
    )
    stored = store.call(LOCAL_OWNER, "one")
    assert stored.metadata == FULL_METADATA
    assert stored.metadata.started_at.isoformat() == "2026-09-14T10:00:00+02:00"
    assert stored.media == (Media("one.wav", transcript.source_sha256, 12.0, 2, 8000, "wav"),)
    assert stored.people[0] == CallPerson(Role.REP, "Dana", speaker="R")
    assert stored.transcript_ids == (transcript.id,)
    assert stored.current_transcript_id == transcript.id
    assert store.transcript(LOCAL_OWNER, "one") == transcript
    assert store.transcript_by_key(transcript.id) == transcript
    assert store.media_of(LOCAL_OWNER, "one") == stored.media
    card = card_of(transcript)
    assert store.document(LOCAL_OWNER, "one") == document_of(
        transcript, card, call_id="one", metadata=FULL_METADATA, source="one.wav"
    )


def test_a_call_is_found_by_the_hash_of_any_of_its_sources(store):
    recording = a_recording("one")
    keep(store, "one")
    vendor = _vendor_transcript("R hello | C hi")
    keep(store, "one", transcript=vendor, source="one.vtt", with_media=False)
    assert store.call_of(recording.source_sha256) == "one"
    assert store.call_of(vendor.source_sha256) == "one"
    assert store.call_of("f" * 64) is None
    assert store.has_call("one")
    assert not store.has_call("two")


def test_the_same_call_recorded_again_writes_nothing(store):
    keep(store, metadata=FULL_METADATA)
    before = all_rows(store)
    again = keep(store, metadata=FULL_METADATA)
    assert not again.new_call
    assert not again.new_transcript
    assert all_rows(store) == before


def test_changed_metadata_and_people_are_brought_up_to_date(store):
    keep(store, metadata=CallMetadata(rep="Dana"))
    before = all_rows(store)
    keep(
        store,
        metadata=CallMetadata(rep="Tom", account="Brightwater"),
        people=(CallPerson(Role.REP, "Tom", speaker="C"),),
        source="moved/one.wav",
    )
    after = all_rows(store)
    assert {name: len(rows) for name, rows in after.items() if name != "call_people"} == {
        name: len(rows) for name, rows in before.items() if name != "call_people"
    }
    stored = store.call(LOCAL_OWNER, "one")
    assert stored.metadata == CallMetadata(rep="Tom", account="Brightwater")
    assert stored.people == (CallPerson(Role.REP, "Tom", speaker="C"),)
    assert stored.media[0].uri == "moved/one.wav"
    row = store.calls(LOCAL_OWNER).rows[0]
    assert (row.rep, row.account) == ("Tom", "Brightwater")
    assert store.document(LOCAL_OWNER, "one")["source"] == "moved/one.wav"


def test_a_new_scoring_key_replaces_the_machines_card(store):
    keep(store, score=0.5)
    keep(store, score=0.25, scoring_key="newer")
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.25
    rows = all_rows(store)
    assert len(rows["scorecards"]) == 1
    assert len(rows["scores"]) == 2
    assert store.calls(LOCAL_OWNER).rows[0].talk_share == 0.25


def test_a_second_transcript_is_proposed_and_replaces_nothing(store):
    first = keep(store)
    vendor = _vendor_transcript("R hello | C good morning")
    second = keep(store, transcript=vendor, source="one.vtt", with_media=False)
    assert (second.new_call, second.new_transcript, second.proposed) == (False, True, True)
    assert store.call(LOCAL_OWNER, "one").current_transcript_id != vendor.id
    assert store.transcript(LOCAL_OWNER, "one") == a_recording("one")
    assert store.call(LOCAL_OWNER, "one").people[0].speaker == "R"
    assert store.calls(LOCAL_OWNER).rows[0].has_proposal
    listed = store.transcripts(LOCAL_OWNER, "one")
    assert [row.current for row in listed] == [True, False]
    assert listed[1].format == "webvtt"
    before = all_rows(store)
    assert keep(store, transcript=vendor, source="one.vtt", with_media=False).proposed
    assert keep(store) == replace(first, new_call=False, new_transcript=False)
    assert all_rows(store) == before


def test_the_first_words_of_a_call_become_current_by_themselves(store):
    wordless = a_recording(
        "one", "R 0-5 | C 5-9", capabilities=frozenset(Capability) - {Capability.TEXT, Capability.CONFIDENCE}
    )
    keep(store, transcript=wordless)
    vendor = _vendor_transcript("R hello | C good morning")
    recorded = keep(store, transcript=vendor, source="one.vtt", with_media=False)
    assert (recorded.new_transcript, recorded.proposed) == (True, False)
    assert store.transcript(LOCAL_OWNER, "one") == vendor
    row = store.calls(LOCAL_OWNER).rows[0]
    assert (row.provenance, row.has_proposal) == ("transcript", True)


def test_a_proposed_transcript_can_be_chosen(store):
    keep(store)
    vendor = _vendor_transcript("R hello | C zanzibar")
    keep(store, transcript=vendor, source="one.vtt", with_media=False, score=0.75)
    store.choose_transcript(LOCAL_OWNER, "one", vendor.id)
    assert store.transcript(LOCAL_OWNER, "one") == vendor
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.75
    assert store.calls(LOCAL_OWNER).rows[0].talk_share == 0.75
    with pytest.raises(NotFound):
        store.choose_transcript(LOCAL_OWNER, "one", "f" * 32)


def test_a_transcript_that_is_kept_already_stays_with_its_call(store):
    keep(store, "one")
    transcript = a_recording("one")
    recorded = keep(store, "two", transcript=transcript)
    assert recorded.call_id == "one"
    assert not store.has_call("two")
    assert store.document(LOCAL_OWNER, "one")["call"]["id"] == "one"


def test_a_call_without_speakers_turns_or_media_is_kept(store):
    nothing = replace(call(""), source_sha256="e" * 64, duration_s=None)
    keep(store, "empty", transcript=nothing, people=(), with_media=False)
    assert store.transcript(LOCAL_OWNER, "empty") == nothing
    row = store.calls(LOCAL_OWNER).rows[0]
    assert (row.duration_s, row.n_channels, row.rep, row.roles_known) == (None, None, None, False)


def test_odd_characters_are_kept_or_left_out_and_never_an_error(store):
    odd = 'nul \0 half \ud800 <script> "quoted" ; DROP TABLE calls; -- 😀'
    metadata = CallMetadata(rep=odd, customers=(odd,), account=odd * 40, source_id=odd * 40)
    transcript = a_recording("odd", f"R 0-5 {odd} | C 5-9 {odd}")
    for _ in range(2):
        keep(store, "odd", transcript=transcript, metadata=metadata, source=f"folder/\udcff{odd}.wav")
        store.record_failure(f"\udcff{odd}", sha256=None, kind="empty", message=odd)
    assert store.transcript(LOCAL_OWNER, "odd") == transcript
    assert len(store.calls(LOCAL_OWNER).rows) == 1
    assert [row.attempts for row in store.failures(LOCAL_OWNER)] == [2]
    before = all_rows(store)
    keep(store, "odd", transcript=transcript, metadata=metadata, source=f"folder/\udcff{odd}.wav")
    assert all_rows(store) == before


def test_a_failure_is_listed_until_its_source_succeeds(store):
    store.record_failure("one.wav", sha256=None, kind="unreadable", message="cut off")
    store.record_failure("two.wav", sha256="a" * 64, kind="empty", message="no bytes")
    store.record_failure("one.wav", sha256=None, kind="no_audio", message="a picture")
    listed = store.failures(LOCAL_OWNER)
    assert [(row.source_uri, row.kind, row.message, row.attempts) for row in listed] == [
        ("one.wav", "no_audio", "a picture", 2),
        ("two.wav", "empty", "no bytes", 1),
    ]
    assert store.failures(LOCAL_OWNER, limit=1, after=listed[0].id) == listed[1:]
    keep(store, "one")
    assert [row.source_uri for row in store.failures(LOCAL_OWNER)] == ["two.wav"]
    before = all_rows(store)
    keep(store, "one")
    assert all_rows(store) == before


def test_what_is_not_there_is_not_found(store):
    for read in (store.call, store.transcript, store.document, store.edits, store.media_of, store.seen_by):
        with pytest.raises(NotFound, match="does not"):
            read(LOCAL_OWNER, "nowhere")


def test_threads_may_share_a_store(store):
    failed = []

    def work(number: int) -> None:
        try:
            for n in range(5):
                keep(store, f"{number}-{n}")
                store.calls(LOCAL_OWNER)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(store.calls(LOCAL_OWNER).rows) == 20


def test_a_store_is_named_and_never_guessed():
    with pytest.raises(BadSettings, match="got none"):
        Store.open(None)
    with pytest.raises(BadSettings, match="mysql"):
        Store.open("mysql://somewhere/db")
    with pytest.raises(BadSettings, match="no URL"):
        Store.open("not a url")
    with pytest.raises(BadSettings, match="name a file"):
        Store.open("sqlite://")


def test_the_moment_of_arrival_is_kept_in_utc(store):
    before = datetime.now(UTC)
    keep(store)
    added_at = store.calls(LOCAL_OWNER).rows[0].added_at
    assert before <= added_at <= datetime.now(UTC)
    assert added_at.tzinfo is UTC


def test_documents_given_apart_are_kept_apart(store):
    transcript = a_recording("one")
    machine, corrected = card_of(transcript), card_of(transcript, revision="edited", score=0.75)
    store.record(
        Call("one"),
        transcript=transcript,
        source_uri="one.wav",
        document=document_of(transcript, corrected, call_id="one"),
        card=corrected,
        machine_document=document_of(transcript, machine, call_id="one"),
    )
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.75
    assert store.document(LOCAL_OWNER, "one", corrected=False)["measures"]["talk_share"] == 0.5


def _vendor_transcript(script: str):
    provenance = Provenance("transcript", "webvtt", "vendor", separation=Separation.LABELS)
    return replace(call(script), source_sha256="c" * 64, provenance=provenance)
