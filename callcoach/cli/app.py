"""The commands together, and what every one of them does when something goes wrong."""

from __future__ import annotations

import enum
import os
import sys
from collections.abc import Sequence

import typer

from callcoach.cli import (
    backup,
    batch,
    config,
    delete,
    demo,
    diarize,
    doctor,
    evaluate,
    export,
    models,
    people,
    report,
    rescore,
    retain,
    schema,
    score,
    serve,
    tag,
    watch,
    worker,
)
from callcoach.core.errors import BadSettings, CallcoachError

# Typer carries its own Click; this is the base of its usage errors, whichever it is.
UsageProblem = next(cls for cls in typer.BadParameter.__mro__ if cls.__name__ == "ClickException")


STOPPED = "Stopped. What was finished is kept; run the same command again to go on."


class Exit(enum.IntEnum):
    """Exit codes that scripts rely on."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    SOME_FAILED = 3
    INTERRUPTED = 130


app = typer.Typer(
    name="callcoach",
    help="Recorded sales calls become fair, evidence-backed coaching pages, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (
    demo, score, batch, watch, rescore, report, worker, serve, export, retain, backup, delete, tag, diarize, evaluate,
    people, models, config, schema, doctor,
):  # fmt: skip
    module.add_to(app)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
) -> None:
    if version:
        from callcoach import __version__

        typer.echo(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(Exit.USAGE)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. No traceback ever reaches the terminal.

    ``CALLCOACH`` settings apply; set the environment variable ``PYTHONFAULTHANDLER`` to debug.
    """
    try:
        code = app(args=list(arguments), prog_name="callcoach", standalone_mode=False)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except UsageProblem as error:
        error.show()
        return int(Exit.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo(STOPPED, err=True)
        return int(Exit.INTERRUPTED)
    except BadSettings as error:
        typer.echo(f"callcoach: {error.message}", err=True)
        return int(Exit.USAGE)
    except CallcoachError as error:
        typer.echo(f"callcoach: {error.message}", err=True)
        return int(Exit.UNEXPECTED)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing more to say, and no complaint at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)
    except Exception as error:
        typer.echo(f"callcoach: {_place(error)}", err=True)
        return int(Exit.UNEXPECTED)
    if code == Exit.INTERRUPTED:  # Typer turns Ctrl-C into a code of its own
        typer.echo(STOPPED, err=True)
    return int(code or Exit.DONE)


def _place(error: Exception) -> str:
    """Type and place of our own mistake; never its text, which may hold words of a call."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    file = os.path.basename(traceback.tb_frame.f_code.co_filename) if traceback else "?"
    line = traceback.tb_lineno if traceback else 0
    return f"this must not happen, and did: {type(error).__name__} at {file}:{line}. Please report it."
