"""The store: one door to everything that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from callcoach.core import Call, CallMetadata, Edit, Media, Person, Scorecard, Transcript, Viewer
from callcoach.store import cards, delete, edits, jobs, judged, listing, people, private, read, seen, write
from callcoach.store import metadata as call_metadata
from callcoach.store.bulk import Bulk
from callcoach.store.columns import clean
from callcoach.store.queue import Queue
from callcoach.store.rows import (
    ALL_CALLS,
    CallFilter,
    CallPage,
    Choices,
    Deleted,
    FailureRow,
    PrivateRow,
    Recorded,
    SeenRow,
    TranscriptRow,
)
from callcoach.store.runs import Runs
from callcoach.store.scope import owner_only


class Store(Bulk):
    """Calls, transcripts, scorecards, corrections, people and jobs in SQLite or PostgreSQL.

    Open it with `Store.open`; it is a context manager and may be shared by threads. Every read
    takes a `Viewer`: what the viewer may not see does not exist (`NotFound`, or left out of lists).

    Attributes
    ----------
    url : str
        Where it is, without the password.
    rep_first_hours : float
        Hours a rep has with a new call before managers see it.
    """

    # Recording: what the machine found.

    def record(
        self,
        call: Call,
        *,
        transcript: Transcript,
        source_uri: str,
        document: dict,
        card: Scorecard,
        machine_document: dict | None = None,
    ) -> Recorded:
        """Keep everything of one call in one transaction; what is there already is not written again.

        A further transcript of a call is added and proposed. It becomes current by itself only if
        the current one has no words and it has. Metadata, people, class and source are brought up
        to date, and the machine's card and document of this transcript replaced, where they differ.

        Parameters
        ----------
        document : dict
            The JSON of the scored call. With `machine_document`, of the corrected one.
        machine_document : dict, optional
            The document without corrections, when `card` and `document` hold corrections.
        """

        machine, corrected = cards.Judgement.of(card, document), None
        if machine_document is not None:
            corrected = machine
            machine = cards.Judgement.of(replace(card, revision="0"), machine_document)
        with self._database.reading() as connection:
            known = read.has_transcript(connection, transcript.id)
        new = write.arrival(call, transcript, source_uri, machine, corrected, known=known)

        def work(connection):
            self._database.lock_call(connection, call.id)
            if call.metadata.source_id is not None:
                # Two files of one meeting may arrive at once: the second finds the call of the first.
                self._database.lock_call(connection, clean(f"source {call.metadata.source_id}"))
            return write.record(connection, new)

        return self._database.write(work)

    def record_failure(self, source_uri: str, *, sha256: str | None, kind: str, message: str) -> None:
        """Note why a source did not become a call; `record` of the same source clears it."""
        self._database.write(
            lambda connection: jobs.record_failure(
                connection, source_uri, sha256=sha256, kind=kind, message=message
            )
        )

    # For the archive, which works for the owner: no viewer.

    @property
    def queue(self) -> Queue:
        """Jobs: what is to be done, by whom, and what became of it."""
        return Queue(self._database)

    @property
    def runs(self) -> Runs:
        return Runs(self._database)

    def call_of(self, sha256: str) -> str | None:
        """The call that one of its sources' hashes leads to."""
        with self._database.reading() as connection:
            return read.call_of(connection, sha256)

    def call_of_source_id(self, source_id: str) -> str | None:
        """The first call that another system knows by this id."""
        with self._database.reading() as connection:
            return read.call_of_source_id(connection, source_id)

    def earlier_calls(self, account: str, *, before: datetime, limit: int) -> tuple[str, ...]:
        """Ids of an account's calls that began before a time, latest first."""
        with self._database.reading() as connection:
            return read.earlier_calls(connection, account, before, limit)

    def has_call(self, call_id: str) -> bool:
        with self._database.reading() as connection:
            return read.has_call(connection, call_id)

    def transcript_by_key(self, transcript_id: str) -> Transcript | None:
        """The transcript of an id (source bytes and recognition key), whatever call it is of."""
        with self._database.reading() as connection:
            return read.get_transcript(connection, transcript_id)

    def judged_under(self, call_id: str) -> tuple[tuple[str, str], ...]:
        """Call type and scoring key of every card of the call's current transcript."""
        with self._database.reading() as connection:
            return judged.judged_under(connection, call_id)

    def all_judged(
        self, *, after: str = "", limit: int = 500
    ) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """A page of all calls by id, after that of `after`, each with what `judged_under` says."""
        with self._database.reading() as connection:
            return judged.all_judged(connection, after=after, limit=limit)

    # Lists.

    def calls(
        self, viewer: Viewer, *, where: CallFilter = ALL_CALLS, limit: int = 50, after: str | None = None
    ) -> CallPage:
        """A page of calls, newest first; `after` is the `next` of the page before."""
        with self._database.reading() as connection:
            return listing.list_calls(
                connection,
                viewer,
                where=where,
                limit=limit,
                after=after,
                rep_first_hours=self.rep_first_hours,
            )

    def choices(self, viewer: Viewer) -> Choices:
        """Reps, accounts and call types that filters can offer."""
        with self._database.reading() as connection:
            return listing.choices(connection, viewer, rep_first_hours=self.rep_first_hours)

    def failures(
        self, viewer: Viewer, *, limit: int = 50, after: str | None = None
    ) -> tuple[FailureRow, ...]:
        """Sources that failed, latest first, for the owner and operations; `after` is a row's id."""
        with self._database.reading() as connection:
            return jobs.failures(connection, viewer, limit=limit, after=after)

    # One call.

    def call(self, viewer: Viewer, call_id: str) -> Call:
        return self._read(viewer, call_id, read.get_call)

    def transcript(self, viewer: Viewer, call_id: str) -> Transcript:
        """The current transcript, as it was recognised or read: without edits."""
        return self._read(
            viewer, call_id, lambda c, id_: read.get_transcript(c, read.current_transcript_id(c, id_))
        )

    def transcripts(self, viewer: Viewer, call_id: str) -> tuple[TranscriptRow, ...]:
        """All transcripts of a call, oldest first."""
        return self._read(viewer, call_id, read.transcript_rows)

    def document(self, viewer: Viewer, call_id: str, *, corrected: bool = True) -> dict:
        """The JSON of the scored call: with people's corrections where there are any, or the machine's."""
        return self._read(viewer, call_id, lambda c, id_: read.get_document(c, id_, corrected=corrected))

    def media_of(self, viewer: Viewer, call_id: str) -> tuple[Media, ...]:
        return self._read(viewer, call_id, read.get_media)

    def edits(self, viewer: Viewer, call_id: str) -> tuple[Edit, ...]:
        """Every correction, oldest first, those taken back too."""
        return self._read(viewer, call_id, edits.edits_of)

    def seen_by(self, viewer: Viewer, call_id: str) -> tuple[SeenRow, ...]:
        """Who has opened the call, first come first."""
        return self._read(viewer, call_id, seen.seen_by)

    # Changing one call. Who may see it may correct it; who did is kept.

    def add_edit(self, viewer: Viewer, call_id: str, edit: Edit) -> Edit:
        """Append a correction; the one returned has its id and author from the store."""
        return self._change(viewer, call_id, lambda c: edits.add_edit(c, viewer, call_id, edit))

    def undo_edit(self, viewer: Viewer, call_id: str, edit_id: str) -> None:
        self._change(viewer, call_id, lambda c: edits.undo_edit(c, viewer, call_id, edit_id))

    def save_card(self, viewer: Viewer, call_id: str, *, card: Scorecard, document: dict) -> None:
        """Keep a corrected card; the machine's stays beside it."""
        judgement = cards.Judgement.of(card, document)
        self._change(viewer, call_id, lambda c: cards.save_corrected(c, call_id, judgement))

    def set_metadata(self, viewer: Viewer, call_id: str, metadata: CallMetadata) -> None:
        """Replace what is known of a call beside its words; who was in it follows from it."""
        self._change(viewer, call_id, lambda c: call_metadata.set_metadata(c, viewer, call_id, metadata))

    def choose_transcript(self, viewer: Viewer, call_id: str, transcript_id: str) -> None:
        """Make a proposed transcript the current one; the other stays beside it. Judge again after it."""
        self._change(viewer, call_id, lambda c: call_metadata.choose(c, call_id, transcript_id))

    def mark_seen(self, viewer: Viewer, call_id: str) -> None:
        """Log that the viewer opened the call; again within the hour is one visit."""
        self._change(viewer, call_id, lambda c: seen.mark_seen(c, viewer, call_id))

    def delete_call(self, viewer: Viewer, call_id: str) -> Deleted:
        """Delete a call and everything derived; for the owner. The recording stays where it is."""

        def work(connection):
            owner_only(viewer, "deleting a call")
            return delete.delete_call(connection, call_id)

        deleted = self._change(viewer, call_id, work)
        self._database.forget_pages()
        return deleted

    # People.

    def put_person(self, viewer: Viewer, person: Person) -> None:
        """Add or replace a person; calls in which our side bears one of their names become theirs."""
        self._database.write(lambda connection: people.put_person(connection, viewer, person))

    def people(self, viewer: Viewer) -> tuple[Person, ...]:
        with self._database.reading() as connection:
            return people.all_people(connection, viewer)

    def person(self, viewer: Viewer, person_id: str) -> Person:
        with self._database.reading() as connection:
            return people.person(connection, viewer, person_id)

    def delete_person(self, viewer: Viewer, person_id: str) -> Deleted:
        """Delete a person, every call with their voice in it and everything derived; for the owner."""

        def work(connection):
            owner_only(viewer, "deleting a person")
            return delete.delete_person(connection, person_id)

        deleted = self._database.write(work)
        self._database.forget_pages()
        return deleted

    # Private until shared: kind is "note", "goal" or "self_assessment".

    def add_private(
        self,
        viewer: Viewer,
        kind: str,
        body: dict,
        *,
        person_id: str | None = None,
        call_id: str | None = None,
    ) -> PrivateRow:
        """Keep something of the viewer's own; nobody else sees it before `share`."""
        hours = self.rep_first_hours
        return self._database.write(
            lambda c: private.add(
                c, viewer, kind, body, person_id=person_id, call_id=call_id, rep_first_hours=hours
            )
        )

    def private(
        self, viewer: Viewer, kind: str, *, person_id: str | None = None, call_id: str | None = None
    ) -> tuple[PrivateRow, ...]:
        """What is the viewer's own, and what others shared with who may see it; oldest first."""
        with self._database.reading() as connection:
            return private.rows(
                connection,
                viewer,
                kind,
                person_id=person_id,
                call_id=call_id,
                rep_first_hours=self.rep_first_hours,
            )

    def share(self, viewer: Viewer, kind: str, id_: str, *, shared: bool = True) -> None:
        """Share one's own with who may see the call or person it is about, or take that back."""
        self._database.write(lambda c: private.share(c, viewer, kind, id_, shared=shared))

    def delete_private(self, viewer: Viewer, kind: str, id_: str) -> None:
        """Delete something of one's own."""
        self._database.write(lambda c: private.remove(c, viewer, kind, id_))
