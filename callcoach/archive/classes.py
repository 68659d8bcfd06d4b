"""What a file turned out to be: each ends in exactly one class (docs/classes.md).

In this order, because the first that holds says most::

    damaged ─ duplicate ─ internal ─ voicemail ─ machine ─ other_language ─ no_show ─ partial ─ connected | short

A file alone is looked at by `class_of`; duplicates, and prompts that many calls share, show only
beside the others: `callcoach.archive.duplicates` settles those from the `Look` of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callcoach.archive.folder_csv import Found, sides_of
from callcoach.archive.name_patterns import SourceRule
from callcoach.archive.sounds import Sound
from callcoach.core import CallClass, Capability, Interval, Role, Transcript, intersection, support, total_s
from callcoach.core.edges import ends_mid_conversation, starts_mid_conversation
from callcoach.pipeline import CONNECTED_CHANGES, CONNECTED_CUSTOMER_S, NO_SHOW_S, classify

JUDGED_LANGUAGES = ("en",)
LANGUAGE_SURE, LANGUAGE_WINDOWS, LANGUAGE_N_SURE, WINDOW_S = 0.8, 3, 2, 30.0
WORDS_PER_S = 2.5  # 150 a minute: where a transcript has no times
BEEP_S, BEEP_HZ = (0.2, 2.0), (380.0, 2500.0)
BEEP_WITHIN_S = 90.0  # of the start
MESSAGE_LEAST_S, OTHER_SIDE_MOST_S = 1.5, 1.5  # after the beep
MESSAGE_MOST_S = 120.0  # of a recording that does not tell the sides apart
GREETING_WORDS, OTHER_SIDE_MOST_WORDS, MESSAGE_MOST_WORDS = 120, 6, 250
FAX_CNG_HZ, FAX_CED_HZ, FAX_WITHIN_HZ = 1100.0, 2100.0, 40.0
MACHINE_LOUD_S = 8.0  # of sound without anybody speaking
MACHINE_WORDS = 12  # somebody may say "hello?" to a machine

_VOICEMAIL_SAID = re.compile(r"\b(voice ?mail|vm|left (a )?(message|vm)|answering machine|mailbox)\b", re.I)
_GREETING = re.compile(
    r"\b(leave (me |us )?(a|your|any)( \w+){0,2} (message|name)|(after|at) the (tone|beep)"
    r"|(reached|through to) (the )?(voice ?mail|mailbox)|record your message|mailbox is full"
    r"|(can not|cannot|can't|unable to) (come to the phone|take your call|answer (the phone|your call))"
    r"|not available to take your call)\b"
)
_IVR = (
    re.compile(
        r"\b(press|dial|enter|say) (\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound|hash)\b"
    ),
    re.compile(r"\byour call is (very )?important\b"),
    re.compile(r"\b(all|our) (of )?(our )?(agents|operators|advisers|advisors|representatives|lines) are\b"),
    re.compile(r"\b(please (stay on the line|continue to hold|hold the line)|you are number \w+ in)\b"),
    re.compile(r"\b(main menu|following options|estimated wait|opening hours are|office is (now )?closed)\b"),
)

Listen = Callable[[int], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A class and the sentence that says why."""

    call_class: CallClass
    why: str


def class_of(
    transcript: Transcript,
    *,
    sound: Sound | None = None,
    found: Found | None = None,
    rule: SourceRule | None = None,
    listen: Listen | None = None,
    languages: Sequence[str] = JUDGED_LANGUAGES,
) -> Verdict:
    """The class of one file that can be read, as far as it shows alone.

    Parameters
    ----------
    transcript : Transcript
        With words, or of a first pass without them.
    sound : Sound or None
        Of a recording; without it tones and music are not known.
    found : Found or None
        Its metadata.
    rule : SourceRule or None
        Of its source: own domains and extensions.
    listen : callable, optional
        Takes the number of a 30 s window of the recording and gives probabilities of languages, by a
        *multilingual* model: one that knows a single language takes everything for it.
    languages : sequence of str
        That can be judged.
    """
    found = found or Found()
    checks = (
        (CallClass.INTERNAL, lambda: _internal(found, rule)),
        (CallClass.VOICEMAIL, lambda: _voicemail(transcript, sound, found)),
        (CallClass.MACHINE, lambda: _machine(transcript, sound)),
        (CallClass.OTHER_LANGUAGE, lambda: _other_language(transcript, found, listen, languages)),
    )
    for call_class, check in checks:
        if (why := check()) is not None:
            return Verdict(call_class, why)
    spoken = classify(transcript) or _by_words(transcript)
    if spoken is CallClass.NO_SHOW:
        return Verdict(spoken, "only one side speaks, or the other for under 10 s")
    if (why := _partial(transcript)) is not None:
        return Verdict(CallClass.PARTIAL, why)
    said = (
        "both sides speak" if transcript.dependable else "there is speech, of sides that are not told apart"
    )
    return Verdict(
        spoken, f"{said}{'' if spoken is CallClass.CONNECTED else ', for less than a conversation'}"
    )


def _internal(found: Found, rule: SourceRule | None) -> str | None:
    if found.scope == "internal":
        return "its source says so"
    sides = [set(sides_of(replace(found, participants=(one,)), rule).values()) for one in found.participants]
    if len(sides) >= 2 and all(side == {Role.REP} for side in sides):
        return "all participants are of the own domains or extensions"
    return None


def _voicemail(transcript: Transcript, sound: Sound | None, found: Found) -> str | None:
    if found.disposition and _VOICEMAIL_SAID.search(found.disposition):
        return "the disposition says so"
    for tone in sound.tones if sound is not None else ():
        beep = BEEP_S[0] <= tone.duration_s <= BEEP_S[1] and BEEP_HZ[0] <= tone.hz <= BEEP_HZ[1]
        if beep and tone.start_s <= BEEP_WITHIN_S and _one_side_after(transcript, tone.end_s):
            return "a beep, and one side after it"
    return _greeting(transcript)


def _one_side_after(transcript: Transcript, at_s: float) -> bool:
    later = {
        label: total_s(i for i in pieces if i.start_s >= at_s - 0.1)
        for label, pieces in transcript.speech.items()
    }
    spoken_s = sorted(later.values(), reverse=True)
    if not spoken_s or spoken_s[0] < MESSAGE_LEAST_S:
        return False
    if not transcript.dependable:
        return spoken_s[0] <= MESSAGE_MOST_S
    return sum(spoken_s[1:]) <= OTHER_SIDE_MOST_S


def _greeting(transcript: Transcript) -> str | None:
    """A greeting among the first words, and after its turn one side."""
    n_before = 0
    for i, turn in enumerate(transcript.turns):
        if n_before > GREETING_WORDS:
            return None
        n_before += len(turn.words)
        if not _GREETING.search(_flat(turn.text)):
            continue
        words: dict[str, int] = {}
        for later in transcript.turns[i + 1 :]:
            if not _GREETING.search(_flat(later.text)):
                words[later.speaker] = words.get(later.speaker, 0) + len(later.words)
        counts = sorted(words.values(), reverse=True)
        alone = sum(counts[1:]) <= OTHER_SIDE_MOST_WORDS
        if counts and alone and (transcript.dependable or counts[0] <= MESSAGE_MOST_WORDS):
            return "a greeting that asks for a message, and one side after it"
        return None
    return None


def _machine(transcript: Transcript, sound: Sound | None) -> str | None:
    words: dict[str, int] = {}
    for turn in transcript.turns:
        words[turn.speaker] = words.get(turn.speaker, 0) + len(turn.words)
    counts = sorted(words.values(), reverse=True)
    text = _flat(" ".join(turn.text for turn in transcript.turns))
    if sum(pattern.search(text) is not None for pattern in _IVR) >= 2 and sum(counts[1:]) <= MACHINE_WORDS:
        return "an announcement or menu, and nobody speaks with it"
    if sound is None:
        return None
    if _is_fax(sound):
        return "tones of a fax"
    voices_s = _voices_s(transcript, sound)
    if voices_s < NO_SHOW_S and sound.loud_s - voices_s >= MACHINE_LOUD_S:
        return "music or tones, and nobody speaks"
    return None


def _is_fax(sound: Sound) -> bool:
    def near(hz: float, wanted: float) -> bool:
        return abs(hz - wanted) <= FAX_WITHIN_HZ

    calling = [t for t in sound.tones if near(t.hz, FAX_CNG_HZ) and 0.3 <= t.duration_s <= 0.8]
    answer = [t for t in sound.tones if near(t.hz, FAX_CED_HZ) and t.duration_s >= 2.0]
    return len(calling) >= 2 or bool(answer)


def _voices_s(transcript: Transcript, sound: Sound) -> float:
    """Seconds of speech on any channel that are no tones."""
    spoken = support(piece for pieces in transcript.speech.values() for piece in pieces)
    tones = support(Interval(tone.start_s, tone.end_s) for tone in sound.tones)
    return total_s(spoken) - total_s(intersection(spoken, tones))


def _other_language(
    transcript: Transcript, found: Found, listen: Listen | None, languages: Sequence[str]
) -> str | None:
    declared = found.metadata.language or transcript.language
    if declared:
        code = declared.split("-")[0].casefold()
        return None if code in languages else f"its language is {code}"
    if listen is None:
        return None
    votes = [listen(window) for window in windows_to_hear(transcript)]
    sure = [
        max(vote, key=vote.__getitem__) for vote in votes if max(vote.values(), default=0) >= LANGUAGE_SURE
    ]
    for code in sorted(set(sure) - set(languages)):
        if sure.count(code) >= min(LANGUAGE_N_SURE, len(votes)):
            return f"it sounds like language {code}"
    return None


def windows_to_hear(transcript: Transcript) -> tuple[int, ...]:
    """Numbers of the three 30 s windows with most speech, in order of time."""
    spoken = support(piece for pieces in transcript.speech.values() for piece in pieces)
    seconds: dict[int, float] = {}
    for piece in spoken:
        for number in range(int(piece.start_s // WINDOW_S), int(piece.end_s // WINDOW_S) + 1):
            start_s = max(piece.start_s, number * WINDOW_S)
            end_s = min(piece.end_s, (number + 1) * WINDOW_S)
            seconds[number] = seconds.get(number, 0.0) + max(0.0, end_s - start_s)
    most = sorted(seconds, key=lambda number: (-seconds[number], number))[:LANGUAGE_WINDOWS]
    return tuple(sorted(number for number in most if seconds[number] > 1.0))


def _partial(transcript: Transcript) -> str | None:
    ends = ((starts_mid_conversation, "starts"), (ends_mid_conversation, "ends"))
    cut = [word for told, word in ends if told(transcript)]
    return f"it {' and '.join(cut)} in mid-conversation" if cut else None


def _by_words(transcript: Transcript) -> CallClass:
    """The class where nothing has times: words stand for seconds, at 150 a minute."""
    words = {
        s.label: sum(len(t.words) for t in transcript.turns if t.speaker == s.label)
        for s in transcript.speakers
        if s.role is not Role.OTHER
    }
    if not transcript.can(Capability.TEXT) or len(words) < 2:
        return CallClass.NO_SHOW
    customers = transcript.labels_of(Role.CUSTOMER) if transcript.roles_known else ()
    said = sum(words.get(label, 0) for label in customers) if customers else min(words.values())
    if said < NO_SHOW_S * WORDS_PER_S:
        return CallClass.NO_SHOW
    speakers = [turn.speaker for turn in transcript.turns if turn.speaker in words]
    n_changes = sum(a != b for a, b in pairwise(speakers))
    enough = said >= CONNECTED_CUSTOMER_S * WORDS_PER_S and n_changes >= CONNECTED_CHANGES
    return CallClass.CONNECTED if enough else CallClass.SHORT


def _flat(text: str) -> str:
    return re.sub(r"[^\w' ]+", " ", text.casefold().replace("’", "'"))
