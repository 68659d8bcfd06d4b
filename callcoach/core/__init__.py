"""The nouns of callcoach, interval arithmetic, edits and errors. Standard library only."""

from callcoach.core.call import Call, CallClass, CallMetadata, CallPerson, CallType, Media, Person, call_id
from callcoach.core.earlier import Earlier
from callcoach.core.edits import Anchor, Corrected, Edit, EditKind, RejectReason, apply, revision
from callcoach.core.evidence import Evidence, Observation, Status, whole_turn
from callcoach.core.intervals import Interval, Intervals, gaps, intersection, support, total_s, without
from callcoach.core.keys import canonical_json, content_key, recognition_key, scoring_key
from callcoach.core.scorecard import (
    Advice,
    BehaviourScore,
    Caution,
    OpenQuestion,
    Overall,
    Promise,
    Scorecard,
)
from callcoach.core.transcript import (
    Capability,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
)
from callcoach.core.viewer import LOCAL_OWNER, Viewer

__all__ = [
    "LOCAL_OWNER",
    "Advice",
    "Anchor",
    "BehaviourScore",
    "Call",
    "CallClass",
    "CallMetadata",
    "CallPerson",
    "CallType",
    "Capability",
    "Caution",
    "Corrected",
    "Earlier",
    "Edit",
    "EditKind",
    "Evidence",
    "Interval",
    "Intervals",
    "Media",
    "Observation",
    "OpenQuestion",
    "Overall",
    "Person",
    "Promise",
    "Provenance",
    "RejectReason",
    "Role",
    "Scorecard",
    "Separation",
    "Speaker",
    "Status",
    "Transcript",
    "Turn",
    "Viewer",
    "Word",
    "apply",
    "call_id",
    "canonical_json",
    "content_key",
    "gaps",
    "intersection",
    "recognition_key",
    "revision",
    "scoring_key",
    "support",
    "total_s",
    "whole_turn",
    "without",
]
