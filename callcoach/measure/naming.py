"""Which words of a sentence name a day or time to come, and whether it names people."""

from __future__ import annotations

from collections.abc import Iterable

from callcoach.core import Transcript
from callcoach.measure.language import Sentence, norm
from callcoach.measure.step_phrases import NAMES, NO_DATE, NOT_NAMES, WHEN, WHEN_WORDS


def when_in(sentence: Sentence) -> tuple[int, int] | None:
    """Word range in a sentence of the day or time it names for something to come, or None."""
    if WHEN_WORDS.isdisjoint(sentence.words):
        return None
    text = sentence.text
    found = list(WHEN.finditer(text))
    taken = [match.span() for match in NO_DATE.finditer(text)] if found and "by then" not in text else []
    for match in found:
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        return sentence.word_at(match.start()), sentence.word_at(match.end() - 1) + 1
    return None


def names_people(sentence: Sentence, raw: Iterable[str], known: frozenset[str]) -> bool:
    """Whether a sentence names people: known names, capitals inside it, or who comes with whom."""
    if not known.isdisjoint(sentence.words) or NAMES.search(sentence.text):
        return True
    for place, (word, plain) in enumerate(zip(raw, sentence.words, strict=True)):
        starts = place == 0 or (place in sentence.breaks and place == 1)
        if not starts and word[:1].isupper() and not word.isupper() and plain not in NOT_NAMES:
            return True
    return False


def known_names(transcript: Transcript) -> frozenset[str]:
    """First names and family names of the speakers, as plain words."""
    found = (norm(part) for speaker in transcript.speakers for part in (speaker.name or "").split())
    return frozenset(name for name in found if len(name) > 2)
