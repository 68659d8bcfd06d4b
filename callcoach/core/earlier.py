"""What the customer's side said in earlier calls of the account, as far as this call may refer to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earlier:
    """One turn of a customer in an earlier call of the same account.

    Whoever keeps calls hands them to the judgement of a later one, oldest first; nothing is read
    from a store while judging.

    Parameters
    ----------
    call_id : str
        Leads back to the call.
    turn : int
        Position of the turn in that call's transcript.
    text : str
        The words of the turn as written.
    """

    call_id: str
    turn: int
    text: str
