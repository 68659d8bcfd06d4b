"""The people file: who works here, by every name the other systems use for them.

A CSV with a heading; ``id`` or ``email``, and ``name``, are needed::

    id,name,email,agent_id,extension,aliases,team,role,from,to
    ana,Ana Okoro,ana@firm.example,A17,2041,Ana O.;AOKORO,north,rep,2024-01-01,

Aliases are separated by ``;``. ``from`` and ``to`` (days, both included) say when somebody had the
agent id and the extension, because those are handed on; name, e-mail and aliases are theirs always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from callcoach.archive.tables import Row, read_table
from callcoach.core import Person, Viewer
from callcoach.core.errors import BadMetadata

COLUMNS = ("id", "name", "email", "agent_id", "extension", "aliases", "team", "role", "from", "to")
FIRM_ROLES = ("rep", "manager", "director", "operations")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a people file.

    Parameters
    ----------
    since, until : date or None
        First and last day of agent id and extension; None is open.
    """

    person: Person
    email: str | None = None
    agent_id: str | None = None
    extension: str | None = None
    since: date | None = None
    until: date | None = None

    def on_duty(self, day: date | None) -> bool:
        """Whether agent id and extension were theirs on a day; without a day only open entries are."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a people file, found by what a call's metadata says of them."""

    entries: tuple[Entry, ...] = ()

    def find(self, raw: str, *, day: date | None = None) -> tuple[Person, ...]:
        """Everybody a raw value can mean: one when it is clear, none when nobody is known by it.

        Parameters
        ----------
        raw : str
            E-mail, agent id, extension, name or alias; case does not count.
        day : date, optional
            Of the call; agent ids and extensions are looked up by it.
        """
        wanted = _key(raw)
        found: dict[str, Person] = {}
        for entry in self.entries:
            always = (entry.person.name, entry.email, entry.person.id, *entry.person.aliases)
            lent = (entry.agent_id, entry.extension) if entry.on_duty(day) else ()
            if wanted in {_key(value) for value in (*always, *lent) if value}:
                found[entry.person.id] = entry.person
        return tuple(found.values())

    def unmatched(self, raws: Iterable[str], *, n: int = 10) -> tuple[tuple[str, int], ...]:
        """The most frequent raw values that nobody is known by, with how often: what to map first."""
        counts = Counter(raw.strip() for raw in raws if raw.strip() and not self.find(raw))
        return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:n])


def read_people(path: Path) -> People:
    """The people of a file.

    Raises
    ------
    BadMetadata
        Naming file, row and column.
    """
    entries = [_entry(row) for row in read_table(path, columns=COLUMNS, needed=("name",))]
    _check_same_person(path, entries)
    return People(tuple(entries))


def import_people(store, viewer: Viewer, path: Path) -> tuple[Person, ...]:
    """Put everybody of a file into a store; calls that bear one of their names become theirs.

    Several rows of one id (another extension, another period) are one person with all their names.
    """
    together: dict[str, Person] = {}
    for entry in read_people(path).entries:
        # An extension with an end may be somebody else's by now: it is resolved by day, when a call is read.
        lent = () if entry.since or entry.until else (entry.agent_id, entry.extension)
        names = [n for n in (*entry.person.aliases, entry.email, *lent) if n]
        before = together.get(entry.person.id)
        aliases = tuple(dict.fromkeys((*(before.aliases if before else ()), *names)))
        person = entry.person
        together[person.id] = Person(person.id, person.name, aliases, person.team, person.firm_role)
    for person in together.values():
        store.put_person(viewer, person)
    return tuple(together.values())


def _entry(row: Row) -> Entry:
    name, email = row.get("name"), row.get("email")
    id_ = row.get("id") or email
    if not name:
        raise row.wrong("name", "a name")
    if not id_:
        raise row.wrong("id", "an id, or an e-mail in its place")
    role = row.get("role")
    if role is not None and role.casefold() not in FIRM_ROLES:
        raise row.wrong("role", f"one of {', '.join(FIRM_ROLES)}")
    aliases = tuple(a.strip() for a in (row.get("aliases") or "").split(";") if a.strip())
    since, until = _day(row, "from"), _day(row, "to")
    if since and until and until < since:
        raise row.wrong("to", f"a day not before {since}")
    person = Person(id_, name, aliases, row.get("team"), role.casefold() if role else None)
    return Entry(person, email, row.get("agent_id"), row.get("extension"), since, until)


def _day(row: Row, column: str) -> date | None:
    text = row.get(column)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise row.wrong(column, "a day such as 2026-09-14") from error


def _check_same_person(path: Path, entries: Iterable[Entry]) -> None:
    names: dict[str, str] = {}
    for entry in entries:
        known = names.setdefault(entry.person.id, entry.person.name)
        if _key(known) != _key(entry.person.name):
            raise BadMetadata(
                f"{path.name}: an id must belong to one person; {entry.person.id!r} has two names: "
                "write the other name among the aliases"
            )


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
