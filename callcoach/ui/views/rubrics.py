"""Rubrics as people read them, and what a change would do to stored calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcoach.coach.focus import focus_for
from callcoach.coach.records import CallRecord
from callcoach.score.rubric import Direction, Rubric, RubricItem
from callcoach.score.values import VALUES
from callcoach.ui.views.words import counted, plain

MOST_MOVED = 10


def rubric_html(rubric: Rubric, *, weighs: Sequence[float]) -> str:
    """The items of a rubric as a table: what, how much, from where on, and who showed it.

    Parameters
    ----------
    weighs : sequence of float
        What each item weighs today, of 100: unproven ones weigh less than the rubric says.
    """
    rows = "".join(
        f'<tr><th scope="row">{plain(item.shown_title)}'
        f'<br><span class="cc-quiet cc-small">{plain(_what(item))}</span></th>'
        f"<td>{weight_words(item, weight, rubric.switched_off)}</td><td>{plain(target_words(item))}"
        f"{_of_what(item)}</td>"
        f"<td>{plain(item.source)}</td></tr>"
        for item, weight in zip(rubric.items, weighs, strict=True)
    )
    return (
        '<table class="cc-measures cc-rubric"><thead><tr><th scope="col">What is judged</th>'
        '<th scope="col">Weight</th><th scope="col">Full score</th><th scope="col">Who showed it</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def weight_words(item: RubricItem, weighs: float, switched_off: Collection[str]) -> str:
    """The weight that the rubric gives, and what it comes to today where that differs."""
    if item.behaviour in switched_off:
        return f"{item.weight:g}, switched off"
    if abs(weighs - item.weight) < 0.5:
        return f"{item.weight:g}"
    why = "not proven yet" if weighs < item.weight else "proven"
    return f"{item.weight:g}, today {weighs:.0f} ({why})"


def _of_what(item: RubricItem) -> str:
    value = VALUES.get((item.behaviour, item.variant))
    if value is None:
        return "<br><em>not yet recognised</em>"
    return f'<br><span class="cc-quiet cc-small">{plain(value.phrase)}</span>'


def _what(item: RubricItem) -> str:
    parts = [item.behaviour, item.variant, "first meetings only" if item.first_meeting_only else None]
    if item.minimum_n > 1:
        parts.append(f"from {item.minimum_n} on")
    return " · ".join(part for part in parts if part)


def target_words(item: RubricItem) -> str:
    """From where on an item scores fully: ``"40 % or more"``, ``"1 to 3"``, ``"none"``."""
    value = VALUES.get((item.behaviour, item.variant))
    said = (lambda x: f"{100 * x:.0f} %") if value is not None and value.is_share else (lambda x: f"{x:g}")
    if item.direction is Direction.RANGE:
        low, high = item.target
        return f"{said(low)} to {said(high)}"
    if item.direction is Direction.AT_MOST:
        return "none" if item.target == 0 else f"at most {said(item.target)}"
    return f"{said(item.target)} or more"


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
