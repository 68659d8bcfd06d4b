"""``callcoach serve``: the coaching page on this machine."""

from __future__ import annotations

import typer

from callcoach.cli.options import PORT, STORE


def add_to(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    store: str = STORE, port: int = PORT, browser: bool = typer.Option(True, help="Open the browser.")
) -> None:
    """Open the coaching page. It listens on this machine only."""
    from callcoach.cli.options import settings_with

    serve_pages(settings_with(store=store, port=port), browser=browser)


def serve_pages(settings, *, browser: bool) -> None:
    """Check the store, say the address, and hand over to Streamlit until it is stopped.

    Raises
    ------
    StoreError
        If the store cannot be opened: said here, in one line, not in the browser.
    """
    from callcoach.cli.options import opened_store
    from callcoach.cli.server import run_streamlit

    with opened_store(settings):
        pass
    typer.echo(f"callcoach is at http://localhost:{settings.port} (stop with Ctrl-C)", err=True)
    raise typer.Exit(run_streamlit(settings, browser=browser))
