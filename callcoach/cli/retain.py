"""``callcoach retain``: calls that may not be kept longer, and people who ask to be forgotten."""

from __future__ import annotations

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    app.command("retain")(retain)


def retain(
    older_than: str = typer.Option(
        None, "--older-than", metavar="AGE", help="Calls from longer ago, such as 365d."
    ),
    person: str = typer.Option(
        None, "--person", metavar="NAME", help="Every call with this person in it; a name, alias or id."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would go, and delete nothing."),
    store: str = STORE,
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask."),
) -> None:
    """Delete calls by age or by person, with everything derived from them.

    Recordings are never touched: a call comes back when its recording is scored again.
    """
    from callcoach.archive import retain as work
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER
    from callcoach.core.errors import BadSettings

    if (older_than is None) == (person is None):
        raise BadSettings("retain needs either --older-than or --person; give one of them")
    age = work.age(older_than) if older_than is not None else None

    def run(opened, *, dry: bool):
        if age is not None:
            return work.retain(opened, LOCAL_OWNER, older_than=age, dry_run=dry)
        return work.forget(opened, LOCAL_OWNER, person, dry_run=dry)

    with opened_store(settings_with(store=store)) as opened:
        planned = run(opened, dry=True)
        years = ", ".join(f"{year}: {n:,}" for year, n in planned.by_year.items())
        calls = f"{planned.n_calls:,} call{'' if planned.n_calls == 1 else 's'}"
        if dry_run:
            typer.echo(f"{calls} would be deleted{f' ({years})' if years else ''}. Nothing was.")
            return
        if planned.n_calls == 0 and age is not None:
            typer.echo("No call is that old. Nothing was deleted.")
            return
        if not yes:
            typer.confirm(
                f"Delete {calls} with their transcripts, scores, corrections and notes?", abort=True
            )
        done = run(opened, dry=False)
    gone = ", ".join(f"{n:,} {table}" for table, n in done.rows.items())
    typer.echo(f"Deleted {done.n_calls:,} calls: {gone}. Recordings and earlier backups are where they were.")
