"""``callcoach worker``: lends this machine to whatever runs on a store."""

from __future__ import annotations

import time

import typer

from callcoach.cli.options import STORE
from callcoach.cli.runs import MEMORY, WORKERS


def add_to(app: typer.Typer) -> None:
    app.command("worker")(worker)


def worker(
    store: str = STORE,
    workers: int = WORKERS,
    max_memory: int = MEMORY,
    until_done: bool = typer.Option(False, "--until-done", help="Stop when nothing is left in the queue."),
    model_folder: list[str] = typer.Option(
        None, "--models", metavar="FOLDER", help="Where recognition models lie on this machine."
    ),
) -> None:
    """Take jobs of any run on a store, on as many machines as you like.

    Sources must be reachable here under the same path or URL. Ctrl-C stops; jobs in hand go back.
    """
    from dataclasses import replace

    from callcoach.archive.processes import LocalPool, threads_for
    from callcoach.archive.worker import End
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.runs import n_cores, worker_options
    from callcoach.core.errors import StoreError

    settings = settings_with(store=store)
    opened_store(settings).close()  # what is wrong with it is said once, here
    n = workers or n_cores()
    options = worker_options(
        settings, max_memory=max_memory, ends_when_idle=until_done, threads=threads_for(n)
    )
    if model_folder:
        options = replace(options, model_folders=(*model_folder, *options.model_folders))
    pool = LocalPool(n, options)
    typer.echo(f"{n} worker{'' if n == 1 else 's'} for the store. Stop with Ctrl-C.", err=True)
    try:
        pool.start()
        while (code := pool.mend()) is None and pool.n_alive:
            time.sleep(0.2)
    except BaseException:
        pool.stop(now=True)
        raise
    pool.stop()
    if code is not None:
        names = {int(end): end.name.lower().replace("_", " ") for end in End}
        raise StoreError(
            f"workers must be able to work; they ended with: {names.get(code, 'an early death')}"
        )
