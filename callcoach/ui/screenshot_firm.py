"""A made-up firm around the bundled calls, so that pictures of Team and My coaching show something.

Each bundled call is stored again under other dates and for other people, some with lines left out, and
judged as it then stands: the words are those of the demonstration, the people and their history are
invented, and the demonstration itself has none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callcoach.core import LOCAL_OWNER, Call, CallPerson, Person, Role, Viewer
from callcoach.document import scored_call
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.pipeline import Judged, judge, with_roles_told
from callcoach.ui.library import offer
from callcoach.ui.private_rows import NOTE, SHEET, keep_note
from callcoach.ui.views.clips import moments_of
from callcoach.ui.views.people import new_id

TEAM = "north"
MANAGER = Person("mia-lang", "Mia Lang", team=TEAM, firm_role="manager")
TIMES = 12  # calls of each person
EVERY = timedelta(days=4)
GOOD = 0.9  # share of the target of a moment worth hearing
# What is left out of whose calls, and of which of them: the first person's, and everybody else's.
LEFT_OUT: tuple[dict[str, Callable[[int], bool]], ...] = (
    {"next_step": lambda n: n % 4 != 1, "stakeholder_question": lambda n: n % 4 != 0},
    {"stakeholder_question": lambda n: n % 4 != 0},
)


def add_firm(store) -> None:
    """People, a history made of the calls that are in the store, and what they agreed and let be heard."""
    rows = store.calls(LOCAL_OWNER).rows
    reps = sorted({row.rep for row in rows if row.rep})
    ids = {}
    for name in reps:
        ids[name] = new_id(name, ())
        store.put_person(LOCAL_OWNER, Person(ids[name], name, team=TEAM, firm_role="rep"))
    store.put_person(LOCAL_OWNER, MANAGER)
    # Mostly calls of one type: skills are compared within one.
    others = [row.call_id for row in rows if row.call_type != "discovery"]
    judged: dict[tuple[str, tuple[str, ...]], Judged] = {}
    discoveries = sorted(
        (row.call_id for row in rows if row.call_type == "discovery"),
        key=lambda call_id: -_n_met(judged.setdefault((call_id, ()), _judged(store, call_id))),
    )
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for place, name in enumerate(reps):
        for number in range(TIMES):
            left_out: tuple[str, ...] = ()
            if number % 6 == 5 or not discoveries:
                call_id = others[(place + number) % len(others)]
            else:
                call_id = discoveries[-1] if (3 * number + place) % 7 == 6 else discoveries[0]
                left_out = tuple(what for what, when in LEFT_OUT[place > 0].items() if when(number + place))
            if (call_id, left_out) not in judged:
                judged[call_id, left_out] = _judged(store, call_id, left_out)
            at = now - EVERY * (number + 1) - timedelta(hours=place)
            _again(store, call_id, judged[call_id, left_out], rep=name, number=number, at=at)
    if len(reps) > 2:
        _agreed(store, ids[reps[1]], now)
        for name in reps[1:3]:
            _heard(store, ids[name])


def _agreed(store, person_id: str, now: datetime) -> None:
    """A one-on-one of two weeks ago, with its sheet shared and the next one planned."""
    who = Viewer(MANAGER.id, frozenset({"manager"}), frozenset({TEAM}))
    since = now - timedelta(weeks=2)
    focus = {"item": "follow_up", "call_type": "discovery", "since": since.isoformat(), "chosen_by": []}
    edits = {
        "win": "Asked what the customer wants to hear before the end.",
        "focus": BEHAVIOURS["follow_up"],
        "agreed": "Ask once what a delay touches.",
        "on_call": "the next discovery call",
    }
    body = {"edits": edits, "session": 1, "agreed": since.isoformat(), "focus": focus}
    body["next"] = (now + timedelta(days=2)).date().isoformat()
    row = keep_note(store, who, SHEET, body, person_id=person_id)
    store.share(who, NOTE, row.id)


def _heard(store, person_id: str) -> None:
    """Somebody lets the team hear the surest good moment of their newest call that has one."""
    who = Viewer(person_id, frozenset({"rep"}))
    for row in store.calls(who, limit=TIMES).rows:
        document = store.document(who, row.call_id)
        found = moments_of(
            document, None, call_id=row.call_id, rep=person_id, at=row.added_at, account=row.account
        )
        good = [moment for moment in found if moment.score >= GOOD and moment.start_s is not None]
        if good:
            offer(store, who, max(good, key=lambda moment: (moment.probability, moment.item)))
            return


def _n_met(judged: Judged) -> float:
    return sum(item.score or 0.0 for item in judged.card.behaviours)


def _judged(store, call_id: str, left_out: tuple[str, ...] = ()) -> Judged:
    """A stored call as it is judged, without the lines that show some behaviours and what answered them."""
    call = store.call(LOCAL_OWNER, call_id)
    transcript = with_roles_told(store.transcript(LOCAL_OWNER, call_id), call.metadata, people=call.people)
    judged = judge(transcript, call.metadata)
    gone: set[int] = set()
    for item in judged.card.behaviours:
        if item.id in left_out:
            gone |= {piece.turn + after for piece in item.evidence for after in (0, 1)}
    if not gone:
        return judged
    kept = tuple(turn for number, turn in enumerate(transcript.turns) if number not in gone)
    return judge(replace(transcript, turns=kept), call.metadata)


def _again(store, call_id: str, judged: Judged, *, rep: str, number: int, at: datetime) -> None:
    """One stored call once more, as somebody else's of another day."""
    call, heard = store.call(LOCAL_OWNER, call_id), store.transcript(LOCAL_OWNER, call_id)
    heard = replace(heard, turns=judged.transcript.turns)
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
