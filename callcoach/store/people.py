"""People of the user's firm, the names they go by, and who they are in each call."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from callcoach.core import CallPerson, Person, Role, Viewer
from callcoach.core.errors import NotFound
from callcoach.store.call_columns import set_columns
from callcoach.store.columns import clean
from callcoach.store.schema import call_people, people, person_aliases
from callcoach.store.scope import owner_only

# Made once: a worker asks them for every call.
_IN_CALL = (
    select(call_people).where(call_people.c.call_id == bindparam("of_call")).order_by(call_people.c.position)
)
_INSERT_IN_CALL = insert(call_people)
_SHOWN = (
    select(call_people.c.side, call_people.c.name, people.c.name.label("person"))
    .select_from(call_people.outerjoin(people, call_people.c.person_id == people.c.id))
    .where(call_people.c.call_id == bindparam("of_call"))
    .order_by(call_people.c.position)
)
_NAMED = select(person_aliases.c.person_id).where(person_aliases.c.alias_key == bindparam("of_key")).limit(2)


def name_key(name: str | None) -> str | None:
    """How a name is compared: without case and outer spaces."""
    return None if name is None else (clean(name).strip().casefold()[:400] or None)


def put_person(connection: Connection, viewer: Viewer, person: Person) -> None:
    """Add or replace a person; calls in which our side bears one of the names become theirs."""
    owner_only(viewer, "changing people")
    values = {"name": person.name, "team": person.team, "firm_role": person.firm_role}
    known = connection.execute(select(people.c.id).where(people.c.id == person.id)).first()
    if known is None:
        connection.execute(insert(people).values(id=person.id, **values))
    else:
        connection.execute(update(people).where(people.c.id == person.id).values(**values))
        connection.execute(delete(person_aliases).where(person_aliases.c.person_id == person.id))
    names = {name_key(name): name for name in (person.name, *person.aliases) if name_key(name)}
    connection.execute(
        insert(person_aliases),
        [{"alias_key": key, "person_id": person.id, "alias": name} for key, name in names.items()],
    )
    for key in names:
        if person_of(connection, key) is not None:
            connection.execute(
                update(call_people)
                .where(
                    call_people.c.side == Role.REP.value,
                    call_people.c.name_key == key,
                    call_people.c.person_id.is_(None),
                )
                .values(person_id=person.id)
            )
    theirs = select(call_people.c.call_id).where(call_people.c.person_id == person.id).distinct()
    for call_id in connection.scalars(theirs).all():
        show_people(connection, call_id)


def person_of(connection: Connection, key: str | None) -> str | None:
    """The one person who goes by a name; None where nobody or more than one does."""
    if key is None:
        return None
    found = connection.scalars(_NAMED, {"of_key": key}).all()
    return found[0] if len(found) == 1 else None


def all_people(connection: Connection, viewer: Viewer) -> tuple[Person, ...]:
    """Everybody for the owner; teammates for managers and directors; oneself for others."""
    wanted = select(people).order_by(people.c.name, people.c.id)
    if not viewer.is_owner:
        own = people.c.id == viewer.person_id
        lead = bool(viewer.roles & {"manager", "director"})
        wanted = wanted.where(own | people.c.team.in_(sorted(viewer.teams)) if lead else own)
    found = connection.execute(wanted).all()
    # One read for all: a firm has hundreds of people, and pages ask for them at every click.
    of = person_aliases.c
    known = select(of.person_id, of.alias, of.alias_key).order_by(of.person_id, of.alias_key)
    if len(found) == 1:
        known = known.where(of.person_id == found[0].id)
    aliases: dict[str, list[tuple[str, str]]] = {}
    for person_id, alias, key in connection.execute(known) if found else ():
        aliases.setdefault(person_id, []).append((alias, key))
    return tuple(_person(row, aliases.get(row.id, ())) for row in found)


def person(connection: Connection, viewer: Viewer, person_id: str) -> Person:
    for found in all_people(connection, viewer):
        if found.id == person_id:
            return found
    raise NotFound(f"a person must exist for who asks; {person_id!r} does not: look them up among the people")


def put_call_people(connection: Connection, call_id: str, given: Sequence[CallPerson]) -> bool:
    """Keep who was in a call; False when nothing changes.

    A person who was tied to a name by hand stays tied to it; other names of our side find the one
    person who goes by them.
    """
    old = connection.execute(_IN_CALL, {"of_call": call_id}).all()
    tied = {(row.side, row.name_key): row.person_id for row in old if row.person_id}
    rows = []
    for position, one in enumerate(given):
        key = name_key(one.name)
        person_id = one.person_id or tied.get((one.side.value, key))
        if person_id is None and one.side is Role.REP:
            person_id = person_of(connection, key)
        rows.append(
            {
                "call_id": call_id,
                "position": position,
                "side": one.side.value,
                "name": clean(one.name),
                "name_key": key,
                "person_id": person_id,
                "speaker": clean(one.speaker),
            }
        )
    if rows == [dict(row._mapping) for row in old]:
        return False
    if old:
        connection.execute(delete(call_people).where(call_people.c.call_id == call_id))
    if rows:
        connection.execute(_INSERT_IN_CALL, rows)
    return True


def get_call_people(connection: Connection, call_id: str) -> tuple[CallPerson, ...]:
    rows = connection.execute(_IN_CALL, {"of_call": call_id})
    return tuple(CallPerson(Role(row.side), row.name, row.person_id, row.speaker) for row in rows)


def show_people(connection: Connection, call_id: str) -> None:
    """Bring the names in the list of calls in line with who was in the call."""
    set_columns(connection, call_id, people_columns(connection, call_id))


def people_columns(connection: Connection, call_id: str) -> dict[str, object]:
    """The columns of a call that say who was in it."""
    names = shown_names(connection, call_id)
    rep = ", ".join(names.get(Role.REP, ())) or None
    return {"rep": rep, "customers": names.get(Role.CUSTOMER, [])}


def shown_names(connection: Connection, call_id: str) -> dict[Role, list[str]]:
    """Names per side as lists show them: a known person's own name before the one in the source."""
    rows = connection.execute(_SHOWN, {"of_call": call_id})
    names: dict[Role, list[str]] = {}
    for row in rows:
        shown = row.person or row.name
        if shown and shown not in names.setdefault(Role(row.side), []):
            names[Role(row.side)].append(shown)
    return names


def _person(row, aliases: Sequence[tuple[str, str]]) -> Person:
    own = name_key(row.name)
    others = tuple(alias for alias, key in aliases if key != own)
    return Person(row.id, row.name, others, row.team, row.firm_role)
