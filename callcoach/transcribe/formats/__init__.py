"""Transcripts that other programs wrote, recognised by what is in them and never by the file's name.

One file per format. `FORMATS` lists them, the more particular before the more general: a file is of
the first format whose marks it all has.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from callcoach.core import Transcript
from callcoach.core.errors import UnknownFormat
from callcoach.transcribe.formats import (
    assemblyai,
    aws_call_analytics,
    aws_post_call,
    aws_transcribe,
    azure_batch,
    azure_conversation,
    azure_fast,
    deepgram,
    genesys,
    gong,
    google,
    named_text,
    otter,
    rev,
    speechmatics,
    subrip,
    table,
    watson,
    webvtt,
    whisper,
    whisper_cpp,
)
from callcoach.transcribe.formats.build import transcript_of
from callcoach.transcribe.formats.shape import Format, nearest
from callcoach.transcribe.formats.source import Source, is_text

FORMATS: tuple[Format, ...] = (
    webvtt.FORMAT,
    subrip.FORMAT,
    whisper.FORMAT,
    whisper_cpp.FORMAT,
    aws_transcribe.FORMAT,
    aws_call_analytics.FORMAT,
    aws_post_call.FORMAT,
    deepgram.FORMAT,
    assemblyai.FORMAT,
    speechmatics.FORMAT,
    watson.FORMAT,
    google.FORMAT,
    azure_batch.FORMAT,
    azure_fast.FORMAT,
    azure_conversation.FORMAT,
    rev.FORMAT,
    gong.FORMAT,
    genesys.FORMAT,
    table.FORMAT,
    otter.FORMAT,
    named_text.FORMAT,
)

_RECORDINGS = (  # how recordings and documents start that could pass for text
    b"RIFF", b"RIFX", b"RF64", b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3", b"FORM", b".snd", b"#!AMR", b"caff",
    b"MAC ", b"wvpk", b"TTA1", b"FLV", b"\x30\x26\xb2\x75", b"Creative Voice File", b"NIST_1A", b"MThd", b"%PDF", b"PK\x03\x04",
)  # fmt: skip


def names() -> tuple[str, ...]:
    """Names of the formats that can be read, as they stand in a transcript's provenance."""
    return tuple(format.name for format in FORMATS)


def looks_like_transcript(head: bytes, name: str) -> bool:
    """Whether a file is writing and so can only be a transcript: `read_transcript` then says which.

    Text goes here even when it is named ``.wav``, so that nobody tries to hear it.

    Parameters
    ----------
    head : bytes
        The first bytes, some thousands at least where the file has them.
    name : str
        Has no say; what counts is what is in the file.
    """
    del name
    if head.startswith(_RECORDINGS) or head[4:8] == b"ftyp":
        return False
    return is_text(head)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for cycles meanwhile: reading makes many small objects and no cycles.

    It halves the time of long transcripts.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_transcript(data: bytes, *, name: str) -> Transcript:
    """The transcript in the bytes of a file.

    Parameters
    ----------
    name : str
        For messages only.

    Raises
    ------
    EmptyInput
        If nothing is said in it.
    UnknownFormat
        If it is of no format that we know; the message names the nearest three.
    BadTranscript
        If it is of one and cannot be right.
    """
    with _no_collection():
        return _read(data, name)


def _read(data: bytes, name: str) -> Transcript:
    source = Source.of(data, name=name)
    found = next((format for format in FORMATS if not format.missing(source)), None)
    if found is None:
        listed = "; ".join(
            f"{format.title} (missing {', '.join(missing)})" for format, missing in nearest(source, FORMATS)
        )
        raise UnknownFormat(
            f"a transcript must be of a format that callcoach reads; the nearest to {name} are {listed}:"
            " export it as one of them"
        )
    sha256 = hashlib.sha256(data).hexdigest()
    reading = found.read(source)
    if isinstance(reading, Transcript):
        return replace(reading, source_sha256=sha256)
    reading = replace(reading, notes=(*source.notes, *reading.notes))
    return transcript_of(reading, sha256=sha256, format=found.name, title=found.title)
