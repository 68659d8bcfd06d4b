"""Views: what is said of a call, from its document alone."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import call
from ui_pages import HOSTILE

from callcoach.core import CallMetadata, Edit, EditKind, Interval, Media, Provenance, Role, Separation
from callcoach.document import scored_call
from callcoach.pipeline import judge
from callcoach.store.rows import CallRow, FailureRow, SeenRow
from callcoach.ui.views import behaviours, calls, header, measures, playing, recording, sides, words

# R 0-20 | C 20-50 | R 50-60: 30 s of ours, 30 s of theirs
TALK = "R 0-20 what do the approvals cost you a week | C 20-50 two days and a lot of patience | R 50-60 i see"
NOW = datetime(2026, 9, 14, 10, tzinfo=UTC)
METADATA = CallMetadata(started_at=NOW, account="Brightwater")


def document(script: str = TALK, *, metadata: CallMetadata = METADATA, **changes: object) -> dict:
    transcript = replace(call(script), **changes)
    judged = judge(transcript, metadata)
    return scored_call(
        source="a.wav",
        call_id="one",
        call_class="connected",
        metadata=metadata,
        transcript=judged.transcript,
        card=judged.card,
    )


def with_items(*items: dict) -> dict:
    """A document whose behaviours are given."""
    plain = {
        "id": "x",
        "title": "X",
        "variant": None,
        "status": "scored",
        "reason": None,
        "weight": 10.0,
        "score": 0.5,
        "low": 0.4,
        "high": 0.6,
        "components": {},
        "evidence": [],
    }
    return document() | {"behaviours": [plain | item for item in items]}


def evidence(start_s: float | None = 22.0, end_s: float | None = 30.0, **changes: object) -> dict:
    return {
        "turn": 1,
        "speaker": "C",
        "start_s": start_s,
        "end_s": end_s,
        "quote": "two days",
        "probability": 0.95,
    } | changes


def test_examples_of_words_hold():
    assert doctest.testmod(words).failed == 0


# Header


def test_a_title_names_people_and_day_and_no_file():
    head = header.header(document(), METADATA)
    assert head.title.startswith("Mon 14 Sep · Brightwater")
    assert "a.wav" not in header.header_html(head)


def test_a_type_that_nobody_gave_says_how_probable_it_is():
    sure, unsure = document(), document()
    sure["call"] |= {"call_type": "discovery", "call_type_probability": 1.0}
    unsure["call"] |= {"call_type": "discovery", "call_type_probability": 0.62}
    assert "Discovery" in header.header(sure, METADATA).facts
    assert "Discovery (probably: 62 %)" in header.header(unsure, METADATA).facts


def test_provenance_notes_and_the_recogniser_are_said():
    provenance = Provenance(
        "audio", "wav", "k", "whisper", "small", Separation.CHANNELS, notes=("Channels differ in level.",)
    )
    notes = header.header(document(provenance=provenance), METADATA).notes
    assert notes[0] == "Channels differ in level."
    assert "whisper with small" in notes[1]


def test_everybody_has_a_side_and_how_it_is_known():
    people = header.header(document(), METADATA).people
    assert people == (
        "R: our side (given when it was scored)",
        "C: customer (given when it was scored)",
    )


def test_the_head_says_who_has_seen_it_and_from_when_who_leads_will():
    def words(hours: float, **changes) -> str:
        given = {"added_at": NOW, "rep_first_hours": hours, "now": NOW + timedelta(hours=1)} | changes
        return header.seen_words([SeenRow("dana", NOW, NOW)], {"dana": "Dana"}, **given)

    assert words(24).startswith("Seen by Dana (Mon 14 Sep")
    assert "Managers see it from Tue 15 Sep" in words(24)
    assert "Managers can see it since Mon 14 Sep" in words(0.5)
    assert words(0).endswith("Managers see it at once.")
    assert "Nobody has opened it before." in header.seen_words(
        [], {}, added_at=NOW, rep_first_hours=0, now=NOW
    )


# Behaviours


def test_a_score_is_words_first_with_at_most_two_decimals():
    item = behaviours.judged_items(with_items({"score": 0.66667, "low": 0.51234, "high": 0.81234}))[0]
    assert item["state"] == "mostly met"
    assert item["score"] == "0.67"
    assert item["range"] == "a careful person would say 0.51 to 0.81"


def test_not_found_is_not_the_same_as_not_judged():
    found = with_items(
        {"status": "not_observed", "score": 0.0, "low": 0.0, "high": 0.0},
        {"status": "cannot_be_judged", "score": None, "reason": "the language is German"},
    )
    assert [i["state"] for i in behaviours.judged_items(found)] == ["not found"]
    assert behaviours.judged_words(found) == "1 of 2 behaviours could be judged."
    withheld = behaviours.withheld_items(found)
    assert withheld == [{"title": "X", "state": "", "reason": "cannot be judged: the language is German"}]


def test_withheld_behaviours_stand_together_by_their_reason():
    same = {"status": "cannot_be_judged", "score": None, "reason": "not yet recognised"}
    withheld = behaviours.withheld_items(with_items(same | {"title": "A"}, same | {"title": "B"}))
    assert [(i["title"], i["reason"]) for i in withheld] == [("A, B", "cannot be judged: not yet recognised")]


def test_a_clip_plays_from_five_seconds_before_to_three_after():
    item = behaviours.judged_items(with_items({"evidence": [evidence(22.0, 30.0), evidence(2.0, 3.0)]}))[0]
    assert [(m["from_s"], m["to_s"], m["length"]) for m in item["moments"]] == [
        (17.0, 33.0, "16 s"),
        (0.0, 6.0, "6 s"),
    ]
    assert item["moments"][0]["at"] == "00:22"


def test_evidence_without_times_still_leads_to_its_line():
    moment = behaviours.judged_items(with_items({"evidence": [evidence(None, None)]}))[0]["moments"][0]
    assert (moment["turn"], moment["from_s"], moment["quote"]) == (1, None, "two days")


def test_keep_comes_before_try_and_either_may_be_missing():
    both = document()
    both["coaching"] = {
        "try": {"behaviour": "b", "text": "ask once", "evidence": []},
        "keep": {"behaviour": "a", "text": "you asked", "evidence": [evidence()]},
    }
    assert [i["title"] for i in behaviours.advice_items(both)] == ["Keep", "Try next time"]
    both["coaching"]["try"] = None
    assert [i["text"] for i in behaviours.advice_items(both)] == ["you asked", "Nothing to change here."]


def test_without_advice_the_reason_is_said():
    assert "nothing in it could be judged: the call is 60 s" in behaviours.advice_items(document())[0]["text"]
    judged = with_items({}) | {"coaching": {"keep": None, "try": None}}
    assert behaviours.advice_items(judged)[0]["text"] == behaviours.NOTHING_TO_SHOW


def test_what_the_machine_said_stands_beside_what_people_corrected():
    machine, corrected = with_items({"score": 0.4}), with_items({"score": 0.75, "low": 0.75, "high": 0.75})
    item = behaviours.judged_items(corrected, machine)[0]
    assert item["machine"] == "The machine said: partly met 0.40. Here people's corrections count."
    assert behaviours.judged_items(machine, machine)[0]["machine"] == ""


def test_a_dispute_is_neither_judged_nor_among_the_withheld():
    open_ = {
        "status": "cannot_be_judged",
        "score": None,
        "reason": "disputed and open: it counts neither way",
    }
    found = with_items(open_ | {"evidence": [evidence()]})
    assert behaviours.judged_items(found) == behaviours.withheld_items(found) == []
    assert behaviours.disputed_items(found)[0]["moments"][0]["quote"] == "two days"


def test_our_promises_come_first_and_can_be_copied():
    said = document() | {
        "promises": [
            {"who": "C", "what": "send the list", "when": None, "turn": 1},
            {"who": "R", "what": "send the plan", "when": "Thursday", "turn": 0},
        ]
    }
    assert behaviours.promises_text(said) == "- R: send the plan (Thursday)\n- C: send the list"


def test_promises_and_open_questions_lead_to_their_lines():
    said = document() | {
        "promises": [{"who": "C", "what": "send the list", "when": "Wednesday", "turn": 1}],
        "open_questions": [{"turn": 99, "quote": "how long?"}],
    }
    promise = behaviours.promise_items(said)[0]
    assert (promise["title"], promise["text"]) == ("C", "send the list (Wednesday)")
    assert promise["moments"][0]["turn"] == 1
    assert behaviours.question_items(said)[0]["moments"] == []


def test_cautions_stand_apart_and_have_no_score():
    said = document() | {"cautions": [{"id": "pressure_tactic", "evidence": [evidence()]}]}
    caution = behaviours.caution_items(said)[0]
    assert caution["title"] == "Pressed"
    assert "score" not in caution
    assert caution["confirm"]
    looked_at = behaviours.caution_items(said, {"pressure_tactic"})[0]
    assert not looked_at["confirm"]
    assert looked_at["reason"] == "A person has looked at it: it is so."


# Measures


def test_every_measure_has_its_formula_and_a_value_with_n_or_a_reason():
    for line in measures.measure_lines(document()):
        assert line.formula
        assert bool(line.reason) == (line.value == words.NOTHING)
        assert bool(line.basis) == (line.value != words.NOTHING), line.id


def test_talk_share_comes_first_and_rests_on_both_sides_speech():
    first = measures.measure_lines(document())[0]
    assert (first.id, first.value, first.basis) == ("talk_share", "50 %", "1 min of both sides' speech")


def test_without_times_the_share_of_words_is_the_headline():
    untimed = document("R what do the approvals cost you | C two days")
    assert measures.measure_lines(untimed)[0].id == "talk_word_share"


def test_an_unavailable_measure_says_why_and_is_never_zero():
    shown = document() | {
        "measures": {"patience_s": None},
        "unavailable": {"patience_s": "fewer than 5 responses"},
    }
    html = measures.measures_html(measures.measure_lines(shown))
    assert "fewer than 5 responses" in html
    assert "–" in html
    assert ">0" not in html


def test_fillers_of_people_are_not_shown():
    assert not any("filler" in line.id for line in measures.measure_lines(document()))


# Playing


def test_lanes_hold_speech_as_shares_of_the_call():
    data = playing.player_data(
        document(),
        speech={"R": (Interval(0, 20), Interval(50, 60)), "C": (Interval(20, 50),)},
        address="/recording/one/ab",
        media_note="",
        start_s=None,
    )
    ours, theirs = data["speakers"]
    assert ours["bars"] == [[0.0, 0.33333], [0.83333, 0.16667]]
    assert theirs["bars"] == [[0.33333, 0.5]]
    assert (ours["ours"], theirs["ours"]) == (True, False)


def test_a_long_calls_lanes_stay_drawable():
    pieces = tuple(Interval(i, i + 0.5) for i in range(9000))
    data = playing.player_data(
        document("R 0-9000 a | C 9000-9001 b"),
        speech={"R": pieces},
        address=None,
        media_note="",
        start_s=None,
    )
    assert len(data["speakers"][0]["bars"]) <= playing.BARS_PER_LANE


def test_a_mark_stands_once_per_place_with_all_it_shows():
    both = with_items({"title": "A", "evidence": [evidence()]}, {"title": "B", "evidence": [evidence()]})
    data = playing.player_data(both, speech={}, address=None, media_note="", start_s=None)
    assert [mark["title"] for mark in data["marks"]] == ["00:22 A, B"]


def test_marks_are_told_by_their_kind_and_the_first_price_stands_among_them():
    said = with_items(
        {"id": "next_step", "title": "Step", "evidence": [evidence(40.0, 45.0)]},
        {"id": "objection_handling", "title": "Concern", "evidence": [evidence()]},
    )
    said["measures"] = said["measures"] | {"price_first_share": 0.5}
    data = playing.player_data(said, speech={}, address=None, media_note="", start_s=None)
    assert [(mark["kind"], mark["start_s"]) for mark in data["marks"]] == [
        ("concern", 22.0),
        ("price", 30.0),
        ("step", 40.0),
    ]
    assert (data["marks"][0]["from_s"], data["marks"][0]["to_s"]) == (17.0, 33.0)


def test_what_we_did_about_a_concern_is_marked_as_evidence_and_not_as_a_concern():
    said = with_items(
        {
            "id": "objection_handling",
            "title": "Concern",
            "evidence": [evidence(), evidence(31.0, 35.0, turn=2, speaker="R")],
        }
    )
    data = playing.player_data(said, speech={}, address=None, media_note="", start_s=None)
    assert [mark["kind"] for mark in data["marks"]] == ["concern", "evidence"]


def test_silence_and_our_side_can_be_skipped():
    data = playing.player_data(
        document(),
        speech={"R": (Interval(0, 18), Interval(50, 58)), "C": (Interval(21, 30), Interval(31, 50))},
        address=None,
        media_note="",
        start_s=None,
    )
    assert data["quiet"] == [[18, 21], [58, 60]]
    assert data["theirs"] == [[21, 50]]


def test_a_call_without_words_says_so_instead_of_an_empty_list():
    data = playing.player_data(
        document("R 0-5 | C 5-9"), speech={}, address=None, media_note="", start_s=None
    )
    assert data["lines"] == []
    assert data["no_lines"] == playing.NO_WORDS


def test_the_version_changes_with_what_is_shown_and_not_with_the_second_asked_for():
    def version(**changes):
        given = {"speech": {}, "address": "/a", "media_note": "", "start_s": None} | changes
        return playing.player_data(document(), **given)["version"]

    assert version() == version(start_s=5.0)
    assert version() != version(address="/b")


# Sides


def test_which_side_is_ours_is_asked_only_where_nobody_said():
    assert sides.side_choices(document()) == []
    choices = sides.side_choices(document("U1 0-30 good morning to you | U2 30-40 hello"))
    assert [(c.name, c.share) for c in choices] == [
        ("U1", "75 % of the speech (30 s)"),
        ("U2", "25 % of the speech (10 s)"),
    ]
    assert choices[0].first_words == "good morning to you"


def test_one_voice_that_cannot_be_told_apart_is_not_asked_about():
    assert sides.side_choices(document("U 0-30 everybody at once")) == []


def test_who_is_ours_makes_the_rest_customers_and_leaves_neither_side_alone():
    three = document("U1 0-5 a | U2 5-9 b | O 9-12 c")
    assert sides.roles_when_ours(three, ["U2"]) == {"U1": Role.CUSTOMER, "U2": Role.REP}


def test_what_was_set_together_is_taken_back_together():
    roles = [
        Edit(id=f"e{i}", kind=EditKind.ROLE, author="owner", at=NOW, speaker=label, role=role)
        for i, (label, role) in enumerate((("a", Role.REP), ("b", Role.CUSTOMER)))
    ]
    swap = Edit(id="e9", kind=EditKind.SWAP, author="owner", at=NOW + timedelta(minutes=1))
    undone = replace(swap, id="e8", undone_by="owner")
    answers = sides.side_answers([*roles, swap, undone])
    assert [answer.edit_ids for answer in answers] == [("e9",), ("e0", "e1")]
    assert answers[0].words.startswith("Sides swapped by owner")


# Lists


def row(**changes: object) -> CallRow:
    values = {
        "call_id": "one",
        "started_at": NOW,
        "added_at": NOW,
        "duration_s": 1920.0,
        "n_channels": 2,
        "rep": "Dana",
        "customers": ("Priya N.",),
        "account": "Brightwater",
        "call_type": "discovery",
        "call_class": "connected",
        "talk_share": 0.491,
        "talk_share_reason": None,
        "n_judged": 4,
        "n_items": 9,
        "roles_known": True,
        "provenance": "audio",
        "has_proposal": False,
    }
    return CallRow(**(values | changes))


def facts_of(**changes: object) -> list[str]:
    return [fact["text"] for fact in calls.call_items([row(**changes)])[0]["facts"]]


def test_a_call_in_the_list_says_who_and_how_much_was_judged():
    item = calls.call_items([row()])[0]
    assert item["title"] == "Mon 14 Sep · Dana → Brightwater (Priya N.) · discovery · 32 min"
    assert facts_of() == ["we spoke 49 %", "4 of 9 behaviours judged"]


def test_a_call_without_a_side_asks_and_shows_no_share():
    unknown = facts_of(roles_known=False, talk_share=None, talk_share_reason="side not known", n_judged=0)
    assert unknown == ["Which side is yours?", "nothing could be judged"]


def test_one_channel_is_not_asked_for_its_side():
    assert (
        facts_of(roles_known=False, talk_share=None, n_channels=1)[0] == "one channel: who spoke is not known"
    )


def test_a_failure_says_what_why_and_what_next():
    failure = FailureRow("1", "/calls/a.wav", "empty", "a recording must hold bytes; a.wav is empty", NOW, 2)
    html = calls.failures_html([failure])
    for part in ("a.wav", "A recording must hold bytes", "tried 2 times", calls.NEXT_STEPS["empty"]):
        assert part in html


def test_every_error_kind_has_a_next_step():
    from callcoach.core.errors import INPUT_KINDS

    assert set(INPUT_KINDS) - set(calls.NEXT_STEPS) == {"internal"}


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ((), recording.NO_RECORDING),
        ((Media("file:///calls/a.wav", "0", 1.0, 2),), "no longer where it was: a.wav in /calls"),
        ((Media("s3://bucket/a.wav", "0", 1.0, 2),), "lies at s3://bucket/a.wav"),
    ],
)
def test_a_recording_that_cannot_be_played_says_why(media, said):
    def local_path(one: Media) -> Path | None:
        return None if one.uri.startswith("s3") else Path(one.uri.removeprefix("file://"))

    assert said in recording.media_note(media, local_path)


# Words from calls are words


@pytest.mark.parametrize(
    "html",
    [
        lambda: header.header_html(
            header.header(document(), CallMetadata(account=HOSTILE, rep=HOSTILE, customers=(HOSTILE,)))
        ),
        lambda: header.notes_html((HOSTILE,)),
        lambda: calls.failures_html([FailureRow("1", HOSTILE, "empty", HOSTILE, NOW, 1)]),
        lambda: measures.measures_html(
            measures.measure_lines(
                document() | {"measures": {"patience_s": None}, "unavailable": {"patience_s": HOSTILE}}
            )
        ),
    ],
)
def test_words_from_outside_are_escaped_in_html(html):
    shown = html()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown
