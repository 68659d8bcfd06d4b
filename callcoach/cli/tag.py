"""``callcoach tag FILE.jsonl``: the same rows with the probability of every utterance label."""

from __future__ import annotations

import json
import sys

import typer

SOME_FAILED = 3
_SHOWN_ERRORS = 5  # of bad rows on the terminal; each stands in the output as well


def add_to(app: typer.Typer) -> None:
    app.command("tag")(tag)


def tag(
    file: str = typer.Argument(
        ...,
        metavar="FILE.jsonl",
        help='Rows {"conversation_id", "order", "speaker": "rep" or "customer", "text"}; - reads standard input.',
    ),
) -> None:
    """Label utterances: the rows of FILE, in order, each with a probability per label of its side."""
    from callcoach.core.errors import UnreadableInput
    from callcoach.measure.tagging import tag_file, tag_lines

    n_bad = 0
    try:
        rows = tag_lines(_standard_input(), "standard input") if file == "-" else tag_file(file)
        for row in rows:
            if "labels" not in row:
                n_bad += 1
                if n_bad <= _SHOWN_ERRORS:
                    typer.echo(f"callcoach: {row['error']['message']}", err=True)
            typer.echo(json.dumps(row, ensure_ascii=False))
    except UnreadableInput as error:
        typer.echo(f"callcoach: {error.message}", err=True)
        raise typer.Exit(SOME_FAILED) from error
    if n_bad:
        typer.echo(f"{n_bad} rows could not be labelled; the others are.", err=True)
        raise typer.Exit(SOME_FAILED)


def _standard_input():
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8-sig")
    return sys.stdin
