"""An archive that nobody recorded: 200 files, 20 of each class, speech from espeak-ng and tones from sines.

``build(folder)`` writes it with a ``callcoach.csv`` beside and returns the class of every file by name.
Among the connected calls are some that look like something else: a menu, a ringing tone or a talk of
voicemail before the conversation.
"""

from __future__ import annotations

import csv
import random
import shutil
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from callcoach.transcribe.train import espeak

RATE_HZ = 16_000
N_EACH = 20
GERMAN_HZ = 60.0  # a hum that the fake detector takes for German
OWN = "firm.example"
REP_LINES = (
    "right, let me ask how the approvals work today",
    "what happens with the order while it waits for the second signature",
    "we would set it up for one site first and look at the numbers together",
    "that makes sense, and who else looks at the report before it goes out",
    "the price for forty users is nine hundred a month, billed every quarter",
    "I can show you the part where the invoices come in and get matched",
    "how many people would work with it in the first three months",
    "we can move the start to the second week if that helps your team",
)  # fmt: skip
CUSTOMER_LINES = (
    "right now everything goes by mail and somebody copies it into a sheet",
    "it takes two days at least, and in the holidays nobody knows where it is",
    "the warehouse in Leeds has its own list, which is a problem of its own",
    "we had a look at two others but neither could read our old files",
    "Omar signs everything above five thousand, and he travels a lot",
    "honestly the budget is there but I need something to show the board",
    "we close the year in November so nothing new goes in before that",
    "could you send me the part about the interface in writing",
)  # fmt: skip
GREETING = "hello, you have reached the voicemail of Priya Nair. I can't take your call, please leave a message after the tone"
PROMPT = (
    "welcome to Brightwater. your call is important to us. for sales press one. for support press two. "
    "all our agents are busy, please stay on the line and the next one will take your call"
)
KINDS = ("connected", "short", "no_show", "voicemail", "machine", "internal", "other_language", "duplicate",
         "partial", "damaged")  # fmt: skip


class _Voices:
    """Speech as samples; every line is synthesised once per voice."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], np.ndarray] = {}

    def say(self, text: str, variant: str) -> np.ndarray:
        key = (text, variant)
        if key not in self._said:
            speech = espeak.speak(text, variant=variant)
            n = round(len(speech.samples) * RATE_HZ / speech.sample_rate_hz)
            places = np.linspace(0, len(speech.samples) - 1, n)
            self._said[key] = np.interp(places, np.arange(len(speech.samples)), speech.samples).astype(
                np.float32
            )
        return self._said[key]


def build(folder: Path, *, seed: int = 7) -> dict[str, str]:
    """Write the archive; returns file name to class."""
    maker = _Maker(folder, random.Random(seed))
    for kind in KINDS:
        for n in range(N_EACH):
            getattr(maker, kind)(n)
    maker.write_table()
    return maker.classes


class _Maker:
    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng, self.voices = folder, rng, _Voices()
        self.classes: dict[str, str] = {}
        self.rows: list[dict[str, str]] = []
        self.noise = np.random.default_rng(3)
        self.day = datetime(2026, 3, 2, 9, tzinfo=UTC)

    # Kinds.

    def connected(self, n: int) -> None:
        if n < 5:
            lead = {0: self.ringing(6.0), 1: self.say(PROMPT, "f2")}.get(n)
            audio = self.conversation(22, stereo=n != 4, lead=lead)
            self.audio("connected", n, audio, rep=f"Rep {n}")
        else:
            extra = {5: "I tried you before and had to leave a message after the tone",
                     7: "the main menu said press two for you"}.get(n)  # fmt: skip
            self.text("connected", n, self.lines(40, extra=extra))

    def short(self, n: int) -> None:
        if n < 6:
            self.audio("short", n, self.conversation(8, stereo=True, beep=n == 0))
        else:
            self.text("short", n, self.lines(8))

    def no_show(self, n: int) -> None:
        if n < 10:
            rep = np.concatenate([self.say(line, "m3") for line in self.rng.sample(REP_LINES, 3)])
            self.audio("no_show", n, self.stereo(rep, [] if n % 2 else [(1.0, self.say("hello", "f4"))]))
        else:
            lines = [("Dana", line) for line in self.rng.sample(REP_LINES, 4)]
            self.text("no_show", n, [("Priya", "hello?"), *lines] if n % 2 else lines)

    def voicemail(self, n: int) -> None:
        message = np.concatenate([self.say(line, "m3") for line in self.rng.sample(REP_LINES, 2)])
        greeting = self.say(GREETING if n % 2 else "this is Omar, I am out this week", "f4")
        beep = self.tone(self.rng.choice([440.0, 1000.0, 1400.0]), self.rng.uniform(0.3, 0.9))
        if n < 8:
            theirs = np.concatenate([greeting, self.silence(0.5), beep])
            self.audio("voicemail", n, self.stereo(theirs, [(len(theirs) / RATE_HZ + 0.6, message)]))
        elif n < 12:
            mono = np.concatenate([greeting, self.silence(0.4), beep, self.silence(0.7), message])
            self.audio("voicemail", n, mono[None])
        elif n < 14:
            self.audio("voicemail", n, self.stereo(message, []), disposition=("Left voicemail", "VM")[n % 2])
        else:
            self.text(
                "voicemail",
                n,
                [("Priya", GREETING), *[("Dana", line) for line in self.rng.sample(REP_LINES, 3)]],
            )

    def machine(self, n: int) -> None:
        if n < 5:
            lines = [("Them", PROMPT), ("Dana", "hello?"), ("Them", PROMPT)]
            self.text("machine", n, lines[: 1 + 2 * (n % 2)], starts_s=1.0 + n)
        elif n < 10:
            self.audio(
                "machine", n, self.stereo(self.music(25.0 + n), []) if n % 2 else self.music(20.0 + n)[None]
            )
        elif n < 12:
            ring = np.concatenate([self.tone(1100.0, 0.5), self.silence(3.0)] * (n - 6))
            self.audio("machine", n, ring[None])
        elif n < 14:
            self.audio(
                "machine", n, self.stereo(np.concatenate([self.silence(1.0), self.tone(2100.0, 3.0)]), [])
            )
        else:
            said = self.say(PROMPT, "f2")
            said = said + 0.002 * self.noise.standard_normal(len(said)).astype(np.float32)
            said = np.concatenate([self.silence(0.3 + 0.41 * (n - 13)), said * (0.5 + 0.02 * n)])
            self.audio("machine", n, self.stereo(said, []) if n % 2 else said[None])

    def internal(self, n: int) -> None:
        both = f"Dana <dana@{OWN}>; Tom <tom@{OWN}>"
        if n % 4 == 3:
            self.text("internal", n, self.lines(30), scope="internal")
        else:
            self.text("internal", n, self.lines(30), participants=both)

    def other_language(self, n: int) -> None:
        if n < 6:
            audio = self.conversation(8, stereo=n % 2 == 0)
            hum = 0.02 * np.sin(2 * np.pi * GERMAN_HZ * np.arange(audio.shape[1]) / RATE_HZ)
            self.audio("other_language", n, audio + hum.astype(np.float32))
        else:
            self.text("other_language", n, self.lines(30), language=("de", "fr-FR", "es")[n % 3])

    def duplicate(self, n: int) -> None:
        if n < 8:
            copied = f"connected-{n + 8:02}.vtt"
            self.put("duplicate", n, ".vtt")
            shutil.copyfile(self.folder / copied, self.folder / f"duplicate-{n:02}.vtt")
        elif n < 15:
            self.rows[self.place(f"connected-{n + 4:02}.vtt")]["source_id"] = f"T-{n}"
            self.text("duplicate", n, self.lines(36), source_id=f"T-{n}")
        else:
            original = f"connected-{n - 15:02}.wav"
            row = self.rows[self.place(original)]
            audio = read_wav(self.folder / original)[:, round(0.6 * n * RATE_HZ / 10) :] * 0.7
            audio = audio + 0.0005 * self.noise.standard_normal(audio.shape).astype(np.float32)
            at = datetime.fromisoformat(row["started_at"]) + timedelta(seconds=20)
            self.audio(
                "duplicate", n, audio.sum(axis=0, keepdims=True) if n % 2 else audio, rep=row["rep"], at=at
            )

    def partial(self, n: int) -> None:
        lines = self.lines(30)
        cut = lines[4:] if n % 2 else lines[:-3]
        if n < 2:  # a known weakness: thanks in the middle sound like a farewell, or like a greeting
            cut.insert(len(cut) - 2 if n == 0 else 1, ("Dana", "thanks for joining me on that, thanks a lot"))
        self.text("partial", n, cut, starts_s=0.0, tail_s=0.0)

    def damaged(self, n: int) -> None:
        content = [b"", b"RIFF", b"\xff\xd8\xff\xe0" + b"jpeg" * 400, b'{"results": [', b"\x00" * 5000,
                   b"WEBVTT\n\nno times at all\n"][n % 6]  # fmt: skip
        name = self.put("damaged", n, (".wav", ".mp3", ".wav", ".json", ".wav", ".vtt")[n % 6])
        (self.folder / name).write_bytes(content + (bytes([n]) if content and n % 6 in (1, 2, 4) else b""))

    # Pieces.

    def lines(self, n: int, *, extra: str | None = None) -> list[tuple[str, str]]:
        said = [
            ("Dana", "hello Priya, this is Dana, thanks for joining"),
            ("Priya", "hi Dana, good to meet you"),
        ]
        if extra:
            said.append(("Dana", extra))
        for i in range(n):
            said.append(
                ("Priya", self.rng.choice(CUSTOMER_LINES)) if i % 2 else ("Dana", self.rng.choice(REP_LINES))
            )
        return [*said, ("Dana", "thank you for your time, talk soon"), ("Priya", "thanks, bye")]

    def conversation(self, n_turns: int, *, stereo: bool, lead: np.ndarray | None = None, beep: bool = False):
        """Turns of both sides; (n_channels, n) samples."""
        pieces: list[tuple[int, np.ndarray]] = [] if lead is None else [(1, lead)]
        for i in range(n_turns):
            lines, variant = (CUSTOMER_LINES, "f4") if i % 2 else (REP_LINES, "m3")
            n_lines = 2 if n_turns > 8 else 1
            said = np.concatenate([self.say(line, variant) for line in self.rng.sample(lines, n_lines)])
            pieces.append((i % 2, said))
            if beep and i == 1:
                pieces.append((0, self.tone(1400.0, 0.4)))
        gap = self.silence(0.5)
        total = sum(len(p) + len(gap) for _, p in pieces) + RATE_HZ
        out, at = np.zeros((2, total), np.float32), RATE_HZ // 2
        for channel, piece in pieces:
            out[channel, at : at + len(piece)] = piece
            at += len(piece) + len(gap)
        out += 0.0005 * self.noise.standard_normal(out.shape).astype(np.float32)
        return out if stereo else out.sum(axis=0, keepdims=True)

    def stereo(self, first: np.ndarray, second: list[tuple[float, np.ndarray]]) -> np.ndarray:
        n = max([len(first), *(round(at * RATE_HZ) + len(p) for at, p in second)]) + RATE_HZ
        out = np.zeros((2, n), np.float32)
        out[0, : len(first)] = first
        for at, piece in second:
            out[1, round(at * RATE_HZ) : round(at * RATE_HZ) + len(piece)] = piece
        return out + 0.0005 * self.noise.standard_normal(out.shape).astype(np.float32)

    def say(self, text: str, variant: str) -> np.ndarray:
        return self.voices.say(text, variant)

    def tone(self, hz: float, seconds: float) -> np.ndarray:
        t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        return (0.3 * np.sin(2 * np.pi * hz * t)).astype(np.float32)

    def silence(self, seconds: float) -> np.ndarray:
        return np.zeros(round(seconds * RATE_HZ), np.float32)

    def ringing(self, seconds: float) -> np.ndarray:
        t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        tone = 0.1 * (np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * 480 * t)) * (t % 3 < 1)
        return tone.astype(np.float32)

    def music(self, seconds: float) -> np.ndarray:
        """Chords of five partials, struck twice a second."""
        t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        out = np.zeros_like(t)
        for beat in range(int(seconds * 2)):
            root = 220 * 2 ** (self.rng.choice([0, 3, 5, 7, 10]) / 12)
            here = (t >= beat / 2) & (t < beat / 2 + 0.6)
            fall = np.exp(-3 * (t[here] - beat / 2))
            for k, ratio in enumerate((1, 1.26, 1.5, 2, 3)):
                out[here] += fall * np.sin(2 * np.pi * root * ratio * t[here]) / (k + 2)
        return (0.15 * out).astype(np.float32)

    # Files.

    def put(self, kind: str, n: int, suffix: str, **values: str) -> str:
        name = f"{kind}-{n:02}{suffix}"
        self.day += timedelta(minutes=30)
        at = values.pop("at", self.day)
        self.classes[name] = kind
        self.rows.append({"file": name, "started_at": at.isoformat(), "rep": "Dana", **values})
        return name

    def place(self, name: str) -> int:
        return next(i for i, row in enumerate(self.rows) if row["file"] == name)

    def audio(self, kind: str, n: int, samples: np.ndarray, **values: str) -> None:
        name = self.put(kind, n, ".wav", **values)
        with wave.open(str(self.folder / name), "wb") as file:
            file.setnchannels(len(samples))
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes((np.clip(samples.T, -1, 1) * 32767).astype("<i2").tobytes())

    def text(
        self,
        kind: str,
        n: int,
        lines: list[tuple[str, str]],
        *,
        starts_s: float = 3.0,
        tail_s: float = 3.0,
        **values,
    ) -> None:
        name, at_s, cues = self.put(kind, n, ".vtt", **values), starts_s, []
        for speaker, line in lines:
            end_s = at_s + len(line.split()) / 2.6
            cues.append(f"{_clock(at_s)} --> {_clock(end_s)}\n<v {speaker}>{line}\n")
            at_s = end_s + 0.4
        (self.folder / name).write_text("WEBVTT\n\n" + "\n".join(cues))

    def write_table(self) -> None:
        columns = [
            "file",
            "started_at",
            "rep",
            "participants",
            "scope",
            "disposition",
            "language",
            "source_id",
        ]
        with (self.folder / "callcoach.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(self.rows)


def read_wav(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        return data.reshape(-1, file.getnchannels()).T


def hears_german(samples: np.ndarray) -> dict[str, float]:
    """A fake detector: the hum of `GERMAN_HZ` is German, anything else English."""
    spectrum = np.abs(np.fft.rfft(samples))
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    hum = spectrum[(hz > GERMAN_HZ - 1) & (hz < GERMAN_HZ + 1)].max()
    around = np.median(spectrum[(hz > 40) & (hz < 80)])
    return {"de": 0.95, "en": 0.05} if hum > 20 * around else {"en": 0.97, "de": 0.03}


def _clock(at_s: float) -> str:
    return f"{int(at_s // 3600):02}:{int(at_s // 60 % 60):02}:{at_s % 60:06.3f}"
