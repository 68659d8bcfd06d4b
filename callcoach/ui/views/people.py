"""People of the firm as a list, and an id for a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from callcoach.ui.views.words import plain

ROLES = {"rep": "rep", "manager": "manager", "director": "director", "operations": "operations"}


def people_html(people: Iterable) -> str:
    """Everybody with team, role and the other names they go by."""
    rows = "".join(
        f'<tr><th scope="row">{plain(person.name)}</th><td>{plain(person.team or "no team")}</td>'
        f"<td>{plain(person.firm_role or 'rep')}</td><td>{plain(', '.join(person.aliases) or '–')}</td></tr>"
        for person in people
    )
    return (
        '<table class="cc-measures"><thead><tr><th scope="col">Name</th><th scope="col">Team</th>'
        f'<th scope="col">Role</th><th scope="col">Also called</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def new_id(name: str, taken: Collection[str]) -> str:
    """A short id made of a name that nobody has yet.

    Examples
    --------
    >>> new_id("Ana Okoro", ())
    'ana-okoro'
    >>> new_id("Ana Okoro", {"ana-okoro"})
    'ana-okoro-2'
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60] or "person"
    n = 1
    while (found := base if n == 1 else f"{base}-{n}") in taken:
        n += 1
    return found
