"""Whatever decodes is read, channels apart and in bounded memory; what does not is named for what it is."""

from __future__ import annotations

import struct
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from callcoach.core.errors import (
    EmptyInput,
    EncryptedInput,
    InputError,
    NoAudio,
    UnknownFormat,
    UnreadableInput,
)
from callcoach.transcribe.audio import open_audio

av = pytest.importorskip("av")
SECONDS = 2.0


def tones(rate_hz: int, *, n_channels: int = 2, seconds: float = SECONDS) -> np.ndarray:
    """Channel k holds a sine of 300 * (k + 1) Hz."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.stack([0.4 * np.sin(2 * np.pi * 300 * (k + 1) * t) for k in range(n_channels)]).astype(
        np.float32
    )


def write(path: Path, samples: np.ndarray, *, rate_hz: int, codec: str, gap_s: float = 0.0) -> Path:
    """Encode samples with FFmpeg; a gap leaves a hole in the time stamps halfway."""
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(samples)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)
        resampler = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate_hz)
        step, half = 960, samples.shape[1] // 2
        for at in range(0, samples.shape[1], step):
            piece = np.ascontiguousarray(samples[:, at : at + step])
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=layout)
            frame.sample_rate = rate_hz
            frame.pts, frame.time_base = at, Fraction(1, rate_hz)
            for done in resampler.resample(frame):
                done.pts = at + (round(gap_s * rate_hz) if at >= half else 0)
                container.mux(stream.encode(done))
        container.mux(stream.encode(None))
    return path


def wav(path: Path, data: bytes, *, claimed: int | None = None, n_channels: int = 1, code: int = 1) -> Path:
    """A 16-bit (or code 7, u-law) 8 kHz WAV whose header claims `claimed` bytes of samples."""
    width = 2 if code == 1 else 1
    head = struct.pack(
        "<HHIIHH", code, n_channels, 8000, 8000 * n_channels * width, n_channels * width, 8 * width
    )
    claimed = len(data) if claimed is None else claimed
    path.write_bytes(
        b"RIFF" + struct.pack("<I", min(claimed + 36, 2**32 - 1)) + b"WAVEfmt " + struct.pack("<I", 16) + head
        + b"data" + struct.pack("<I", claimed) + data
    )  # fmt: skip
    return path


def decode(path: Path, **options: object) -> tuple[np.ndarray, object]:
    with open_audio(path) as audio:
        return np.concatenate(list(audio.blocks(**options)), axis=1), audio


def loudest_hz(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / 16000)[spectrum.argmax()])


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [
        ("a.wav", "pcm_u8", 8000),
        ("a.wav", "pcm_s16le", 11025),
        ("a.wav", "pcm_s24le", 44100),
        ("a.wav", "pcm_s32le", 96000),
        ("a.wav", "pcm_f32le", 22050),
        ("a.wav", "pcm_f64le", 48000),
        ("a.wav", "pcm_mulaw", 8000),
        ("a.wav", "pcm_alaw", 8000),
        ("a.flac", "flac", 37800),
        ("a.mp3", "libmp3lame", 24000),
        ("a.m4a", "aac", 32000),
        ("a.opus", "libopus", 48000),
        ("a.webm", "libopus", 48000),
        ("a.wav", "adpcm_ms", 44100),
        ("a.aiff", "pcm_s16be", 16000),
    ],
)
def test_every_encoding_comes_out_at_16_khz_with_its_channels_apart(tmp_path, name, codec, rate_hz):
    path = write(tmp_path / name, tones(rate_hz), rate_hz=rate_hz, codec=codec)
    samples, audio = decode(path)
    assert (audio.n_channels, audio.sample_rate_hz) == (2, rate_hz)
    assert samples.dtype == np.float32
    assert audio.duration_s == pytest.approx(SECONDS, abs=0.1)
    assert samples.shape[1] / 16000 == pytest.approx(audio.duration_s, abs=0.01)
    middle = samples[:, 8000:24000]
    assert [loudest_hz(channel) for channel in middle] == pytest.approx([300, 600], abs=5)


def test_telephone_amr_is_read(tmp_path):
    path = write(tmp_path / "a.amr", tones(8000, n_channels=1), rate_hz=8000, codec="libopencore_amrnb")
    samples, audio = decode(path)
    assert (audio.n_channels, audio.sample_rate_hz, audio.format) == (1, 8000, "amr")
    assert loudest_hz(samples[0, 8000:24000]) == pytest.approx(300, abs=5)


@pytest.mark.parametrize("n_channels", [1, 6])
def test_one_and_six_channels_are_kept(tmp_path, n_channels):
    path = write(tmp_path / "a.wav", tones(16000, n_channels=n_channels), rate_hz=16000, codec="pcm_s16le")
    samples, audio = decode(path)
    assert audio.n_channels == len(samples) == n_channels
    assert loudest_hz(samples[-1]) == pytest.approx(300 * n_channels, abs=5)


def rifx(
    path: Path, samples: np.ndarray, *, code: int, kind: str, rate_hz: int, keep: int | None = None
) -> Path:
    """A WAV whose numbers are big-endian."""
    data = samples.T.astype(kind).tobytes()
    bits, n = np.dtype(kind).itemsize * 8, len(samples)
    head = struct.pack(">HHIIHH", code, n, rate_hz, rate_hz * n * bits // 8, n * bits // 8, bits)
    chunks = b"fmt " + struct.pack(">I", 16) + head + b"LIST" + struct.pack(">I", 3) + b"abc\x00"
    chunks += b"data" + struct.pack(">I", len(data)) + data[:keep] + (b"" if keep else b"tail")
    path.write_bytes(b"RIFX" + struct.pack(">I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


@pytest.mark.parametrize(
    ("code", "kind", "scale"), [(1, ">i2", 32767), (1, ">i4", 2**31 - 1), (3, ">f4", 1), (3, ">f8", 1)]
)
def test_a_wav_of_reversed_bytes_is_its_sound_and_not_noise(tmp_path, code, kind, scale):
    samples = tones(16_000)
    path = rifx(tmp_path / "a.wav", samples * scale, code=code, kind=kind, rate_hz=16_000)
    decoded, audio = decode(path)
    assert (audio.format, audio.claimed_s, audio.duration_s, audio.notes) == ("wav", SECONDS, SECONDS, ())
    assert decoded.shape == samples.shape
    assert np.abs(decoded - samples).max() < 1e-3


def test_a_wav_of_reversed_bytes_that_is_cut_off_says_so_and_a_packed_one_is_refused(tmp_path):
    samples = tones(16_000) * 32767
    cut = rifx(tmp_path / "cut.wav", samples, code=1, kind=">i2", rate_hz=16_000, keep=64_000)
    _, audio = decode(cut)
    assert audio.duration_s == SECONDS / 2
    assert "cut off" in audio.notes[0]
    packed = rifx(tmp_path / "packed.wav", samples, code=17, kind=">i2", rate_hz=16_000)
    with pytest.raises(UnreadableInput, match="RIFX"):
        open_audio(packed)


def test_the_ending_of_a_name_does_not_matter(tmp_path):
    path = write(tmp_path / "a.flac", tones(16000), rate_hz=16000, codec="flac").rename(tmp_path / "a.wav")
    assert decode(path)[1].format == "flac"


def test_samples_do_not_depend_on_the_size_of_blocks(tmp_path):
    path = write(tmp_path / "a.wav", tones(8000), rate_hz=8000, codec="pcm_mulaw")
    whole, _ = decode(path, block_s=30.0)
    pieces, _ = decode(path, block_s=0.1)
    assert np.array_equal(whole, pieces)


def test_what_is_not_a_number_is_silence(tmp_path):
    samples = tones(16000)
    samples[0, 100:200], samples[1, 300] = np.nan, np.inf
    decoded, _ = decode(write(tmp_path / "a.wav", samples, rate_hz=16000, codec="pcm_f32le"))
    assert np.isfinite(decoded).all()
    assert np.abs(decoded).max() <= 1.0


def test_a_hole_in_the_time_stamps_is_silence_so_that_seconds_stay_the_players(tmp_path):
    path = write(tmp_path / "a.mka", tones(16000), rate_hz=16000, codec="pcm_s16le", gap_s=3.0)
    samples, audio = decode(path)
    assert audio.duration_s == pytest.approx(SECONDS + 3.0, abs=0.1)
    assert np.abs(samples[:, 2 * 16000 : 3 * 16000]).max() == 0.0
    assert any("count as silence" in note for note in audio.notes)


def test_a_recording_cut_off_is_used_as_far_as_it_goes_and_says_so(tmp_path):
    path = wav(tmp_path / "a.wav", bytes(16000 * 3), claimed=16000 * 60)
    _, audio = decode(path)
    assert audio.duration_s == pytest.approx(3.0, abs=0.05)
    assert any("cut off" in note and "3.0 s of the 60.0 s" in note for note in audio.notes)


def test_a_recorder_that_never_wrote_the_length_is_no_complaint(tmp_path):
    _, audio = decode(wav(tmp_path / "a.wav", bytes(16000 * 2), claimed=0xFFFFFFFF))
    assert audio.duration_s == pytest.approx(2.0, abs=0.05)
    assert audio.notes == ()


def test_a_cut_off_video_is_used_as_far_as_it_goes(tmp_path):
    path = write(tmp_path / "a.mp3", tones(16000, seconds=5), rate_hz=16000, codec="libmp3lame")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 1.0 < decode(path)[1].duration_s < 4.0


def test_the_hash_is_that_of_the_bytes(tmp_path):
    import hashlib

    path = wav(tmp_path / "a.wav", bytes(100))
    with open_audio(path) as audio:
        assert audio.sha256() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_url_is_a_path(tmp_path):
    path = wav(tmp_path / "a call.wav", bytes(100))
    with open_audio(path.as_uri()) as audio:
        assert audio.path == path
    with pytest.raises(UnreadableInput, match="fetch it first"):
        open_audio("s3://bucket/a.wav")


def test_nothing_is_written_beside_the_source_and_the_source_stays(tmp_path):
    path = wav(tmp_path / "a.wav", bytes(16000))
    before = path.read_bytes(), path.stat().st_mtime_ns
    decode(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.wav"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_recording_that_changes_while_it_is_read_is_refused(tmp_path):
    path = wav(tmp_path / "a.wav", bytes(16000))
    with open_audio(path) as audio:
        path.write_bytes(path.read_bytes() + bytes(100))
        with pytest.raises(UnreadableInput, match="wait until it is complete"):
            list(audio.blocks())


def empty(folder: Path) -> Path:
    (folder / "a.wav").write_bytes(b"")
    return folder / "a.wav"


def without_samples(folder: Path) -> Path:
    return wav(folder / "a.wav", b"")


def header_only(folder: Path) -> Path:
    return wav(folder / "a.wav", b"", claimed=16000)


def half_a_header(folder: Path) -> Path:
    path = wav(folder / "a.wav", bytes(100))
    path.write_bytes(path.read_bytes()[:20])
    return path


def video_index_lost(folder: Path) -> Path:
    path = write(folder / "a.m4a", tones(16000), rate_hz=16000, codec="aac")
    path.write_bytes(path.read_bytes()[:2000])  # the index of an MP4 stands at its end
    return path


def noise_named_wav(folder: Path) -> Path:
    (folder / "a.wav").write_bytes(np.random.default_rng(0).bytes(3000))
    return folder / "a.wav"


def text_named_wav(folder: Path) -> Path:
    (folder / "a.wav").write_text("Dear all,\nplease find the minutes of the call below.\n" * 20)
    return folder / "a.wav"


def playlist(folder: Path) -> Path:
    write(folder / "real.aac", tones(16000), rate_hz=16000, codec="aac")
    (folder / "a.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nreal.aac\n#EXT-X-ENDLIST\n")
    return folder / "a.m3u8"


def archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as zipped:
        zipped.writestr("a.txt", "hello")
    return folder / "a.zip"


def behind_a_password(folder: Path) -> Path:
    path = archive(folder)
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the first entry says that it is encrypted
    path.write_bytes(data)
    return path


def drm(folder: Path) -> Path:
    path = write(folder / "a.m4a", tones(16000), rate_hz=16000, codec="aac")
    path.write_bytes(path.read_bytes().replace(b"mp4a", b"enca"))
    return path


def picture(folder: Path) -> Path:
    with av.open(str(folder / "a.png"), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "rgb24"
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return folder / "a.png"


def silent_film(folder: Path) -> Path:
    with av.open(str(folder / "a.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return folder / "a.mp4"


def folder_itself(folder: Path) -> Path:
    return folder


def missing(folder: Path) -> Path:
    return folder / "nowhere.wav"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (empty, EmptyInput),
        (without_samples, EmptyInput),
        (header_only, UnreadableInput),
        (half_a_header, UnreadableInput),
        (video_index_lost, UnreadableInput),
        (noise_named_wav, UnreadableInput),
        (folder_itself, UnreadableInput),
        (missing, UnreadableInput),
        (text_named_wav, UnknownFormat),
        (playlist, UnknownFormat),
        (archive, UnknownFormat),
        (behind_a_password, EncryptedInput),
        (drm, EncryptedInput),
        (picture, NoAudio),
        (silent_film, NoAudio),
    ],
    ids=lambda value: value.__name__,
)
def test_what_cannot_be_heard_is_named_for_what_it_is(tmp_path, make, error, capfd):
    path = make(tmp_path)
    with pytest.raises(error) as caught:
        list(open_audio(path).blocks())
    assert ":" in caught.value.message  # what to do follows the colon
    assert capfd.readouterr() == ("", "")  # FFmpeg keeps its remarks to itself


def test_mutilated_files_are_read_or_refused_and_never_crash(tmp_path):
    rng = np.random.default_rng(1)
    kinds = [("a.wav", "pcm_s16le"), ("a.m4a", "aac"), ("a.webm", "libopus"), ("a.mp3", "libmp3lame")]
    for name, codec in kinds:
        whole = write(tmp_path / name, tones(48000, seconds=0.5), rate_hz=48000, codec=codec).read_bytes()
        for _ in range(15):
            data = bytearray(whole[: rng.integers(1, len(whole) + 1)])
            for at in rng.integers(0, len(data), 20):
                data[at] = rng.integers(256)
            (tmp_path / "b.bin").write_bytes(data)
            try:
                n = sum(block.shape[1] for block in open_audio(tmp_path / "b.bin").blocks())
            except InputError:
                continue
            assert n >= 0


def test_every_torture_file_gives_samples_or_a_typed_error(shared_data):
    kinds = {}
    for path in sorted((shared_data / "torture").iterdir()):
        try:
            with open_audio(path) as audio:
                for _ in audio.blocks():
                    pass
            kinds[path.name] = audio.n_channels
        except InputError as error:
            kinds[path.name] = error.kind
    assert kinds["tinytag__empty_file.wav"] == kinds["pydub__test1_empty.wav"] == "empty"
    assert kinds["scipy__test-44100Hz-le-1ch-4bytes-early-eof-no-data.wav"] == "unreadable"
    assert kinds["scipy__test-8000Hz-le-5ch-9S-5bit.wav"] == 5
    assert sum(isinstance(kind, int) for kind in kinds.values()) >= 26
