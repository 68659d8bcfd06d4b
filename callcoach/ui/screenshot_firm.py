"""A made-up firm around the bundled calls, so that pictures of Team and My coaching show something.

Each bundled call is stored again under other dates and for other people: the words are those of the
demonstration, the people and their history are invented, and the demonstration itself has none of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callcoach.core import LOCAL_OWNER, Call, CallPerson, Person, Role
from callcoach.document import scored_call
from callcoach.pipeline import Judged, judge, with_roles_told
from callcoach.ui.views.people import new_id

TEAM = "north"
MANAGER = Person("mia-lang", "Mia Lang", team=TEAM, firm_role="manager")
TIMES = 12  # calls of each person
EVERY = timedelta(days=4)


def add_firm(store) -> None:
    """People, and a history made of the calls that are in the store."""
    rows = store.calls(LOCAL_OWNER).rows
    reps = sorted({row.rep for row in rows if row.rep})
    for name in reps:
        store.put_person(LOCAL_OWNER, Person(new_id(name, ()), name, team=TEAM, firm_role="rep"))
    store.put_person(LOCAL_OWNER, MANAGER)
    # Mostly calls of one type: skills are compared within one.
    discoveries = [row.call_id for row in rows if row.call_type == "discovery"]
    others = [row.call_id for row in rows if row.call_type != "discovery"]
    judged = {call_id: _judged(store, call_id) for call_id in (*discoveries, *others)}
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for place, name in enumerate(reps):
        for number in range(TIMES):
            if number % 6 == 5 or not discoveries:
                call_id = others[(place + number) % len(others)]
            else:
                call_id = discoveries[(number % len(reps) < place + 1) % len(discoveries)]
            at = now - EVERY * (number + 1) - timedelta(hours=place)
            _again(store, call_id, judged[call_id], rep=name, number=number, at=at)


def _judged(store, call_id: str) -> Judged:
    call = store.call(LOCAL_OWNER, call_id)
    transcript = with_roles_told(store.transcript(LOCAL_OWNER, call_id), call.metadata, people=call.people)
    return judge(transcript, call.metadata)


def _again(store, call_id: str, judged: Judged, *, rep: str, number: int, at: datetime) -> None:
    """One stored call once more, as somebody else's of another day."""
    call, heard = store.call(LOCAL_OWNER, call_id), store.transcript(LOCAL_OWNER, call_id)
    sha256 = hashlib.sha256(f"{call_id} {rep} {number}".encode()).hexdigest()
    transcript, id_ = replace(heard, source_sha256=sha256), sha256[:16]
    metadata = replace(call.metadata, rep=rep, started_at=at, source_id=None)
    customer = metadata.customers[0] if metadata.customers else None
    names = {Role.REP: rep, Role.CUSTOMER: customer}
    speakers = tuple(replace(s, name=names.get(s.role, s.name)) for s in judged.transcript.speakers)
    labels = {speaker.role: speaker.label for speaker in speakers}
    called = {s.name: names.get(s.role, s.name) for s in judged.transcript.speakers}
    promises = tuple(replace(one, who=called.get(one.who) or one.who) for one in judged.card.promises)
    card = replace(judged.card, transcript_id=transcript.id, promises=promises)
    store.record(
        Call(
            id_,
            metadata=metadata,
            call_class=call.call_class,
            media=tuple(replace(one, sha256=sha256) for one in call.media),
            people=tuple(CallPerson(role, name, speaker=labels.get(role)) for role, name in names.items()),
        ),
        transcript=transcript,
        source_uri=f"{call_id}-{rep}-{number}",
        document=scored_call(
            source=call_id,
            call_id=id_,
            call_class=call.call_class.value if call.call_class else None,
            metadata=metadata,
            transcript=replace(judged.transcript, source_sha256=sha256, speakers=speakers),
            card=card,
        ),
        card=card,
    )
