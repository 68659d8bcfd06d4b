"""``callcoach people import FILE``: who works here, and the names the other systems use for them."""

from __future__ import annotations

from pathlib import Path

import typer

from callcoach.cli.options import STORE


def add_to(app: typer.Typer) -> None:
    people = typer.Typer(help="People of your firm and the names they go by.", no_args_is_help=True)
    people.command("import")(import_)
    app.add_typer(people, name="people")


def import_(
    file: Path = typer.Argument(
        ..., metavar="FILE", help="CSV: id, name, email, agent_id, extension, aliases, team, role, from, to."
    ),
    store: str = STORE,
) -> None:
    """Add or update people from a CSV; calls that bear one of their names become theirs."""
    from callcoach.archive.people import import_people
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.core import LOCAL_OWNER

    with opened_store(settings_with(store=store)) as opened:
        people = import_people(opened, LOCAL_OWNER, file)
    teams = len({person.team for person in people if person.team})
    typer.echo(
        f"{len(people)} people in {teams} teams are known now. Calls that bear their names are theirs."
    )
