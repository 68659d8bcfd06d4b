"""Shared builders: calls by hand in one line, and the folders that tests read."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from callcoach.core import (
    Capability,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    support,
)

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SHARED_DATA = ROOT.parent / "shared" / "data"
IN_CI = os.environ.get("CI") == "true"


def pytest_configure() -> None:
    """Ctrl-C works in the tests' processes even where the shell that started them took it away."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew where its key has changed"
    )


ALL_CAPABILITIES = frozenset(Capability)
_ROLES = {"R": Role.REP, "C": Role.CUSTOMER, "O": Role.OTHER, "U": Role.UNKNOWN}
_PIECE = re.compile(r"^(?P<who>[A-Z]\d?)(?:\s+(?P<start>[\d.]+)-(?P<end>[\d.]+))?(?:\s+(?P<text>.*))?$", re.S)


def call(
    script: str,
    *,
    capabilities: frozenset[Capability] = ALL_CAPABILITIES,
    duration_s: float | None = None,
) -> Transcript:
    """A transcript from one line: ``call("R 0-5 hello there | C 5-9 hi")``.

    R rep, C customer, O other, U unknown; a digit tells several apart (``R2``). Words share the
    turn's time evenly. Without times the transcript has text only.
    """
    turns, labels, speech = [], {}, {}
    for piece in (p.strip() for p in script.split("|")):
        if not piece:
            continue
        match = _PIECE.match(piece)
        assert match, f"cannot read the piece of a hand-written call: {piece!r}"
        label = match["who"]
        labels.setdefault(label, _ROLES[label[0]])
        texts = (match["text"] or "").split()
        span = None
        if match["start"]:
            span = Interval(float(match["start"]), float(match["end"]))
            speech.setdefault(label, []).append(span)
        step_s = span.duration_s / max(1, len(texts)) if span else 0.0
        turns.append(
            Turn(
                label,
                tuple(
                    Word(
                        text,
                        Interval(span.start_s + i * step_s, span.start_s + (i + 1) * step_s)
                        if span
                        else None,
                        0.9,
                    )
                    for i, text in enumerate(texts)
                ),
                span,
            )
        )
    if not speech:
        capabilities = capabilities & {Capability.TEXT, Capability.CONFIDENCE}
    ends = [turn.span.end_s for turn in turns if turn.span]
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS),
        duration_s=duration_s if duration_s is not None else max(ends, default=None),
        speakers=tuple(
            Speaker(label, role, role_confidence=1.0, role_source="given") for label, role in labels.items()
        ),
        turns=tuple(turns),
        speech={label: support(pieces) for label, pieces in speech.items()},
        language="en",
        capabilities=capabilities,
    )


@pytest.fixture
def shared_data() -> Path:
    """The evaluation data beside the project; tests of it skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs ../shared/data (evaluation data), which is not here")
    return SHARED_DATA
