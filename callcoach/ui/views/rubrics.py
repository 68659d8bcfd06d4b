"""Rubrics as people read them, and what a change would do to stored calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcoach.coach.focus import focus_for
from callcoach.coach.records import CallRecord
from callcoach.score.rubric import Direction, Rubric, RubricItem
from callcoach.ui.views.words import counted, plain

MOST_MOVED = 10


def rubric_html(rubric: Rubric, recognised: Iterable[tuple[str, str | None]]) -> str:
    """The items of a rubric as a table: what, how much, from where on, and who showed it."""
    known = set(recognised)
    rows = "".join(
        f'<tr><th scope="row">{plain(item.shown_title)}'
        f'<br><span class="cc-quiet cc-small">{plain(_what(item))}</span></th>'
        f"<td>{item.weight:g}</td><td>{plain(target_words(item))}</td>"
        f"<td>{plain(item.source)}"
        + ("" if (item.behaviour, item.variant) in known else "<br><em>not yet recognised</em>")
        + "</td></tr>"
        for item in rubric.items
    )
    return (
        '<table class="cc-measures cc-rubric"><thead><tr><th scope="col">What is judged</th>'
        '<th scope="col">Weight</th><th scope="col">Full score</th><th scope="col">Who showed it</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _what(item: RubricItem) -> str:
    parts = [item.behaviour, item.variant, "first meetings only" if item.first_meeting_only else None]
    if item.minimum_n > 1:
        parts.append(f"from {item.minimum_n} on")
    return " · ".join(part for part in parts if part)


def target_words(item: RubricItem) -> str:
    """From where on an item scores fully."""
    if item.direction is Direction.RANGE:
        low, high = item.target
        return f"{low:g} to {high:g}"
    if item.direction is Direction.AT_MOST:
        return "none" if item.target == 0 else f"at most {item.target:g}"
    return f"{item.target:g} or more"


def clone_text(text: str, name: str) -> str:
    """A rubric's TOML under another name, as version 1."""
    text = re.sub(r"(?m)^name\s*=.*$", f'name = "{name}"', text, count=1)
    return re.sub(r"(?m)^version\s*=.*$", "version = 1", text, count=1)


def with_version(text: str, version: int) -> str:
    """The text with the version that it gets when it is kept."""
    if re.search(r"(?m)^version\s*=", text):
        return re.sub(r"(?m)^version\s*=.*$", f"version = {version}", text, count=1)
    return re.sub(r"(?m)^(name\s*=.*)$", rf"\1\nversion = {version}", text, count=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """One call under two rubrics; shares of the weight that could be judged, None where not."""

    call_id: str
    title: str
    before: float | None
    after: float | None

    @property
    def by(self) -> float:
        return abs((self.after or 0.0) - (self.before or 0.0))

    @property
    def words(self) -> str:
        return f"{_words(self.before)} → {_words(self.after)}"


def _words(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def most_moved(calls: Sequence[Moved]) -> list[Moved]:
    """The calls that move most; those that stay are left out."""
    moved = [call for call in calls if call.by >= 0.005]
    return sorted(moved, key=lambda call: (-call.by, call.call_id))[:MOST_MOVED]


def changed_foci(
    before: Sequence[CallRecord],
    after: Sequence[CallRecord],
    *,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    today: datetime,
) -> list[str]:
    """Whose focus a change would change, in sentences."""
    lines = []
    for person in sorted({record.rep for record in before}):
        old, new = (focus_for(records, person, today=today) for records in (before, after))
        if (old and old.item) != (new and new.item):
            said = [titles.get(f.item, f.item) if f else "no pattern" for f in (old, new)]
            lines.append(f"{names.get(person, person)}: {said[0]} → {said[1]}")
    return lines


def coverage_words(n_tried: int, n_changed: int) -> str:
    return f"Tried on the newest {counted(n_tried, 'call')} of this type: {n_changed} would change."
