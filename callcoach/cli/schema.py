"""``callcoach schema``: the JSON schema of a scored call."""

from __future__ import annotations

import json

import typer


def add_to(app: typer.Typer) -> None:
    app.command("schema")(schema)


def schema() -> None:
    """Print the JSON schema of what `score --json` writes, one document a line."""
    from callcoach.schema import document_schema

    typer.echo(json.dumps(document_schema(), indent=2, ensure_ascii=False))
