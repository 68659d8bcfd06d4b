"""What is known of a call from the account's earlier ones: that it is no first meeting, and what was said."""

from __future__ import annotations

from dataclasses import replace

from callcoach.core import LOCAL_OWNER, CallMetadata, Earlier, Role
from callcoach.core.errors import NotFound

MOST_CALLS = 3  # of the account, the latest before this one
NOTHING_EARLIER: tuple[Earlier, ...] = ()


def looked_back(store, call_id: str, metadata: CallMetadata) -> tuple[CallMetadata, tuple[Earlier, ...]]:
    """The metadata with what earlier calls tell, and the customer's turns of them, oldest first.

    Without an account, a time or a store nothing is known. That no earlier call is kept does not
    make this the first: the archive may begin later than the account.
    """
    if store is None or not metadata.account or metadata.started_at is None:
        return metadata, NOTHING_EARLIER
    ids = store.earlier_calls(metadata.account, before=metadata.started_at, limit=MOST_CALLS)
    ids = [id_ for id_ in ids if id_ != call_id]
    if not ids:
        return metadata, NOTHING_EARLIER
    said = [earlier for id_ in reversed(ids) for earlier in _customer_turns(store, id_)]
    first = False if metadata.first_meeting is None else metadata.first_meeting
    return replace(metadata, first_meeting=first), tuple(said)


def _customer_turns(store, call_id: str) -> list[Earlier]:
    """What the other side said in a stored call, by the sides of the call as it counts now."""
    try:
        document = store.document(LOCAL_OWNER, call_id)
    except NotFound:  # deleted since it was listed
        return []
    theirs = {s["label"] for s in document["call"]["speakers"] if s["role"] == Role.CUSTOMER}
    return [
        Earlier(call_id, at, turn["text"])
        for at, turn in enumerate(document["turns"])
        if turn["speaker"] in theirs and turn["text"]
    ]
