"""Identity is content: hashes of what a result rests on. Same key, no work.

Two keys, not one. The *recognition key* names everything that can change a transcript; the
*scoring key* everything that can change a judgement of it. A release that only scores better
never transcribes an archive again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

KEY_LENGTH = 32  # hexadecimal digits kept of a SHA-256: 128 bits

# One explicit integer per stage. Raise it in the commit that changes what the stage puts out;
# the golden tests fail when the output changed and the number did not.
RECOGNITION_STAGES: dict[str, int] = {
    "decode": 2,
    "speech": 1,
    "bleed": 1,
    "recognise": 2,
    "turns": 1,
    "formats": 1,
    "roles": 1,
}
SCORING_STAGES: dict[str, int] = {
    "measures": 2,
    "utterances": 3,
    "behaviours": 10,
    "score": 3,
    "coach": 5,
}


def canonical_json(value: object) -> str:
    """One spelling per value: sorted keys, no spaces, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_key(value: object) -> str:
    """Hexadecimal key of any JSON value.

    >>> content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:KEY_LENGTH]


def recognition_key(*, engine: str, model_hash: str | None, options: Mapping[str, object]) -> str:
    """Key of everything that can change a transcript of given bytes.

    Parameters
    ----------
    engine : str
        ``"faster-whisper"``, ``"none"`` for talk measures only, or the name of a vendor format.
    model_hash : str or None
        Hash of the model's files; None where no model takes part.
    options : mapping
        Only options that change the output (language, padding, vocabulary hash, channel map).
    """
    return content_key(
        {"stages": RECOGNITION_STAGES, "engine": engine, "model": model_hash, "options": dict(options)}
    )


def scoring_key(*, rubric_hash: str, constants: Mapping[str, object], taggers: Mapping[str, str]) -> str:
    """Key of everything that can change a scorecard of a given transcript and edits."""
    return content_key(
        {
            "stages": SCORING_STAGES,
            "rubric": rubric_hash,
            "constants": dict(constants),
            "taggers": dict(taggers),
        }
    )
