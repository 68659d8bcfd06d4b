"""Whatever the bytes are: a transcript that can be stored, or one of our errors, and no long wait."""

from __future__ import annotations

import json
import random
import re
import time

from bench.reader_fuzz import TYPED, keep, mutated
from formats_samples import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.transcribe.formats import looks_like_transcript, read_transcript

SEEDS = [data for _, data in SAMPLES.values()]
KEYS = sorted({key for data in SEEDS for key in re.findall(r'"([A-Za-z_]{2,40})":', data.decode())})
MOST_S = 2.0  # for what the tests make, all of it far under 1 MB


def read(data: bytes) -> None:
    start = time.process_time()
    looks_like_transcript(data[: 1 << 20], "fuzz")
    try:
        transcript = read_transcript(data, name="fuzz")
    except TYPED:
        pass
    else:
        keep(transcript)
        labels = [speaker.label for speaker in transcript.speakers]
        assert all(turn.words for turn in transcript.turns)
        assert all(
            word.text and word.text == "".join(word.text.split())
            for t in transcript.turns
            for word in t.words
        )
        assert {turn.speaker for turn in transcript.turns} <= set(labels)
        starts = [turn.interval.start_s for turn in transcript.turns if turn.interval is not None]
        assert starts == sorted(starts)
    assert time.process_time() - start < MOST_S


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_mutated_samples(seed: int) -> None:
    read(mutated(SEEDS, random.Random(seed)))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    read(data)


FRAGMENTS = st.sampled_from(
    [
        "WEBVTT", "\n", "\n\n", "00:01.000 --> 00:02.000", "00:00:01,000 --> 00:00:02,000", "1", "Dana: hi", "Lee:", "<v Dana>",
        "</v>", "<00:00:01.500>", "NOTE callcoach {}", "Dana  0:03", "**Lee** 1:02:03", "[00:01] Agent: hello", "speaker,text",
        "speaker;start_s;text", '"', ",", ";", "&amp;", "-->", "[SPEAKER_00]:", "Transcribed by https://otter.ai", "\u2028", "\x0c", " ",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40))
def test_any_text_made_of_pieces_of_transcripts(pieces: list[str]) -> None:
    read("".join(pieces).encode("utf-8", "surrogatepass"))


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["1.5", "PT1S", "hello there", "2.5s", "channel_1", "Success", "pronunciation", "punctuation"]
    ),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=30,
)


@settings(max_examples=250, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6))
def test_any_json_with_the_keys_of_vendors(document: dict) -> None:
    read(json.dumps(document).encode())


@settings(max_examples=250, deadline=None)
@given(st.sampled_from([d for d in SEEDS if d.startswith(b"{")]), st.integers(0, 10_000), JSON)
def test_any_value_anywhere_in_a_sample(data: bytes, at: int, value: object) -> None:
    from bench.reader_fuzz import _places

    document = json.loads(data)
    places = list(_places(document))
    holder, key = places[at % len(places)]
    holder[key] = value
    read(json.dumps(document).encode())
