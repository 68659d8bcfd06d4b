"""Discovery finds every file once, in a stable order, wherever it lies, and writes nothing anywhere."""

from __future__ import annotations

import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from callcoach.archive.discover import discover
from callcoach.archive.fetch import fetched
from callcoach.core.errors import BadMetadata, MissingExtra, OutOfSpace, Unreachable, UnreadableInput


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(name))


def names(source: object, folder: object, **options) -> list[str]:
    return [one.uri.removeprefix(f"{folder}/") for one in discover(str(source), **options)]


@pytest.fixture
def bucket():
    """A remote archive, in memory, that counts what is opened for writing."""
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    for name in (
        "a/one.wav",
        "a/one.wav.callcoach.json",
        "b/two.vtt",
        "b/two.wav",
        "b/.hidden/x.wav",
        "t.pdf",
    ):
        fs.pipe(f"/bucket/{name}", name.encode())
    yield "memory://bucket"
    fs.store.clear()


def test_a_folder_gives_recordings_and_transcripts_at_any_depth_in_order(tmp_path):
    touch(tmp_path, "b.wav", "a/z.vtt", "a.wav.callcoach.json", ".hidden/c.wav", "notes.pdf", "A.MP3",
          "callcoach.csv")  # fmt: skip
    assert names(tmp_path, tmp_path) == ["A.MP3", "a/z.vtt", "b.wav"]
    found = {one.name: one for one in discover(str(tmp_path))}
    assert found["b.wav"].size == 5
    assert found["b.wav"].modified.tzinfo is not None


def test_a_glob_takes_what_it_names(tmp_path):
    touch(
        tmp_path,
        "2025/a.wav",
        "2025/11/b.wav",
        "2026/c.wav",
        "2026/c.vtt",
        "2026/d.raw",
        "2026/d.raw.callcoach.json",
    )
    assert names(tmp_path / "2026/*", tmp_path) == ["2026/c.vtt", "2026/c.wav", "2026/d.raw"]
    assert names(tmp_path / "**/*.wav", tmp_path) == ["2025/11/b.wav", "2025/a.wav", "2026/c.wav"]
    assert names(tmp_path / "202[5]/*.wav", tmp_path) == ["2025/a.wav"]


def test_a_relative_glob_works_in_the_working_folder(tmp_path, monkeypatch):
    touch(tmp_path, "x/a.wav", "b.wav")
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in discover("**/*.wav")] == ["b.wav", "a.wav"]


def test_a_manifest_gives_its_files_and_what_it_says_of_them(tmp_path):
    touch(tmp_path, "calls/a.wav")
    manifest = tmp_path / "list.csv"
    manifest.write_text("file;rep;queue\ncalls/a.wav;Dana;7\ncalls/gone.wav;;\ns3://there/b.wav;;\n;Dana;\n")
    a, gone, remote, nameless = discover(str(manifest))
    assert (Path(a.uri), dict(a.said), a.error) == (tmp_path / "calls/a.wav", {"rep": "Dana"}, None)
    assert isinstance(gone.error, UnreadableInput)
    assert remote.uri == "s3://there/b.wav"
    assert isinstance(nameless.error, BadMetadata)


def test_a_csv_without_a_file_column_is_a_transcript(tmp_path):
    (tmp_path / "call.csv").write_text("speaker,text\nDana,hello\n")
    assert names(tmp_path / "call.csv", tmp_path) == ["call.csv"]


def test_newest_first_and_since_go_by_when_files_changed(tmp_path):
    touch(tmp_path, "a.wav", "b.wav", "c.wav")
    for day, name in enumerate(("b.wav", "c.wav", "a.wav"), start=1):
        at = datetime(2026, 1, day, tzinfo=UTC).timestamp()
        os.utime(tmp_path / name, (at, at))
    assert names(tmp_path, tmp_path, newest_first=True) == ["a.wav", "c.wav", "b.wav"]
    assert names(tmp_path, tmp_path, since=datetime(2026, 1, 2, tzinfo=UTC)) == ["a.wav", "c.wav"]


def test_nothing_at_a_source_is_said(tmp_path):
    with pytest.raises(UnreadableInput, match="nothing is at 'no'"):
        list(discover(str(tmp_path / "no")))


def test_links_that_lead_in_circles_or_nowhere_end(tmp_path):
    touch(tmp_path, "in/a.wav")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "broken.wav").symlink_to(tmp_path / "nowhere.wav")
    assert names(tmp_path / "in", tmp_path) in (["in/a.wav"], ["in/a.wav", "in/round/a.wav"])


def test_a_folder_that_cannot_be_listed_is_one_error_and_the_rest_goes_on(tmp_path, monkeypatch):
    touch(tmp_path, "a/1.wav", "b/2.wav", "c/3.wav")
    scandir = os.scandir

    def refusing(folder):
        if str(folder).endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found = list(discover(str(tmp_path)))
    assert [one.name for one in found] == ["1.wav", "b", "3.wav"]
    assert isinstance(found[1].error, UnreadableInput)


def test_a_mount_that_went_away_is_unreachable(tmp_path, monkeypatch):
    touch(tmp_path, "a.wav")

    def stale(_folder):
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(os, "scandir", stale)
    with pytest.raises(Unreachable, match="check the mount"):
        list(discover(str(tmp_path)))


def test_a_bucket_is_searched_like_a_folder(bucket):
    assert [one.uri for one in discover(bucket)] == [
        "memory:///bucket/a/one.wav", "memory:///bucket/b/two.vtt", "memory:///bucket/b/two.wav"]  # fmt: skip
    assert [one.name for one in discover(f"{bucket}/**/*.wav")] == ["one.wav", "two.wav"]
    assert [one.name for one in discover(f"{bucket}/a/one.wav")] == ["one.wav"]
    with pytest.raises(UnreadableInput):
        list(discover(f"{bucket}/nothing"))


def test_a_manifest_in_a_bucket_names_files_beside_it(bucket):
    fsspec.filesystem("memory").pipe("/bucket/list.csv", b"file,rep\na/one.wav,Dana\n")
    (one,) = discover(f"{bucket}/list.csv")
    assert one.said == {"rep": "Dana"}
    with one.fetch() as path:
        assert path.read_bytes() == b"a/one.wav"


def test_a_fetched_file_has_its_sidecar_and_is_gone_after(bucket, tmp_path):
    (one, transcript, _) = discover(bucket)
    with one.fetch(folder=tmp_path) as path:
        assert path.name == "one.wav"
        assert path.read_bytes() == b"a/one.wav"
        assert sorted(p.name for p in path.parent.iterdir()) == ["one.wav", "one.wav.callcoach.json"]
    with transcript.fetch(folder=tmp_path) as path:
        assert sorted(p.name for p in path.parent.iterdir()) == ["two.vtt", "two.wav"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_on_this_machine_is_not_copied(tmp_path):
    touch(tmp_path, "a b.wav")
    for uri in (str(tmp_path / "a b.wav"), f"file://{tmp_path}/a%20b.wav"):
        with fetched(uri) as path:
            assert path == tmp_path / "a b.wav"


def test_nothing_is_ever_written_to_a_source(bucket, monkeypatch):
    before = {path: file.getvalue() for path, file in fsspec.filesystem("memory").store.items()}
    opened = MemoryFileSystem._open

    def reading(self, path, mode="rb", **options):
        assert mode == "rb"
        return opened(self, path, mode=mode, **options)

    monkeypatch.setattr(MemoryFileSystem, "_open", reading)
    for one in discover(bucket):
        with one.fetch() as path:
            path.write_bytes(b"changed here")
    assert {p: f.getvalue() for p, f in fsspec.filesystem("memory").store.items()} == before


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (ConnectionError("secret-key"), Unreachable),
        (TimeoutError("secret-key"), Unreachable),
        (RuntimeError("secret-key"), Unreachable),
        (PermissionError("secret-key"), UnreadableInput),
        (OSError(28, "secret-key"), OutOfSpace),
    ],
)
def test_what_a_store_of_objects_raises_has_a_type_and_none_of_its_text(bucket, monkeypatch, raised, kind):
    def failing(self, *_arguments, **_options):
        raise raised

    monkeypatch.setattr(MemoryFileSystem, "_open", failing)
    monkeypatch.setattr(MemoryFileSystem, "ls", failing)
    with pytest.raises(kind) as caught, fetched(f"{bucket}/a/one.wav"):
        pass
    with pytest.raises(kind) as listing:
        list(discover(bucket))
    assert "secret" not in caught.value.message + listing.value.message


def test_a_fetch_stops_at_its_limit_and_leaves_nothing(bucket, tmp_path):
    with (
        pytest.raises(OutOfSpace, match="8 bytes"),
        fetched(f"{bucket}/a/one.wav", folder=tmp_path, max_bytes=8),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["gs", "az"])
def test_a_missing_library_is_named_with_the_line_that_brings_it(scheme):
    pytest.importorskip("fsspec")
    try:
        fsspec.get_filesystem_class(scheme)
    except ImportError:
        with pytest.raises(MissingExtra, match="pip install"):
            list(discover(f"{scheme}://bucket/calls"))
    else:
        pytest.skip("its library is installed")


def test_an_unknown_scheme_is_said():
    with pytest.raises(Unreachable, match="nonsense:// is none"):
        list(discover("nonsense://bucket"))


def test_discovery_keeps_one_folder_in_memory(tmp_path):
    for folder in range(40):
        touch(tmp_path, *(f"{folder:02}/{n}.wav" for n in range(50)))

    def peak(source: str) -> int:
        tracemalloc.start()
        n = sum(1 for _ in discover(source))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert n in (50, 2000)
        return top

    list(discover(str(tmp_path / "00")))
    assert peak(str(tmp_path)) < 3 * peak(str(tmp_path / "00"))
