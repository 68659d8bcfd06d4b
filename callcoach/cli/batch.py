"""``callcoach batch``: an archive, however large, into the store; stopped or killed, it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import typer

from callcoach.cli.options import STORE
from callcoach.cli.runs import (
    AS_JSON,
    GPUS,
    MEMORY,
    METRICS,
    RAY_ADDRESS,
    REPORT,
    RUBRIC,
    RUNNER,
    WORKERS,
)

TRANSCRIBED = ("connected", "short", "partial")  # classes that have words worth recognising


def add_to(app: typer.Typer) -> None:
    app.command("batch")(batch)


def batch(
    source: str = typer.Argument(
        None, metavar="[SOURCE]", help="Folder, glob, manifest CSV or URL; none for what is queued."
    ),
    store: str = STORE,
    plan: bool = typer.Option(
        False, "--plan", help="What it will cost and give, from 400 files; a page with --report FILE.html."
    ),
    triage: bool = typer.Option(
        False, "--triage", help="First pass: class, channels, language; no transcript."
    ),
    only: list[str] = typer.Option(
        None, "--only", metavar="CLASS", help="Second pass: sources of this class, such as connected."
    ),
    since: str = typer.Option(None, "--since", metavar="DATE", help="Calls from this day on."),
    newest_first: bool = typer.Option(False, "--newest-first", help="The latest calls first."),
    per_rep: int = typer.Option(
        None, "--per-rep", min=1, metavar="N", help="Second pass: the latest N of each rep."
    ),
    until: str = typer.Option(None, "--until", metavar="HH:MM", help="Stop at this hour."),
    max_hours: float = typer.Option(
        None, "--max-hours", min=0.0, metavar="H", help="Stop after H hours of sound."
    ),
    check: Path = typer.Option(
        None, "--check", metavar="archive.toml", help="Show what names and tables say, and stop."
    ),
    archive: str = typer.Option(
        None, "--archive", metavar="archive.toml", help="What names and tables of the archive mean."
    ),
    retry_failed: bool = typer.Option(False, "--retry-failed", help="Try again what failed before."),
    workers: int = WORKERS,
    runner: str = RUNNER,
    ray_address: str = RAY_ADDRESS,
    gpus: float = GPUS,
    max_memory: int = MEMORY,
    model: str = typer.Option(None, "--model", metavar="NAME|DIR", help="Recognition model."),
    language: str = typer.Option(None, "--language", metavar="CODE", help="Spoken language, such as en."),
    vocabulary: str = typer.Option(
        None, "--vocabulary", metavar="FILE", help="Names to expect, one per line."
    ),
    no_transcript: bool = typer.Option(False, "--no-transcript", help="Talk measures only; needs no model."),
    rubric: str = RUBRIC,
    rep_channel: str = typer.Option(
        None, "--rep-channel", metavar="left|right|auto", help="Which side is ours."
    ),
    report: Path = REPORT,
    metrics: int = METRICS,
    as_json: bool = AS_JSON,
) -> None:
    """Score an archive: many files at once, stopped and gone on with as you like.

    Exit code 0: all done. 3: some sources failed and the others are done.
    """
    from callcoach.archive.run import Limits
    from callcoach.archive.runs import Task
    from callcoach.archive.start import run_queued, run_source
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.run_progress import watching
    from callcoach.cli.runs import Lines, close, pool_maker, report_to, run_options, worker_options
    from callcoach.core.errors import BadSettings

    if check is not None:
        from callcoach.cli.check import show_check

        show_check(_needed(source, "--check"), check)
        return
    if source is not None and (only or per_rep):
        raise BadSettings(
            "--only and --per-rep choose among sources that are known; found a SOURCE beside them: "
            "run 'callcoach batch SOURCE --triage' first, then this without SOURCE"
        )
    if triage or plan:
        _needed(source, "--plan" if plan else "--triage")
    stop_at_s = at_hour(until).timestamp() if until else None
    settings = settings_with(
        store=store, model=model, language=language, vocabulary=vocabulary, rubric=rubric, rep_channel=rep_channel
    )  # fmt: skip
    options = run_options(settings, words=not no_transcript, archive=archive)
    shared = {
        "limits": Limits(stop_at_s=stop_at_s, audio_hours=max_hours),
        "make_pool": pool_maker(
            worker_options(settings, max_memory=max_memory, stop_at_s=stop_at_s),
            runner=runner,
            n=workers,
            ray_address=ray_address,
            gpus=gpus,
        ),
    }
    since_at = day(since) if since else None
    with opened_store(settings) as opened, watching(lines=Lines(), metrics_port=metrics) as progress:
        shared["progress"] = progress
        if plan:
            from callcoach.archive.planning import as_json as plan_as_json
            from callcoach.archive.planning import as_lines, make_plan, write_plan

            made = make_plan(
                opened, source, options=options, make_pool=shared["make_pool"], progress=progress
            )
            typer.echo(plan_as_json(made) if as_json else "\n".join(as_lines(made)))
            if report is not None:
                write_plan(made, report)
                typer.echo(f"The plan is {report}.", err=True)
            return
        if source is not None:
            end = run_source(
                opened,
                source,
                task=Task.TRIAGE if triage else Task.INGEST,
                since=since_at,
                newest_first=newest_first,
                retry_failed=retry_failed,
                options=options,
                **shared,
            )
        else:

            def choose(patient, run) -> int:
                queue = patient.queue
                n = queue.take_over(run.id)
                if retry_failed:
                    n += queue.retry_failed(run.id)
                if only or per_rep or since_at:
                    classes = tuple(only or TRANSCRIBED)
                    n += queue.choose(
                        run.id, classes=classes, since=since_at, per_rep=per_rep, newest_first=newest_first
                    )
                return n

            options = gone_on_with(opened, options)
            end = run_queued(opened, choose=choose, options=options, **shared)
        report_to(opened, end.run_id, report)
    close(end, as_json=as_json)


def gone_on_with(store, options):
    """The options of the last run over sources, but for those that are given now."""
    from dataclasses import fields

    from callcoach.archive.orders import RunOptions

    for run in store.runs.latest():
        if run.task != "rescore":
            before = RunOptions.from_json(run.options)
            values = {f.name: getattr(options, f.name) for f in fields(RunOptions)}
            usual = {f.name: f.default for f in fields(RunOptions)}
            return RunOptions(
                **{name: getattr(before, name) if v == usual[name] else v for name, v in values.items()}
            )
    return options


def at_hour(text: str, *, now: datetime | None = None) -> datetime:
    """The next time that a clock here shows an hour such as 06:00.

    >>> now = datetime(2026, 9, 14, 22, 30).astimezone()
    >>> at_hour("06:00", now=now).strftime("%d %H:%M")
    '15 06:00'
    """
    from callcoach.core.errors import BadSettings

    now = now or datetime.now().astimezone()
    try:
        time = datetime.strptime(text, "%H:%M")
    except ValueError as error:
        raise BadSettings(f"--until must be an hour such as 06:00; found {text!r}") from error
    at = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    return at if at > now else at + timedelta(days=1)


def day(text: str) -> datetime:
    """The beginning of a day here, or a moment with a zone.

    >>> day("2025-11-01").strftime("%Y-%m-%d %H:%M")
    '2025-11-01 00:00'
    """
    from callcoach.core.errors import BadSettings

    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise BadSettings(f"--since must be a day such as 2025-11-01; found {text!r}") from error


def _needed(source: str | None, option: str) -> str:
    from callcoach.core.errors import BadSettings

    if source is None:
        raise BadSettings(f"{option} needs a SOURCE to look at; give a folder, glob, manifest or URL")
    return source
