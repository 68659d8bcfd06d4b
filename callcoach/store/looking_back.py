"""Which calls are to be judged again once the account's earlier ones are all there.

While many sources are worked on side by side no call knows which others there will be. So the jobs of
a run that became calls of an account wait, as tasks that are done, until the run has done the rest::

    ingest, done ─── an earlier call of the account is kept ───► look_back, queued
              └───── none is, or the call does not say when ──► look_back, done
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select, update

from callcoach.store.jobs import DONE, QUEUED
from callcoach.store.schema import calls, jobs

INGEST, LOOK_BACK = "ingest", "look_back"


def put_look_backs(connection: Connection, run_id: str, now: datetime) -> int:
    """Queue what has something to look back on since this run; returns how many jobs."""
    own, earlier, later = calls.alias("own"), calls.alias("earlier"), calls.alias("later")
    arrived = jobs.alias("arrived")
    in_run = and_(arrived.c.run_id == run_id, arrived.c.state == DONE, arrived.c.task == INGEST)
    of_account = and_(own.c.account.is_not(None), own.c.sort_at != own.c.added_at)  # it says when it began
    new = select(arrived.c.id, own.c.account, own.c.sort_at).join(own, own.c.id == arrived.c.call_id)
    new = new.where(in_run, of_account, func.coalesce(arrived.c.call_class, "") != "duplicate").subquery()

    has_earlier = select(earlier.c.id).where(
        earlier.c.account == new.c.account, earlier.c.sort_at < new.c.sort_at
    )
    here = select(new.c.id).where(has_earlier.exists())
    looked = jobs.alias("looked")
    got_earlier = select(new.c.id).where(new.c.account == later.c.account, new.c.sort_at < later.c.sort_at)
    there = (
        select(looked.c.id)
        .join(later, later.c.id == looked.c.call_id)
        .where(
            looked.c.state == DONE,
            looked.c.task == LOOK_BACK,
            later.c.account.is_not(None),
            later.c.sort_at != later.c.added_at,
            got_earlier.exists(),
        )
    )
    wanted = list(connection.scalars(select(jobs.c.id).where(or_(jobs.c.id.in_(here), jobs.c.id.in_(there)))))
    looks_back = {"task": LOOK_BACK}
    connection.execute(update(jobs).where(jobs.c.id.in_(select(new.c.id))).values(**looks_back))
    queued = {
        **looks_back,
        "state": QUEUED,
        "run_id": run_id,
        "attempts": 0,
        "not_before": None,
        "queued_at": now,
    }
    for at in range(0, len(wanted), 500):
        connection.execute(update(jobs).where(jobs.c.id.in_(wanted[at : at + 500])).values(**queued))
    return len(wanted)
