"""``callcoach demo``: the bundled recordings, scored and shown."""

from __future__ import annotations

import typer

from callcoach.cli.options import PORT, STORE


def add_to(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    no_serve: bool = typer.Option(False, "--no-serve", help="Do everything but open the page."),
    store: str = STORE,
    port: int = PORT,
) -> None:
    """Score the bundled recordings and open the coaching page."""
    from callcoach.archive.demo import demo_store_url, ingest_demo
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.progress import showing_progress
    from callcoach.cli.serve import serve_pages
    from callcoach.cli.summary import talk_line, title_of

    settings = settings_with(store=store, port=port)
    if store is None:
        # Made-up calls never mix with somebody's own.
        settings = settings.with_flags(store=demo_store_url())
    n_failed = 0
    with opened_store(settings) as opened, showing_progress(0) as progress:
        for outcome in ingest_demo(opened):
            n_failed += outcome.error is not None
            if outcome.error is not None:
                progress.say(outcome.error.message)
            else:
                progress.say(f"{title_of(outcome)}: {talk_line(outcome.document)}", out=True)
    if n_failed:
        raise typer.Exit(3)
    if not no_serve:
        serve_pages(settings, browser=True)
