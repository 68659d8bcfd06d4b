"""The JSON of a scored call: what users and integrations rely on. Schema version 1.

Same bytes and options, same document, to the last digit: times are rounded to milliseconds,
shares, scores and probabilities to four decimals.
"""

from __future__ import annotations

from collections.abc import Mapping

from callcoach.core import (
    Advice,
    BehaviourScore,
    CallMetadata,
    Capability,
    Evidence,
    Scorecard,
    Transcript,
    total_s,
)
from callcoach.core.errors import CallcoachError

SCHEMA_VERSION = 1
_DECIMALS = 4
_TIME_DECIMALS = 3


def scored_call(
    *,
    source: str,
    call_id: str,
    call_class: str | None,
    metadata: CallMetadata,
    transcript: Transcript,
    card: Scorecard,
) -> dict[str, object]:
    """The document of one scored call, ready for ``json.dumps``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "source": source,
        "call": {
            "id": call_id,
            "duration_s": _time(transcript.duration_s),
            "language": transcript.language,
            "call_type": card.call_type,
            "call_type_probability": _number(card.call_type_probability),
            "started_at": metadata.started_at.isoformat() if metadata.started_at else None,
            "channels": _n_channels(transcript),
            "class": call_class,
            "speakers": [_speaker(transcript, speaker.label) for speaker in transcript.speakers],
            "provenance": {
                "kind": transcript.provenance.kind,
                "format": transcript.provenance.format,
                "engine": transcript.provenance.engine,
                "model": transcript.provenance.model,
                "capabilities": [c.value for c in Capability if c in transcript.capabilities],
                "recognition_key": transcript.provenance.recognition_key,
                "notes": list(transcript.provenance.notes),
            },
        },
        "turns": [_turn(turn) for turn in transcript.turns],
        "measures": {name: _number(value) for name, value in card.measures.items()},
        "unavailable": dict(card.unavailable),
        "behaviours": [_behaviour(item, transcript) for item in card.behaviours],
        "cautions": [
            {"id": caution.id, "evidence": _evidence(caution.evidence, transcript)}
            for caution in card.cautions
        ],
        "overall": _overall(card),
        "coaching": {"keep": _advice(card.keep, transcript), "try": _advice(card.try_next, transcript)},
        "promises": [
            {"who": promise.who, "what": promise.what, "when": promise.when, "turn": promise.turn}
            for promise in card.promises
        ],
        "open_questions": [{"turn": q.turn, "quote": q.quote} for q in card.open_questions],
    }


def failed_input(*, source: str, error: CallcoachError) -> dict[str, object]:
    """The document of an input that could not become a call."""
    return {
        "schema_version": SCHEMA_VERSION,
        "source": source,
        "error": {"kind": error.kind, "message": error.message},
    }


def _number(value: float | str | None) -> float | str | None:
    return round(value, _DECIMALS) if isinstance(value, float) else value


def _time(time_s: float | None) -> float | None:
    return None if time_s is None else round(float(time_s), _TIME_DECIMALS)


def _n_channels(transcript: Transcript) -> int | None:
    channels = [speaker.channel for speaker in transcript.speakers if speaker.channel is not None]
    return max(channels) + 1 if channels else None


def _speaker(transcript: Transcript, label: str) -> dict[str, object]:
    speaker = transcript.speaker(label)
    timed = Capability.ENDS in transcript.capabilities and transcript.dependable
    has_text = Capability.TEXT in transcript.capabilities
    return {
        "label": speaker.label,
        "role": speaker.role.value,
        "name": speaker.name,
        "channel": speaker.channel,
        "role_confidence": _number(speaker.role_confidence),
        "role_source": speaker.role_source,
        "talk_s": _time(total_s(transcript.speech.get(label, ()))) if timed else None,
        "n_words": sum(len(t.words) for t in transcript.turns if t.speaker == label) if has_text else None,
    }


def _turn(turn) -> dict[str, object]:
    interval = turn.interval
    return {
        "speaker": turn.speaker,
        "start_s": _time(interval.start_s) if interval else None,
        "end_s": _time(interval.end_s) if interval else None,
        "text": turn.text,
        "confidence": _number(turn.confidence),
    }


def _evidence(evidence: tuple[Evidence, ...], transcript: Transcript) -> list[dict[str, object]]:
    rows = []
    for piece in evidence:
        interval = piece.interval(transcript)
        rows.append(
            {
                "turn": piece.turn,
                "speaker": transcript.turns[piece.turn].speaker,
                "start_s": _time(interval.start_s) if interval else None,
                "end_s": _time(interval.end_s) if interval else None,
                "quote": piece.quote(transcript),
                "probability": _number(piece.probability),
            }
        )
    return rows


def _behaviour(item: BehaviourScore, transcript: Transcript) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "variant": item.variant,
        "status": item.status.value,
        "reason": item.reason,
        "weight": item.weight,
        "score": _number(item.score),
        "low": _number(item.low),
        "high": _number(item.high),
        "components": {name: _number(value) for name, value in item.components.items()},
        "evidence": _evidence(item.evidence, transcript),
    }


def _overall(card: Scorecard) -> dict[str, object] | None:
    if card.overall is None:
        return None
    return {
        "score": _number(card.overall.score),
        "low": _number(card.overall.low),
        "high": _number(card.overall.high),
        "weight_judged": card.overall.weight_judged,
        "rubric": card.rubric,
        "scoring_key": card.scoring_key,
    }


def _advice(advice: Advice | None, transcript: Transcript) -> Mapping[str, object] | None:
    if advice is None:
        return None
    return {
        "behaviour": advice.behaviour,
        "text": advice.text,
        "evidence": _evidence(advice.evidence, transcript),
    }
