"""Who is asking. Every read of the store takes a `Viewer`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person and what that person may read.

    Parameters
    ----------
    person_id : str or None
        None is the local owner: alone on one machine, sees everything of the local store.
    roles : frozenset of str
        ``"rep"``, ``"manager"``, ``"director"``, ``"operations"``, ``"owner"``.
    teams : frozenset of str
        Teams a manager or director may read.
    """

    person_id: str | None = None
    roles: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    @property
    def is_owner(self) -> bool:
        return "owner" in self.roles

    @property
    def name(self) -> str:
        return self.person_id or "owner"


LOCAL_OWNER = Viewer(roles=frozenset({"owner"}))
