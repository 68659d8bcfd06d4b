"""``callcoach evaluate diarization | talk DIR`` and ``tags GOLD``: figures with intervals, against labelled data."""

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
    figures.command("tags")(tags)


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


def tags(
    gold: Path = typer.Argument(
        ..., metavar="GOLD.jsonl", help="Rows of utterances with labels; with --mapping any JSONL or TSV."
    ),
    mapping: str = typer.Option(
        None, "--mapping", metavar="NAME|FILE", help="annomi, bt_oasis, swda, or a TOML file."
    ),
    bare: bool = typer.Option(False, "--bare", help="Only without punctuation and capitals."),
    where: str = typer.Option(
        None, "--where", metavar="COLUMN=VALUE", help="Count only the rows that have it; all are context."
    ),
    reliability: bool = typer.Option(
        False, "--reliability", help="Also how often each range of probabilities is right."
    ),
) -> None:
    """Precision, recall, F1 and calibration of the utterance labels, with 90 % intervals by conversation."""
    from callcoach.evaluate.tags import evaluate_tags
    from callcoach.measure.agreement import CONDITIONS

    found = evaluate_tags(gold, mapping=mapping, conditions=("bare",) if bare else CONDITIONS, where=where)
    typer.echo(_TAGS_HEAD)
    for row in found:
        typer.echo(_tags_line(row))
        if reliability:
            for n, chance, share in row.reliability:
                typer.echo(f"    said {chance:.2f}, so it was in {share:.2f} of {n}")


_TAGS_HEAD = (
    f"{'label':26} {'condition':10} {'n':>6} {'have':>6} {'P':>5} {'R':>5} {'F1':>5}  90 % interval  "
    "calibration error, n shown from where, P shown"
)


def _tags_line(row) -> str:
    def two(value: float | None) -> str:
        return "    -" if value is None else f"{value:5.2f}"

    between = "      -       " if row.f1_low is None else f"{row.f1_low:.3f} to {row.f1_high:.3f}"
    shown = "none is shown" if row.threshold is None else f"{row.n_shown} from {row.threshold:.2f}"
    return (
        f"{row.label:26} {row.condition:10} {row.n:6} {row.n_positive:6} {two(row.precision)} {two(row.recall)} "
        f"{'    -' if row.f1 is None else f'{row.f1:.3f}'}  {between}  {two(row.calibration_error)}, {shown},"
        f" {two(row.shown_precision)}"
    )


def _between(low: float | None, high: float | None, *, scale: float, unit: str) -> str:
    return "" if low is None else f" (90 % of such samples: {low * scale:.2f} to {high * scale:.2f}{unit})"
