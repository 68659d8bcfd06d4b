"""``callcoach doctor``: what works here, and what to do about what does not."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

import typer

from callcoach.cli.options import STORE


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `ok` None means that it is optional and absent."""

    name: str
    ok: bool | None
    fact: str
    hint: str = ""


def add_to(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor(store: str = STORE) -> None:
    """Check what works on this machine and say what to do about the rest."""
    from callcoach.cli.options import settings_with

    settings = settings_with(store=store)
    findings = [_python(), _decoder(), _voice_activity(), _model(settings), _store(settings), _browser_page()]
    for finding in findings:
        mark = {True: "ok ", False: "NO ", None: "–  "}[finding.ok]
        typer.echo(f"{mark} {finding.name}: {finding.fact}")
        if finding.hint:
            typer.echo(f"     {finding.hint}")
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


def _python() -> Finding:
    return Finding(
        "Python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.system()}"
    )


def _decoder() -> Finding:
    try:
        import av
    except ImportError as error:
        return Finding("Decoding", False, f"PyAV does not load ({error})", "pip install --force-reinstall av")
    return Finding("Decoding", True, f"PyAV {av.__version__}")


def _voice_activity() -> Finding:
    from callcoach.bundled import bundled
    from callcoach.transcribe.recording import transcribe_recording

    samples = sorted(bundled("fixtures").glob("*.opus"))
    if not samples:
        return Finding("Hearing", None, "no bundled recording to try")
    transcript, _ = transcribe_recording(samples[0], recogniser=None)
    return Finding("Hearing", True, f"bundled recording heard: {transcript.duration_s:.0f} s, two channels")


def _model(settings) -> Finding:
    from callcoach.core.errors import CallcoachError
    from callcoach.transcribe.whisper import load_whisper

    try:
        recogniser = load_whisper(settings.model)
    except CallcoachError as error:
        return Finding(
            "Recognition model", None, "none here: transcripts and talk measures work", error.message
        )
    return Finding("Recognition model", True, recogniser.model_name)


def _store(settings) -> Finding:
    from callcoach.cli.options import opened_store
    from callcoach.core.errors import CallcoachError

    try:
        with opened_store(settings) as opened:
            return Finding("Store", True, opened.url)
    except CallcoachError as error:
        return Finding("Store", False, error.message)


def _browser_page() -> Finding:
    from callcoach.core.errors import CallcoachError

    try:
        from callcoach.bundled import bundled

        return Finding("Page", True, f"{bundled('app.py').name} is here; open it with: callcoach serve")
    except CallcoachError as error:
        return Finding("Page", False, error.message)
