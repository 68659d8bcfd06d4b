"""The list of calls, and what could not become one: titles people recognise, and the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callcoach.coach.titles import call_title
from callcoach.ui.views.words import CLASS_WORDS, counted, percent, plain

NO_CALLS = "There are no calls yet"
NO_CALLS_NEXT = (
    ("In a terminal, the same six made-up calls:", "callcoach demo"),
    ("Or your own recordings and transcripts, one or a whole folder:", "callcoach score FOLDER"),
)
VIEW_WORDS = {
    "sides": "Which side is ours?",
    "disputes": "Disputed",
    "cautions": "Words to review",
    "no_person": "No person",
    "proposals": "Further transcript",
    "unjudged": "Nothing judged",
}
_MANY = 100
NONE_FOUND = "No call fits these filters. Take one away, or look for other words."

# The first step after each kind of failure; the message beside it says what was found.
NEXT_STEPS = {
    "empty": "Get the file again from where it was recorded.",
    "unreadable": "Check that the file is whole and may be read, then score it again.",
    "no_audio": "Look for the recording with sound.",
    "encrypted": "Save a copy without protection and score that.",
    "unknown_format": "Save it as WAV, MP3, WebVTT or SRT and score that.",
    "bad_transcript": "Export the transcript again from where it comes from.",
    "bad_metadata": "Correct the file beside it and score it again.",
    "model_missing": "Add --no-transcript for talk measures, or bring a model: callcoach doctor says how.",
    "unreachable": "Check the address or the network drive, then score it again.",
    "out_of_space": "Free some space and score it again.",
}
_NEXT_STEP_UNKNOWN = "Score it again; if it stays, callcoach doctor says what works here."


def view_label(kind: str, counts: Mapping[str, int]) -> str:
    """A queue's name with how many wait in it."""
    n = counts.get(kind)
    number = "" if not n else f" ({n}{'+' if n >= _MANY else ''})"
    return VIEW_WORDS.get(kind, "All calls") + number


def call_items(rows: Iterable) -> list[dict]:
    """Calls as titles with a line of facts; what needs a person is marked ``todo``."""
    return [{"id": row.call_id, "title": call_title(**row.title_parts), "facts": _facts(row)} for row in rows]


def _facts(row) -> list[dict]:
    facts = []
    if not row.roles_known and row.n_channels == 1:
        facts.append({"text": "one channel: who spoke is not known", "todo": False})
    elif not row.roles_known:
        facts.append({"text": "Which side is yours?", "todo": True})
    if row.has_proposal:
        facts.append({"text": "A further transcript is proposed", "todo": True})
    if row.talk_share is not None:
        facts.append({"text": f"we spoke {percent(row.talk_share)}", "todo": False})
    elif row.roles_known and row.talk_share_reason:
        facts.append({"text": f"talk share –: {row.talk_share_reason}", "todo": False})
    facts.append({"text": _judged_words(row), "todo": False})
    if words := CLASS_WORDS.get(row.call_class or "", row.call_class):
        facts.append({"text": words, "todo": False})
    if row.provenance == "transcript":
        facts.append({"text": "transcript only", "todo": False})
    return facts


def _judged_words(row) -> str:
    if not row.n_judged:
        return "nothing could be judged"
    return f"{row.n_judged} of {counted(row.n_items, 'behaviour')} judged"


def failures_html(failures: Iterable) -> str:
    """Sources that could not be scored: what, why and what to do."""
    rows = "".join(
        f"<li><strong>{plain(_file_name(failure.source_uri))}</strong> "
        f'<span class="cc-quiet">{failure.at.astimezone():%d %b %Y}'
        + (f", tried {failure.attempts} times" if failure.attempts > 1 else "")
        + f"</span><br>{plain(_sentence(failure.message))}<br><em>Next: "
        + f"{plain(NEXT_STEPS.get(failure.kind, _NEXT_STEP_UNKNOWN))}</em>"
        + f'<br><span class="cc-quiet cc-small">{plain(failure.source_uri)}</span></li>'
        for failure in failures
    )
    return f'<ul class="cc-notes cc-failures">{rows}</ul>'


def _file_name(uri: str) -> str:
    return uri.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1] or uri


def _sentence(message: str) -> str:
    text = message.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
