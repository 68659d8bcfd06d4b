"""The JSON schema of a scored call, as `callcoach schema` prints it and the tests hold it."""

from __future__ import annotations

from callcoach.core import Capability, Role, Status
from callcoach.core.errors import INPUT_KINDS
from callcoach.document import SCHEMA_VERSION

_NUMBER = {"type": ["number", "null"]}
_TEXT = {"type": ["string", "null"]}
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def _object(properties: dict, *, nullable: bool = False) -> dict:
    return {
        "type": ["object", "null"] if nullable else "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _array(items: dict) -> dict:
    return {"type": "array", "items": items}


def document_schema() -> dict:
    """JSON schema (draft 2020-12) of one line of ``score --json``."""
    evidence = _array(
        _object(
            {
                "turn": {"type": "integer", "minimum": 0},
                "speaker": {"type": "string"},
                "start_s": _NUMBER,
                "end_s": _NUMBER,
                "quote": {"type": "string"},
                "probability": _SHARE,
            }
        )
    )
    advice = _object(
        {"behaviour": {"type": "string"}, "text": {"type": "string"}, "evidence": evidence}, nullable=True
    )
    speaker = _object(
        {
            "label": {"type": "string"},
            "role": {"enum": [role.value for role in Role]},
            "name": _TEXT,
            "channel": {"type": ["integer", "null"], "minimum": 0},
            "role_confidence": _SHARE,
            "role_source": _TEXT,
            "talk_s": _NUMBER,
            "n_words": {"type": ["integer", "null"], "minimum": 0},
        }
    )
    provenance = _object(
        {
            "kind": {"enum": ["audio", "transcript"]},
            "format": {"type": "string"},
            "engine": _TEXT,
            "model": _TEXT,
            "capabilities": _array({"enum": [c.value for c in Capability]}),
            "recognition_key": {"type": "string"},
            "notes": _array({"type": "string"}),
        }
    )
    call = _object(
        {
            "id": {"type": "string"},
            "duration_s": _NUMBER,
            "language": _TEXT,
            "call_type": {"type": "string"},
            "call_type_probability": _SHARE,
            "started_at": _TEXT,
            "channels": {"type": ["integer", "null"]},
            "class": _TEXT,
            "speakers": _array(speaker),
            "provenance": provenance,
        }
    )
    turn = _object(
        {
            "speaker": {"type": "string"},
            "start_s": _NUMBER,
            "end_s": _NUMBER,
            "text": {"type": "string"},
            "confidence": _SHARE,
        }
    )
    behaviour = _object(
        {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "variant": _TEXT,
            "status": {"enum": [status.value for status in Status]},
            "reason": _TEXT,
            "weight": {"type": "number", "minimum": 0, "maximum": 100},
            "score": _SHARE,
            "low": _SHARE,
            "high": _SHARE,
            "components": {"type": "object", "additionalProperties": {"type": "number"}},
            "evidence": evidence,
        }
    )
    scored = _object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "source": {"type": "string"},
            "call": call,
            "turns": _array(turn),
            "measures": {"type": "object", "additionalProperties": {"type": ["number", "string", "null"]}},
            "unavailable": {"type": "object", "additionalProperties": {"type": "string"}},
            "behaviours": _array(behaviour),
            "cautions": _array(_object({"id": {"type": "string"}, "evidence": evidence})),
            "overall": _object(
                {
                    "score": _SHARE,
                    "low": _SHARE,
                    "high": _SHARE,
                    "weight_judged": {"type": "number"},
                    "rubric": {"type": "string"},
                    "scoring_key": {"type": "string"},
                },
                nullable=True,
            ),
            "coaching": _object({"keep": advice, "try": advice}),
            "promises": _array(
                _object(
                    {
                        "who": {"type": "string"},
                        "what": {"type": "string"},
                        "when": _TEXT,
                        "turn": {"type": "integer"},
                    }
                )
            ),
            "open_questions": _array(_object({"turn": {"type": "integer"}, "quote": {"type": "string"}})),
        }
    )
    failed = _object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "source": {"type": "string"},
            "error": _object({"kind": {"enum": list(INPUT_KINDS)}, "message": {"type": "string"}}),
        }
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "callcoach: one line of score --json",
        "oneOf": [scored, failed],
    }
