"""One call, end to end: the only place that composes the rooms.

::

    source ─ hearing ─► Transcript ─ sides, edits ─► judging ─► Judged: corrected transcript and card
             (dear, once)            (pure, deterministic, milliseconds)
"""

from callcoach.pipeline.hearing import (
    Heard,
    demo_recogniser,
    hear,
    hear_together,
    language_detector,
    recogniser_of,
    sound_of,
)
from callcoach.pipeline.judging import (
    CONNECTED_CHANGES,
    CONNECTED_CUSTOMER_S,
    NO_SHOW_S,
    Judged,
    classify,
    judge,
    scoring_keys,
)
from callcoach.pipeline.sides import (
    NO_METADATA,
    NOTHING_GIVEN,
    Given,
    with_given_roles,
    with_people,
    with_roles_told,
)

__all__ = [
    "CONNECTED_CHANGES",
    "CONNECTED_CUSTOMER_S",
    "NOTHING_GIVEN",
    "NO_METADATA",
    "NO_SHOW_S",
    "Given",
    "Heard",
    "Judged",
    "classify",
    "demo_recogniser",
    "hear",
    "hear_together",
    "judge",
    "language_detector",
    "recogniser_of",
    "scoring_keys",
    "sound_of",
    "with_given_roles",
    "with_people",
    "with_roles_told",
]
