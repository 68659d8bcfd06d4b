"""Runs over an archive: what became of every file, what failed and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callcoach.ui.views.calls import NEXT_STEPS
from callcoach.ui.views.words import CLASS_WORDS, counted, length, plain

_TASKS = {"ingest": "scored", "triage": "looked through", "rescore": "judged again"}
_ENDINGS = {"complete": "done", "stopped": "stopped", "failed": "broken off", None: "not ended"}
_PARTS = {
    "connected": "conversations",
    "quarantined": "put aside",
    "queued": "waiting",
    "running": "being worked on",
}


def run_words(run) -> str:
    """One run in a line: when, what, how it ended, how many files."""
    at = run.started_at.astimezone()
    n = run.counts.get("found")
    files = f" · {counted(int(n), 'file')}" if isinstance(n, (int, float)) else ""
    what = _TASKS.get(run.task, run.task)
    return f"{at.day} {at:%b %Y, %H:%M} · {what} · {_ENDINGS.get(run.ending, run.ending)}{files}"


def bar_html(parts: Iterable, n: int) -> str:
    """A bar that adds up to every file, and the same in words."""
    parts = [part for part in parts if part.n]
    if not n or not parts:
        return "<p>No file in this run.</p>"
    pieces = "".join(
        f'<i class="cc-part cc-part-{place % 4}" style="width:{100 * part.n / n:.2f}%"></i>'
        for place, part in enumerate(parts)
    )
    rows = "".join(
        f'<tr><th scope="row"><i class="cc-part-key cc-part-{place % 4}"></i> {plain(part_words(part.name))}</th>'
        f"<td>{part.n:,}</td><td>{100 * part.n / n:.0f} %</td>"
        f"<td>{length(part.audio_s) if part.audio_s else '–'}</td></tr>"
        for place, part in enumerate(parts)
    )
    label = ", ".join(f"{part.n} {part_words(part.name)}" for part in parts)
    return (
        f'<div class="cc-parts" role="img" aria-label="{plain(label)}">{pieces}</div>'
        '<table class="cc-measures cc-plain"><thead><tr><th scope="col">What it was</th>'
        '<th scope="col">Files</th><th scope="col">Share</th><th scope="col">Sound</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def part_words(name: str) -> str:
    return _PARTS.get(name) or CLASS_WORDS.get(name) or name.replace("_", " ")


def failure_groups_html(groups: Iterable) -> str:
    """What failed, by reason, with the first step and a few names."""
    lines = "".join(
        f"<li><strong>{plain(group.kind.replace('_', ' '))}</strong>: {counted(group.n, 'file')}"
        + (f", {group.n_quarantined} put aside" if group.n_quarantined else "")
        + f"<br><em>Next: {plain(group.first_step or NEXT_STEPS.get(group.kind, ''))}</em>"
        + "".join(
            f'<br><span class="cc-small">{plain(name)}: {plain(message)}</span>'
            for name, message in group.examples[:3]
        )
        + "</li>"
        for group in groups
    )
    return f'<ul class="cc-notes">{lines}</ul>'


def cost_words(cost) -> str:
    """How much sound, and what an hour of it took."""
    words = f"{length(cost.audio_s)} of sound" if cost.audio_s else "No sound heard yet"
    if cost.per_audio_hour_s:
        words += f", {length(cost.per_audio_hour_s)} of work for each hour of it"
    if cost.n_left:
        words += f"; {counted(cost.n_left, 'file')} still to do"
        if cost.finish_at:
            at = cost.finish_at.astimezone()
            words += f", done about {at.day} {at:%b %H:%M}"
    return words + "."


def mapping_html(mappings: Iterable) -> str:
    """How much of each source's names and tables was understood, and what to map first."""
    rows = "".join(
        f'<tr><th scope="row">{plain(one.source)}</th><td>{one.n:,}</td>'
        f"<td>{100 * one.understood_share:.0f} %</td><td>{100 * one.rep_known_share:.0f} %</td>"
        f"<td>{plain(', '.join(f'{name} ({n})' for name, n in one.top_raw[:5]) or '–')}</td></tr>"
        for one in mappings
    )
    return (
        '<table class="cc-measures cc-plain"><thead><tr><th scope="col">Source</th><th scope="col">Files</th>'
        '<th scope="col">Names understood</th><th scope="col">Rep known</th>'
        f'<th scope="col">Nobody goes by</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def doubt_lines(doubts) -> list[tuple[str, tuple[str, ...]]]:
    """What is unsure, each with calls to look at."""
    lines: Mapping[str, tuple[int, tuple[str, ...]]] = {
        "which side is ours is unsure": (doubts.n_unsure_roles, doubts.unsure_roles),
        "the channels look swapped": (doubts.n_swapped, doubts.swapped),
        "the language is unsure": (doubts.n_unsure_language, doubts.unsure_language),
        "no notice of recording was heard": (doubts.n_no_notice, doubts.no_notice),
    }
    return [(f"{counted(n, 'call')}: {words}", ids) for words, (n, ids) in lines.items() if n]
