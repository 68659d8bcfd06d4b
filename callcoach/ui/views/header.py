"""The head of a call's page: title, who, what kind, and how far its words can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcoach.coach.titles import call_title
from callcoach.core import CallMetadata
from callcoach.ui.views.words import CLASS_WORDS, TYPE_WORDS, plain, side_words, speaker_name

_SOURCE_WORDS = {
    "given": "given when it was scored",
    "metadata": "from what lies beside the recording",
    "file": "from the transcript's file",
    "words": "from what is said",
    "edit": "set on this page",
}
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "it": "Italian",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Plain strings; a page escapes them."""

    title: str
    facts: tuple[str, ...]
    people: tuple[str, ...]
    notes: tuple[str, ...]


def header(document: dict, metadata: CallMetadata, *, added_at: datetime | None = None) -> Header:
    """What stands above everything else on a call's page."""
    call = document["call"]
    started_at = datetime.fromisoformat(call["started_at"]) if call["started_at"] else None
    title = call_title(
        started_at=started_at,
        duration_s=call["duration_s"],
        rep=_names(call, "REP") or metadata.rep,
        customers=[s["name"] for s in call["speakers"] if s["role"] == "CUSTOMER" and s["name"]]
        or metadata.customers,
        account=metadata.account,
        call_type=call["call_type"],
        n_channels=call["channels"],
        added_at=added_at,
    )
    return Header(title, _facts(call, started_at), _people(call), _notes(call))


def header_html(head: Header, seen: str = "") -> str:
    """The head as HTML in which every word from outside is escaped."""
    facts = " · ".join(plain(fact) for fact in head.facts)
    below = f'<p class="cc-quiet cc-small">{plain(seen)}</p>' if seen else ""
    return f'<h1 class="cc-title">{plain(head.title)}</h1><p class="cc-quiet">{facts}</p>{below}'


def seen_words(
    seen: Iterable,
    names: Mapping[str, str],
    *,
    added_at: datetime,
    rep_first_hours: float,
    now: datetime,
) -> str:
    """Who has opened the call, and from when who leads can.

    Parameters
    ----------
    seen : iterable of SeenRow
    names : mapping of person id to name
    rep_first_hours : float
        Hours that a new call is the rep's alone.
    """
    people = ", ".join(f"{names.get(row.viewer, row.viewer)} ({_moment(row.last_at)})" for row in seen)
    opens_at = added_at + timedelta(hours=rep_first_hours)
    if rep_first_hours == 0:
        leads = "Managers see it at once."
    elif now < opens_at:
        leads = f"Managers see it from {_moment(opens_at)}."
    else:
        leads = f"Managers can see it since {_moment(opens_at)}."
    return (f"Seen by {people}. " if people else "Nobody has opened it before. ") + leads


def _moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{here:%a} {here.day} {here:%b %H:%M}"


def transcript_words(row) -> str:
    """What is said of a further transcript (a `TranscriptRow`) that nobody has taken yet."""
    source = "a recording" if row.kind == "audio" else f"a {row.format} file"
    without = "" if row.has_text else ", without words"
    return f"Another transcript of this call is here: from {source}{without}, added {row.added_at:%d %b}."


def notes_html(notes: tuple[str, ...]) -> str:
    return '<ul class="cc-notes">' + "".join(f"<li>{plain(note)}</li>" for note in notes) + "</ul>"


def _names(call: dict, role: str) -> str:
    return ", ".join(s["name"] for s in call["speakers"] if s["role"] == role and s["name"])


def _facts(call: dict, started_at: datetime | None) -> tuple[str, ...]:
    kind = TYPE_WORDS.get(call["call_type"], str(call["call_type"]))
    probability = call["call_type_probability"]
    if call["call_type"] != "any" and probability is not None and probability < 1:
        kind = f"{kind} (probably: {100 * probability:.0f} %)"
    provenance = call["provenance"]
    source = "recording" if provenance["kind"] == "audio" else f"transcript ({provenance['format']})"
    channels = {1: "one channel", 2: "two channels"}.get(call["channels"])
    language = call["language"]
    facts = (
        kind,
        f"{started_at:%a} {started_at.day} {started_at:%b %Y, %H:%M}" if started_at else None,
        f"{source}, {channels}" if channels else source,
        _LANGUAGES.get(language, language),
        CLASS_WORDS.get(call["class"], call["class"]),
    )
    return tuple(fact for fact in facts if fact)


def _people(call: dict) -> tuple[str, ...]:
    """One line a speaker: who, which side, how that is known."""
    lines = []
    for speaker in call["speakers"]:
        how = _SOURCE_WORDS.get(speaker["role_source"] or "")
        confidence = speaker["role_confidence"]
        if how and confidence is not None and confidence < 1:
            how = f"{how}, {100 * confidence:.0f} % sure"
        lines.append(f"{speaker_name(speaker)}: {side_words(speaker['role'])}" + (f" ({how})" if how else ""))
    return tuple(lines)


def _notes(call: dict) -> tuple[str, ...]:
    provenance = call["provenance"]
    if provenance["engine"] and provenance["model"]:
        heard = (f"Words recognised by {provenance['engine']} with {provenance['model']}: expect mistakes.",)
    else:
        heard = ()
    return (*provenance["notes"], *heard)
