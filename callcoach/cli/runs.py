"""What the commands over archives share: options, workers, progress, the closing lines."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict

import typer

SOME_FAILED = 3
TELL_EVERY_S = 10.0

WORKERS = typer.Option(
    None, "--workers", min=1, metavar="N", help="Worker processes (actors on Ray); else one per core."
)
RUNNER = typer.Option("local", "--runner", metavar="local|ray", help="Where workers run.")
RAY_ADDRESS = typer.Option(
    "auto", "--ray-address", metavar="ADDRESS", help="Of the Ray cluster; auto for the one here."
)
GPUS = typer.Option(0.0, "--gpus", min=0.0, metavar="SHARE", help="GPUs of each Ray worker.")
MEMORY = typer.Option(
    4000, "--max-memory", min=0, metavar="MB", help="A worker that grew over it is replaced."
)
REPORT = typer.Option(None, "--report", metavar="FILE", help="Write the run's report: .html, .csv or .json.")
METRICS = typer.Option(
    None, "--metrics", min=0, max=65535, metavar="PORT", help="Figures for Prometheus on loopback."
)
AS_JSON = typer.Option(False, "--json", help="The run's figures as JSON on stdout; the rest on stderr.")
RUBRIC = typer.Option(None, "--rubric", metavar="NAME|FILE", help="Instead of the one of the call's type.")


def run_options(settings, *, words: bool = True, archive: str | None = None):
    """What a run is asked to do, from the settings in force."""
    from pathlib import Path

    from callcoach.archive.name_patterns import read_rules
    from callcoach.archive.orders import RunOptions
    from callcoach.score import load_rubric
    from callcoach.transcribe.vocabulary import read_vocabulary

    # Mistakes in what holds for all are mistakes of the command, not of each call.
    if settings.rubric:
        load_rubric(settings.rubric)
    if archive:
        read_rules(Path(archive))
    return RunOptions(
        model=settings.model,
        words=words,
        language=settings.language,
        vocabulary=tuple(read_vocabulary(settings.vocabulary)) if settings.vocabulary else (),
        rubric=settings.rubric,
        rep_channel=settings.rep_channel,
        rules=str(Path(archive).resolve()) if archive else "",
    )


def worker_options(settings, *, max_memory: int = 0, stop_at_s: float | None = None, **more: object):
    """How this machine's workers work."""
    from callcoach.archive.orders import WorkerOptions
    from callcoach.cli.models import model_folders
    from callcoach.settings import store_url

    return WorkerOptions(
        store_url=store_url(settings),
        model_folders=tuple(str(folder.resolve()) for folder in model_folders()),
        rep_first_hours=settings.rep_first_hours,
        most_memory_mb=max_memory,
        stop_at_s=stop_at_s,
        **more,
    )


def report_to(store, run_id: str, to) -> None:
    """Write the run's report where one was asked for."""
    if to is None:
        return
    from callcoach.archive.report import run_report
    from callcoach.archive.report_files import write_report
    from callcoach.core import LOCAL_OWNER

    write_report(run_report(store, LOCAL_OWNER, run_id, store_shown=store.url), to)
    typer.echo(f"The report is {to}.", err=True)


def pool_maker(options, *, runner: str, n: int | None, ray_address: str, gpus: float):
    """Makes the workers of a run."""
    from callcoach.archive.start import make_local_pool
    from callcoach.core.errors import BadSettings

    if runner == "local":
        return make_local_pool(n or n_cores(), options)
    if runner != "ray":
        raise BadSettings(f"--runner must be local or ray; found {runner!r}")
    from callcoach.archive.ray_pool import make_ray_pool

    return make_ray_pool(n, options, address=ray_address, gpus=gpus)


def n_cores() -> int:
    import os

    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Lines:
    """Progress as plain lines on stderr, every ten seconds."""

    def __init__(self) -> None:
        self._told_s = time.monotonic()

    def update(self, progress) -> None:
        if time.monotonic() - self._told_s < TELL_EVERY_S:
            return
        from callcoach.cli.run_progress import span

        self._told_s = time.monotonic()
        c = progress.counts
        left = progress.left_s
        typer.echo(
            f"{c.done + c.failed + c.quarantined} of {progress.n_found}{'' if progress.discovered else '+'} done, "
            f"{progress.calls_per_s:.1f} calls/s, {progress.audio_hours_per_hour:.0f} audio hours per hour, "
            f"{c.failed + c.quarantined} failed{_kinds(c.by_kind)}"
            + (f", {span(left)} left" if left is not None else ""),
            err=True,
        )


def close(end, *, as_json: bool, what: str = "sources") -> None:
    """The last lines of a run, and its exit code."""
    c = end.counts
    if as_json:
        figures = {"run_id": end.run_id, "ending": end.ending.value, "why": end.why or None}
        figures |= {"found": c.found, **asdict(c), "worked_s": round(end.worked_s, 3)}
        sys.stdout.write(json.dumps(figures) + "\n")
    parts = [f"{c.found} {what}: {c.done} done"]
    parts += [f"{c.unchanged} of them before, with the same keys"] if c.unchanged else []
    parts += [f"{c.quarantined} in quarantine"] if c.quarantined else []
    parts += [f"{c.failed} failed"] if c.failed else []
    parts += [f"{c.left} left in the queue"] if c.left else []
    idle = "" if end.n_new or end.why else " Nothing was to do."
    typer.echo(f"{', '.join(parts)}{_kinds(c.by_kind)}.{idle}", err=True)
    if end.why:
        typer.echo(end.why, err=True)
    if end.ending.value == "failed":
        raise typer.Exit(1)
    if c.failed:
        typer.echo("Try again what failed with: --retry-failed", err=True)
    if c.left:
        typer.echo("Go on with the same command, or with: callcoach batch", err=True)
    if c.failed or c.quarantined:
        raise typer.Exit(SOME_FAILED)


def _kinds(by_kind) -> str:
    return f" ({', '.join(f'{kind} {n}' for kind, n in by_kind.items())})" if by_kind else ""
