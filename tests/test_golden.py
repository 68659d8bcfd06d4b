"""What callcoach says of known input, word for word, so that no change of it goes unseen.

Each file in `tests/golden` holds a document and the key of what made it. Where the document differs,
the key must differ too: a stage's version was raised, a rubric, a constant or a model changed. Then
`make test ARGS=--update-golden` writes the new one, and the diff is read as if one were the rep.
"""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from fixture_calls import FIXTURE_NAMES, fixture_metadata, fixture_transcript
from formats_samples import SAMPLES

from callcoach.document import scored_call
from callcoach.pipeline import classify, judge
from callcoach.transcribe.formats import read_transcript

GOLDEN = ROOT / "tests" / "golden"


def judged(name: str) -> tuple[str, dict]:
    metadata = fixture_metadata(name)
    transcript = fixture_transcript(name)
    found = judge(transcript, metadata)
    document = scored_call(
        source=f"fixtures/{name}.opus",
        call_id="0" * 16,
        call_class=classify(transcript),
        metadata=metadata,
        transcript=found.transcript,
        card=found.card,
    )
    document.pop("turns")  # they are the input
    return found.card.scoring_key, document


def read(name: str) -> tuple[str, dict]:
    """A made-up vendor file as it is read: speakers, turns and what it can tell."""
    file_name, data = SAMPLES[name]
    transcript = read_transcript(data, name=file_name)
    return transcript.provenance.recognition_key, {
        "capabilities": sorted(transcript.capabilities),
        "language": transcript.language,
        "duration_s": transcript.duration_s,
        "speakers": [[s.label, s.role, s.name, s.channel] for s in transcript.speakers],
        "turns": [
            [turn.speaker, turn.text, [turn.interval.start_s, turn.interval.end_s] if turn.interval else None]
            for turn in transcript.turns
        ],
        "notes": list(transcript.provenance.notes),
    }


MADE = {f"calls/{name}": (judged, name) for name in FIXTURE_NAMES} | {
    f"formats/{name}": (read, name) for name in sorted(SAMPLES)
}


@pytest.mark.parametrize("entry", MADE)
def test_known_input_gives_the_golden_document(entry: str, request: pytest.FixtureRequest) -> None:
    make, name = MADE[entry]
    key, document = make(name)
    document = json.loads(json.dumps(document))
    path = GOLDEN / f"{entry}.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {"key": None, "document": None}
    if document == kept["document"] and key == kept["key"]:
        return
    assert key != kept["key"], (
        f"{entry}: what is said changed and its key did not; raise the version of the stage that changed "
        "in callcoach/core/keys.py"
    )
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "document": document}, indent=1, ensure_ascii=False, sort_keys=True)
        path.write_text(text + "\n", "utf-8")
        return
    assert document == kept["document"], f"{entry}: read the difference, then make test ARGS=--update-golden"
    pytest.fail(f"{entry}: its key changed and nothing else; make test ARGS=--update-golden writes it down")


def test_there_is_no_golden_document_that_nothing_makes() -> None:
    kept = {path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.json")}
    assert kept == set(MADE)
