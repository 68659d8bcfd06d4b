"""``callcoach backup`` and ``callcoach restore``: a whole store in one file, and back."""

from __future__ import annotations

from pathlib import Path

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Path = typer.Argument(..., metavar="FILE", help="Where to; an earlier backup there is replaced."),
    store: str = STORE,
) -> None:
    """Write all of a store to one file, as of now; work on it may go on meanwhile.

    The file holds what customers said: keep it where the store itself could be. It restores into
    SQLite and PostgreSQL, whichever it came from. Recordings are not in it.
    """
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER
    from callcoach.core.errors import BadSettings, StoreError
    from callcoach.store.backup import read_info

    if file.exists():
        try:
            read_info(file)
        except StoreError as error:
            raise BadSettings(
                f"a backup replaces only an earlier one; {file.name} is something else: name another file"
            ) from error
    with opened_store(settings_with(store=store)) as opened:
        info = opened.backup(LOCAL_OWNER, file)
    size = file.stat().st_size / 1e6
    typer.echo(f"{info.rows['calls']:,} calls are in {file} ({size:,.1f} MB, SHA-256 {info.sha256[:12]}…).")


def restore(
    file: Path = typer.Argument(..., metavar="FILE", help="A backup of either database."),
    store: str = STORE,
    replace: bool = typer.Option(False, "--replace", help="Lose what the store holds now."),
) -> None:
    """Put a backup into an empty store; all of it or, if anything is wrong, nothing."""
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER

    with opened_store(settings_with(store=store)) as opened:
        info = opened.restore(LOCAL_OWNER, file, replace=replace)
    made = info.made_at.astimezone().strftime("%d %b %Y, %H:%M")
    typer.echo(f"{info.rows['calls']:,} calls as of {made} are in the store now.")
