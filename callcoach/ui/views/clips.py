"""Moments of several calls as clips to play: who, when, the words, how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from callcoach.coach.keeping import SHOWN_BY
from callcoach.coach.moments import MAX_CLIP_S, Moment
from callcoach.coach.scene import UNLISTED
from callcoach.core.keys import content_key
from callcoach.measure.taggers import show_thresholds
from callcoach.ui.views.behaviours import clip_of
from callcoach.ui.views.words import clock

NEVER = 2.0  # a probability that nothing reaches


def moments_of(
    document: dict, item: str | None, *, call_id: str, rep: str, at: datetime, account: str | None
) -> list[Moment]:
    """The evidence of one item of a call, or of all, as `coach` picks from it.

    Parameters
    ----------
    item : str or None
        ``behaviour`` or ``behaviour:variant``; None for every item.
    """
    return [
        Moment(
            call_id=call_id,
            rep=rep,
            item=name,
            at=at,
            account=account,
            quote=piece["quote"],
            start_s=piece["start_s"],
            end_s=piece["end_s"],
            score=found["score"],
            probability=piece["probability"],
        )
        for found in document["behaviours"]
        if (name := _name(found)) and item in (None, name) and found["score"] is not None
        for piece in found["evidence"]
        if piece["probability"] >= shown_from(found["id"])
    ]


def shown_from(behaviour: str) -> float:
    """Probability from which evidence is played to somebody; below it, it is counted and no more."""
    thresholds = show_thresholds()
    threshold = thresholds.get(SHOWN_BY.get(behaviour, behaviour), UNLISTED)
    return NEVER if threshold is None else threshold


def _name(found: dict) -> str:
    return f"{found['id']}:{found['variant']}" if found["variant"] else found["id"]


def clips_data(
    moments: Iterable[tuple[str, Moment]],
    *,
    titles: Mapping[str, str],
    addresses: Mapping[str, tuple[str, str, bool]],
) -> dict:
    """Data of the clips component; every string in it is shown as text.

    Parameters
    ----------
    moments : iterable of (label, Moment)
    titles : mapping of call id to title
    addresses : mapping of call id to (recording, copy, whether the copy is needed)
        Calls without a recording are left out.
    """
    clips = []
    for label, moment in moments:
        address, proxy, needs_proxy = addresses.get(moment.call_id, (None, None, False))
        timed = moment.start_s is not None
        clip = clip_of({"turn": 0, "start_s": moment.start_s or 0.0, "end_s": moment.end_s})
        to_s = min(clip["to_s"], clip["from_s"] + MAX_CLIP_S)
        at = clock(moment.start_s) if timed else ""
        clips.append(
            {
                "call": moment.call_id,
                "t": moment.start_s if timed else None,
                "label": label,
                "title": " · ".join(part for part in (titles.get(moment.call_id, ""), at) if part),
                "quote": moment.quote,
                "length": f"{to_s - clip['from_s']:.0f} s" if timed and address else "not to be played",
                "address": address if timed else None,
                "proxy": proxy,
                "needs_proxy": needs_proxy,
                "from_s": clip["from_s"],
                "to_s": to_s,
            }
        )
    return {"clips": clips, "version": content_key(clips)}
