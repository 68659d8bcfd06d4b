"""``callcoach diarize INPUT``: who spoke when, as RTTM."""

from __future__ import annotations

from pathlib import Path

import typer


def add_to(app: typer.Typer) -> None:
    app.command("diarize")(diarize)


def diarize(
    source: Path = typer.Argument(..., metavar="INPUT", help="A recording."),
    rttm: str = typer.Option("-", "--rttm", metavar="FILE|-", help="Where to write; - is the terminal."),
    back_end: str = typer.Option("embedded", "--back-end", help="embedded, or pyannote (an extra)."),
    model: str = typer.Option(None, "--model", metavar="NAME|DIR", help="Model of the pyannote back end."),
) -> None:
    """Tell who spoke when: by channel, or two voices told apart on one; prints RTTM."""
    from callcoach.transcribe.diarize import diarized, load_diarizer
    from callcoach.transcribe.recording import transcribe_recording
    from callcoach.transcribe.rttm import rttm_of

    diarizer = load_diarizer(back_end, model=model)
    transcript, _ = transcribe_recording(source, recogniser=None)
    transcript = diarized(transcript, source, diarizer=diarizer)
    text = rttm_of(transcript, name=source.stem)
    if rttm == "-":
        typer.echo(text, nl=False)
    else:
        Path(rttm).write_text(text, encoding="utf-8")
    for note in transcript.provenance.notes:
        typer.echo(note, err=True)
