"""``callcoach export``: the calls of a store as a table for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    app.command("export")(export)


def export(
    to: Path = typer.Option(..., "--to", metavar="FILE", help="Ends in .csv, .xlsx, .parquet or .jsonl."),
    store: str = STORE,
    rep: str = typer.Option(None, "--rep", metavar="NAME", help="Only calls of this rep, as lists show it."),
    account: str = typer.Option(None, "--account", metavar="NAME", help="Only calls with this account."),
    since: datetime = typer.Option(None, "--since", formats=["%Y-%m-%d"], help="First day (UTC)."),
    until: datetime = typer.Option(None, "--until", formats=["%Y-%m-%d"], help="Day after the last (UTC)."),
) -> None:
    """Write one row per call, newest first: what is known, measured and judged of it.

    What could not be judged is empty, with the reason beside it. The columns are in docs/export.md.
    """
    from datetime import UTC

    from callcoach.archive.export import export as write
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER
    from callcoach.store import CallFilter

    def day(given: datetime | None) -> datetime | None:
        return None if given is None else given.replace(tzinfo=UTC)

    where = CallFilter(rep=rep, account=account, since=day(since), until=day(until))
    with opened_store(settings_with(store=store)) as opened:
        n_calls = write(opened, LOCAL_OWNER, to, where=where)
    typer.echo(f"{n_calls:,} call{'' if n_calls == 1 else 's'} written to {to}.", err=True)
