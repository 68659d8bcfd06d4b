"""``callcoach delete CALL``: a call and everything derived from it, gone."""

from __future__ import annotations

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    app.command("delete")(delete)


def delete(
    call: str = typer.Argument(..., metavar="CALL", help="Id of the call, as `score --json` prints it."),
    store: str = STORE,
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask."),
) -> None:
    """Delete a call and everything derived from it. Recordings on disk are never touched."""
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER

    with opened_store(settings_with(store=store)) as opened:
        opened.call(LOCAL_OWNER, call)
        if not yes:
            typer.confirm(f"Delete call {call} with its transcripts, scores, edits and comments?", abort=True)
        deleted = opened.delete_call(LOCAL_OWNER, call)
    gone = ", ".join(f"{n} {table}" for table, n in sorted(deleted.counts.items()) if n)
    typer.echo(f"Deleted call {call}: {gone}. The recording itself is where it was.")
