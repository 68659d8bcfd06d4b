"""A team with a history: four reps, a manager and a director, and calls over ten weeks."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from conftest import FIXTURES
from stores import a_recording, document_of

from callcoach.core import (
    LOCAL_OWNER,
    BehaviourScore,
    Call,
    CallClass,
    CallMetadata,
    CallPerson,
    CallType,
    Caution,
    Evidence,
    Media,
    Person,
    Promise,
    Role,
    Scorecard,
    Status,
)
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.store import Store

NORTH = (("dana", "Dana Field"), ("tom", "Tom Reyes"), ("ida", "Ida Moss"), ("raj", "Raj Patel"))
ITEMS = ("follow_up", "reflection", "next_step", "recap")
SCRIPT = (
    "R 0-6 thanks for the time today what should we cover | C 6-14 approvals sit with omar for two days"
    " | R 14-20 two days where exactly | C 20-34 the leeds site waits for his signature every week"
    " | R 34-40 I'll send you the plan on Thursday | C 40-44 that works"
)
# Shares of each rep's calls that have each item: Dana follows up rarely, nobody sums up.
HAS = {
    "dana": (0.2, 0.9, 0.9, 0.1),
    "tom": (0.9, 0.8, 0.9, 0.1),
    "ida": (0.9, 0.9, 0.8, 0.2),
    "raj": (0.8, 0.9, 0.9, 0.0),
}
N_CALLS = 12


def team_store(path: Path, *, n_calls: int = N_CALLS, now: datetime | None = None) -> str:
    """URL of a store with that team, all calls long enough here for managers to see them."""
    now = now or datetime.now(UTC)
    url = f"sqlite:///{path}"
    with Store.open(url) as store:
        for id_, name in NORTH:
            store.put_person(LOCAL_OWNER, Person(id_, name, team="north", firm_role="rep"))
        store.put_person(LOCAL_OWNER, Person("mia", "Mia Lang", team="north", firm_role="manager"))
        store.put_person(LOCAL_OWNER, Person("dora", "Dora Quint", firm_role="director"))
        store.put_person(LOCAL_OWNER, Person("sam", "Sam Hale", team="south", firm_role="rep"))
        for id_, name in NORTH:
            for number in range(n_calls):
                _keep(store, id_, name, number, at=now - timedelta(days=2 + 5 * number, hours=number % 5))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE calls SET added_at = '2026-01-01 00:00:00.000000'")
    connection.close()
    return url


def _keep(store: Store, rep: str, name: str, number: int, *, at: datetime) -> None:
    call_id = f"{rep}-{number:02d}"
    transcript = a_recording(call_id, SCRIPT)
    scores = []
    for place, item in enumerate(ITEMS):
        has = (number * 7 + place * 3) % 10 < 10 * HAS[rep][place]
        scores.append(
            BehaviourScore(
                item,
                BEHAVIOURS[item],
                Status.SCORED if has or place == 0 else Status.NOT_OBSERVED,
                25.0,
                score=0.9 if has else 0.1 if place == 0 else 0.0,
                evidence=(Evidence((2, 4, 0)[number % 3], 0, 4, 0.95),) if has or place == 0 else (),
            )
        )
    if number == n_mono:
        scores = [
            BehaviourScore(
                item, BEHAVIOURS[item], Status.CANNOT_BE_JUDGED, 25.0, reason="who spoke is not known"
            )
            for item in ITEMS
        ]
    card = Scorecard(
        transcript_id=transcript.id,
        revision="0",
        scoring_key="key",
        rubric="discovery",
        call_type="discovery",
        call_type_probability=1.0,
        measures={"talk_share": 0.5},
        unavailable={},
        behaviours=tuple(scores),
        cautions=(Caution("pressure_tactic", (Evidence(4, 0, 3, 0.9),)),) if number == 1 else (),
        promises=(Promise("R", "send you the plan", "Thursday", 4),),
    )
    metadata = CallMetadata(
        started_at=at,
        rep=name,
        customers=("Priya N.",),
        account=("Brightwater", "Harper Freight", "Castle Care")[number % 3],
        call_type=CallType.DISCOVERY,
    )
    source = str(FIXTURES / "demo-good.opus")
    store.record(
        Call(
            call_id,
            metadata=metadata,
            call_class=CallClass.CONNECTED,
            media=(Media(source, transcript.source_sha256, 44.0, 2, 8000, "ogg"),),
            people=(
                CallPerson(Role.REP, name, speaker="R"),
                CallPerson(Role.CUSTOMER, "Priya N.", speaker="C"),
            ),
        ),
        transcript=transcript,
        source_uri=source,
        document=document_of(transcript, card, call_id=call_id, metadata=metadata, source=source),
        card=card,
    )


n_mono = 11  # the oldest call of everybody could not be judged
