"""``callcoach rescore``: what is stored, judged again; nothing is heard."""

from __future__ import annotations

import typer

from callcoach.cli.options import STORE
from callcoach.cli.runs import AS_JSON, GPUS, MEMORY, RAY_ADDRESS, RUBRIC, RUNNER, WORKERS


def add_to(app: typer.Typer) -> None:
    app.command("rescore")(rescore)


def rescore(
    store: str = STORE,
    rubric: str = RUBRIC,
    workers: int = WORKERS,
    runner: str = RUNNER,
    ray_address: str = RAY_ADDRESS,
    gpus: float = GPUS,
    max_memory: int = MEMORY,
    as_json: bool = AS_JSON,
) -> None:
    """Judge stored calls again, from their transcripts, where a rubric or a release changed them.

    Corrections count as before. Calls whose card rests on the same already are left alone.
    """
    from callcoach.archive.start import run_rescore
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.runs import Lines, close, pool_maker, run_options, worker_options

    settings = settings_with(store=store, rubric=rubric)
    options = run_options(settings)
    make_pool = pool_maker(
        worker_options(settings, max_memory=max_memory),
        runner=runner,
        n=workers,
        ray_address=ray_address,
        gpus=gpus,
    )
    with opened_store(settings) as opened:
        end = run_rescore(opened, options=options, make_pool=make_pool, progress=Lines())
    close(end, as_json=as_json, what="calls")
