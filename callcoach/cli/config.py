"""``callcoach config``: the settings in force, and where each comes from."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    app.command("config")(config)


def config(as_json: bool = typer.Option(False, "--json", help="One JSON object instead of lines.")) -> None:
    """Show the settings in force and where each one comes from."""
    from callcoach.settings import (
        FILE_NAME,
        load_settings,
        settings_with_origins,
        store_url,
        user_config_folder,
    )

    settings = load_settings()
    origins = settings_with_origins()
    if as_json:
        import json

        typer.echo(json.dumps({o.key: {"value": o.value, "source": o.source} for o in origins}, indent=2))
        return
    for origin in origins:
        shown = store_url(settings) if origin.key == "store" else origin.value
        typer.echo(f"{origin.key:16} {shown if shown != '' else '–'!s:40} {origin.source}")
    typer.echo(f"\nSet them in {FILE_NAME} here or in {user_config_folder()}, or as CALLCOACH_… variables.")
