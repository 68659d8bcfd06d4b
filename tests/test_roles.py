"""Which side is ours: given, known by name, or told by the words; shown, and never guessed silently."""

from __future__ import annotations

import json
import random
import shutil
import sys
from dataclasses import replace

import pytest
from conftest import FIXTURES, ROOT, call

from callcoach.core import CallMetadata, Provenance, Role, Separation, Speaker, Transcript, Turn, Word
from callcoach.core.errors import CallcoachError
from callcoach.transcribe.roles import APPLIED_FROM, infer_roles, seat
from callcoach.transcribe.roles_words import load_role_words, plain_words

sys.path.insert(0, str(ROOT / "tests" / "bench"))

REP = (
    "thanks for your time, what would you like to get out of today and how do you handle quotes at the moment"
)
REP_MORE = (
    "so what I'll do is send you the plan on Thursday and we can walk your team through it, does that work"
)
CUSTOMER = "well we've been struggling, our people type everything twice and I lose half a day a week on it"
CUSTOMER_MORE = "yeah I think my boss would want to see that, we haven't got much budget this year though"
SALES = f"U1 0-9 {REP} | U2 10-18 {CUSTOMER} | U1 19-27 {REP_MORE} | U2 28-36 {CUSTOMER_MORE}"


def roles(transcript: Transcript) -> dict[str, Role]:
    return {speaker.label: speaker.role for speaker in transcript.speakers}


def unknown(transcript: Transcript) -> Transcript:
    return replace(transcript, speakers=tuple(Speaker(s.label, name=s.name) for s in transcript.speakers))


def test_the_words_tell_the_sides_and_the_probability_is_shown() -> None:
    told = infer_roles(unknown(call(SALES)))
    assert roles(told) == {"U1": Role.REP, "U2": Role.CUSTOMER}
    assert all(APPLIED_FROM <= s.role_confidence <= 0.995 and s.role_source == "words" for s in told.speakers)
    assert "inferred from the words" in told.provenance.notes[-1]


def test_turning_the_labels_round_turns_the_roles_round() -> None:
    turned = SALES.replace("U1", "X").replace("U2", "U1").replace("X", "U2")
    there, back = seat(unknown(call(SALES))), seat(unknown(call(turned)))
    assert there.probabilities["U1"] == pytest.approx(back.probabilities["U2"])
    assert there.probabilities["U1"] + there.probabilities["U2"] == pytest.approx(1.0)


def test_doubtful_words_leave_both_sides_unknown_and_say_why() -> None:
    both = "U{0} {1} yeah okay | "
    chat = "".join(both.format(1 + i % 2, f"{i}-{i + 1}") for i in range(20)).removesuffix(" | ")
    told = infer_roles(unknown(call(chat)))
    assert set(roles(told).values()) == {Role.UNKNOWN}
    assert all(s.role_confidence is None for s in told.speakers)
    assert "not sure enough" in told.provenance.notes[-1]


def test_a_handful_of_words_seats_nobody() -> None:
    few = "U1 0-30 it rained all day yesterday | U2 30-90 yes and the wind was cold | U1 90-130 i see"
    told = infer_roles(unknown(call(few)))
    assert set(roles(told).values()) == {Role.UNKNOWN}
    assert "only 13 words are there" in told.provenance.notes[-1]


def test_what_was_given_stands() -> None:
    given = unknown(call(SALES)).with_roles({"U1": Role.CUSTOMER, "U2": Role.REP}, source="given")
    assert infer_roles(given) == given


def test_inferring_twice_changes_nothing() -> None:
    once = infer_roles(unknown(call(SALES)))
    assert infer_roles(once) == once


def test_names_of_the_metadata_come_before_the_words() -> None:
    transcript = unknown(call(SALES))
    named = replace(
        transcript,
        speakers=(Speaker("U1", name="Okoro, Ana (Larkspur)"), Speaker("U2", name="Ben Tal")),
    )
    told = infer_roles(named, metadata=CallMetadata(rep="Ben Tal", customers=("Ana Okoro",)))
    assert roles(told) == {"U1": Role.CUSTOMER, "U2": Role.REP}
    assert {s.role_source for s in told.speakers} == {"metadata"}
    by_domain = infer_roles(named, known_sides={"Ana Okoro": Role.CUSTOMER, "ben tal": Role.REP})
    assert roles(by_domain) == roles(told)


def test_an_introduction_by_the_reps_name_counts() -> None:
    transcript = unknown(call("U1 0-3 hello it's Ana here | U2 3-4 hello there"))
    assert seat(transcript, metadata=CallMetadata(rep="Ana Okoro")).probabilities["U1"] > 0.8
    assert seat(transcript, metadata=CallMetadata(customers=("Ana Okoro",))).probabilities["U1"] < 0.2


def test_who_picks_up_is_the_customer_of_an_outbound_call() -> None:
    transcript = unknown(call("U1 0-1 hello | U2 1-3 hello | U1 3-4 yes"))
    inbound, outbound = (seat(transcript, direction=d).probabilities["U1"] for d in ("inbound", "outbound"))
    assert inbound > seat(transcript).probabilities["U1"] > outbound


def test_labels_of_turns_add_to_the_words() -> None:
    transcript = unknown(call("U1 0-3 it is blue | U2 3-6 it is red"))
    labels = [{"question_substantive": 0.9}, {"problem_voiced": 0.9}]
    assert seat(transcript, label_utterances=lambda _: labels).probabilities["U1"] > (
        seat(transcript).probabilities["U1"] + 0.1
    )


def test_another_language_and_text_without_words_are_declined() -> None:
    german = replace(unknown(call(SALES)), language="de")
    assert "language de" in infer_roles(german).provenance.notes[-1]
    silent = unknown(call("U1 0-3 | U2 3-6"))
    assert "nothing was recognised" in infer_roles(silent).provenance.notes[-1]


def test_doubtful_separation_gets_no_roles() -> None:
    transcript = unknown(call(SALES))
    doubtful = replace(
        transcript,
        provenance=Provenance("audio", "wav", "t", separation=Separation.DIARIZED, separation_confidence=0.6),
    )
    told = infer_roles(doubtful)
    assert set(roles(told).values()) == {Role.UNKNOWN}
    assert "record two channels" in told.provenance.notes[-1]


# Calls that are not one rep and one customer.

SERVICE = "so let me just check that for you, bear with me, can I take your account number please"
SERVICE_MORE = "okay I can see it here, I'll put a note on the account and we'll get that sorted for you"
PROBLEM = "I've got a problem with my bill, I rang last week and nobody rang me back, it's ridiculous"


def test_three_speakers_two_of_ours() -> None:
    told = infer_roles(
        unknown(
            call(
                f"{SALES} | U3 37-44 what I can do is show you how the product routes each quote for you | U2 45-49 oh I see, and I wondered would we have to move our price list"
            )
        )
    )
    assert roles(told)["U1"] is Role.REP
    assert roles(told)["U2"] is Role.CUSTOMER
    assert roles(told)["U3"] in (Role.REP, Role.UNKNOWN)


def test_a_transferred_call_has_two_reps_one_after_another() -> None:
    told = infer_roles(
        unknown(
            call(
                f"U1 0-8 {SERVICE} | U2 9-16 {PROBLEM} | U1 17-22 I'll put you through to accounts, hold the line please"
                f" | U2 23-24 okay thank you | U3 25-33 {SERVICE} | U2 34-41 {PROBLEM} | U3 42-50 {SERVICE_MORE}"
                " | U2 51-54 oh thank you very much, I was getting really fed up"
            )
        )
    )
    assert roles(told) == {"U1": Role.REP, "U2": Role.CUSTOMER, "U3": Role.REP}


def test_five_speakers_are_seated_or_left_unknown_and_each_says_how_sure() -> None:
    told = infer_roles(
        unknown(
            call(
                f"{SALES} | U3 37-38 yeah | U4 39-45 I lose hours on it as well, we keep typing my orders by hand"
                " | U5 46-53 would you like me to show you, and how many of you are there in the team"
            )
        )
    )
    assert roles(told)["U1"] is Role.REP
    assert roles(told)["U2"] is Role.CUSTOMER
    for speaker in told.speakers:
        assert (speaker.role is Role.UNKNOWN) == (speaker.role_confidence is None)


def test_a_conference_of_two_companies_is_settled_by_names() -> None:
    transcript = unknown(call("U1 0-2 hi all | U2 2-4 hello | U3 4-6 hi there | U4 6-8 morning | U5 8-9 hi"))
    names = ["Ana Okoro", "Ben Tal", "Cem Ates", "Dee Park", "Eve Lind"]
    named = replace(
        transcript,
        speakers=tuple(replace(s, name=n) for s, n in zip(transcript.speakers, names, strict=True)),
    )
    sides = {n: Role.REP if n[0] in "AB" else Role.CUSTOMER for n in names}
    told = infer_roles(named, known_sides=sides)
    assert list(roles(told).values()) == [Role.REP, Role.REP, Role.CUSTOMER, Role.CUSTOMER, Role.CUSTOMER]


def test_a_customer_who_never_speaks_leaves_the_sides_open() -> None:
    told = infer_roles(unknown(call(f"U1 0-9 {REP} | U1 10-18 {REP_MORE}")))
    assert roles(told) == {"U1": Role.UNKNOWN}
    assert "only one person" in told.provenance.notes[-1]


def test_a_voicemail_greeting_is_no_customer() -> None:
    told = infer_roles(
        unknown(
            call(
                "U1 0-8 you've reached the voicemail of Dana Lopez please leave a message after the tone"
                " | U2 10-20 hi Dana it's Sam I'm calling about the quote I'll try you again on Monday"
            )
        )
    )
    assert roles(told)["U1 (recording)"] is Role.OTHER
    assert Role.CUSTOMER not in roles(told).values()
    assert "only one person" in told.provenance.notes[-1]


def test_a_menu_before_the_agent_is_cut_out_and_the_agent_stays() -> None:
    told = infer_roles(
        unknown(
            call(
                f"U1 0-6 for sales press one for support press two | U1 8-12 your call is important to us | U1 15-22 {SERVICE}"
                f" | U2 23-30 {PROBLEM} | U1 31-38 {SERVICE_MORE} | U2 39-42 I've been waiting since Monday for my refund"
            )
        )
    )
    assert roles(told) == {"U1": Role.REP, "U2": Role.CUSTOMER, "U1 (recording)": Role.OTHER}
    assert [(c.start_s, c.end_s) for c in told.cuts] == [(0.0, 6.0), (8.0, 12.0)]
    assert told.speech["U1"][0].start_s == 15.0
    assert infer_roles(told) == told


# The model and what it is measured on.


def test_the_model_is_refused_when_its_bytes_changed(tmp_path) -> None:
    folder = tmp_path / "roles"
    shutil.copytree(ROOT / "models" / "roles", folder)
    (folder / "weights.npz").write_bytes(b"something else")
    with pytest.raises(CallcoachError, match="hash differs"):
        load_role_words(folder)


def test_words_are_compared_bare() -> None:
    assert plain_words("Can I take YOUR number? It's 0-1-2, [NAME].") == [
        "can", "i", "take", "your", "number", "it's", "#",
    ]  # fmt: skip


def fixture_call(name: str, left: int) -> tuple[Transcript, dict[str, Role]]:
    """A bundled call by its true words, its channels in either order and nobody known."""
    truth = json.loads((FIXTURES / f"{name}.truth.json").read_text("utf-8"))
    label = {s["label"]: ("left", "right")[(i + left) % 2] for i, s in enumerate(truth["speakers"])}
    turns: list[tuple[str, list[Word]]] = []
    for word in truth["words"]:
        if not turns or turns[-1][0] != label[word["speaker"]]:
            turns.append((label[word["speaker"]], []))
        turns[-1][1].append(Word(word["text"]))
    transcript = Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "ogg", "t", separation=Separation.CHANNELS),
        duration_s=truth["duration_s"],
        speakers=(Speaker("left", channel=0), Speaker("right", channel=1)),
        turns=tuple(Turn(who, tuple(words)) for who, words in turns),
        language="en",
    )
    return transcript, {label[s["label"]]: Role(s["role"]) for s in truth["speakers"]}


@pytest.mark.parametrize(
    "name", sorted(p.name.removesuffix(".truth.json") for p in FIXTURES.glob("*.truth.json"))
)
def test_bundled_calls_with_channels_swapped_at_random_are_all_right(name: str) -> None:
    for left in random.Random(name).sample([0, 1], 2):
        transcript, expected = fixture_call(name, left)
        assert roles(infer_roles(transcript)) == expected


def test_sides_of_real_service_calls_are_right_where_they_are_answered(shared_data) -> None:
    from roles_calls import reliability, summary, told

    found = told(shared_data / "bt_oasis" / "dev.jsonl")
    figures = summary(found)
    assert figures["calls"] > 300
    assert figures["right_of_answered"] >= 0.95
    assert figures["answered"] >= 0.60
    assert all(abs(mean - right) < 0.15 for _, _, n, mean, right in reliability(found) if n >= 30)
