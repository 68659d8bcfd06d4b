"""Full-text search over the words of calls: the same words find the same calls on both databases.

Words are split and folded here, not by the databases: lower case, no accents, apostrophes and
hyphens part words. What a person types is data: it is split the same way and quoted again, so no
operator of either database can be reached and no input is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Select,
    bindparam,
    column,
    delete,
    false,
    insert,
    select,
    table,
    text,
)

from callcoach.store.schema import calls, search_text

# One part holds up to 12,000 words: PostgreSQL counts positions up to 16,383 and takes under 1 MB.
# Words of a search must meet in one part, about 80 minutes of talk.
PART_WORDS = 12_000
PART_BYTES = 400_000
MAX_QUERY_WORDS = 40

WORD_LETTERS = 64
_WORD = re.compile(rf"[^\W_]{{1,{WORD_LETTERS}}}")  # longer runs are several words
_ASCII = bytes(ord(c.lower()) if (c := chr(code)).isalnum() else 32 for code in range(128)) + bytes(128)
_PIECE = re.compile(r'"([^"]*)"?|([^"\s]+)')

_INDEXED = (
    select(search_text.c.text)
    .where(search_text.c.call_id == bindparam("of_call"))
    .order_by(search_text.c.part)
)
_INSERT = insert(search_text)


def words_of(said: str) -> list[str]:
    """The words of a text as the index knows them.

    >>> words_of("Señor O'Neil's follow-up: 3,5 %")
    ['senor', 'o', 'neil', 's', 'follow', 'up', '3', '5']
    """
    said = said if said.isascii() else said.translate(_FOLDED)
    if said.isascii():
        return _in_ascii(said)
    return [word for line in said.split("\n") for word in _in_line(line)]


def _in_line(said: str) -> list[str]:
    return _in_ascii(said) if said.isascii() else _WORD.findall(said.casefold())


def _in_ascii(said: str) -> list[str]:
    """What the pattern finds, in a quarter of the time."""
    words = said.encode("ascii").translate(_ASCII).decode("ascii").split()
    too_long = len(max(words, key=len, default="")) > WORD_LETTERS
    return _WORD.findall(said.casefold()) if too_long else words


class _Folded(dict[int, str]):
    """Letters without accents, and a space for what is no letter in any case: a curly quote, a dash.

    One character at a time: nothing that was said is kept.
    """

    def __missing__(self, code: int) -> str:
        letters = (c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
        self[code] = "".join(" " if c == c.casefold() and not c.isalnum() else c for c in letters)
        return self[code]


_FOLDED = _Folded({code: chr(code) for code in range(128)})


def phrases_of(typed: str) -> list[list[str]]:
    """What must be said: each inner list next to each other. Quotes keep words together.

    >>> phrases_of('price "next step" follow-up')
    [['price'], ['next', 'step'], ['follow', 'up']]
    """
    phrases, left = [], MAX_QUERY_WORDS
    for quoted, bare in _PIECE.findall(typed):
        words = words_of(quoted or bare)[:left]
        left -= len(words)
        if words:
            phrases.append(words)
    return phrases


def index_words(connection: Connection, call_id: str, new: list[str]) -> None:
    """Make a call findable by these parts and by nothing else; unchanged parts write nothing."""
    old = connection.scalars(_INDEXED, {"of_call": call_id}).all()
    if new == old:
        return
    if old:
        connection.execute(delete(search_text).where(search_text.c.call_id == call_id))
    if new:
        connection.execute(
            _INSERT,
            [{"call_id": call_id, "part": part, "text": words} for part, words in enumerate(new)],
        )


def said(connection: Connection, typed: str) -> ColumnElement[bool]:
    """The condition on `calls` that everything typed was said; false where nothing typed is a word."""
    if not phrases_of(typed):
        return false()
    if connection.dialect.name == "sqlite":
        parts = search_text.c.id.in_(matching(typed).scalar_subquery())
    else:
        parts = _in_index(typed)
    return calls.c.id.in_(select(search_text.c.call_id).where(parts))


def said_between(typed: str, since: datetime | None, until: datetime) -> Select:
    """Ids of calls that PostgreSQL's index finds in a stretch of time, both ends of it included."""
    found = select(search_text.c.call_id).where(_in_index(typed))
    for sign, name, bound in ((">=", "since", since), ("<=", "until", until)):
        if bound is not None:
            within = text(f"search_text.said_at {sign} :{name}")
            found = found.where(within.bindparams(bindparam(name, bound, DateTime(timezone=True))))
    return found


def _in_index(typed: str) -> ColumnElement[bool]:
    found = text("search_text.words @@ websearch_to_tsquery('simple', :typed)")
    return found.bindparams(typed=_quoted(typed))


def matching(typed: str) -> Select:
    """Rows of SQLite's index in which everything typed was said."""
    where = text("search_index MATCH :typed").bindparams(typed=_quoted(typed))
    return select(column("rowid")).select_from(table("search_index")).where(where)


def _quoted(typed: str) -> str:
    """What is typed for either index: words hold letters and digits only, so no quote can be left."""
    return " ".join(f'"{" ".join(words)}"' for words in phrases_of(typed))


def forget_words(connection: Connection) -> None:
    """Take deleted words out of SQLite's index for good, a bounded amount of work at a time."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index(search_index, rank) VALUES ('merge', -2000)")


def parts_of(texts: Iterable[str]) -> list[str]:
    """What the index holds of a call: its words, in as many parts as PostgreSQL needs."""
    words = words_of("\n".join(texts))
    parts, start = [], 0
    while start < len(words):
        end = min(start + PART_WORDS, len(words))
        while len((part := " ".join(words[start:end])).encode()) > PART_BYTES:
            end = (start + end) // 2
        parts.append(part)
        start = end
    return parts
