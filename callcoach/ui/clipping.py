"""Clips of several calls placed on a page: found among what the viewer may read, played by our route."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from callcoach.coach.moments import Moment, ThreeMoments, three_moments
from callcoach.coach.records import CallRecord
from callcoach.coach.titles import call_title
from callcoach.core import Viewer
from callcoach.ui.components import clips
from callcoach.ui.media import address_of, is_there, needs_proxy, proxy_address_of
from callcoach.ui.state import CALL_PAGE, call_address
from callcoach.ui.views.clips import clips_data, moments_of

AT_MOST = 12  # calls that moments are looked for in


def moments_in(
    opened, who: Viewer, records: Iterable[CallRecord], rep: str, item: str | None, *, at_most: int = AT_MOST
) -> list[Moment]:
    """The moments of somebody's newest judged calls, of one item or of all."""
    judged = [
        r
        for r in records
        if r.rep == rep and (r.is_judged if item is None else r.scores.get(item) is not None)
    ]
    found: list[Moment] = []
    for record in sorted(judged, key=lambda r: r.at, reverse=True)[:at_most]:
        document = opened.document(who, record.call_id)
        found += moments_of(
            document, item, call_id=record.call_id, rep=rep, at=record.at, account=record.account
        )
    return found


def three_of(opened, who: Viewer, records: Iterable[CallRecord], rep: str, item: str) -> ThreeMoments:
    """Best, typical and nearly among somebody's newest calls with a score for an item."""
    return three_moments(moments_in(opened, who, records, rep, item))


def titles_of(opened, who: Viewer, call_ids: Iterable[str]) -> dict[str, str]:
    """What people call each call."""
    titles = {}
    for call_id in set(call_ids):
        call, document = opened.call(who, call_id), opened.document(who, call_id)["call"]
        titles[call_id] = call_title(
            started_at=call.metadata.started_at,
            duration_s=document["duration_s"],
            rep=call.metadata.rep,
            customers=call.metadata.customers,
            account=call.metadata.account,
            call_type=document["call_type"],
        )
    return titles


def play(opened, who: Viewer, moments: Sequence[tuple[str, Moment]], *, key: str) -> None:
    """Place clips; their titles lead to the call at that second."""
    ids = {moment.call_id for _, moment in moments}
    addresses = {}
    for call_id in ids:
        media = next((one for one in opened.media_of(who, call_id) if is_there(one)), None)
        if media is not None:
            addresses[call_id] = (
                address_of(call_id, media),
                proxy_address_of(call_id, media),
                needs_proxy(media),
            )
    data = clips_data(moments, titles=titles_of(opened, who, ids), addresses=addresses)
    opened_call = clips(data=data, key=key, on_opened_change=lambda: None).opened
    if opened_call:
        st.switch_page(CALL_PAGE, query_params=call_address(opened_call))
