"""What shows only beside other files: the same call twice, and prompts that many calls share.

Nothing of a file but its `Look` is needed, so an archive is settled in one pass over small records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from callcoach.archive.classes import Verdict
from callcoach.archive.sounds import Sound, print_at, same_print
from callcoach.core import CallClass, Intervals, Transcript, support, total_s

SAME_WITHIN_S = 60.0
SAME_SHARE = 0.9  # of the time that either recording has speech, both have it
PATTERN_STEP_S = 0.25
PATTERN_LEAST_S = 10.0
SHARED_PROMPTS = 3  # files from which a prompt is a machine's
_BAND_BYTES = 4
_MAY_BE_PROMPT = frozenset([CallClass.NO_SHOW, CallClass.SHORT, CallClass.CONNECTED, CallClass.PARTIAL])


@dataclass(frozen=True, slots=True)
class Look:
    """What is kept of one file to compare it with the others.

    Parameters
    ----------
    pattern : Intervals
        When anybody speaks.
    prompt : bytes or None
        Print of its first speech, where nobody but one side speaks.
    is_recording : bool
        A recording and a transcript of one call are no duplicates: they are one call.
    part_of : str or None
        Whose voice it holds, where it is one participant's file of a meeting.
    """

    uri: str
    verdict: Verdict
    sha256: str
    source_id: str | None = None
    rep: str | None = None
    started_at: datetime | None = None
    pattern: Intervals = ()
    prompt: bytes | None = None
    n_channels: int = 1
    is_recording: bool = True
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The class a file ends in; of a duplicate also the file it is linked to."""

    verdict: Verdict
    master: str | None = None


def prompt_of(transcript: Transcript, sound: Sound | None) -> bytes | None:
    """The print of a recording's first speech where one side alone speaks, or sides are not told apart."""
    if sound is None:
        return None
    speaking = {label: pieces for label, pieces in transcript.speech.items() if total_s(pieces) >= 2.0}
    if len(speaking) != 1:
        return None
    label, pieces = next(iter(speaking.items()))
    channel = transcript.speaker(label).channel or 0
    return print_at(sound, pieces[0].start_s, channel=min(channel, len(sound.bands) - 1))


def settle(looks: Iterable[Look]) -> dict[str, Settled]:
    """The class of every file, by URI: exactly one each.

    Of files that are the same call the one with most channels, then most speech, is the master;
    the others are linked to it.
    """
    looks = list(looks)
    settled = {look.uri: Settled(look.verdict) for look in looks}
    whole = [look for look in looks if look.verdict.call_class is not CallClass.DAMAGED]
    for group in _shared_prompts(whole):
        for look in group:
            why = f"the same prompt as in {len(group) - 1} other files, and nobody speaks with it"
            settled[look.uri] = Settled(Verdict(CallClass.MACHINE, why))
    for master, copy, why in _copies(whole):
        settled[copy.uri] = Settled(Verdict(CallClass.DUPLICATE, why), master.uri)
    return settled


def same_pattern(a: Intervals, b: Intervals) -> bool:
    """Whether two recordings have speech at the same times, one of them shifted by up to a minute."""
    if min(total_s(a), total_s(b)) < PATTERN_LEAST_S:
        return False
    x, y = _grid(a), _grid(b)
    size = 1 << (len(x) + len(y) - 1).bit_length()
    both = np.fft.irfft(np.fft.rfft(x, size) * np.conj(np.fft.rfft(y, size)), size)
    reach = round(SAME_WITHIN_S / PATTERN_STEP_S)
    most = max(both[: reach + 1].max(), both[-reach:].max())
    return most / (x.sum() + y.sum() - most) >= SAME_SHARE


def _grid(pieces: Intervals) -> np.ndarray:
    grid = np.zeros(int(pieces[-1].end_s / PATTERN_STEP_S) + 2)
    for piece in pieces:
        grid[round(piece.start_s / PATTERN_STEP_S) : round(piece.end_s / PATTERN_STEP_S)] = 1.0
    return grid


def _copies(looks: list[Look]) -> Iterator[tuple[Look, Look, str]]:
    """Master, copy and why, for every copy once."""
    masters: dict[str, Look] = {}
    gone: set[str] = set()
    for key, why in ((_by_hash, "the same bytes"), (_by_id, "the same id in the other system")):
        groups: dict[object, list[Look]] = defaultdict(list)
        for look in looks:
            if look.uri not in gone and (of := key(look)) is not None:
                groups[of].append(look)
        for group in groups.values():
            master, *copies = sorted(group, key=_best)
            for copy in copies:
                masters[copy.uri] = master
                gone.add(copy.uri)
                yield master, copy, why
    by_rep: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        if look.uri not in gone and look.rep and look.started_at and look.is_recording and not look.part_of:
            by_rep[look.rep.casefold()].append(look)
    for calls in by_rep.values():
        calls.sort(key=lambda look: look.started_at)
        for i, look in enumerate(calls):
            for other in calls[i + 1 :]:
                if (other.started_at - look.started_at).total_seconds() > SAME_WITHIN_S:
                    break
                if {look.uri, other.uri} & gone or not same_pattern(look.pattern, other.pattern):
                    continue
                master, copy = sorted((look, other), key=_best)
                gone.add(copy.uri)
                yield master, copy, "the same rep at the same time with the same pattern of speech"


def _by_hash(look: Look) -> object:
    return look.sha256


def _by_id(look: Look) -> object:
    return (look.source_id, look.is_recording, look.part_of) if look.source_id else None


def _best(look: Look) -> tuple:
    return (-look.n_channels, -round(total_s(support(look.pattern)), 1), look.uri)


def _shared_prompts(looks: list[Look]) -> Iterator[list[Look]]:
    """Files that begin with one prompt, at least `SHARED_PROMPTS` of different bytes."""
    with_prompt = [look for look in looks if look.prompt and look.verdict.call_class in _MAY_BE_PROMPT]
    near: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    parent = list(range(len(with_prompt)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, look in enumerate(with_prompt):
        # Prints of one sound share some four bytes in one place, or one step aside.
        for place in range(0, len(look.prompt) - _BAND_BYTES + 1):
            bucket = near[(place // 2, look.prompt[place : place + _BAND_BYTES])]
            for j in bucket[-8:]:
                if root(i) != root(j) and same_print(look.prompt, with_prompt[j].prompt):
                    parent[root(i)] = root(j)
            bucket.append(i)
    groups: dict[int, list[Look]] = defaultdict(list)
    for i, look in enumerate(with_prompt):
        groups[root(i)].append(look)
    for group in groups.values():
        if len({look.sha256 for look in group}) >= SHARED_PROMPTS:
            yield group
