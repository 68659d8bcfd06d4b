"""``callcoach evaluate diarization | talk DIR``: figures with intervals, against labelled recordings."""

from __future__ import annotations

from pathlib import Path

import typer

FOLDER = typer.Argument(
    ..., metavar="DIR", help="Recordings, each with NAME.rttm or NAME.truth.json beside it."
)
BACK_END = typer.Option("embedded", "--back-end", help="embedded, or pyannote (an extra).")
MODEL = typer.Option(None, "--model", metavar="NAME|DIR", help="Model of the pyannote back end.")


def add_to(app: typer.Typer) -> None:
    figures = typer.Typer(help="Figures with intervals, against labelled data.", no_args_is_help=True)
    add_figures(figures)
    app.add_typer(figures, name="evaluate")


def add_figures(figures: typer.Typer) -> None:
    """The commands of this file, for a group that has others, too."""
    figures.command("diarization")(diarization)
    figures.command("talk")(talk)


def diarization(
    folder: Path = FOLDER,
    back_end: str = BACK_END,
    model: str = MODEL,
    collar_s: float = typer.Option(
        0.0, "--collar", min=0.0, help="Seconds round a border that do not count."
    ),
) -> None:
    """Diarization error of one-channel speech, all channels laid on one."""
    from callcoach.evaluate.diarization import evaluate_diarization
    from callcoach.transcribe.diarize import load_diarizer

    found = evaluate_diarization(folder, diarizer=load_diarizer(back_end, model=model), collar_s=collar_s)
    for clip in found.clips:
        said = f"withheld: {clip.why_not}" if clip.why_not else f"probability {clip.confidence:.2f}"
        typer.echo(f"{clip.name}: {clip.error:.1%} ({said})")
    typer.echo(
        f"All {len(found.clips)}: {found.error:.1%}{_between(found.low, found.high, scale=100, unit=' %')}"
    )


def talk(folder: Path = FOLDER, back_end: str = BACK_END, model: str = MODEL) -> None:
    """Talk-share error, by channel or told apart; what is not dependable counts as withheld."""
    from callcoach.evaluate.talk import evaluate_talk
    from callcoach.transcribe.diarize import load_diarizer

    found = evaluate_talk(folder, diarizer=load_diarizer(back_end, model=model))
    for call in found.calls:
        if call.points is None:
            typer.echo(f"{call.name}: withheld, {call.why_not}")
        else:
            typer.echo(
                f"{call.name}: {call.heard_share:.1%}, truly {call.true_share:.1%}, {call.points:.1f} points off"
            )
    if found.mean_points is None:
        typer.echo(f"All {len(found.calls)} were withheld.")
        return
    kept = len(found.calls) - found.n_withheld
    typer.echo(
        f"{kept} of {len(found.calls)} kept: {found.mean_points:.2f} points off in the mean"
        f"{_between(found.low, found.high, scale=1, unit=' points')}, {found.worst_points:.2f} at worst"
    )


def _between(low: float | None, high: float | None, *, scale: float, unit: str) -> str:
    return "" if low is None else f" (90 % of such samples: {low * scale:.2f} to {high * scale:.2f}{unit})"
