"""What is known of a made-up call: who said which word when, to the millisecond."""

from __future__ import annotations

import json
from dataclasses import dataclass

from callcoach.core.intervals import Intervals, support, total_s

JOIN_GAP_S = 0.3  # words of a line nearer than this are one piece of speech


@dataclass(frozen=True, slots=True)
class TrueWord:
    """A word as it was spoken, in seconds from the start of the recording."""

    speaker: str
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a rendered call, to the millisecond.

    Parameters
    ----------
    speakers : tuple of dict
        ``label``, ``name``, ``role`` (``"REP"`` or ``"CUSTOMER"``) and ``channel`` (0 is left).
    words : tuple of TrueWord
        In order of their start.
    speech : dict
        Label to the support of that speaker's words, joined within a line over gaps under
        `JOIN_GAP_S`; pieces of different lines are never joined.
    synthesiser : str
        Name and version of what spoke: another version may give other times.
    """

    duration_s: float
    speakers: tuple[dict, ...]
    words: tuple[TrueWord, ...]
    speech: dict[str, Intervals]
    synthesiser: str = ""

    def speech_of(self, role: str) -> Intervals:
        """The support of all speech of one side."""
        labels = [speaker["label"] for speaker in self.speakers if speaker["role"] == role]
        return support(piece for label in labels for piece in self.speech[label])

    def talk_share(self) -> float | None:
        """Rep speech over rep and customer speech, 0 to 1; None when nobody speaks."""
        rep_s = total_s(self.speech_of("REP"))
        both_s = rep_s + total_s(self.speech_of("CUSTOMER"))
        return rep_s / both_s if both_s else None

    def as_document(self) -> dict:
        """The same as plain lists and dictionaries, ready for JSON."""
        return {
            "duration_s": self.duration_s,
            "synthesiser": self.synthesiser,
            "speakers": list(self.speakers),
            "words": [
                {"speaker": w.speaker, "text": w.text, "start_s": w.start_s, "end_s": w.end_s}
                for w in self.words
            ],
            "speech": {
                label: [[piece.start_s, piece.end_s] for piece in pieces]
                for label, pieces in self.speech.items()
            },
        }


def truth_json(truth: Truth) -> str:
    """The truth as text: one word or stretch of speech a line, always in the same order."""
    document = truth.as_document()
    parts = []
    for key, value in document.items():
        if isinstance(value, list):
            rows = ",\n".join("    " + json.dumps(entry) for entry in value)
            text = f"[\n{rows}\n  ]"
        elif isinstance(value, dict):
            rows = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in value.items())
            text = f"{{\n{rows}\n  }}"
        else:
            text = json.dumps(value)
        parts.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
