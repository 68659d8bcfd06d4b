"""One source into a store: hear, judge, keep. A failure is a value, never the end of a batch."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

from callcoach.archive.account import looked_back
from callcoach.archive.folder_csv import Found, find_metadata
from callcoach.archive.sources import Source, companion_recording
from callcoach.archive.voices import Meeting, sides_known
from callcoach.core import (
    LOCAL_OWNER,
    Call,
    CallMetadata,
    CallPerson,
    CallType,
    Role,
    Transcript,
    Viewer,
    call_id,
)
from callcoach.core.errors import CallcoachError, InputError, MissingExtra, OutOfSpace, Unreachable
from callcoach.core.ruling import rule
from callcoach.document import failed_input, scored_call
from callcoach.pipeline import (
    NO_METADATA,
    NOTHING_GIVEN,
    Given,
    Heard,
    Judged,
    classify,
    hear,
    hear_together,
    judge,
    with_roles_told,
)

log = logging.getLogger(__name__)

NO_SPACE_ERRNO = 28


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Parameters
    ----------
    document : dict
        The scored call or the failed input of the JSON contract.
    call_id : str or None
        None for a failure.
    new : bool
        Whether anything was added to the store.
    proposed : bool
        The transcript was added beside a current one, for a person to take.
    """

    source: str
    document: dict
    call_id: str | None = None
    metadata: CallMetadata = NO_METADATA
    new: bool = False
    proposed: bool = False
    error: CallcoachError | None = None


def ingest(
    source: Source,
    *,
    store: object | None,
    given: Given = NOTHING_GIVEN,
    call_type: CallType | None = None,
    rubric: str | None = None,
    load_recogniser: Callable[[], object] | None = None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
    hear_with: Callable[..., Heard] | None = None,
    find_with: Callable[[Path], Found] = find_metadata,
    look_back: bool = True,
) -> Outcome:
    """Hear, judge and keep one source.

    Parameters
    ----------
    store : Store or None
        None keeps nothing.
    load_recogniser : callable or None
        None for talk measures only; called once a recording needs it.
    hear_with : callable or None
        Turns the local path into what was heard, by the arguments of `hear`.
    find_with : callable
        What is known of a local path beside its sound; its sidecar and folder table unless given. Of a
        meeting in one file per person, what is known of all its files is asked instead.
    look_back : bool
        Whether earlier calls of the account count. Not while many are scored side by side, in no
        order: a rescore looks back once all are there.

    Returns
    -------
    Outcome
        Never raises for what one input can cause; `KeyboardInterrupt` passes through.
    """
    try:
        if source.error is not None:
            raise source.error
        with localised(source) as path:
            found = source.meeting.found if source.meeting else find_with(path)
            metadata = found.metadata
            sides = sides_known(store, found)
            heard = (hear_with or _hearing(source, sides))(
                path,
                recogniser_needed=load_recogniser,
                language=language or metadata.language,
                progress=progress,
            )
            heard = replace(heard, source=source.uri, transcript=_noted(heard.transcript, source.notes))
            known_id = _known_call(heard, path, metadata, store)
        if call_type is not None:
            metadata = replace(metadata, call_type=call_type)
        return _judge_and_keep(
            heard,
            metadata,
            known_id,
            store=store,
            given=given,
            sides=sides,
            rubric=rubric,
            look_back=look_back,
        )
    except CallcoachError as error:
        return _failed(source, error, store)
    except OSError as error:
        if error.errno == NO_SPACE_ERRNO:
            return _failed(
                source,
                OutOfSpace("scoring needs free disk space; there is none: free some and run again"),
                store,
            )
        return _failed(source, unexpected(error), store)
    except Exception as error:
        return _failed(source, unexpected(error), store)


def rescore_stored(store, id_: str, *, rubric: str | None = None) -> dict:
    """Judge a stored call's current transcript again, without and with its edits; nothing is heard.

    Returns the machine's document. The corrected card follows in a transaction of its own.
    """
    call = store.call(LOCAL_OWNER, id_)
    transcript = store.transcript(LOCAL_OWNER, id_)
    source = store.document(LOCAL_OWNER, id_, corrected=False)["source"]
    told = with_roles_told(transcript, call.metadata, people=call.people)
    known, earlier = looked_back(store, id_, call.metadata)
    judged = judge(told, known, rubric=rubric, earlier=earlier)
    document = _document(source, id_, call.metadata, judged)
    store.record(call, transcript=transcript, source_uri=source, document=document, card=judged.card)
    if store.edits(LOCAL_OWNER, id_):
        rescore_call(store, LOCAL_OWNER, id_)
    return document


def rescore_call(store, viewer: Viewer, id_: str) -> dict:
    """Judge a stored call again, with its edits, and keep the corrected card; returns its document."""
    call = store.call(viewer, id_)
    transcript = with_roles_told(store.transcript(viewer, id_), call.metadata, people=call.people)
    old = store.document(viewer, id_, corrected=False)
    ruling = rule(store.edits(viewer, id_), leads=leads_of(store, call))
    known, earlier = looked_back(store, id_, call.metadata)
    judged = judge(transcript, known, edits=ruling.counting, disputed=ruling.disputed, earlier=earlier)
    document = _document(old["source"], id_, call.metadata, judged)
    store.save_card(viewer, id_, card=judged.card, document=document)
    return document


def leads_of(store, call: Call) -> frozenset[str]:
    """Authors whose word on a call stands above the machine's: who leads and was not in it."""
    own = {person.person_id for person in call.people if person.side is Role.REP}
    leads = {p.id for p in store.people(LOCAL_OWNER) if p.firm_role in ("manager", "director")}
    return frozenset({LOCAL_OWNER.name} | (leads - own))


@contextmanager
def localised(source: Source) -> Iterator[Path]:
    """A local path of the source's bytes; a URL is fetched into a temporary folder first.

    Raises
    ------
    Unreachable
        If the URL does not answer.
    MissingExtra
        If its kind of URL needs a library that is not installed.
    """
    if source.path is not None:
        yield source.path
        return
    import fsspec

    with tempfile.TemporaryDirectory(prefix="callcoach-") as folder:
        target = Path(folder) / (source.uri.rstrip("/").rsplit("/", 1)[-1] or "input")
        scheme = source.uri.split("://", 1)[0]
        try:
            with fsspec.open(source.uri, "rb") as remote, target.open("wb") as local:
                while chunk := remote.read(1 << 20):
                    local.write(chunk)
        except ImportError as error:
            hint = "pip install 'callcoach[s3]'" if scheme == "s3" else f"fsspec's library for {scheme}"
            raise MissingExtra(f"{scheme}:// inputs need an extra that is not installed: {hint}") from error
        except ValueError as error:
            raise Unreachable(
                f"an input URL needs a scheme that fsspec reads; {scheme}:// is none"
            ) from error
        except OSError as error:
            if error.errno == NO_SPACE_ERRNO:
                raise
            raise Unreachable(
                f"the source must answer; {scheme}:// did not ({type(error).__name__}): check it and run again"
            ) from error
        except Exception as error:
            raise Unreachable(
                f"the source must answer; {scheme}:// did not ({type(error).__name__}): check it and run again"
            ) from error
        yield target


def _hearing(source: Source, sides: Mapping[str, Role]) -> Callable[..., Heard]:
    """How a source is heard: a file, or the files of its meeting."""
    if source.meeting is None:
        return hear
    return lambda _path, **hearing: hear_meeting(source.meeting, sides, **hearing)


def hear_meeting(meeting: Meeting, sides: Mapping[str, Role], **hearing) -> Heard:
    """A meeting in one file per person as it is heard, people named in full where they are known.

    Raises
    ------
    InputError
        If one of its files cannot be read, or it is unclear how they go together.
    """
    if meeting.error is not None:
        raise meeting.error
    return hear_together(meeting.named(sides).voices, **hearing)


def _noted(transcript: Transcript, notes: tuple[str, ...]) -> Transcript:
    provenance = transcript.provenance
    return replace(transcript, provenance=replace(provenance, notes=(*provenance.notes, *notes)))


def _known_call(heard: Heard, path: Path, metadata: CallMetadata, store) -> str | None:
    """The call that has this source or its id, or the recording of the same base name beside it."""
    if store is not None:
        if known := store.call_of(heard.sha256):
            return known
        if metadata.source_id and (known := store.call_of_source_id(metadata.source_id)):
            return known
        if (known := _call_of_most(heard, store)) is not None:
            return known
    recording = companion_recording(path) if not heard.recordings else None
    if recording is None:
        return None
    with recording.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return (store.call_of(sha256) if store is not None else None) or call_id(sha256)


def _call_of_most(heard: Heard, store) -> str | None:
    """The call of a meeting to which a file was added since, or of which one went: half of them know it."""
    calls = Counter(filter(None, (store.call_of(voice.sha256) for voice in heard.voices)))
    id_, n = max(calls.items(), key=lambda one: (one[1], one[0]), default=(None, 0))
    return id_ if 2 * n >= len(heard.voices) else None


def _judge_and_keep(
    heard: Heard,
    metadata: CallMetadata,
    known_id: str | None,
    *,
    store,
    given: Given,
    sides: Mapping[str, Role],
    rubric: str | None,
    look_back: bool,
) -> Outcome:
    id_ = known_id or call_id(heard.sha256)
    before = store.call(LOCAL_OWNER, id_) if store is not None and store.has_call(id_) else None
    if before is not None:
        metadata = _together(before.metadata, metadata)
    people = before.people if before is not None else ()
    transcript = with_roles_told(heard.transcript, metadata, given, people=people, known_sides=sides)
    known, earlier = looked_back(store if look_back else None, id_, metadata)
    judged = judge(transcript, known, rubric=rubric, earlier=earlier)
    document = _document(heard.source, id_, metadata, judged)
    if store is None:
        return Outcome(heard.source, document, call_id=id_, metadata=metadata)
    if given.rep_channel:
        sides = ("left", "right") if given.rep_channel == "left" else ("right", "left")
        metadata = replace(metadata, channels={sides[0]: Role.REP, sides[1]: Role.CUSTOMER})
    call = Call(
        id=id_,
        metadata=metadata,
        call_class=classify(judged.transcript),
        media=tuple({one.sha256: one for one in heard.recordings}.values()),
        people=_people(judged.transcript, metadata),
        transcript_ids=(heard.transcript.id,),
        current_transcript_id=heard.transcript.id,
    )
    recorded = store.record(
        call, transcript=heard.transcript, source_uri=heard.source, document=document, card=judged.card
    )
    if not (recorded.new_call or recorded.proposed) and store.edits(LOCAL_OWNER, id_):
        document = rescore_call(store, LOCAL_OWNER, id_)
    return Outcome(
        heard.source,
        document,
        call_id=recorded.call_id,
        metadata=metadata,
        new=recorded.new_call or recorded.new_transcript,
        proposed=recorded.proposed,
    )


def _together(stored: CallMetadata, found: CallMetadata) -> CallMetadata:
    """What is known now: what was found this time wins, the rest stays."""
    known = {
        f.name: getattr(found, f.name) for f in fields(found) if getattr(found, f.name) not in (None, (), {})
    }
    return replace(stored, **known)


def _people(transcript: Transcript, metadata: CallMetadata) -> tuple[CallPerson, ...]:
    """Everybody whose side is settled, not only told by words, and everybody the metadata names."""
    heard = [
        CallPerson(side=speaker.role, name=speaker.name, speaker=speaker.label)
        for speaker in transcript.speakers
        if speaker.role is not Role.UNKNOWN and speaker.role_source != "words"
    ]
    known = {person.name for person in heard}
    if metadata.rep and metadata.rep not in known:
        heard.append(CallPerson(side=Role.REP, name=metadata.rep))
    heard += [CallPerson(side=Role.CUSTOMER, name=n) for n in metadata.customers if n not in known]
    return tuple(heard)


def _document(source: str, id_: str, metadata: CallMetadata, judged: Judged) -> dict:
    call_class = classify(judged.transcript)
    return scored_call(
        source=source,
        call_id=id_,
        call_class=call_class.value if call_class else None,
        metadata=metadata,
        transcript=judged.transcript,
        card=judged.card,
    )


def _failed(source: Source, error: CallcoachError, store) -> Outcome:
    log.info("failed: kind=%s source=%s", error.kind, source.uri)
    if store is not None and isinstance(error, InputError):
        store.record_failure(source.uri, sha256=None, kind=error.kind, message=error.message)
    return Outcome(source.uri, failed_input(source=source.uri, error=error), error=error)


def unexpected(error: Exception) -> CallcoachError:
    """Our own mistake: named by type and place, never with its text, which may hold customer words."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    place = f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"
    log.info("unexpected %s at %s", type(error).__name__, place)
    return CallcoachError(
        f"scoring must not fail unexpectedly; it did with {type(error).__name__} at {place}: please report this"
    )
