"""Figures against labelled recordings: additive seconds, intervals, withheld apart; and the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from conftest import FIXTURES
from typer.testing import CliRunner

from callcoach.cli import diarize as diarize_command
from callcoach.cli import evaluate as evaluate_command
from callcoach.cli import people as people_command
from callcoach.core import Interval
from callcoach.core.errors import BadMetadata, EmptyInput
from callcoach.evaluate.intervals import resampled
from callcoach.evaluate.reference import Labelled, labelled_recordings, read_rttm
from callcoach.evaluate.talk import TalkError, evaluate_talk, figures
from callcoach.transcribe.diarize import LABELS, Diarization

RTTM = "SPEAKER a 1 0.0 6.0 <NA> <NA> ana <NA> <NA>\nSPEAKER a 1 6.0 4.0 <NA> <NA> lee <NA> <NA>\n"
CLIP = Labelled(Path("a.wav"), {"ana": (Interval(0, 6),), "lee": (Interval(6, 10),)})


def found(*pieces: tuple[float, float]) -> Diarization:
    return Diarization({label: (Interval(*piece),) for label, piece in zip(LABELS, pieces, strict=True)}, 0.9)


def test_missed_false_and_confused_seconds_add_up() -> None:
    pytest.importorskip("pyannote.metrics")
    from callcoach.evaluate.diarization import clip_error

    # ana  |======|      |        speaker 1  |====|
    # lee         |====|          speaker 2       |=====| one second too long, two of ana's
    error = clip_error(CLIP, found((0, 4), (4, 11)), (Interval(0, 11),))
    assert (error.total_s, error.missed_s, error.false_s, error.confused_s) == (10, 0, 1, 2)
    assert error.error == pytest.approx(0.3)
    assert clip_error(CLIP, found((0, 6), (6, 10)), (Interval(0, 10),)).error == 0


def test_what_was_withheld_counts_as_one_speaker() -> None:
    pytest.importorskip("pyannote.metrics")
    from callcoach.evaluate.diarization import clip_error

    error = clip_error(CLIP, Diarization({}, 0.0, "too short"), (Interval(0, 10),))
    assert (error.confused_s, error.talk_points) == (4, None)


def test_references_are_read_and_complaints_name_file_and_line(tmp_path) -> None:
    (tmp_path / "a.wav").touch()
    (tmp_path / "a.rttm").write_text(RTTM, "utf-8")
    (labelled,) = labelled_recordings(tmp_path)
    assert labelled.speech == CLIP.speech
    (tmp_path / "a.rttm").write_text(RTTM + "SPEAKER a 1 zero\n", "utf-8")
    with pytest.raises(BadMetadata, match=r"a\.rttm, line 3"):
        read_rttm(tmp_path / "a.rttm")
    (tmp_path / "b").mkdir()
    with pytest.raises(EmptyInput, match=r"NAME\.rttm"):
        list(labelled_recordings(tmp_path / "b"))
    (tmp_path / "b" / "c.wav").touch()
    (tmp_path / "b" / "c.truth.json").write_text('{"speech": [1]}', "utf-8")
    with pytest.raises(BadMetadata, match=r"c\.truth\.json"):
        list(labelled_recordings(tmp_path / "b"))


def test_intervals_hold_the_mean_and_repeat_exactly() -> None:
    values = [0.5, 1.0, 4.0, 2.0, 0.1]
    low, high = resampled(values, lambda drawn: sum(drawn) / len(drawn))
    assert low < sum(values) / len(values) < high
    assert (low, high) == resampled(values, lambda drawn: sum(drawn) / len(drawn))
    assert resampled([1.0], sum) is None


def test_withheld_calls_are_counted_apart() -> None:
    mixed = figures(
        [TalkError("a", 0.5, 0.51), TalkError("b", 0.5, None, why_not="x"), TalkError("c", 0.4, 0.43)]
    )
    assert mixed.n_withheld == 1
    assert mixed.mean_points == pytest.approx(2.0)
    assert mixed.worst_points == pytest.approx(3.0)
    assert figures([TalkError("b", 0.5, None)]).mean_points is None


@pytest.fixture
def one_call(tmp_path) -> Path:
    folder = tmp_path / "labelled"
    folder.mkdir()
    for suffix in (".opus", ".truth.json"):
        shutil.copy(FIXTURES / f"demo-poor{suffix}", folder)
    return folder


def test_a_two_channel_call_is_within_a_point_of_its_truth(one_call) -> None:
    (error,) = evaluate_talk(one_call).calls
    assert error.points <= 1


def commands() -> typer.Typer:
    app = typer.Typer()
    for module in (diarize_command, evaluate_command, people_command):
        module.add_to(app)
    return app


def test_the_commands_print_figures_and_rttm(one_call, tmp_path) -> None:
    pytest.importorskip("pyannote.metrics")
    run = CliRunner().invoke
    talk = run(commands(), ["evaluate", "talk", str(one_call)])
    assert "1 of 1 kept" in talk.output
    errors = run(commands(), ["evaluate", "diarization", str(one_call)])
    assert "All 1:" in errors.output
    target = tmp_path / "out.rttm"
    done = run(commands(), ["diarize", str(one_call / "demo-poor.opus"), "--rttm", str(target)])
    assert done.exit_code == 0
    assert {line.split()[7] for line in target.read_text("utf-8").splitlines()} == {"left", "right"}


def test_people_are_imported_from_the_command_line(tmp_path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("id,name,team\nana,Ana Okoro,north\n", "utf-8")
    done = CliRunner().invoke(
        commands(), ["people", "import", str(table), "--store", f"sqlite:///{tmp_path}/c.db"]
    )
    assert "1 people in 1 teams" in done.output
