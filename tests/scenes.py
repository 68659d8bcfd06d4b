"""Hand-written scenes as tests of behaviours: read, made into transcripts, judged, compared.

A scene is a short exchange with what a careful person would find in it: the status and some
components. Development scenes were written before the code; held-out ones apart from it, and are
only ever run as a whole. Figures over scenes are counts of scenes right in *everything* they expect.

    python -m tests.scenes follow_up reflection        what is wrong, scene by scene
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature
from pathlib import Path

from callcoach.core import (
    Capability,
    Earlier,
    Interval,
    Observation,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    support,
)
from callcoach.measure.behaviours import OBSERVERS
from callcoach.measure.utterances import Labels, label_turns

FOLDER = Path(__file__).resolve().parent / "data" / "scenes"
DEVELOPMENT, HELD_OUT = "development", "held_out"
FURTHER = "further"  # development scenes too, in other words
WORD_S, GAP_S = 0.4, 0.4  # 2.5 words a second; between turns
SILENCE_S = 2.0  # before the first word and after the last: the recording holds the whole exchange
ROLES = {"R": Role.REP, "C": Role.CUSTOMER, "O": Role.OTHER}
FLOOR_OVERALL, FLOOR_EACH = 0.85, 0.70  # shares of scenes right, of all and of each behaviour


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene; `turns` read ``"R: words"`` or ``"C: words"``, `earlier` is a call before this one."""

    name: str
    behaviour: str
    kind: str
    turns: tuple[str, ...]
    expect: Mapping[str, object]
    why: str
    call_type: str = "discovery"
    earlier: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Scenes right and wrong of one behaviour."""

    n: int = 0
    wrong: dict[str, dict[str, tuple[object, object]]] = field(default_factory=dict)

    @property
    def share_right(self) -> float:
        return 1.0 - len(self.wrong) / self.n


@lru_cache(maxsize=3)
def scenes(which: str = DEVELOPMENT) -> tuple[Scene, ...]:
    """Every scene of a file, in order, named after its behaviour and place."""
    count: dict[str, int] = {}
    found = []
    for line in (FOLDER / f"{which}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        count[row["behaviour"]] = count.get(row["behaviour"], 0) + 1
        found.append(
            Scene(
                name=f"{row['behaviour']}-{count[row['behaviour']]:02}",
                behaviour=row["behaviour"],
                kind=row["kind"],
                turns=tuple(row["turns"]),
                expect=row["expect"],
                why=row["why"],
                call_type=row.get("call_type", "discovery"),
                earlier=tuple(row.get("earlier", ())),
            )
        )
    return tuple(found)


def transcript_of(turns: Sequence[str], *, timed: bool = True) -> Transcript:
    """A transcript of scene turns: one after the other, every word `WORD_S` long, or without times."""
    made, speech, now_s = [], {}, SILENCE_S
    for turn in turns:
        label, _, text = turn.partition(": ")
        speech.setdefault(label, [])
        words = []
        for word in text.split():
            words.append(Word(word, Interval(round(now_s, 3), round(now_s + WORD_S, 3)) if timed else None))
            now_s += WORD_S
        made.append(Turn(label, tuple(words)))
        if timed and words:
            speech[label].append(Interval(words[0].interval.start_s, words[-1].interval.end_s))
        now_s += GAP_S
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS),
        duration_s=round(now_s + SILENCE_S, 3) if timed else None,
        speakers=tuple(
            Speaker(label, ROLES[label[0]], role_confidence=1.0, role_source="given") for label in speech
        ),
        turns=tuple(made),
        speech={label: support(pieces) for label, pieces in speech.items()} if timed else {},
        language="en",
        capabilities=frozenset(Capability) - {Capability.CONFIDENCE}
        if timed
        else frozenset([Capability.TEXT]),
    )


def judged(scene: Scene, labels: Labels | None = None) -> tuple[Transcript, Labels, Observation]:
    """The transcript of a scene, its labels, and what the behaviour's observer sees in it."""
    transcript = transcript_of(scene.turns)
    labels = label_turns(transcript) if labels is None else labels
    observe = OBSERVERS[scene.behaviour]
    if "earlier" in signature(observe).parameters:
        return transcript, labels, observe(transcript, labels, earlier=_earlier(scene))
    return transcript, labels, observe(transcript, labels)


def _earlier(scene: Scene) -> tuple[Earlier, ...]:
    return tuple(
        Earlier("earlier-call", at, turn.partition(": ")[2])
        for at, turn in enumerate(scene.earlier)
        if turn.startswith("C")
    )


def _antecedent(scene: Scene, transcript: Transcript, labels: Labels, observation: Observation) -> object:
    """Turn of the moment that the first linked benefit picks up, or "earlier"."""
    from callcoach.measure.behaviours.value_link import links

    linked = [link for link in links(transcript, labels, earlier=_earlier(scene)) if link.is_linked]
    if not linked:
        return None
    return "earlier" if linked[0].antecedent is None else linked[0].antecedent.turn


Reader = Callable[[Scene, Transcript, Labels, Observation], object]
READERS: dict[tuple[str, str], Reader] = {("value_link", "antecedent"): _antecedent}
"""How to read what a scene expects where it is not the component of that name."""


def differences(
    scene: Scene, transcript: Transcript, labels: Labels, observation: Observation
) -> dict[str, tuple[object, object]]:
    """What a scene expects and what was found, for everything that differs.

    A number is the component of that name (0 where there is none); ``"2+"`` is two or more; a list
    ``covered`` is the components ``covered_…`` that are above 0.
    """
    found: dict[str, tuple[object, object]] = {}
    for key, wanted in scene.expect.items():
        if key == "status":
            got: object = str(observation.status)
        elif (scene.behaviour, key) in READERS:
            got = READERS[scene.behaviour, key](scene, transcript, labels, observation)
        elif isinstance(wanted, list):
            start = f"{key}_"
            got = sorted(
                name[len(start) :]
                for name, value in observation.components.items()
                if name.startswith(start) and value > 0
            )
            wanted = sorted(wanted)
        else:
            got = observation.components.get(key, 0.0)
            if isinstance(wanted, str):
                least = float(wanted.rstrip("+"))
                if got == least or (wanted.endswith("+") and got >= least):
                    continue
        if got != wanted:
            found[key] = (wanted, got)
    return found


def tallies(behaviours: Iterable[str], *, which: str = DEVELOPMENT) -> dict[str, Tally]:
    """Scenes right and wrong per behaviour, over a whole file."""
    found = {name: Tally() for name in behaviours}
    for scene in scenes(which):
        if scene.behaviour in found:
            tally = found[scene.behaviour]
            tally.n += 1
            wrong = differences(scene, *judged(scene))
            if wrong:
                tally.wrong[scene.name] = wrong
    return found


def table(found: Mapping[str, Tally]) -> str:
    """Per behaviour and overall, as lines for people."""
    lines = [f"{name:24} {t.n - len(t.wrong):3} of {t.n:3} {t.share_right:6.1%}" for name, t in found.items()]
    n = sum(t.n for t in found.values())
    right = n - sum(len(t.wrong) for t in found.values())
    return "\n".join([*lines, f"{'overall':24} {right:3} of {n:3} {right / max(1, n):6.1%}"])


def main(asked: Sequence[str]) -> None:
    """Print the figures, and every scene that is not right."""
    known = dict.fromkeys(scene.behaviour for scene in scenes() if scene.behaviour in OBSERVERS)
    found = tallies(asked or known)
    by_name = {scene.name: scene for scene in scenes()}
    for tally in found.values():
        for name, wrong in tally.wrong.items():
            sys.stdout.write(f"{name} ({by_name[name].kind}) {wrong}\n")
            sys.stdout.writelines(f"    {at} {turn}\n" for at, turn in enumerate(by_name[name].turns))
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
