"""Kinds of columns, and those that several tables share."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String
from sqlalchemy import Text as AnyText
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator):
    """A moment with a zone on the way in and in UTC on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def clean(text: str | None) -> str | None:
    """The text as every database can hold it: no NUL, no half of a surrogate pair."""
    if text is None:
        return None
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class Text(TypeDecorator):
    """Text of any length, cleaned on the way in."""

    impl = AnyText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect) -> str | None:
        return clean(value)


class Name(TypeDecorator):
    """Text that is indexed: cleaned, and cut where no index of PostgreSQL could hold it."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect) -> str | None:
        return None if value is None else clean(value)[:400]


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_call(*, nullable: bool = False, primary_key: bool = False, index: bool = True) -> Column:
    return Column(
        "call_id",
        String(64),
        ForeignKey("calls.id", ondelete="CASCADE"),
        nullable=nullable,
        primary_key=primary_key,
        index=index,
    )


def of_card(*, primary_key: bool = True) -> Column:
    return Column(
        "scorecard_id",
        Integer,
        ForeignKey("scorecards.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )
