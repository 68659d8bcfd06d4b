"""One job: hear or read its source, judge it, keep it; what became of it is a value.

What may pass is tried again later, what cannot is put into quarantine, and the rest waits for
somebody to bring a model or install an extra.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from callcoach.archive.fetch import fetched, local_path
from callcoach.archive.folder_csv import Found, find_metadata
from callcoach.archive.ingest import hear_meeting, ingest, rescore_stored, unexpected
from callcoach.archive.name_patterns import ArchiveRules, read_rules
from callcoach.archive.orders import RunOptions
from callcoach.archive.patience import PatientStore, waiting_s
from callcoach.archive.settling import look_facts
from callcoach.archive.sources import Source, is_url
from callcoach.archive.triage import Detect, look_at
from callcoach.archive.voices import Meeting, Meetings, sides_known
from callcoach.core import LOCAL_OWNER, meeting_sha256
from callcoach.core.errors import (
    CallcoachError,
    InputError,
    ModelMissing,
    NotFound,
    OutOfSpace,
    StoreError,
    StoreUnreachable,
    Unreachable,
)
from callcoach.pipeline import Given, Heard, hear, language_detector, scoring_keys
from callcoach.store import Done, Job

log = logging.getLogger(__name__)
DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a job failed, and what is next: again after a while, given up, or quarantine."""

    error: CallcoachError
    again_in_s: float | None = None
    quarantine: bool = False
    done: Done = field(default_factory=Done)


class _Duplicate(CallcoachError):
    """The same bytes are a call already, of another job."""

    def __init__(self, call_id: str) -> None:
        super().__init__("a source should be new; the same bytes are a call already: nothing is to be done")
        self.call_id = call_id


def do(
    job: Job,
    *,
    store: PatientStore,
    options: RunOptions,
    load_recogniser: Callable[[], object] | None,
) -> Done | Failed:
    """Do a job.

    Raises
    ------
    StoreUnreachable, OutOfSpace
        If nothing can be kept now: the job is nobody's fault and goes back to the queue.
    """
    start_s = time.perf_counter()
    store.reset()
    work = {"rescore": _rescore, "look_back": _look_back, "triage": _triage}.get(job.task, _ingest)
    try:
        result = work(job, store=store, options=options, load_recogniser=load_recogniser)
    except NotFound:
        result = Done()  # deleted since: there is nothing to judge
    except CallcoachError as error:
        result = _failure(job, error, options)
    except OSError as error:
        name = error.strerror or type(error).__name__
        result = _failure(
            job, Unreachable(f"the source must answer; it did not ({name}): check it and run again"), options
        )
    except Exception as error:
        result = _failure(job, unexpected(error), options)
    timings = {"all_s": round(time.perf_counter() - start_s, 4), "store_s": round(store.spent_s, 4)}
    if isinstance(result, Failed):
        return replace(result, done=replace(result.done, timings=timings | result.done.timings))
    return replace(result, timings=timings | result.timings)


def _ingest(
    job: Job,
    *,
    store: PatientStore,
    options: RunOptions,
    load_recogniser: Callable[[], object] | None,
) -> Done | Failed:
    learned: dict[str, object] = {}
    timings: dict[str, float] = {}
    given = Given(rep_channel=None if options.rep_channel == "auto" else options.rep_channel)
    start_s = time.perf_counter()
    _check_mounted(job.source_uri)
    with fetched(job.source_uri) as path:
        timings["fetch_s"] = round(time.perf_counter() - start_s, 4)
        meeting = _meeting_of(job, path, options)
        if meeting is not None and not _stands_for(meeting, path):
            return _one_of(meeting, path, job, options)
        learned |= _columns(meeting.found, job) if meeting else {}

        def find_with(path: Path) -> Found:
            found = find_metadata(path, rules=_rules(options.rules), said=_said(job))
            learned.update(_columns(found, job))
            return found

        def hear_with(path: Path, **hearing) -> Heard:
            heard_s = time.perf_counter()
            heard = _heard_once(path, meeting, job, store, options, hearing)
            learned["source_sha256"] = heard.sha256
            timings["hear_s"] = round(time.perf_counter() - heard_s, 4)
            return heard

        outcome = ingest(
            Source(job.source_uri, path, meeting=meeting),
            store=store,
            given=given,
            rubric=options.rubric or None,
            load_recogniser=load_recogniser if options.words else None,
            language=options.language or None,
            hear_with=hear_with,
            find_with=find_with,
            look_back=False,
        )
    keys = {"recognition_key": options.recognition_key, "scoring_key": _scoring_key(options)}
    if isinstance(outcome.error, _Duplicate):
        return Done(call_id=outcome.error.call_id, call_class=DUPLICATE, timings=timings, **learned, **keys)
    if outcome.error is not None:
        failure = _failure(job, outcome.error, options)
        return replace(failure, done=replace(failure.done, timings=timings, **learned))
    call = outcome.document["call"]
    return Done(
        call_id=outcome.call_id,
        call_class=call["class"],
        duration_s=call["duration_s"],
        n_channels=call["channels"],
        language=call["language"],
        timings=timings,
        **learned,
        **keys,
    )


def _triage(
    job: Job,
    *,
    store: PatientStore,
    options: RunOptions,
    load_recogniser: Callable[[], object] | None,
) -> Done | Failed:
    """Class, channels and language of a source; nothing of it is kept but that."""
    _check_mounted(job.source_uri)
    rules = _rules(options.rules)
    with fetched(job.source_uri) as path:
        meeting = _meeting_of(job, path, options)
        if meeting is not None and not _stands_for(meeting, path):
            return _one_of(meeting, path, job, options)
        found = meeting.found if meeting else find_metadata(path, rules=rules, said=_said(job))
        learned = _columns(found, job)
        language = options.language or found.metadata.language
        if meeting is not None:
            heard = hear_meeting(meeting, sides_known(store, found), language=language)
        else:
            heard = hear(path, language=language)
        look, _ = look_at(
            path,
            uri=job.source_uri,
            found=found,
            rule=rules.of(path) if rules else None,
            hear_with=lambda *_path, **_hearing: heard,
            voices=meeting.voices if meeting else (),
            detect=None if language or not options.words else _detector(load_recogniser),
        )
    learned["facts"] |= look_facts(look)
    return Done(
        source_sha256=heard.sha256,
        call_class=look.verdict.call_class.value,
        duration_s=heard.transcript.duration_s,
        n_channels=heard.n_channels,
        language=found.metadata.language or heard.transcript.language,
        recognition_key=options.recognition_key,
        **learned,
    )


def _detector(load_recogniser: Callable[[], object] | None) -> Detect | None:
    """What tells languages by their sound, where a model that knows several is at hand."""
    try:
        return None if load_recogniser is None else language_detector(load_recogniser())
    except ModelMissing:
        return None


def _rescore(job: Job, *, store: PatientStore, options: RunOptions, **_others) -> Done:
    """Judge a stored call again, unless its cards rest on the same already."""
    rubric = options.rubric or None
    done = Done(scoring_key=_scoring_key(options))
    if not needs_judging(store.judged_under(job.call_id), rubric=rubric):
        return done
    document = rescore_stored(store, job.call_id, rubric=rubric)
    return replace(done, duration_s=document["call"]["duration_s"])


def _look_back(job: Job, *, store: PatientStore, options: RunOptions, **_others) -> Done:
    """Judge a stored call again, knowing the account's earlier ones."""
    rescore_stored(store, job.call_id, rubric=options.rubric or None)
    return Done(scoring_key=_scoring_key(options))


def needs_judging(cards: Iterable[tuple[str, str]], *, rubric: str | None) -> bool:
    """Whether one of these cards, each a call type and a scoring key, would rest on something else now."""
    return any(key != _keys(rubric).get(call_type) for call_type, key in cards)


def _meeting_of(job: Job, path: Path, options: RunOptions) -> Meeting | None:
    """The meeting of a file of this machine; files elsewhere come one by one."""
    return None if is_url(job.source_uri) else _meetings(options.rules).of(path)


def _stands_for(meeting: Meeting, path: Path) -> bool:
    return meeting.lead == Path(os.path.abspath(path))


def _one_of(meeting: Meeting, path: Path, job: Job, options: RunOptions) -> Done:
    """A file that is heard with the first one of its meeting: it is no call of its own."""
    facts = {"master": str(meeting.lead), "meeting": len(meeting.voices)}
    learned = _columns(meeting.found, job)
    return Done(
        source_sha256=_hash_of(path),
        call_class=DUPLICATE,
        recognition_key=options.recognition_key,
        scoring_key=_scoring_key(options),
        **learned | {"facts": learned["facts"] | facts},
    )


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _heard_once(
    path: Path, meeting: Meeting | None, job: Job, store: PatientStore, options: RunOptions, hearing: dict
) -> Heard:
    """Hear a file or a meeting, unless the same bytes were heard with the same key before."""
    if meeting is not None:
        return _meeting_once(meeting, job, store, options, hearing)
    sha256 = _hash_of(path)
    known = store.queue.heard(sha256, recognition_key=options.recognition_key)
    if known is not None and known[0] != job.id:
        raise _Duplicate(known[1])
    before = (job.source_sha256, job.recognition_key)
    if job.call_id and before == (sha256, options.recognition_key) and store.has_call(job.call_id):
        transcript = store.transcript(LOCAL_OWNER, job.call_id)
        if transcript.source_sha256 == sha256:
            media = [one for one in store.media_of(LOCAL_OWNER, job.call_id) if one.sha256 == sha256]
            return Heard(job.source_uri, sha256, transcript, media[0] if media else None)
    heard = hear(path, **hearing)
    if heard.media is not None and is_url(job.source_uri):
        heard = replace(heard, media=replace(heard.media, uri=job.source_uri))
    return heard


def _meeting_once(
    meeting: Meeting, job: Job, store: PatientStore, options: RunOptions, hearing: dict
) -> Heard:
    sides = sides_known(store, meeting.found)
    voices = meeting.named(sides).voices
    if meeting.error is None and all(voice.path.is_file() for voice in voices):
        sha256 = meeting_sha256(_hash_of(voice.path) for voice in voices)
        known = store.queue.heard(sha256, recognition_key=options.recognition_key)
        if known is not None and known[0] != job.id:
            raise _Duplicate(known[1])
        before = (job.source_sha256, job.recognition_key)
        if job.call_id and before == (sha256, options.recognition_key) and store.has_call(job.call_id):
            transcript = store.transcript(LOCAL_OWNER, job.call_id)
            media = tuple(m for m in store.media_of(LOCAL_OWNER, job.call_id) if m.channel is not None)
            starts_s = {one.channel: one.starts_s for one in media}
            as_heard = {(one.name, starts_s.get(one.channel)) for one in transcript.speakers}
            same = as_heard == {(one.name, round(one.starts_s, 3)) for one in voices}
            if transcript.source_sha256 == sha256 and same:
                return Heard(job.source_uri, sha256, transcript, voices=media)
    return hear_meeting(meeting, sides, **hearing)


def _check_mounted(uri: str) -> None:
    """A file that is missing with its whole folder is on a disk that is away: another time it may be there.

    Raises
    ------
    Unreachable
    """
    path = local_path(uri)
    if is_url(uri) or path.exists():
        return
    folder = path.parent
    if not folder.is_dir() or next(os.scandir(folder), None) is None:
        raise Unreachable(
            f"the disk of the source must be there; the folder of {path.name!r} is gone or empty: check the "
            "mount, then run again with --retry-failed"
        )


def _failure(job: Job, error: CallcoachError, options: RunOptions) -> Failed:
    if isinstance(error, (StoreUnreachable, OutOfSpace)):
        raise error
    done = Done(recognition_key=options.recognition_key)
    # Only what nobody foresaw is a plain CallcoachError; a missing extra stays missing.
    passes = isinstance(error, (Unreachable, StoreError)) or type(error) is CallcoachError
    if passes and job.attempts < options.most_attempts:
        return Failed(error, again_in_s=waiting_s(job.attempts, first_s=options.first_wait_s), done=done)
    lasting = isinstance(error, InputError) and not isinstance(error, (ModelMissing, Unreachable))
    return Failed(error, quarantine=lasting, done=done)


def _columns(found: Found, job: Job) -> dict[str, object]:
    """What the metadata says, as columns of a job."""
    said = _said(job)
    return {
        "call_started_at": found.metadata.started_at,
        "rep": found.metadata.rep,
        "source_name": found.source,
        "facts": {
            "understood": found.understood,
            "raw_rep": found.raw_rep,
            "rep_known": found.rep_known,
            "scope": found.scope,
            "disposition": found.disposition,
            "direction": found.direction,
            "doubts": [*map(str, found.conflicts), *found.doubts],
            **({"said": said} if said else {}),
        },
    }


def _said(job: Job) -> dict[str, str] | None:
    return (job.facts or {}).get("said")


@lru_cache(maxsize=4)
def _rules(path: str) -> ArchiveRules | None:
    return read_rules(Path(path)) if path else None


@lru_cache(maxsize=4)
def _meetings(rules: str) -> Meetings:
    return Meetings(_rules(rules))


@lru_cache(maxsize=8)
def _keys(rubric: str | None) -> dict[str, str]:
    return scoring_keys(rubric)


@lru_cache(maxsize=8)
def _scoring_key(options: RunOptions) -> str:
    return options.scoring_key()
