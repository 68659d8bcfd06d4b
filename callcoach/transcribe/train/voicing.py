"""All lines of a call spoken in a fresh process, so that the same lines give the same samples.

espeak-ng keeps the phase of its oscillators from one utterance to the next: within a process, what
was said before changes what comes after by a few samples. A process that says nothing but the
lines asked for, in order, always says them alike.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np

from callcoach.transcribe.train import espeak


def speak_all(requests: Sequence[dict]) -> tuple[list[espeak.Speech], str]:
    """Say every request in order and also tell which synthesiser did.

    Parameters
    ----------
    requests : sequence of dict
        Arguments of :func:`callcoach.transcribe.train.espeak.speak` by name.

    Returns
    -------
    speeches : list of Speech
        As many as requests, bit for bit the same each time on the same synthesiser.
    synthesiser : str
        Name and version, such as ``"espeak-ng 1.51"``.

    Raises
    ------
    EspeakError
        The library or a voice is missing.
    """
    done = subprocess.run(
        [sys.executable, "-m", "callcoach.transcribe.train.voicing"],
        input=json.dumps(list(requests)).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry or "." for entry in sys.path)},
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise espeak.EspeakError(last[0].partition("EspeakError: ")[2] or last[0] if last else "")
    with np.load(io.BytesIO(done.stdout), allow_pickle=False) as stored:
        facts = json.loads(str(stored["facts"]))
        speeches = [
            espeak.Speech(
                samples=stored[f"samples{n}"],
                sample_rate_hz=facts["sample_rate_hz"],
                words=tuple(espeak.SpokenWord(*word) for word in words),
                phonemes=tuple((name, start_s, end_s) for name, start_s, end_s in phonemes),
            )
            for n, (words, phonemes) in enumerate(facts["speeches"])
        ]
    return speeches, facts["synthesiser"]


def _synthesiser() -> str:
    """Name and version of the library: the first word of what it says of itself."""
    import ctypes

    inform = espeak._load().c.espeak_Info
    inform.restype = ctypes.c_char_p
    return f"espeak-ng {(inform(None) or b'unknown').decode().split()[0]}"


def _main() -> None:
    requests = json.loads(sys.stdin.buffer.read())
    synthesiser = _synthesiser()
    speeches = [espeak.speak(**request) for request in requests]
    facts = {
        "synthesiser": synthesiser,
        "sample_rate_hz": speeches[0].sample_rate_hz if speeches else 0,
        "speeches": [
            ([[w.text, w.start_s, w.end_s] for w in speech.words], list(speech.phonemes))
            for speech in speeches
        ],
    }
    buffer = io.BytesIO()
    np.savez(
        buffer,
        facts=np.array(json.dumps(facts)),
        **{f"samples{n}": speech.samples for n, speech in enumerate(speeches)},
    )
    sys.stdout.buffer.write(buffer.getvalue())


if __name__ == "__main__":
    _main()
