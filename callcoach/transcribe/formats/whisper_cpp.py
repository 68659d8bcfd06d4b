"""JSON of whisper.cpp (``--output-json`` and ``--output-json-full``), as of release 1.7.

::

    {"result": {"language"}, "transcription": [{"offsets": {"from", "to"}, "text", "speaker"?,
      "tokens"?: [{"text", "offsets": {"from", "to"}, "p"}]}]}          milliseconds
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import numbered
from callcoach.transcribe.formats.values import entries, entry, label_of, probability, seconds, words_of
from callcoach.transcribe.formats.words import Spoken, join_tokens, split


def read(source: Source) -> Reading:
    """The reading of a whisper.cpp file; tokens give word times where their words are the segment's."""
    root = entry(source.document, "the file")
    passages = []
    for segment in entries(root.get("transcription"), "transcription"):
        start_s, end_s = _times(segment, "transcription[]")
        words = split(words_of(segment.get("text"), "transcription[].text"))
        joined = join_tokens(_tokens(segment))
        if [word.text for word in joined] == [word.text for word in words]:
            words = joined
        who = label_of(segment.get("speaker"), "transcription[].speaker")
        passages.append(Passage(numbered(who) if who != "?" else None, words, start_s, end_s))
    language = entry(root.get("result"), "result").get("language")
    return Reading(passages, language=language if isinstance(language, str) else None, engine="whisper.cpp")


def _times(value: dict, where: str) -> tuple[float | None, float | None]:
    offsets = entry(value.get("offsets"), f"{where}.offsets")
    start_s, end_s = (seconds(offsets.get(k), f"{where}.offsets.{k}", per_s=1000.0) for k in ("from", "to"))
    return start_s, end_s


def _tokens(segment: dict) -> list[Spoken]:
    """Tokens of words; marks such as ``[_BEG_]`` are no speech."""
    where = "transcription[].tokens"
    found = []
    for token in entries(segment.get("tokens"), where):
        text = words_of(token.get("text"), f"{where}[].text")
        if not text.startswith("[_"):
            found.append(Spoken(text, *_times(token, f"{where}[]"), probability(token.get("p"))))
    return found


FORMAT = Format(
    "whisper-cpp",
    "whisper.cpp JSON",
    keys("transcription[].text", "transcription[].offsets.from"),
    read,
)
