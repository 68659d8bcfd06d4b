"""``callcoach watch``: what appears in folders is scored by itself."""

from __future__ import annotations

from pathlib import Path

import typer

from callcoach.cli.options import STORE
from callcoach.cli.runs import MEMORY, WORKERS


def add_to(app: typer.Typer) -> None:
    app.command("watch")(watch)


def watch(
    folders: list[str] = typer.Argument(..., metavar="FOLDER...", help="Folders, globs or URLs."),
    store: str = STORE,
    every: float = typer.Option(15.0, "--every", min=0.1, metavar="S", help="Seconds between looks."),
    settled: float = typer.Option(
        10.0, "--settled", min=0.0, metavar="S", help="A file must have been left alone for so long."
    ),
    archive: Path = typer.Option(
        None, "--archive", metavar="archive.toml", help="What names and tables of the archive mean."
    ),
    workers: int = WORKERS,
    max_memory: int = MEMORY,
    model: str = typer.Option(None, "--model", metavar="NAME|DIR", help="Recognition model."),
    language: str = typer.Option(None, "--language", metavar="CODE", help="Spoken language, such as en."),
    no_transcript: bool = typer.Option(False, "--no-transcript", help="Talk measures only; needs no model."),
    rep_channel: str = typer.Option(
        None, "--rep-channel", metavar="left|right|auto", help="Which side is ours."
    ),
) -> None:
    """Score new and changed files of folders as they appear, until Ctrl-C."""
    from callcoach.archive.watching import watch_sources
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.runs import Lines, close, pool_maker, run_options, worker_options

    settings = settings_with(store=store, model=model, language=language, rep_channel=rep_channel)
    options = run_options(settings, words=not no_transcript, archive=str(archive) if archive else None)
    make_pool = pool_maker(
        worker_options(settings, max_memory=max_memory), runner="local", n=workers, ray_address="", gpus=0.0
    )
    typer.echo(
        f"Watching {len(folders)} source{'' if len(folders) == 1 else 's'}. Stop with Ctrl-C.", err=True
    )
    with opened_store(settings) as opened:
        end = watch_sources(
            opened,
            folders,
            options=options,
            make_pool=make_pool,
            every_s=every,
            settled_s=settled,
            progress=Lines(),
            say=lambda line: typer.echo(line, err=True),
        )
    close(end, as_json=False)
