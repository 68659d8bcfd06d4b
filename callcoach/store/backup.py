"""A whole store in one file, and back: what one database wrote the other reads.

::

    backup.callcoach      a zip archive
    ├── manifest.json     what is in it: schema, rows per table, size and SHA-256 of the store
    └── store.db.zst      an SQLite store of that schema, compressed

SQLite is copied by its own backup interface, PostgreSQL table by table within one transaction: both
are of one moment, whatever is written meanwhile. Nothing is restored before the hash, the file's own
checks and the number of rows are right, and then in one transaction.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard
from sqlalchemy import JSON, Connection, bindparam, func, insert, select
from sqlalchemy.engine import URL

from callcoach.core.errors import StoreError
from callcoach.store.engine import APPLICATION_ID, Database, connected
from callcoach.store.files import making, whole_file
from callcoach.store.migrate import HEAD, bring_up_to_date, migrations
from callcoach.store.schema import metadata

FORMAT = 1
MANIFEST, STORE = "manifest.json", "store.db.zst"
CHUNK_BYTES = 1 << 20
BATCH_ROWS = 500
MAX_MANIFEST_BYTES = 1 << 20
LEVEL = 6


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup holds.

    Parameters
    ----------
    schema : str
        Version of the store's tables.
    rows : dict
        Per table.
    """

    schema: str
    made_at: datetime
    sha256: str
    n_bytes: int
    rows: dict[str, int]


def backup(database: Database, to: Path) -> BackupInfo:
    """Write the store as of now to `to`, readable by its owner alone; it appears when it is whole."""
    with (
        whole_file(to, what="a backup") as beside,
        TemporaryDirectory(dir=to.parent, prefix=".backup-") as folder,
    ):
        copy = Path(folder) / "store.db"
        (_copy_sqlite if database.is_sqlite else _copy_tables_out)(database, copy)
        with _opened(copy) as made, made.reading() as connection:
            rows = counted(connection)
        info = BackupInfo(HEAD, datetime.now(UTC), _sha256(copy), copy.stat().st_size, rows)
        manifest = {
            "format": FORMAT,
            "schema": info.schema,
            "made_at": info.made_at.isoformat(),
            "sha256": info.sha256,
            "bytes": info.n_bytes,
            "rows": rows,
        }
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            with (
                archive.open(STORE, "w", force_zip64=True) as packed,
                zstandard.ZstdCompressor(level=LEVEL).stream_writer(packed, closefd=False) as writer,
                copy.open("rb") as file,
            ):
                while chunk := file.read(CHUNK_BYTES):
                    writer.write(chunk)
    return info


def restore(
    database: Database, path: Path, *, replace: bool = False, folder: Path | None = None
) -> BackupInfo:
    """Put what a backup holds into a store that is empty, or in the place of what it holds.

    Parameters
    ----------
    folder : Path or None
        Where the backup is unpacked to be checked; None for the system's temporary folder.

    Raises
    ------
    StoreError
        If the backup is damaged, of a newer release or none at all, or if the store holds anything
        and `replace` is False; the store is as it was.
    """
    with TemporaryDirectory(prefix="callcoach-restore-", dir=folder) as made:
        copy = Path(made) / "store.db"
        with making("a restore"):
            info = _unpacked(path, copy)
        with _opened(copy) as source:
            _check(source, info, path.name)
            bring_up_to_date(source)
            if database.is_sqlite:
                _restore_sqlite(source, database, copy, replace=replace)
            else:
                _copy_tables_in(source, database, replace=replace)
    return info


def read_info(path: Path) -> BackupInfo:
    """What a backup says of itself; nothing is checked against it yet."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST_BYTES:
                raise ValueError("too large")
            said = json.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT:
            raise StoreError(
                f"a backup must not be newer than this release (format {FORMAT}); {path.name} has format "
                f"{said['format']}: upgrade with: pip install --upgrade callcoach"
            )
        rows = {str(name): int(n) for name, n in said["rows"].items()}
        made_at = datetime.fromisoformat(said["made_at"])
        return BackupInfo(str(said["schema"]), made_at, str(said["sha256"]), int(said["bytes"]), rows)
    except OSError as error:
        raise StoreError(
            f"a backup must be a file that can be read; {path.name} is not ({error.strerror}): check the path"
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(path.name) from error


def counted(connection: Connection) -> dict[str, int]:
    """Rows of every table, as this transaction sees them."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table))
        for table in metadata.sorted_tables
    }


def _damaged(name: str) -> StoreError:
    return StoreError(
        f"a backup must be whole; {name} is damaged or not a backup, and nothing was restored: take another "
        "copy of it or an earlier one"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    url = URL.create("sqlite", database=str(path))
    database = Database(connected(url, create=True), url=url)
    try:
        yield database
    finally:
        database.close()


def _copy_sqlite(database: Database, copy: Path) -> None:
    with (
        closing(database.engine.raw_connection()) as raw,
        closing(sqlite3.connect(copy)) as target,
    ):
        raw.driver_connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def _copy_tables_out(database: Database, copy: Path) -> None:
    """PostgreSQL's tables, of one moment, into a new SQLite store."""
    with _opened(copy) as made:
        bring_up_to_date(made)
        with database.snapshot() as source:
            made.write(lambda target: [_copy_table(source, target, t) for t in metadata.sorted_tables])
        with closing(made.engine.raw_connection()) as raw:
            raw.driver_connection.execute("PRAGMA journal_mode=DELETE")


def _copy_table(source: Connection, target: Connection, table) -> None:
    # JSON needs saying that None is NULL: it would become the JSON word null otherwise.
    json_columns = {
        c.name: bindparam(c.name, type_=JSON(none_as_null=True)) for c in table.c if isinstance(c.type, JSON)
    }
    statement = insert(table).values({c.name: json_columns.get(c.name, bindparam(c.name)) for c in table.c})
    found = source.execution_options(yield_per=BATCH_ROWS).execute(select(table))
    for batch in found.mappings().partitions():
        target.execute(statement, [dict(row) for row in batch])


def _unpacked(path: Path, copy: Path) -> BackupInfo:
    info = read_info(path)
    digest, n_bytes = hashlib.sha256(), 0
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(STORE) as packed,
            zstandard.ZstdDecompressor().stream_reader(packed) as reader,
            copy.open("wb") as file,
        ):
            while chunk := reader.read(CHUNK_BYTES):
                digest.update(chunk)
                n_bytes += len(chunk)
                if n_bytes > info.n_bytes:
                    raise _damaged(path.name)
                file.write(chunk)
    except (zipfile.BadZipFile, zstandard.ZstdError, KeyError, EOFError) as error:
        raise _damaged(path.name) from error
    if (digest.hexdigest(), n_bytes) != (info.sha256, info.n_bytes):
        raise _damaged(path.name)
    return info


def _check(source: Database, info: BackupInfo, name: str) -> None:
    """The store in a backup is one of ours, whole, not newer than this release, with the rows it says."""
    known = {revision.revision for revision in migrations().walk_revisions()}
    if info.schema not in known:
        raise StoreError(
            f"a backup must not be newer than this release ({HEAD}); {name} has schema {info.schema}: upgrade "
            "with: pip install --upgrade callcoach"
        )
    with source.reading() as connection:
        ours = connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        if not ours or connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
            raise _damaged(name)
        for table, n in info.rows.items():
            if table not in metadata.tables or n != connection.scalar(
                select(func.count()).select_from(metadata.tables[table])
            ):
                raise _damaged(name)


def _refuse_if_not_empty(connection: Connection, url: str, *, replace: bool) -> None:
    if not replace and any(
        connection.execute(select(1).select_from(table).limit(1)).first() for table in metadata.sorted_tables
    ):
        raise StoreError(
            f"a store must be empty to be restored into; {url} is not, and was not changed: name another with "
            "--store, or give --replace to lose what it holds"
        )


def _restore_sqlite(source: Database, database: Database, copy: Path, *, replace: bool) -> None:
    """All pages at once: SQLite writes them in one transaction, which another program's crash undoes."""
    with database.reading() as connection:
        _refuse_if_not_empty(connection, database.url, replace=replace)
    source.close()
    with (
        making("a restore"),
        closing(sqlite3.connect(copy)) as made,
        closing(database.engine.raw_connection()) as raw,
    ):
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made.backup(raw.driver_connection)
    database.engine.dispose()  # connections remember the schema of before
    database.switch_to_wal()
    database.forget_pages()


def _copy_tables_in(source: Database, database: Database, *, replace: bool) -> None:
    """Every table in one transaction; numbers that the database gives go on above the highest."""

    def work(target: Connection) -> None:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        target.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        _refuse_if_not_empty(target, database.url, replace=replace)
        target.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        with source.reading() as connection:
            for table in metadata.sorted_tables:
                _copy_table(connection, target, table)
                _go_on_numbering(target, table)

    database.write(work)


def _go_on_numbering(target: Connection, table) -> None:
    column = table.autoincrement_column
    if column is None:
        return
    highest = target.scalar(select(func.max(column)))
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        target.execute(select(func.setval(sequence, highest)))
