"""Reader fuzzing: mutated transcripts in, a transcript or a typed error out, never anything else.

    python tests/bench/reader_fuzz.py [--samples 200000] [--seed 1] [--folder FOLDER]

Each round takes a made-up sample of a format (or a file of FOLDER up to 64 KiB), mutates its bytes,
its lines or its JSON values, splices or re-encodes it, and reads it. Then every sample is grown to
1 MB, 1 MB of each text format is made of the smallest turns, cues or rows that there can be (200,000
turns of one letter), and 1 MB of each of many troublesome strings is read. Printed are counts by
outcome, the slowest mutated reading, and CPU seconds per MB of the slowest large ones. The exit status
is 1 if anything but a transcript or our errors came out, or anything took over 1 s per MB.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from formats_samples import SAMPLES  # noqa: E402

from callcoach.core import Transcript  # noqa: E402
from callcoach.core.documents import transcript_from_document, transcript_to_document  # noqa: E402
from callcoach.core.errors import BadTranscript, EmptyInput, UnknownFormat  # noqa: E402
from callcoach.transcribe.formats import read_transcript  # noqa: E402

TYPED = (BadTranscript, EmptyInput, UnknownFormat)
LONGEST_MESSAGE = 4000  # characters
MB = 1_000_000
STARTS: tuple[bytes, ...] = (
    b"", b"WEBVTT\n\n00:01.000 --> 00:02.000\n", b"1\n00:00:01,000 --> 00:00:02,000\n", b"Dana: hi\nLee: ho\n",
    b"speaker,text\n", b"Dana  0:01\n", b'{"segments": [', b"[",
)  # fmt: skip
UNITS: tuple[bytes, ...] = (
    b"<", b">", b"<v ", b"&", b"&amp", b"-->", b"\n", b"1", b"1\n", b"1\n\n", b":", b"Dana: ", b"D: x\n", b"D: x\nE: y\n", b" ", b"a ",
    b"a", b"00:00:01,000 ", b"00:00:01,000 -->\n", b"\t", b"(", b"[0:01] ", b"{", b"{\\", b"**", b"A 0:01\n", b'"', b",",
    b"<00:00:01.000>", b"a --> b\n", b"[", b'[{"a":', b"{},", b"1,", b"\xe2\x80\xa8",
)  # fmt: skip
ODD_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, 10**400, 1e-320, "", "x", "1.0", "-5", "1e999", "nan", "Infinity",
    "\ud800", "\x00", "a\u2028b", "<v", "-->", "Dana: hello", "PT1H", "PT9S", [], {}, [[]], [{}], {"a": 1},
    [None], ["x"], "é" * 50, "word " * 40, 1_700_000_000_000, "00:00:01.000", 86400 * 8, 2**63,
)  # fmt: skip
ODD_BYTES: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"-->", b"<v >", b"</v>", b"{", b"}", b"[", b"]", b'"',
    b",", b":", b"NaN", b"Infinity", b"1e999", b"\\ud800", b"WEBVTT", b"00:00:99.999", b"99:99:99,999", b"&amp;",
    b"NOTE callcoach {}", b"<00:00:01.000>", b"\xe2\x80\xa8", b"speaker,text\n", b"Dana: ", b"\x80", b"[[[[" * 40,
)  # fmt: skip


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, dropped, doubled, or replaced by something troublesome."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        until = min(len(data), at + chance.randint(0, 30))
        match chance.randrange(5):
            case 0:
                data[at:at] = chance.choice(ODD_BYTES)
            case 1:
                del data[at:until]
            case 2:
                data[at:at] = data[at:until] * chance.randint(1, 20)
            case 3 if at < len(data):
                data[at] = chance.randrange(256)
            case _:
                data = data[:at] if chance.random() < 0.2 else data
    return bytes(data)


def mutate_lines(data: bytes, chance: random.Random) -> bytes:
    """Lines shuffled, dropped or repeated."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 5)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                lines[at], lines[other] = lines[other], lines[at]
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at:at] = lines[other : other + 4] * chance.randint(1, 8)
            case _:
                lines[at] = chance.choice(ODD_BYTES) + lines[at]
    return b"\n".join(lines)


def mutate_values(data: bytes, chance: random.Random) -> bytes:
    """Values of a JSON document replaced, dropped, repeated, moved, or nested deep."""
    for _ in range(chance.randint(1, 4)):
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            return mutate_lines(data, chance)
        places = list(_places(document))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.randrange(6):
            case 0 | 1:
                holder[key] = chance.choice(ODD_VALUES)
            case 2:
                del holder[key]
            case 3 if isinstance(holder, list):
                holder[key:key] = [holder[key]] * chance.randint(1, 6)
            case 4:
                for _ in range(chance.choice((1, 2, 400, 3000))):
                    holder[key] = [holder[key]] if chance.random() < 0.5 else {"x": holder[key]}
            case _:
                other_holder, other = chance.choice(places)
                holder[key] = other_holder[other]
        try:
            data = json.dumps(document).encode()
        except (ValueError, RecursionError):  # a value put into itself, or nested too deep to write
            break
    return data


def _places(value: object, depth: int = 0):
    """Every key of every object and every position of every list, as (holder, key)."""
    if depth > 40:
        return
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key], depth + 1)


def encode(data: bytes, chance: random.Random) -> bytes:
    """The same text in another encoding, now and then."""
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-32"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """One mutated sample."""
    data = chance.choice(seeds)
    for _ in range(chance.randint(1, 2)):
        if not data:
            break
        data = chance.choice((mutate_bytes, mutate_lines, mutate_values, mutate_values))(data, chance)
    if chance.random() < 0.05:
        other = chance.choice(seeds)
        data = data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]
    if chance.random() < 0.05:
        data = encode(data, chance)
    return data[: 1 << 20]


def keep(transcript: Transcript) -> None:
    """What a store does with a transcript: it must survive its own document."""
    document = transcript_to_document(transcript)
    json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    texts = [word.text for turn in transcript.turns for word in turn.words]
    texts += [text for speaker in transcript.speakers for text in (speaker.label, speaker.name or "")]
    if any("\x00" in text for text in texts):
        raise AssertionError("no store can keep a zero character")
    if len(transcript.turns) < 1000 and transcript_from_document(document) != transcript:
        raise AssertionError("the transcript does not survive its document")
    str(transcript.id)


def grown() -> dict[str, bytes]:
    """Every sample as a file of 1 MB."""
    files = {}
    for name, (_, data) in SAMPLES.items():
        try:
            document = json.loads(data)
        except ValueError:
            head, body = data.split(b"\n\n", 1) if data.startswith(b"WEBVTT") else (b"", data)
            files[name] = head + b"\n\n" + body * (MB // len(body))
        else:
            holder, key = max(_lists(document), key=lambda place: len(json.dumps(place[0][place[1]])))
            holder[key] = holder[key] * (MB // len(json.dumps(holder[key])) + 1)
            files[name] = json.dumps(document).encode()
    return files


def tiny() -> dict[str, bytes]:
    """Files of 1 MB in as many turns, cues or rows as that can hold, two people in turns."""

    def clock(s: int, mark: str) -> str:
        return f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{mark}000"

    def file(head: str, entry, size: int) -> bytes:
        return (head + "".join(entry(i, "AB"[i % 2]) for i in range(MB // size))).encode()

    return {
        "text, name and word": file("", lambda i, who: f"{who}: x\n", 5),
        "text, time, name and word": file("", lambda i, who: f"[{i // 60}:{i % 60:02}] {who}: x\n", 14),
        "CSV, name and word": file("speaker,text\n", lambda i, who: f"{who},x\n", 4),
        "CSV, times too": file("speaker,start_s,end_s,text\n", lambda i, who: f"{who},{i},{i + 1},x\n", 16),
        "WebVTT, a word a cue": file(
            "WEBVTT\n\n", lambda i, who: f"{clock(i, '.')} --> {clock(i + 1, '.')}\n{who}: x\n\n", 35
        ),
        "WebVTT, a voice a cue": file(
            "WEBVTT\n\n", lambda i, who: f"{clock(i, '.')} --> {clock(i + 1, '.')}\n<v {who}>x\n\n", 37
        ),
        "SRT, a word a cue": file(
            "", lambda i, who: f"{i}\n{clock(i, ',')} --> {clock(i + 1, ',')}\n{who}: x\n\n", 41
        ),
        "Otter, a word a turn": file("", lambda i, who: f"{who}  {i // 60}:{i % 60:02}\nx\n\n", 12),
    }


def troublesome() -> dict[str, bytes]:
    """Files of 1 MB that say the same thing over and over."""
    return {
        f"{start[:12]!r}… {unit!r}": start + unit * (MB // len(unit)) for start in STARTS for unit in UNITS
    }


def _lists(value: object):
    """Every list of objects in a document, as (holder, key)."""
    for holder, key in _places(value):
        if isinstance(holder[key], list) and holder[key] and isinstance(holder[key][0], dict):
            yield holder, key


def main() -> int:
    """Run the fuzz and print what came out."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--samples", type=int, default=200_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", type=Path, help="more samples: files up to 64 KiB are mutated too")
    given = options.parse_args()
    chance = random.Random(given.seed)
    seeds = [data for _, data in SAMPLES.values()]
    if given.folder is not None:
        files = [path for path in sorted(given.folder.rglob("*")) if path.is_file()]
        seeds += [path.read_bytes() for path in files if 0 < path.stat().st_size <= 65536]
    outcomes: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    slowest_s, total_bytes = 0.0, 0
    for _ in range(given.samples):
        data = mutated(seeds, chance)
        total_bytes += len(data)
        slowest_s = max(slowest_s, _timed(data, outcomes, failures))
    print(
        f"{given.samples:,} mutated samples, {total_bytes / 1e6:.0f} MB; slowest {slowest_s * 1000:.0f} ms of CPU"
    )
    for outcome, n in outcomes.most_common():
        print(f"{n:>9,}  {outcome}")
    too_slow = False
    for what, files in (
        ("samples grown", grown()),
        ("formats in tiny turns", tiny()),
        ("troublesome strings", troublesome()),
    ):
        pace = sorted(((_per_mb_s(data, failures), name) for name, data in files.items()), reverse=True)
        print(f"{len(files)} {what} to 1 MB; the slowest, in CPU seconds per MB:")
        for per_mb_s, name in pace[:5]:
            print(f"{per_mb_s:>9.2f}  {name}")
        too_slow |= pace[0][0] > 1
    for failure, n in failures.most_common():
        print(f"{n:>9,}  FAILED {failure}")
    return 1 if failures or too_slow else 0


def _per_mb_s(data: bytes, failures: Counter[str]) -> float:
    """CPU seconds per MB; a slow reading is done again, since a busy machine slows it too."""
    took_s = _timed(data, Counter(), failures)
    if took_s > 0.5 * len(data) / MB:
        took_s = min(took_s, *(_timed(data, Counter(), failures) for _ in range(2)))
    return took_s / len(data) * MB


def _timed(data: bytes, outcomes: Counter[str], failures: Counter[str]) -> float:
    """CPU seconds of reading some bytes, what comes of it counted."""
    start = time.process_time()
    try:
        transcript, outcome = None, ""
        transcript = read_transcript(data, name="fuzz")
    except TYPED as error:
        outcome = type(error).__name__
        if len(error.message) > LONGEST_MESSAGE:
            failures[f"a message of {len(error.message)} characters"] += 1
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        failures[f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"] += 1
    took_s = time.process_time() - start
    if transcript is not None:
        outcome = f"read as {transcript.provenance.format}"
        try:
            keep(transcript)
        except Exception as error:
            failures[f"{type(error).__name__} in what a store would do"] += 1
    outcomes[outcome] += 1
    return took_s


if __name__ == "__main__":
    sys.exit(main())
