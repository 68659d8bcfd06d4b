"""``callcoach evaluate``: figures with intervals against labelled data, and against what people say.

``diarization | talk DIR``, ``tags GOLD``, ``moments SHEET`` and ``agreement SCORES``.
"""

from __future__ import annotations

from pathlib import Path

import typer

from callcoach.cli.options import STORE, opened_store, settings_with

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
    figures.command("moments")(moments)
    figures.command("agreement")(agreement)


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


def moments(
    sheet: Path = typer.Argument(
        ..., metavar="SHEET.csv", help="Written with --month; read, once people wrote y or n, without."
    ),
    month: str = typer.Option(None, "--month", metavar="YYYY-MM", help="Draw this month's blind moments."),
    store: str = STORE,
) -> None:
    """Twenty blind moments per behaviour: draw the sheet of a month, or count what was right on it."""
    from callcoach.core import LOCAL_OWNER
    from callcoach.evaluate.calibration import checked, draw, write_sheet

    if month is not None:
        with opened_store(settings_with(store=store)) as opened:
            n = write_sheet(draw(opened, LOCAL_OWNER, month=month), sheet)
        typer.echo(f"{n} moments to judge in {sheet}: write y or n under right, and who you are.")
        return
    found = checked(sheet)
    for check in found:
        off = "; below nine of ten: add it to switched_off in the rubric" if check.is_off else ""
        typer.echo(f"{check.item}: {check.words} ({check.low:.2f} to {check.high:.2f}){off}")
    if not found:
        typer.echo("Nothing is judged on this sheet yet: write y or n under right.")


def agreement(
    scores: Path = typer.Argument(
        ..., metavar="SCORES.csv", help="Columns reviewer, call_id, item, score (0 to 1, empty: cannot tell)."
    ),
    store: str = STORE,
) -> None:
    """Weighted kappa per item between reviewers who scored blind, and of each with the machine."""
    from callcoach.core import LOCAL_OWNER
    from callcoach.evaluate.calibration import agreed

    with opened_store(settings_with(store=store)) as opened:
        found = agreed(scores, opened, LOCAL_OWNER)
    for row in found:
        kappa = (
            f"kappa {row.kappa:.2f} ({row.kappa_low:.2f} to {row.kappa_high:.2f})"
            if row.kappa is not None
            else "too few calls for a kappa"
        )
        typer.echo(f"{row.item}: {row.one} and {row.other}, {row.n_same} of {row.n} alike, {kappa}")
    if not found:
        typer.echo("No item was scored by two.")


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
