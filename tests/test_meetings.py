"""A meeting in one file per person is one call: heard as channels, whichever way its files come."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from conftest import FIXTURES, ROOT
from test_ui_media import get

from callcoach.archive.name_patterns import ArchiveRules, read_rules
from callcoach.archive.sources import find_sources
from callcoach.archive.voices import Meetings, full_name, with_meetings
from callcoach.archive.zoom import zoom_meeting, zoom_name
from callcoach.cli.app import run
from callcoach.core import LOCAL_OWNER, Person, Role, Separation, Voice, total_s
from callcoach.core.errors import BadMetadata, InputError, UnreadableInput
from callcoach.store import Store
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.recogniser import FakeRecogniser
from callcoach.transcribe.recording import transcribe_recording, transcribe_together
from callcoach.transcribe.together import open_together

STEREO = FIXTURES / "demo-good.opus"
SECONDS = 60.0
SHARE_TOLERANCE = 0.003  # of the shares: the two ways resample 48 kHz at different places
TIME_TOLERANCE_S = 0.3


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def minute() -> np.ndarray:
    """The first minute of a bundled call, shape (2, n)."""
    return next(open_audio(STEREO).blocks(block_s=SECONDS))


def write_wav(path: Path, samples: np.ndarray, *, rate_hz: int = 16_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(samples))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples.T, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def zoom_folder(folder: Path, people: dict[str, np.ndarray], *, number: str = "1639780501") -> Path:
    """A meeting as Zoom records it, one file per person."""
    for place, (name, samples) in enumerate(people.items(), 1):
        write_wav(folder / "Audio Record" / f"audio{name}{place}{number}.wav", samples[None])
    return folder


def scored(capsys, *arguments: str) -> list[dict]:
    run(["score", "--json", "--no-transcript", *arguments])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(scope="module")
def three(minute) -> dict[str, np.ndarray]:
    """Two of our side one after the other, and a customer throughout."""
    half = minute.shape[1] // 2
    first, second = minute[0].copy(), minute[0].copy()
    first[half:] = 0
    second[:half] = 0
    return {"AnaOkoro": first, "BenVos": second, "LeeDay": minute[1]}


# The same call, whichever way it was recorded.


def test_files_of_one_person_each_give_the_measures_of_the_stereo_recording(minute, tmp_path, capsys):
    stereo = write_wav(tmp_path / "stereo" / "call.wav", minute)
    meeting = zoom_folder(tmp_path / "meeting", {"AnaOkoro": minute[0], "LeeDay": minute[1]})
    (one,) = scored(capsys, "--no-store", "--rep-channel", "left", str(stereo))
    (other,) = scored(capsys, "--no-store", "--rep", "Ana Okoro", str(meeting))
    assert other["measures"] == one["measures"]
    assert other["unavailable"] == one["unavailable"]
    assert other["call"]["duration_s"] == one["call"]["duration_s"]
    assert [s["talk_s"] for s in other["call"]["speakers"]] == [s["talk_s"] for s in one["call"]["speakers"]]
    assert [(s["label"], s["name"], s["role"]) for s in other["call"]["speakers"]] == [
        ("Ana Okoro", "Ana Okoro", "REP"),
        ("Lee Day", "Lee Day", "CUSTOMER"),
    ]


def test_files_at_their_own_rates_give_nearly_the_measures_of_the_recording(tmp_path, capsys):
    samples = np.concatenate(list(open_audio(STEREO).blocks(sample_rate_hz=48_000)), axis=1)[:, : 90 * 48_000]
    stereo = write_wav(tmp_path / "stereo" / "call.wav", samples, rate_hz=48_000)
    folder = tmp_path / "m" / "Audio Record"
    write_wav(folder / "audioAnaOkoro11639780501.wav", samples[:1], rate_hz=48_000)
    write_wav(folder / "audioLeeDay21639780501.wav", samples[1:, ::3], rate_hz=16_000)
    (one,) = scored(capsys, "--no-store", "--rep-channel", "left", str(stereo))
    (other,) = scored(capsys, "--no-store", "--rep", "Ana Okoro", str(tmp_path / "m"))
    assert other["measures"]["talk_share"] == pytest.approx(
        one["measures"]["talk_share"], abs=SHARE_TOLERANCE
    )
    for a, b in zip(one["call"]["speakers"], other["call"]["speakers"], strict=True):
        assert b["talk_s"] == pytest.approx(a["talk_s"], abs=TIME_TOLERANCE_S)


def test_the_channels_are_recognised_one_by_one_as_a_stereo_recording_is(minute, tmp_path):
    voices = [
        Voice("Ana", write_wav(tmp_path / "a.wav", minute[:1])),
        Voice("Lee", write_wav(tmp_path / "l.wav", minute[1:])),
    ]
    fake = FakeRecogniser(token=FakeRecogniser.TOKEN)
    together, _ = transcribe_together(voices, recogniser=fake, language="en")
    stereo, _ = transcribe_recording(write_wav(tmp_path / "s.wav", minute), recogniser=fake, language="en")
    assert together.provenance.separation is Separation.CHANNELS
    assert together.capabilities == stereo.capabilities
    names = {"left": "Ana", "right": "Lee"}
    assert [(t.speaker, t.span, t.text) for t in together.turns] == [
        (names[t.speaker], t.span, t.text) for t in stereo.turns
    ]


def test_the_order_of_the_files_does_not_matter(minute, tmp_path):
    voices = [
        Voice("Lee", write_wav(tmp_path / "l.wav", minute[1:])),
        Voice("Ana", write_wav(tmp_path / "a.wav", minute[:1])),
    ]
    one, media = transcribe_together(voices, recogniser=None)
    other, _ = transcribe_together(voices[::-1], recogniser=None)
    assert one == other
    assert [(m.channel, Path(m.uri).name) for m in media] == [(0, "a.wav"), (1, "l.wav")]
    renamed, _ = transcribe_together([voices[0], Voice("Ann", voices[1].path)], recogniser=None)
    assert (renamed.source_sha256, renamed.id) == (one.source_sha256, renamed.id)
    assert renamed.id != one.id


# Times.


def test_a_file_that_begins_later_and_one_that_ends_earlier_are_padded_with_silence(tmp_path):
    tone = np.ones((1, 16_000), np.float32) * 0.5
    voices = [
        Voice("Ana", write_wav(tmp_path / "a.wav", np.repeat(tone, 70, axis=1).reshape(1, -1))),
        Voice("Lee", write_wav(tmp_path / "l.wav", tone), starts_s=31.25),
    ]
    with open_together(voices) as meeting:
        blocks = list(meeting.blocks())
        assert [block.shape for block in blocks] == [(2, 480_000), (2, 480_000), (2, 160_000)]
        samples = np.concatenate(blocks, axis=1)
        assert meeting.duration_s == 70.0
    speaks = np.flatnonzero(samples[1])
    assert (speaks[0] / 16_000, (speaks[-1] + 1) / 16_000) == (31.25, 32.25)
    assert (samples[0] > 0.4).all()
    assert "Lee: the file ends at 0:32 of 1:10, and is silent after that." in meeting.notes


def test_starting_times_of_the_table_align_the_files(minute, tmp_path, capsys):
    folder, late_s = tmp_path / "m", 10
    write_wav(folder / "one.wav", minute[:1])
    write_wav(folder / "two.wav", minute[1:, late_s * 16_000 :])
    began = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)
    rows = [
        f"one.wav,m-1,Ana,{began.isoformat()}",
        f"two.wav,m-1,Lee,{(began + timedelta(seconds=late_s)).isoformat()}",
    ]
    (folder / "callcoach.csv").write_text(
        "\n".join(["file,source_id,participant,started_at", *rows]), "utf-8"
    )
    (document,) = scored(capsys, "--no-store", str(folder))
    stereo, _ = transcribe_recording(write_wav(tmp_path / "s.wav", minute), recogniser=None)
    lee = next(s for s in document["call"]["speakers"] if s["name"] == "Lee")
    spoken_s = total_s(tuple(p for p in stereo.speech["right"] if p.start_s >= late_s))
    assert lee["talk_s"] == pytest.approx(spoken_s, abs=1.0)
    assert document["call"]["started_at"] == began.isoformat()
    assert document["call"]["duration_s"] == SECONDS
    assert any("aligned by the times that are given" in n for n in document["call"]["provenance"]["notes"])


def test_files_that_begin_hours_apart_are_no_meeting(minute, tmp_path):
    path = write_wav(tmp_path / "a.wav", minute[:1, :16_000])
    with pytest.raises(BadMetadata, match="within 6 hours"):
        open_together([Voice("Ana", path), Voice("Lee", path, starts_s=7 * 3600)])


def test_memory_is_that_of_a_block_however_long_the_meeting(tmp_path):
    """Half an hour of three voices; their samples alone would be 346 MB."""
    silence = np.zeros((1, 8000 * 1800), np.int16)
    paths = []
    for name in "abc":
        path = tmp_path / f"{name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(silence.tobytes())
        paths.append(str(path))
    code = (
        "import resource\n"
        "from pathlib import Path\n"
        "from callcoach.core import Voice\n"
        "from callcoach.transcribe.together import open_together\n"
        "def peak_mb(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        f"voices = [Voice(path, Path(path)) for path in {paths}]\n"
        "with open_together(voices) as meeting:\n"
        "    blocks = meeting.blocks()\n"
        "    next(blocks), next(blocks)\n"
        "    before_mb = peak_mb()\n"
        "    n = 2 * 480_000 + sum(block.shape[1] for block in blocks)\n"
        "print(n, peak_mb() - before_mb)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    n, more_mb = done.stdout.split()
    assert int(n) == pytest.approx(1800 * 16_000, abs=16)
    assert float(more_mb) < 40


# Who they are.


def test_three_people_two_of_them_ours_are_two_sides(three, tmp_path, capsys):
    meeting = zoom_folder(tmp_path / "meeting", three)
    url = f"sqlite:///{tmp_path / 's.db'}"
    with Store.open(url) as store:
        store.put_person(LOCAL_OWNER, Person("ana", "Ana Okoro"))
        store.put_person(LOCAL_OWNER, Person("ben", "Benjamin Vos", aliases=("Ben Vos",)))
        store.put_person(LOCAL_OWNER, Person("kim", "Kim Sun"))
    sidecar = meeting / "Audio Record" / "audioAnaOkoro11639780501.wav.callcoach.json"
    sidecar.write_text(json.dumps({"customer": "Lee Day"}), "utf-8")
    (document,) = scored(capsys, "--store", url, str(meeting))
    assert {s["name"]: s["role"] for s in document["call"]["speakers"]} == {
        "Ana Okoro": "REP",
        "Ben Vos": "REP",
        "Lee Day": "CUSTOMER",
    }
    spoken = {s["name"]: s["talk_s"] for s in document["call"]["speakers"]}
    ours = spoken["Ana Okoro"] + spoken["Ben Vos"]
    assert document["measures"]["talk_share"] == pytest.approx(ours / (ours + spoken["Lee Day"]), abs=0.01)
    with Store.open(url) as store:
        (row,) = store.calls(LOCAL_OWNER).rows
        people = {
            p.name: p.person_id for p in store.call(LOCAL_OWNER, row.call_id).people if p.side is Role.REP
        }
    assert people == {"Ana Okoro": "ana", "Ben Vos": "ben"}


def test_a_name_that_was_cut_or_run_together_is_the_known_one(tmp_path, minute, capsys):
    meeting = zoom_folder(tmp_path / "m", {"AnaMariaOkoro-Vos": minute[0], "VolodymyrSofishc": minute[1]})
    sidecar = meeting / "Audio Record" / "audioAnaMariaOkoro-Vos11639780501.wav.callcoach.json"
    sidecar.write_text(
        json.dumps({"rep": "ana maria okoro vos", "customer": "Volodymyr Sofishchenko"}), "utf-8"
    )
    (document,) = scored(capsys, "--no-store", str(meeting))
    assert [(s["name"], s["role"]) for s in document["call"]["speakers"]] == [
        ("ana maria okoro vos", "REP"),
        ("Volodymyr Sofishchenko", "CUSTOMER"),
    ]
    assert full_name("Lee", ["Lee Day", "Lee Dow"]) == "Lee"


@pytest.mark.parametrize(
    ("name", "who", "number"),
    [
        ("audioAnaOkoro11639780501.m4a", "Ana Okoro", "1639780501"),
        ("audioHudsonMitchell-P31639780501.m4a", "Hudson Mitchell-P", "1639780501"),
        ("audioMcDonald12639780501.m4a", "McDonald", "2639780501"),
        ("audio_only_163978050_Ana Okoro.m4a", "Ana Okoro", "163978050"),
        ("audioJaneDoe21234.m4a", "Jane Doe", ""),
        ("notes.m4a", None, None),
    ],
)
def test_what_zoom_calls_its_files_tells_who_speaks_and_which_recording_it_is(name, who, number):
    path = Path("Review/Audio Record") / name
    assert zoom_name(path) == who
    assert zoom_meeting(path) == (None if number is None else (Path("Review"), number))
    assert zoom_name(Path("Review") / name) is None


def test_two_recordings_in_one_folder_are_two_meetings_and_mixed_copies_are_no_third(minute, tmp_path):
    people = {"AnaOkoro": minute[0, :16_000], "LeeDay": minute[1, :16_000]}
    folder = zoom_folder(tmp_path / "m", people)
    zoom_folder(folder, people, number="2639780501")
    write_wav(folder / "audio1639780501.wav", minute[:, :16_000])
    write_wav(folder / "other.wav", minute[:, :16_000])
    sources = with_meetings(find_sources([str(folder)]), Meetings())
    assert [(s.path.name, len(s.meeting.voices) if s.meeting else 0) for s in sources] == [
        ("audioAnaOkoro11639780501.wav", 2),
        ("audioAnaOkoro12639780501.wav", 2),
        ("other.wav", 0),
    ]
    assert sources[0].notes == ("The same sound mixed was not heard again: audio1639780501.wav.",)


def test_two_files_of_one_name_with_nothing_to_order_them_are_refused(minute, tmp_path, capsys):
    second = minute[:1, :16_000]
    for name in ("audioAnaOkoro1.wav", "audioAnaOkoro2.wav", "audioLeeDay3.wav"):
        write_wav(tmp_path / "m" / "Audio Record" / name, second)
    (document,) = scored(capsys, "--no-store", str(tmp_path / "m"))
    assert document["error"]["kind"] == "bad_metadata"
    assert "started_at" in document["error"]["message"]


# What is missing or damaged is said.


def test_a_damaged_file_fails_the_meeting_and_says_whose_it_is(minute, tmp_path, capsys):
    meeting = zoom_folder(tmp_path / "m", {"AnaOkoro": minute[0], "LeeDay": minute[1]})
    path = next(meeting.rglob("audioLeeDay*"))
    path.write_bytes(path.read_bytes()[:30])
    (document,) = scored(capsys, "--no-store", str(meeting))
    assert document["error"]["kind"] == "unreadable"
    assert "Lee Day's file of a meeting" in document["error"]["message"]


def test_a_file_that_is_cut_off_is_a_named_note(minute, tmp_path, capsys):
    meeting = zoom_folder(tmp_path / "m", {"AnaOkoro": minute[0], "LeeDay": minute[1]})
    path = next(meeting.rglob("audioLeeDay*"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (document,) = scored(capsys, "--no-store", str(meeting))
    notes = document["call"]["provenance"]["notes"]
    assert any(note.startswith("Lee Day: The recording is cut off") for note in notes)
    assert any(note.startswith("Lee Day: the file ends at 0:30 of 1:00") for note in notes)


def test_a_file_that_the_table_names_and_nobody_copied_is_an_error(minute, tmp_path, capsys):
    folder = tmp_path / "m"
    write_wav(folder / "one.wav", minute[:1])
    write_wav(folder / "two.wav", minute[1:])
    rows = "one.wav,m-1,Ana\ntwo.wav,m-1,Lee\nthree.wav,m-1,Kim\n"
    (folder / "callcoach.csv").write_text("file,source_id,participant\n" + rows, "utf-8")
    (document,) = scored(capsys, "--no-store", str(folder))
    assert document["error"]["kind"] == "unreadable"
    assert "three.wav" in document["error"]["message"]
    assert "Kim's file" in document["error"]["message"]


def test_files_that_were_not_given_are_named(three, tmp_path, capsys):
    meeting = zoom_folder(tmp_path / "m", three)
    ana, ben, _lee = sorted(str(path) for path in meeting.rglob("*.wav"))
    (document,) = scored(capsys, "--no-store", ben, ana)
    assert document["source"] == ana
    assert [s["name"] for s in document["call"]["speakers"]] == ["Ana Okoro", "Ben Vos"]
    assert "Not given, so not heard: the files of Lee Day." in document["call"]["provenance"]["notes"]
    (document,) = scored(capsys, "--no-store", ana)
    assert any("one person's file of a meeting of 3" in n for n in document["call"]["provenance"]["notes"])


def test_a_file_that_changes_while_it_is_heard_is_an_error(minute, tmp_path):
    voices = [
        Voice("Ana", write_wav(tmp_path / "a.wav", minute[:1])),
        Voice("Lee", write_wav(tmp_path / "l.wav", minute[1:])),
    ]
    with open_together(voices) as meeting:
        (tmp_path / "l.wav").unlink()
        with pytest.raises(UnreadableInput, match="Lee's file"):
            list(meeting.blocks())
    with pytest.raises(InputError):
        open_together(voices)


# Kept, once.


def kept(url: str) -> tuple:
    with Store.open(url) as store:
        rows = store.calls(LOCAL_OWNER).rows
        media = [store.media_of(LOCAL_OWNER, row.call_id) for row in rows]
        transcripts = [store.transcripts(LOCAL_OWNER, row.call_id) for row in rows]
        return [row.call_id for row in rows], media, transcripts


def test_every_file_is_kept_with_its_hash_and_a_second_run_does_nothing(minute, tmp_path, capsys):
    meeting = zoom_folder(tmp_path / "m", {"LeeDay": minute[1], "AnaOkoro": minute[0]})
    url = f"sqlite:///{tmp_path / 's.db'}"
    run(["score", "--no-transcript", "--store", url, str(meeting)])
    before = kept(url)
    (media,), (transcripts,) = before[1], before[2]
    assert [(m.channel, m.n_channels, Path(m.uri).name) for m in media] == [
        (0, 1, "audioAnaOkoro21639780501.wav"),
        (1, 1, "audioLeeDay11639780501.wav"),
    ]
    assert len(transcripts) == 1
    with Store.open(url) as store:
        assert {store.call_of(one.sha256) for one in media} == set(before[0])
    capsys.readouterr()
    run(["score", "--no-transcript", "--store", url, *map(str, reversed(sorted(meeting.rglob("*.wav"))))])
    assert "Nothing changed since the last time." in capsys.readouterr().out
    assert kept(url) == before


def test_a_person_whose_file_comes_later_is_proposed_to_the_same_call(three, tmp_path):
    meeting = zoom_folder(tmp_path / "m", {name: three[name] for name in ("AnaOkoro", "LeeDay")})
    url = f"sqlite:///{tmp_path / 's.db'}"
    run(["score", "--no-transcript", "--store", url, str(meeting)])
    write_wav(meeting / "Audio Record" / "audioBenVos31639780501.wav", three["BenVos"][None])
    run(["score", "--no-transcript", "--store", url, str(meeting)])
    ids, media, transcripts = kept(url)
    assert len(ids) == 1
    assert len(transcripts[0]) == 2
    assert len(media[0]) == 3


def test_a_batch_hears_a_meeting_once_and_its_other_files_are_its_copies(three, tmp_path, capsys):
    archive = tmp_path / "archive"
    zoom_folder(archive / "meeting", three)
    write_wav(archive / "meeting" / "audio1639780501.wav", sum(three.values())[None])
    url = f"sqlite:///{tmp_path / 's.db'}"
    command = ["batch", str(archive), "--no-transcript", "--store", url, "--workers", "1"]
    assert run(command) == 0
    ids, media, _ = kept(url)
    assert len(ids) == 1
    assert len(media[0]) == 3
    with Store.open(url) as store, store.job_rows(LOCAL_OWNER, store.runs.latest()[0].id) as rows:
        classes = {Path(row.source_uri).name: row.call_class for row in rows}
    assert classes == {
        "audioAnaOkoro11639780501.wav": "short",
        "audioBenVos21639780501.wav": "duplicate",
        "audioLeeDay31639780501.wav": "duplicate",
        "audio1639780501.wav": "duplicate",
    }
    assert run(command) == 0
    assert "Nothing was to do" in capsys.readouterr().err
    # One of the files changes: the meeting is heard again.
    lee = three["LeeDay"].copy()
    lee[: lee.size // 4] = 0
    write_wav(archive / "meeting" / "Audio Record" / "audioLeeDay31639780501.wav", lee[None])
    assert run(command) == 0
    assert len(kept(url)[2][0]) == 2


def test_name_patterns_of_an_archive_group_files_too(minute, tmp_path):
    second = minute[:1, :16_000]
    for name in ("77_ana.wav", "77_lee.wav", "78_ana.wav"):
        write_wav(tmp_path / "calls" / name, second)
    (tmp_path / "archive.toml").write_text(
        '[[source]]\nname = "rooms"\nfiles = "calls/*.wav"\n'
        "pattern = '/(?P<source_id>\\d+)_(?P<participant>\\w+)$'\n",
        "utf-8",
    )
    rules: ArchiveRules = read_rules(tmp_path / "archive.toml")
    meetings = Meetings(rules)
    meeting = meetings.of(tmp_path / "calls" / "77_lee.wav")
    assert [voice.name for voice in meeting.voices] == ["ana", "lee"]
    assert meetings.of(tmp_path / "calls" / "78_ana.wav") is None
    assert meeting.found.metadata.source_id == "77"


# Heard again by a person.


def test_the_page_plays_everybody_mixed(minute, tmp_path, monkeypatch):
    import av

    from callcoach.ui import media, proxies

    meeting = zoom_folder(tmp_path / "m", {"AnaOkoro": minute[0], "LeeDay": minute[1]})
    url = f"sqlite:///{tmp_path / 's.db'}"
    monkeypatch.setenv("CALLCOACH_STORE", url)
    monkeypatch.setattr(proxies, "proxies_folder", lambda: tmp_path / "copies")
    run(["score", "--no-transcript", "--store", url, str(meeting)])
    ids, (files,), _ = kept(url)
    assert all(media.needs_proxy(one) for one in files)
    address = media.proxy_address_of(ids[0], files[0])
    status, _, body = get(address)
    assert status == 200
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.read_bytes() == body
    with av.open(str(copy)) as played:
        assert played.duration / av.time_base == pytest.approx(SECONDS, abs=0.5)
    mixed = np.concatenate(list(open_audio(copy).blocks()), axis=1)[0]
    n = min(mixed.size, minute.shape[1])
    both = minute.sum(axis=0)[:n]
    assert np.corrcoef(np.abs(mixed[:n]), np.abs(both))[0, 1] > 0.8
