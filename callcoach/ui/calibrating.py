"""Calibration as pages read and keep it: calls scored blind, and what people said of a month's moments.

Scores and answers are shared notes of who gave them. What was scored after the call's page had been
opened is kept as not blind, and takes no part in agreement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from callcoach.coach.agreement import Agreement, OwnScore, agreements
from callcoach.coach.blind import Item, machine_scores
from callcoach.coach.monthly import BlindMoment, Verdict
from callcoach.coach.titles import call_title
from callcoach.core import Viewer
from callcoach.core.errors import NotFound
from callcoach.store.rows import CallFilter
from callcoach.ui.private_rows import BLIND, NOTE, VERDICTS, keep_note, notes_of

CALLS_A_MONTH = 6  # one more than agreement needs
NEWEST = 60  # calls that they are drawn from
MONTHS = 6  # back from the newest call


@dataclass(frozen=True, slots=True)
class ToScore:
    """A call of the month's draw; `state` is "", "scored" or "seen" (its page was opened before)."""

    call_id: str
    title: str
    state: str = ""


def may_review(who: Viewer) -> bool:
    """Scoring others' calls is for who leads, and for the owner."""
    return who.is_owner or bool(who.roles & {"manager", "director"})


def month_of(at: datetime) -> str:
    return f"{at:%Y-%m}"


def months(opened, who: Viewer) -> list[str]:
    """The month of the newest call and those before it."""
    newest = opened.calls(who, limit=1).rows
    if not newest:
        return []
    at = newest[0].started_at or newest[0].added_at
    first = at.year * 12 + at.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first - MONTHS, -1)]


def calls_of_month(opened, who: Viewer, *, now: datetime) -> list[ToScore]:
    """The month's calls to score blind, drawn by a hash: reviewers who see the same calls get the same."""
    begins = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for where in (CallFilter(until=begins), CallFilter()):
        page = opened.calls(who, where=where, limit=NEWEST)
        rows = [row for row in page.rows if row.n_judged]
        if len(rows) >= CALLS_A_MONTH:
            break
    seed = month_of(now)
    drawn = sorted(rows, key=lambda row: hashlib.sha256(f"{seed}|{row.call_id}".encode()).digest())
    found = []
    for row in drawn[:CALLS_A_MONTH]:
        state = "scored" if scores_of(opened, who, row.call_id) else ""
        if not state and was_seen(opened, who, row.call_id):
            state = "seen"
        found.append(ToScore(row.call_id, call_title(**row.title_parts), state))
    return found


def was_seen(opened, who: Viewer, call_id: str) -> bool:
    """Whether somebody opened the page of a call, where the machine's scores stand."""
    return any(seen.viewer == who.name for seen in opened.seen_by(who, call_id))


def items_of(document: Mapping) -> tuple[Item, ...]:
    """The items of a scored document as blind scoring takes them."""
    return tuple(
        Item(f"{i['id']}:{i['variant']}" if i.get("variant") else i["id"], i["title"], i["score"])
        for i in document["behaviours"]
    )


def scores_of(opened, who: Viewer, call_id: str) -> dict[str, float | None]:
    """What somebody said of a call last; empty before."""
    own = [
        row
        for row in opened.private(who, NOTE, call_id=call_id)
        if row.body.get("what") == BLIND and row.author == who.name
    ]
    return dict(own[-1].body["scores"]) if own else {}


def keep_scores(opened, who: Viewer, call_id: str, scores: Mapping[str, float | None]) -> None:
    """Keep what somebody said of a call, blind or not, for everybody who may see the call."""
    body = {"scores": dict(scores), "blind": not was_seen(opened, who, call_id)}
    row = keep_note(opened, who, BLIND, body, call_id=call_id)
    opened.share(who, NOTE, row.id)


def agreement_of(opened, who: Viewer) -> tuple[tuple[Agreement, ...], int]:
    """Agreement per item among who scored blind and with the machine, and on how many calls it rests."""
    notes = [row for row in notes_of(opened, who, BLIND) if row.call_id]
    own = [
        OwnScore(row.author, row.call_id, item, score, bool(row.body.get("blind")))
        for row in notes
        for item, score in row.body["scores"].items()
    ]
    blind = sorted({one.call_id for one in own if one.blind})
    machine: list[OwnScore] = []
    for call_id in blind:
        try:
            document = opened.document(who, call_id, corrected=False)
        except NotFound:
            continue
        machine += machine_scores(items_of(document), call_id=call_id)
    return agreements([*own, *machine]), len(blind)


def answers_of(opened, who: Viewer, month: str) -> dict[str, bool]:
    """What somebody said of a month's moments so far, by moment."""
    row = _row(opened, who, month)
    return dict(row.body["right"]) if row else {}


def keep_answer(opened, who: Viewer, month: str, moment: BlindMoment, is_right: bool) -> None:
    """One more answer of somebody, in the month's one note."""
    row = _row(opened, who, month)
    right = (dict(row.body["right"]) if row else {}) | {moment.id: is_right}
    items = (dict(row.body["items"]) if row else {}) | {moment.id: moment.item}
    body = {"what": VERDICTS, "month": month, "right": right, "items": items}
    if row is None:
        row = opened.add_private(who, NOTE, body)
        opened.share(who, NOTE, row.id)
    else:
        opened.change_private(who, NOTE, row.id, body)


def take_back(opened, who: Viewer, month: str, moment_id: str) -> None:
    """Forget one answer."""
    row = _row(opened, who, month)
    if row is not None:
        kept = {
            name: {k: v for k, v in row.body[name].items() if k != moment_id} for name in ("right", "items")
        }
        opened.change_private(who, NOTE, row.id, {"what": VERDICTS, "month": month, **kept})


def verdicts_of(opened, who: Viewer, month: str) -> tuple[Verdict, ...]:
    """Everybody's answers of a month."""
    return tuple(
        Verdict(moment_id, row.body["items"][moment_id], row.author, bool(is_right))
        for row in notes_of(opened, who, VERDICTS)
        if row.body.get("month") == month
        for moment_id, is_right in row.body["right"].items()
    )


def open_moments(moments: Iterable[BlindMoment], answered: Sequence[str] | Mapping) -> list[BlindMoment]:
    """Moments without an answer, in the order of the sheet."""
    return [moment for moment in moments if moment.id not in answered]


def _row(opened, who: Viewer, month: str):
    own = [
        row
        for row in notes_of(opened, who, VERDICTS)
        if row.author == who.name and row.body.get("month") == month
    ]
    return own[-1] if own else None


def now() -> datetime:
    return datetime.now(UTC)
