"""What other programs call speakers: labels, names of people, sides, and ``Name: words``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from callcoach.core import Role, Separation, Speaker
from callcoach.transcribe.formats.words import clean

EVERYONE = "everyone"  # the one speaker of a source that names none
UNKNOWN_SPEAKER = "Unknown Speaker"
MAX_LABEL = 60  # characters
MAX_LABEL_WORDS = 6
_PREFIX_WITHIN = 140  # characters in which the colon of a name must stand, times in brackets included
MAX_CHANNELS = 32  # that a file may say it has
MOSTLY = 0.8  # of the lines carry a name: then every line does, and one without is of nobody known

_ROLES: dict[str, Role] = {
    name: role
    for role, names in (
        (Role.REP, "agent|rep|sales rep|sales representative|representative|salesperson|seller"),
        (Role.CUSTOMER, "customer|client|prospect|buyer"),
        (Role.OTHER, "ivr|acd|bot|voicemail|system|voice assistant|virtual agent|interpreter"),
    )
    for name in names.split("|")
}
_NUMBER = re.compile(r"[\s_#-]*\d+$")
_GENERIC = re.compile(
    r"(?i)((speaker|spk|spkr|channel|participant|person|guest)([\s_-]+[a-z])?|ch|caller|callee|unknown( speaker)?|left"
    r"|right|internal|external|uu|s|[a-z]|everyone)?$"
)
_BARE = re.compile(r"(?:\d+|[A-Za-z])\Z")
_TIME = r"[\[(]\s*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\s*[\])]"
_PREFIX = re.compile(
    rf"\s*(?:>>\s*)?(?P<before>{_TIME}\s*)?(?P<label>\[[^\[\]:\n\t]{{1,{MAX_LABEL}}}\]|[^\s:\[\]<>{{}}\"][^:\n\t<>{{}}\"]{{0,{MAX_LABEL}}}?)"
    rf"\s*(?P<after>{_TIME}\s*)?:(?:\*\*)?(?:\s+|$)(?P<text>.*)",
    re.DOTALL,
)
_CLOCK = re.compile(r"[\d:.,]+")
_SENTENCE = re.compile(r"[?!;…]|[\w]{4,}\.(\s|$)|,\s+(?:and|but|so|or|is|the)\b")


def role_of(label: str) -> Role:
    """The side that a label states in so many words, with or without a number; else unknown.

    >>> role_of("Agent 2").value, role_of("Customer").value, role_of("Dana").value
    ('REP', 'CUSTOMER', 'UNKNOWN')
    """
    return _ROLES.get(_NUMBER.sub("", label).strip().casefold().replace("_", " "), Role.UNKNOWN)


def name_of(label: str) -> str | None:
    """The label where it is somebody's name; None for ``SPEAKER_00``, ``Agent`` and their like.

    >>> name_of("Dana Fox"), name_of("spk_1"), name_of("Speaker 2"), name_of("3")
    ('Dana Fox', None, None, None)
    """
    bare = _NUMBER.sub("", label).strip()
    if role_of(label) is not Role.UNKNOWN or _GENERIC.match(bare) or not any(c.isalpha() for c in bare):
        return None
    return label


def speaker(
    label: str, *, role: Role | None = None, name: str | None = None, channel: int | None = None
) -> Speaker:
    """A speaker as the file states it: the role given or that of the label, the name given or the label."""
    side = role if role is not None else role_of(label)
    known = side is not Role.UNKNOWN
    return Speaker(
        label,
        side,
        name=name or name_of(label),
        channel=channel,
        role_confidence=1.0 if known else None,
        role_source="file" if known else None,
    )


def numbered(label: str | None) -> str | None:
    """A bare number or letter as people say it: ``"0"`` is ``"Speaker 0"``."""
    return f"Speaker {label}" if label and _BARE.match(label) else label


def channel_label(channel: int) -> str:
    """What a channel's voice is called, the same as where the recording itself is heard."""
    return ("left", "right")[channel] if channel in (0, 1) else f"channel {channel + 1}"


@dataclass(frozen=True, slots=True)
class Voices:
    """The speakers of a file that numbers channels, people on them, or both.

    Parameters
    ----------
    labels : mapping of (channel, speaker as in the file) to label
    """

    labels: Mapping[tuple[int | None, str | None], str | None]
    speakers: Mapping[str, Speaker]
    separation: Separation
    overlap: bool


def voices(heard: Iterable[tuple[int | None, str | None]], *, n_channels: int = 1) -> Voices:
    """Labels for pairs of channel and speaker.

    With several channels a channel is a voice, named as where the recording itself is heard; people
    told apart on one channel stay apart. With one channel the file's own labels count.

    Parameters
    ----------
    n_channels : int
        How many the file says it has; silent ones count.
    """
    pairs = list(dict.fromkeys(heard))
    channels = {channel for channel, _ in pairs if channel is not None}
    if max(len(channels), n_channels) < 2:
        labels = {pair: numbered(pair[1]) for pair in pairs}
        return Voices(labels, {}, Separation.LABELS, overlap=False)
    labels = {}
    speakers: dict[str, Speaker] = {}
    for channel in sorted({*channels, *range(min(n_channels, MAX_CHANNELS))}):
        on_it = [pair for pair in pairs if pair[0] == channel]
        for pair in on_it:
            own = channel_label(channel)
            labels[pair] = (
                own if len(on_it) == 1 else f"{own}, {(numbered(pair[1]) or UNKNOWN_SPEAKER).lower()}"
            )
            speakers[labels[pair]] = Speaker(labels[pair], channel=channel)
        if not on_it:
            speakers[channel_label(channel)] = Speaker(channel_label(channel), channel=channel)
    labels.update({pair: numbered(pair[1]) for pair in pairs if pair[0] is None})
    return Voices(labels, speakers, Separation.CHANNELS, overlap=True)


def split_prefix(text: str) -> tuple[str | None, str | None, str]:
    """``"Dana: hello"`` as label, time in brackets beside it (or None), and the rest.

    >>> split_prefix("[SPEAKER_00]: so here we are"), split_prefix("at 12:30 we met")
    (('SPEAKER_00', None, 'so here we are'), (None, None, 'at 12:30 we met'))
    """
    if ":" not in text[:_PREFIX_WITHIN]:
        return None, None, text
    match = _PREFIX.match(text)
    label = _label(match["label"]) if match is not None else None
    if label is None:
        return None, None, text
    time = match["before"] or match["after"]
    return label, _CLOCK.search(time)[0] if time else None, match["text"].lstrip("* ")


@lru_cache(maxsize=1024)
def _label(found: str) -> str | None:
    """What stands before a colon as a label; None where it reads like part of a sentence."""
    words = clean(found).strip("[] ").strip("*").split()
    label = " ".join(words)
    if (
        not any(c.isalnum() for c in label)
        or len(label) > MAX_LABEL
        or len(words) > MAX_LABEL_WORDS
        or _SENTENCE.search(label)
    ):
        return None
    return label


@lru_cache(maxsize=1024)
def looks_like_name(label: str) -> bool:
    """Whether a label reads like a person or a role and not like the start of a sentence."""
    words = label.split()
    return (
        role_of(label) is not Role.UNKNOWN
        or name_of(label) is None
        or (len(words) <= 4 and all(not word[0].isalpha() or word[0].isupper() for word in words))
    )


def attribute(texts: Sequence[str]) -> tuple[list[tuple[str | None, str]], tuple[str, ...]]:
    """Speakers and words of cues that may start with ``Name:``, and notes on what was concluded.

    Where most cues carry a name, all names count, and a cue without one is of nobody known. Where
    some do, the first among them, and two names or more come up, a cue without one goes on with
    the name before it. Else the colons are part of what was said.
    """
    split = [split_prefix(text) for text in texts]
    labels = Counter(label for label, _, _ in split if label is not None)
    n_named = sum(labels.values())
    filled = [text for text in texts if text.strip()]
    if n_named >= MOSTLY * len(filled) and n_named and (len(labels) <= max(2, n_named // 2)):
        missing = len(filled) - n_named
        note = (f"{missing} of {len(filled)} cues name no speaker",) if missing else ()
        return [
            (label or (UNKNOWN_SPEAKER if rest.strip() else None), rest) for label, _, rest in split
        ], note
    names = {label for label in labels if looks_like_name(label)}
    at_first = next((label for (label, _, _), text in zip(split, texts, strict=True) if text.strip()), None)
    if len(names) < 2 or at_first not in names:
        return [(None, text) for text in texts], ()
    current: str | None = None
    attributed: list[tuple[str | None, str]] = []
    n_carried = 0
    for (label, _, rest), text in zip(split, texts, strict=True):
        if label in names:
            current = label
            attributed.append((label, rest))
        else:
            n_carried += bool(text.strip())
            attributed.append((current, text))
    note = f"{n_carried} of {len(filled)} cues name no speaker; they go on with the speaker before them"
    return attributed, (note,)
