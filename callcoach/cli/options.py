"""Options that several commands share, with one spelling and one help text."""

from __future__ import annotations

import typer

STORE = typer.Option(
    None, "--store", metavar="URL", help="Where calls are kept: sqlite:///… or postgresql+psycopg://…"
)
PORT = typer.Option(
    None, "--port", min=1, max=65535, help="Port of the coaching page on this machine (8501)."
)


def settings_with(**flags: object):
    """The settings in force with the flags that were given."""
    from callcoach.settings import load_settings

    return load_settings().with_flags(**flags)


def opened_store(settings):
    """The store of the settings, migrated and ready; use as a context manager."""
    from callcoach.settings import store_url
    from callcoach.store import Store

    return Store.open(store_url(settings), rep_first_hours=settings.rep_first_hours)
