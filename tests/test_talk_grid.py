"""All measures agree with a brute-force count of 10 ms cells that shares no code with them.

The oracle paints a call on arrays of cells and reads every measure off them by its definition;
turns are joined by looking at the painted cells of a gap, pairs are found by trying all of them.
"""

from __future__ import annotations

import math
import random
import statistics
from itertools import pairwise

import numpy as np
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
)
from callcoach.measure.catalogue import MEASURES
from callcoach.measure.talk import talk_measures

N_CALLS = 2000
BATCH = 250
CELL = 100  # cells per second

# What a turn may say: words, places of substantive questions when the rep says it, whether it holds any
# question, places of fillers, place of a price.
PHRASES = [
    ("Which system holds the list now?", [0], True, 0, None),
    ("Do you use two warehouses?", [0], True, 0, None),
    ("how are you?", [], True, 0, None),
    ("Can you see my screen?", [], True, 0, None),
    ("We print every label by hand.", [], False, 0, None),
    ("Um, we basically lose uh two days on approvals.", [], False, 3, None),
    ("Let us talk pricing now.", [], False, 0, 3),
    ("The drivers leave at six and the office opens at nine, which annoys all of them.", [], False, 0, None),
    ("No.", [], False, 0, None),
]
TOKENS = ["mm-hm", "right", "I see", "Yeah."]


def random_call(rng: random.Random) -> Transcript:
    """A call whose times all lie on the grid: several people a side, cuts, overlaps, back-channels."""
    labels = ["R", "C", *rng.sample(["R2", "C2", "O", "U"], rng.choice([0, 0, 1, 2]))]
    roles = {"R": Role.REP, "C": Role.CUSTOMER, "O": Role.OTHER, "U": Role.UNKNOWN}
    has = {name for name in Capability if rng.random() < 0.85} | {Capability.STARTS, Capability.ENDS}
    if Capability.TEXT not in has:
        has -= {Capability.WORDS, Capability.CONFIDENCE}
    turns, at = [], rng.randrange(0, 600)
    for _ in range(rng.choice([0, 1, 3, 8, 20, 40])):
        label = rng.choice(labels)
        short = rng.random() < 0.25
        length = (
            rng.randrange(20, 110)
            if short
            else rng.choice([rng.randrange(20, 900), rng.randrange(200, 9000)])
        )
        if rng.random() < 0.03:
            length += 12_000
        begin = max(
            0, at + rng.choice([rng.randrange(-150, 150), rng.randrange(0, 500), 0, 30, 300, -50, -100])
        )
        if short and rng.random() < 0.8:
            said = rng.choice(TOKENS)
        else:
            said = " ".join(rng.choice(PHRASES)[0] for _ in range(rng.choice([1, 1, 2, 4])))
        texts = said.split() if Capability.TEXT in has else []
        words = []
        for i, text in enumerate(texts):
            first, last = begin + i * length // len(texts), begin + (i + 1) * length // len(texts)
            words.append(
                Word(
                    text,
                    Interval(first / CELL, last / CELL) if Capability.WORDS in has else None,
                    rng.choice([0.25, 0.5, 1.0]) if Capability.CONFIDENCE in has else None,
                )
            )
        turns.append(Turn(label, tuple(words), Interval(begin / CELL, (begin + length) / CELL)))
        at = max(at, begin + length) if not short else at + rng.choice([0, length])
    turns.sort(key=lambda turn: turn.span)
    speech: dict[str, list[Interval]] = {}
    for turn in turns:
        first, last = round(turn.span.start_s * CELL), round(turn.span.end_s * CELL)
        if rng.random() < 0.3 and last - first > 100:  # voice activity: the turn with a pause in it
            middle = rng.randrange(first + 10, last - 60)
            pause = rng.randrange(5, 50)
            pieces = [(first, middle), (middle + pause, last)]
        else:
            pieces = [(first, last)]
        speech.setdefault(turn.speaker, []).extend(Interval(a / CELL, b / CELL) for a, b in pieces)
    cuts = []
    if rng.random() < 0.4:
        for _ in range(rng.randrange(1, 3)):
            first = rng.randrange(0, max(1, at))
            cuts.append(Interval(first / CELL, (first + rng.randrange(10, 2000)) / CELL))
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS),
        duration_s=at / CELL,
        speakers=tuple(Speaker(label, roles[label[0]]) for label in labels),
        turns=tuple(turns),
        speech={label: tuple(pieces) for label, pieces in speech.items()},
        language="en",
        capabilities=frozenset(has),
        cuts=tuple(cuts),
    )


def cells(interval: Interval) -> tuple[int, int]:
    return round(interval.start_s * CELL), round(interval.end_s * CELL)


def stretches(mask: np.ndarray) -> list[tuple[int, int]]:
    """Runs of true cells, found one cell after the other's change."""
    edges = np.flatnonzero(mask[1:] != mask[:-1]) + 1
    bounds = [0, *edges.tolist(), len(mask)]
    return [(a, b) for a, b in pairwise(bounds) if mask[a]]


# What rests on the sense of words, and so on their being recognised.
OF_SENSE = (
    "n_questions", "questions_per_hour", "question_turn_share", "question_spread", "rep_fillers_per_min",
    "customer_fillers_per_min", "price_first_share", "price_raised_by",
)  # fmt: skip


class Oracle:
    """Every measure of one call, read off painted cells."""

    def __init__(self, call: Transcript) -> None:
        self.call = call
        self.role = {speaker.label: speaker.role for speaker in call.speakers}
        ends = [cells(t.span)[1] for t in call.turns] + [cells(c)[1] for c in call.cuts]
        self.size = max(ends, default=0) + 500
        self.cut = np.zeros(self.size, dtype=bool)
        for piece in call.cuts:
            a, b = cells(piece)
            self.cut[a:b] = True
        self.voice = {label: np.zeros(self.size, dtype=bool) for label in self.role}
        for label, pieces in call.speech.items():
            for piece in pieces:
                a, b = cells(piece)
                self.voice[label][a:b] = True
        self.text = Capability.TEXT in call.capabilities
        self.exact = Capability.WORDS in call.capabilities

    def any_of(self, *roles: Role) -> np.ndarray:
        painted = np.zeros(self.size, dtype=bool)
        for label, voice in self.voice.items():
            if self.role[label] in roles:
                painted |= voice
        return painted

    # -- turns and back-channels ------------------------------------------------------------------

    def pieces(self) -> list[tuple[str, int, int, list[str] | None, int]]:
        found = []
        for number, turn in enumerate(self.call.turns):
            a, b = cells(turn.span)
            painted = np.zeros(self.size, dtype=bool)
            painted[a:b] = True
            parts = stretches(painted & ~self.cut)
            for first, last in parts:
                words = [w.text for w in turn.words]
                if self.exact and (first, last) != (a, b):
                    words = [w.text for w in turn.words if first <= cells(w.interval)[0] < last]
                found.append((turn.speaker, first, last, words if self.text and words else None, number))
        return found

    def merge(self, runs: list[dict], takers: list[dict]) -> list[dict]:
        painted = {label: np.zeros(self.size, dtype=bool) for label in self.role}
        for run in takers:
            painted[run["who"]][run["a"] : run["b"]] = True
        merged = []
        for label in self.role:
            own = sorted(
                (r for r in runs if r["who"] == label), key=lambda r: (r["a"], r["b"], r["turns"][0])
            )
            others = np.zeros(self.size, dtype=bool)
            for other, cells_of in painted.items():
                if other != label:
                    others |= cells_of
            current = None
            for run in own:
                if current is not None:
                    gap = slice(current["b"], max(current["b"], run["a"]))
                    length = run["a"] - current["b"]
                    quiet = length < 30 or (length < 300 and not others[gap].any())
                    if quiet and not self.cut[gap].any():
                        current = {
                            "who": label,
                            "a": current["a"],
                            "b": max(current["b"], run["b"]),
                            "said": None
                            if current["said"] is None or run["said"] is None
                            else current["said"] + run["said"],
                            "last": run["last"],
                            "turns": current["turns"] + run["turns"],
                        }
                        continue
                    merged.append(current)
                current = dict(run)
            if current is not None:
                merged.append(current)
        return merged

    def floor(self) -> list[dict]:
        single = [
            {"who": who, "a": a, "b": b, "said": said, "last": said, "turns": [number]}
            for who, a, b, said, number in self.pieces()
        ]
        runs = self.merge(single, single)
        turns: list[dict] = []
        for run in sorted(runs, key=lambda r: (r["a"], -r["b"], r["who"], r["turns"][0])):
            before = [t for t in turns if t["who"] != run["who"]]
            other = max(enumerate(before), key=lambda pair: (pair[1]["b"], pair[0]), default=(0, None))[1]
            if not (other and self.listens(run, other)):
                turns.append(run)
        return sorted(self.merge(turns, turns), key=lambda r: (r["a"], r["b"], r["who"], r["turns"][0]))

    def listens(self, run: dict, other: dict) -> bool:
        said, length = run["said"], run["b"] - run["a"]
        if said is None:
            return length <= 100 and run["b"] <= other["b"]
        tokens = " ".join(said).lower().replace(".", "").replace("-", "").split()
        known = tokens
        while known:
            if known[0] in ("mmhm", "right", "yeah"):
                known = known[1:]
            elif known[:2] == ["i", "see"]:
                known = known[2:]
            else:
                return False
        if len(tokens) > 3 or (self.exact and length > 100):
            return False
        if run["b"] <= other["b"] or run["a"] < other["b"]:
            return True
        asked = other["last"] is not None and other["last"][-1].endswith("?")
        return run["a"] - other["b"] <= 100 and not asked

    # -- words --------------------------------------------------------------------------------------

    def word_cell(self, turn: Turn, place: int) -> int:
        word = turn.words[place]
        return cells(word.interval)[0] if word.interval else cells(turn.span)[0]

    def kept_words(self, role: Role) -> list[tuple[Turn, int]]:
        return [
            (turn, place)
            for turn in self.call.turns
            if self.role[turn.speaker] is role
            for place in range(len(turn.words))
            if not self.cut[self.word_cell(turn, place)]
        ]

    @staticmethod
    def phrases(turn: Turn) -> list[tuple[int, tuple]]:
        """The known phrases a turn is made of, with the place of the first word."""
        found, place, texts = [], 0, [w.text for w in turn.words]
        while place < len(texts):
            for phrase in PHRASES:
                words = phrase[0].split()
                if texts[place : place + len(words)] == words:
                    found.append((place, phrase))
                    place += len(words)
                    break
            else:
                return []
        return found

    def position(self, cell: int, span: np.ndarray) -> int:
        """Cells of the span before a cell."""
        return int(span[: max(0, cell)].sum())

    # -- all of them --------------------------------------------------------------------------------

    def measures(self) -> dict[str, float | str | None]:
        return self.counted() | (dict.fromkeys(OF_SENSE) if self.hopeless() else {})

    def counted(self) -> dict[str, float | str | None]:
        out: dict[str, float | str | None] = dict.fromkeys(MEASURES)
        rep, customer = self.any_of(Role.REP), self.any_of(Role.CUSTOMER)
        everybody = (self.any_of(*Role)) & ~self.cut
        if not everybody.any():
            self.sums = None
            return out | (self.text_only(out) if self.text else {})
        first, last = np.flatnonzero(everybody)[[0, -1]]
        span = np.zeros(self.size, dtype=bool)
        span[first : last + 1] = True
        span &= ~self.cut
        n_span = int(span.sum())
        silent = span & ~everybody
        out["dead_air_share"] = sum(b - a for a, b in stretches(silent) if b - a > 300) / n_span
        unknown = int((self.any_of(Role.UNKNOWN) & span).sum())
        if unknown / int((everybody & span).sum()) > 0.05:
            return out
        n_rep, n_customer = int((rep & span).sum()), int((customer & span).sum())
        overlap = int((rep & customer & span).sum())
        other = int((everybody & span & ~rep & ~customer).sum())
        out["rep_talk_s"], out["customer_talk_s"] = n_rep / CELL, n_customer / CELL
        out["overlap_s"], out["other_s"] = overlap / CELL, other / CELL
        out["silence_s"] = int(silent.sum()) / CELL
        assert n_rep + n_customer - overlap + other + int(silent.sum()) == n_span
        both = n_rep + n_customer
        hours = both / CELL / 3600
        out["talk_of_call_share"] = n_rep / n_span
        if both:
            out["talk_share"] = n_rep / both
        turns = self.floor()
        self.of_turns(out, turns, hours)
        if self.text:
            self.text_only(out)
            if not any(self.kept_words(role) for role in Role):
                return out
            self.of_words(out, turns, span, n_span, hours, n_rep, n_customer)
        return out

    def text_only(self, out: dict) -> dict:
        unknown = len(self.kept_words(Role.UNKNOWN))
        total = sum(len(self.kept_words(role)) for role in Role)
        if total == 0 or (not self.any_speech() and unknown / total > 0.05):
            return out
        words = {
            side: self.kept_words(role) for side, role in (("rep", Role.REP), ("customer", Role.CUSTOMER))
        }
        n = {side: len(said) for side, said in words.items()}
        if n["rep"] + n["customer"]:
            out["talk_word_share"] = n["rep"] / (n["rep"] + n["customer"])
        if Capability.CONFIDENCE in self.call.capabilities:
            for side, said in words.items():
                weight = weighted = 0.0
                by_turn: dict[int, list] = {}
                for turn, place in said:
                    by_turn.setdefault(id(turn), []).append(turn.words[place])
                for found in by_turn.values():
                    lengths = [
                        cells(w.interval)[1] - cells(w.interval)[0] if w.interval else 0 for w in found
                    ]
                    if sum(lengths) == 0:
                        lengths = [CELL] * len(found)
                    weight += sum(lengths)
                    weighted += sum(n * w.probability for n, w in zip(lengths, found, strict=True))
                if weight:
                    out[f"{side}_speech_confidence"] = weighted / weight
        return out

    def any_speech(self) -> bool:
        return bool((self.any_of(*Role) & ~self.cut).any())

    def of_turns(self, out: dict, turns: list[dict], hours: float) -> None:
        side = {Role.REP: "R", Role.CUSTOMER: "C"}
        mark = [side.get(self.role[t["who"]], "O") for t in turns]
        ours = [t["b"] - t["a"] for t, m in zip(turns, mark, strict=True) if m == "R"]
        if ours:
            out["longest_monologue_s"] = max(ours) / CELL
            out["n_monologues"] = float(sum(1 for n in ours if n > 12_000))
        stories = [self.story(turns, mark, i) for i in range(len(turns)) if mark[i] == "C"]
        if stories:
            out["longest_customer_story_s"] = max(stories) / CELL
        sides = [m for m in mark if m != "O"]
        if hours:
            changes = sum(1 for a, b in pairwise(sides) if a != b)
            out["speaker_changes_per_hour"] = changes / hours
        if Capability.OVERLAP not in self.call.capabilities:
            return
        pauses = []
        for i in range(1, len(turns)):
            if mark[i] != "R" or mark[i - 1] != "C":
                continue
            j = i - 1
            while j > 0 and mark[j - 1] == "C":
                j -= 1
            end = max(t["b"] for t in turns[j:i])
            start = turns[i]["a"]
            if start >= end and not self.cut[end:start].any():
                pauses.append(start - end)
        out["n_responses"] = float(len(pauses))
        if len(pauses) >= 5:
            out["patience_s"] = statistics.median(pauses) / CELL
        if not hours:
            return
        for who, other, name in (("R", "C", "rep"), ("C", "R", "customer")):
            count = 0
            for t, m in zip(turns, mark, strict=True):
                if m != who:
                    continue
                for u, n in zip(turns, mark, strict=True):
                    if n == other and u["a"] < t["a"] and 50 < u["b"] - t["a"] <= 100:
                        more = int(self.voice[u["who"]][t["a"] : t["b"]].sum())
                        if more < 100:
                            count += 1
                            break
            out[f"interruptions_by_{name}_per_hour"] = count / hours

    def story(self, turns: list[dict], mark: list[str], i: int) -> int:
        reached = turns[i]["b"]
        longest = turns[i]["b"] - turns[i]["a"]
        for j in range(i + 1, len(turns)):
            turn = turns[j]
            if turn["a"] - reached >= 300:
                break
            if mark[j] == "C" and turn["who"] == turns[i]["who"]:
                longest = max(longest, turn["b"] - turns[i]["a"])
            elif not (mark[j] == "R" and turn["b"] - turn["a"] <= 500 and self.asks(turn)):
                break
            reached = max(reached, turn["b"])
        return longest

    def asks(self, turn: dict) -> bool:
        if not self.text:
            return False
        return any(p[2] for n in turn["turns"] for _, p in self.phrases(self.call.turns[n]))

    def hopeless(self) -> bool:
        """Whether twenty or more rated words, of all or of one side, are on average more wrong than right."""
        rated = [
            (self.role[turn.speaker], word.probability)
            for turn in self.call.turns
            for word in turn.words
            if word.probability is not None and Capability.CONFIDENCE in self.call.capabilities
        ]
        sides = [rated, *([one for one in rated if one[0] is side] for side in (Role.REP, Role.CUSTOMER))]
        return any(len(side) >= 20 and sum(p for _, p in side) / len(side) < 0.5 for side in sides)

    def of_words(self, out, turns, span, n_span, hours, n_rep, n_customer) -> None:
        for side, role, talk in (("rep", Role.REP, n_rep), ("customer", Role.CUSTOMER, n_customer)):
            said = self.kept_words(role)
            if not talk:
                continue
            minutes = talk / CELL / 60
            if len(said) >= 50:
                out[f"{side}_pace_wpm"] = len(said) / minutes
            fillers = sum(
                1
                for turn, place in said
                if turn.words[place].text.strip(",.").lower() in ("um", "uh", "basically")
            )
            out[f"{side}_fillers_per_min"] = fillers / minutes
        questions = [
            (number, self.word_cell(turn, place + offset))
            for number, turn in enumerate(self.call.turns)
            if self.role[turn.speaker] is Role.REP
            for place, phrase in self.phrases(turn)
            for offset in phrase[1]
        ]
        questions = [(number, cell) for number, cell in questions if not self.cut[cell]]
        out["n_questions"] = float(len(questions))
        if hours:
            out["questions_per_hour"] = len(questions) / hours
        ours = [t for t in turns if self.role[t["who"]] is Role.REP]
        if ours:
            out["question_turn_share"] = sum(
                1 for t in ours if any(n in t["turns"] and t["a"] <= cell < t["b"] for n, cell in questions)
            ) / len(ours)
        if len(questions) >= 3:
            thirds = [min(2, 3 * self.position(cell, span) // n_span) for _, cell in questions]
            shares = [thirds.count(k) / len(thirds) for k in range(3)]
            out["question_spread"] = abs(sum(p * math.log(p, 3) for p in shares if p))
        for turn in self.call.turns:
            if self.role[turn.speaker] not in (Role.REP, Role.CUSTOMER):
                continue
            spoken = [
                self.word_cell(turn, place + phrase[4])
                for place, phrase in self.phrases(turn)
                if phrase[4] is not None and not self.cut[self.word_cell(turn, place + phrase[4])]
            ]
            if spoken:
                out["price_first_share"] = self.position(spoken[0], span) / n_span
                out["price_raised_by"] = "rep" if self.role[turn.speaker] is Role.REP else "customer"
                break


@pytest.mark.parametrize("batch", range(N_CALLS // BATCH))
def test_every_measure_agrees_with_the_grid(batch):
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        call = random_call(random.Random(number))
        found, wanted = talk_measures(call), Oracle(call).measures()
        assert set(found.values) == set(wanted) == set(MEASURES)
        for name, expected in wanted.items():
            value = found.values[name]
            if expected is None or isinstance(expected, str):
                assert value == expected, (number, name)
            else:
                assert value is not None, (number, name, found.unavailable[name])
                assert math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9), (number, name)
        assert set(found.unavailable) == {name for name, value in found.values.items() if value is None}
        if found.values["rep_talk_s"] is not None:
            parts = found.components
            covered = parts["rep_talk_s"] + parts["customer_talk_s"] - parts["overlap_s"] + parts["other_s"]
            assert math.isclose(covered + parts["silence_s"], parts["span_s"], abs_tol=1e-9), number


def test_the_random_calls_reach_every_measure():
    reached = set()
    for number in range(200):
        values = Oracle(random_call(random.Random(number))).measures()
        reached |= {name for name, value in values.items() if value}
    assert reached == set(MEASURES)
