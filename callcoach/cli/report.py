"""``callcoach report``: what became of every file of a run, as a page, a table or JSON."""

from __future__ import annotations

from pathlib import Path

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    to: Path = typer.Option(
        None, "--to", metavar="FILE", help="Ends in .html, .csv or .json; else JSON on stdout."
    ),
    run: str = typer.Option(None, "--run", metavar="ID", help="Of the run; else the latest."),
    runs: bool = typer.Option(False, "--list", help="List the runs, latest first."),
    price_per_hour: float = typer.Option(
        None, "--price-per-hour", min=0.0, metavar="MONEY", help="What a worker costs in an hour."
    ),
    older_than: int = typer.Option(365, "--older-than", min=1, metavar="DAYS", help="Calls to point out."),
    store: str = STORE,
) -> None:
    """Report a run over an archive: a bar that adds up, cost, failures, doubts, what to do next."""
    from callcoach.archive.report import run_report
    from callcoach.archive.report_files import as_json, write_report
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER

    with opened_store(settings_with(store=store)) as opened:
        if runs:
            for one in opened.runs.latest():
                said = (
                    f"{one.id}  {one.started_at:%Y-%m-%d %H:%M}  {one.task:8} {one.ending or 'not ended':9}"
                )
                typer.echo(f"{said} {one.counts.get('found', '?'):>8} {one.source or ''}")
            return
        made = run_report(
            opened,
            LOCAL_OWNER,
            run,
            store_shown=opened.url,
            price_per_hour=price_per_hour,
            older_than_days=older_than,
        )
    if to is None:
        typer.echo(as_json(made), nl=False)
        return
    write_report(made, to)
    typer.echo(f"The report of run {made.run.id} ({made.n:,} files) is {to}.", err=True)
