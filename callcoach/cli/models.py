"""``callcoach models``: which recognition models are here, and how they get here."""

from __future__ import annotations

from pathlib import Path

import typer

models = typer.Typer(
    name="models",
    help="Recognition models: list, pull or find them. Only pull asks the network.",
    no_args_is_help=True,
    add_completion=False,
)


def add_to(app: typer.Typer) -> None:
    app.add_typer(models)


def model_folders() -> tuple[Path, ...]:
    """Where models of a name are looked for, before the hub's cache."""
    from callcoach.bundled import bundled

    return (Path("models"), bundled("models"))


@models.command("list")
def list_models() -> None:
    """Show the models that are on this machine and those that can be pulled."""
    from callcoach.transcribe.models import DEMO_MODEL, installed

    typer.echo(f"{'name':18} {'MB':>6}  {'languages':10} where")
    for row in installed(model_folders()):
        spoken = {True: "many", False: "English", None: "?"}[row.multilingual]
        where = "not here" if row.folder is None else str(row.folder)
        about = " (for the demonstration only)" if row.name == DEMO_MODEL else ""
        typer.echo(f"{row.name:18} {row.size_mb:6}  {spoken:10} {where}{about}")
    typer.echo("English models need --language en: they take every recording for English.", err=True)


@models.command("pull")
def pull_model(
    name: str = typer.Argument(
        ..., metavar="NAME", help="A name of 'models list', or OWNER/NAME on the hub."
    ),
    to: Path = typer.Option(
        None, "--to", metavar="FOLDER", help="Into this folder, a stick for instance, instead of the cache."
    ),
) -> None:
    """Download a model, checked by its hashes; one that broke off goes on where it stopped."""
    folder = pull_with_progress(name, to=to)
    typer.echo(folder)
    if to is not None:
        typer.echo(f"Use it with: --model {folder}", err=True)


@models.command("path")
def path_of_model(
    name: str = typer.Argument(None, metavar="[NAME]", help="Without it: the model that 'score' would use."),
) -> None:
    """Print the folder of a model that is on this machine."""
    from callcoach.cli.options import settings_with
    from callcoach.transcribe.choosing import choose_model

    chosen = choose_model(name or settings_with().model or None, folders=model_folders())
    typer.echo(chosen.folder)


def pull_with_progress(name: str, *, to: Path | None = None) -> Path:
    """`transcribe.models.pull` with a bar on a terminal, and lines elsewhere."""
    import sys

    from callcoach.transcribe.models import pull

    if not sys.stderr.isatty():
        typer.echo(f"Pulling {name} …", err=True)
        return pull(name, to=to)
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    with Progress(
        "{task.description}",
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(f"Pulling {name}", total=None)
        return pull(name, to=to, progress=lambda done, total: bar.update(task, completed=done, total=total))
