"""``callcoach score``: recordings, transcripts, folders or URLs become scored calls."""

from __future__ import annotations

import json
import sys

import typer

from callcoach.cli.options import STORE

SOME_FAILED = 3


def add_to(app: typer.Typer) -> None:
    app.command("score")(score)


def score(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="Recordings, transcripts, folders or URLs."
    ),
    as_json: bool = typer.Option(
        False, "--json", help="One JSON document a line on stdout; the rest on stderr."
    ),
    rubric: str = typer.Option(
        None, "--rubric", metavar="NAME|FILE", help="Instead of the one of the call's type."
    ),
    call_type: str = typer.Option(
        None, "--call-type", metavar="TYPE", help="discovery, demo, negotiation, renewal, prospecting or any."
    ),
    model: str = typer.Option(
        None, "--model", metavar="NAME|DIR", help="Recognition model: a name or a folder."
    ),
    language: str = typer.Option(None, "--language", metavar="CODE", help="Spoken language, such as en."),
    vocabulary: str = typer.Option(
        None, "--vocabulary", metavar="FILE", help="Product and people names to expect, one per line."
    ),
    no_transcript: bool = typer.Option(False, "--no-transcript", help="Talk measures only; needs no model."),
    rep_channel: str = typer.Option(
        None, "--rep-channel", metavar="left|right|auto", help="Which side is ours."
    ),
    rep: str = typer.Option(None, "--rep", metavar="NAME", help="Who of the speakers is ours."),
    swap: bool = typer.Option(False, "--swap", help="Change the two sides."),
    store: str = STORE,
    no_store: bool = typer.Option(False, "--no-store", help="Keep nothing: for pipes and tests."),
) -> None:
    """Score calls and keep them in the store.

    Exit code 0: all done. 3: some inputs failed and the others are done.
    """
    from callcoach.archive import find_sources, ingest
    from callcoach.archive.voices import Meetings, with_meetings
    from callcoach.cli.options import opened_store, settings_with
    from callcoach.cli.progress import showing_progress
    from callcoach.cli.summary import summary
    from callcoach.core.errors import BadSettings
    from callcoach.pipeline import Given
    from callcoach.score import load_rubric

    if store and no_store:
        raise BadSettings("--store and --no-store exclude each other; give one of them")
    settings = settings_with(
        store=store,
        model=model,
        language=language,
        vocabulary=vocabulary,
        rep_channel=rep_channel,
        rubric=rubric,
    )
    if settings.rubric:
        load_rubric(settings.rubric)  # a mistake in it is a mistake of the command, not of each call
    kind = _call_type(call_type)
    given = Given(
        rep_channel=None if settings.rep_channel == "auto" else settings.rep_channel, rep=rep, swap=swap
    )
    load_recogniser = None if no_transcript else _recogniser(settings)
    opened = None if no_store else opened_store(settings)
    n_failed = 0
    try:
        sources = with_meetings(find_sources(inputs), Meetings())
        with showing_progress(len(sources)) as progress:
            for source in sources:
                outcome = ingest(
                    source,
                    store=opened,
                    given=given,
                    call_type=kind,
                    rubric=settings.rubric or None,
                    load_recogniser=load_recogniser,
                    language=settings.language or None,
                    progress=progress.of(source.uri),
                )
                n_failed += outcome.error is not None
                if as_json:
                    sys.stdout.write(json.dumps(outcome.document, ensure_ascii=False) + "\n")
                    sys.stdout.flush()
                    if outcome.error is not None:
                        progress.say(f"{_name(source.uri)}: {outcome.error.message}")
                elif outcome.error is not None:
                    progress.say(f"{_name(source.uri)}: {outcome.error.message}")
                else:
                    progress.say(summary(outcome, kept=opened is not None), out=True)
    finally:
        if opened is not None:
            opened.close()
    _close(len(sources), n_failed, kept=opened is not None)


def _close(n_sources: int, n_failed: int, *, kept: bool) -> None:
    n_done = n_sources - n_failed
    calls = f"{n_done} call{'' if n_done == 1 else 's'}"
    if n_failed:
        typer.echo(f"{calls} scored, {n_failed} failed (each with its reason above).", err=True)
        raise typer.Exit(SOME_FAILED)
    typer.echo(f"{calls} scored.{' Open the page with: callcoach serve' if kept else ''}", err=True)


def _name(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1]


def _call_type(text: str | None):
    from callcoach.core import CallType
    from callcoach.core.errors import BadSettings

    if text is None:
        return None
    try:
        return CallType(text)
    except ValueError as error:
        raise BadSettings(f"--call-type must be one of {', '.join(CallType)}; found {text!r}") from error


def _recogniser(settings):
    """A loader that loads at most once, and fails for each recording with the same reason."""
    from functools import cache

    from callcoach.cli.models import model_folders
    from callcoach.core.errors import BadSettings, ModelMissing
    from callcoach.transcribe.vocabulary import read_vocabulary
    from callcoach.transcribe.whisper import load_whisper

    names = read_vocabulary(settings.vocabulary) if settings.vocabulary else ()

    @cache
    def load():
        try:
            return load_whisper(settings.model or None, folders=model_folders(), vocabulary=names)
        except BadSettings as error:
            # A model that cannot be used is one that cannot be had: recordings fail, transcripts go on.
            raise ModelMissing(error.message) from error

    return load
