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
    checks = (
        _python,
        _decoder,
        _voice_activity,
        _device,
        lambda: _model(settings),
        lambda: _store(settings),
        _browser_page,
    )
    findings = [check() for check in checks]
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


def _device() -> Finding:
    import os

    from callcoach.transcribe.choosing import compute_type_of, device_to_use

    device = device_to_use("auto")
    kind = compute_type_of(device)
    if device == "cuda":
        return Finding("Device", True, f"a GPU that CUDA sees, {kind}")
    return Finding("Device", True, f"CPU, {os.cpu_count()} cores, {kind}; no GPU that CUDA sees")


def _model(settings) -> Finding:
    """The model that recordings would be recognised with, loaded and timed."""
    from callcoach.bundled import bundled
    from callcoach.cli.models import model_folders
    from callcoach.core.errors import CallcoachError
    from callcoach.transcribe.speed import measured_speed
    from callcoach.transcribe.whisper import load_whisper

    name = "Recognition model"
    try:
        recogniser = load_whisper(settings.model or None, folders=model_folders())
    except CallcoachError as error:
        return Finding(name, None, "none here: transcripts and talk measures work", error.message)
    here = f"{recogniser.model_name} on {recogniser.device}"
    recordings = sorted(bundled("fixtures").glob("*.opus"))
    if not recordings:
        return Finding(name, True, here)
    speed = measured_speed(recogniser, recordings[0])
    fact = (
        f"{here}: {speed.sound_s:.0f} s of speech in {speed.took_s:.1f} s, "
        f"so an hour of it in about {speed.call_minutes(60):.0f} min"
    )
    return Finding(name, True, fact, _faster(recogniser))


def _faster(recogniser) -> str:
    """What would be faster than the model and device in use."""
    from callcoach.transcribe.models import DEMO_MODEL, KNOWN

    if recogniser.model_name == DEMO_MODEL:
        return "this is the demo model, for made-up calls only: callcoach models pull small"
    if recogniser.device == "cuda":
        return "" if "turbo" in recogniser.model_name else "faster here: --model large-v3-turbo"
    sizes = {name: model.size_mb for name, model in KNOWN.items() if model.multilingual}
    own = sizes.get(recogniser.model_name, 0)
    smaller = [name for name, size_mb in sizes.items() if size_mb < own]
    model = f"--model {max(smaller, key=sizes.__getitem__)} (more mistakes), or " if smaller else ""
    return f"faster: {model}a GPU, which is tens of times faster and takes large-v3-turbo"


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
