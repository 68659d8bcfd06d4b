"""Words for a person to review: pressure, promises nobody can keep, a competitor run down.

They lower no score and never speak of intent. Shown only from the probability at which the
recogniser was right nine times in ten on conversations it had not seen, or after a clear no.
"""

from __future__ import annotations

from callcoach.core import Caution, Evidence, Observation, Role, Transcript
from callcoach.measure.behaviours.conditions import why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.language import any_of
from callcoach.measure.taggers import show_thresholds
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels

CAUTIONS = ("pressure_tactic", "overpromise", "competitor_disparagement")
UNMEASURED = 0.9  # the probability asked for where no threshold reached nine in ten
_AFTER_NO = 0.8
_CLOSES = any_of(
    r"(so |then |but |come on |okay )*(shall|should|can|could|let's|let us|why don't)( \w+){0,4} ((get (you|this|it) )?(all )?(signed|started|booked|going|set up)|sign|do it|go ahead|move forward|put you down|send (you )?the (contract|order|agreement)|book you|start|get started|close)",
    r"(just|simply) (sign|say yes|go ahead|try it)",
    r"what (would|will|does) it take( \w+)*",
    r"(are you sure|you'll regret|think again|you can't afford not)( \w+)*",
)
_UNLESS = {
    "pressure_tactic": any_of(
        r"(your|you) (\w+ ){0,3}(deadline|launch|opening|date|season|audit|term|board meeting)",
        r"(contract|agreement|licen[cs]e|price list|rate card|quote|tariff)( \w+){0,3} (ends|expires|runs out|changes|is valid|valid until|renews)",
    ),
    "overpromise": any_of(
        r"(sla|service level|in the contract|contractual\w*|credit|credits|refund|money back|penalty|ninety[ -]nine|99|per ?cent|percent)"
    ),
    "competitor_disparagement": any_of(r"(good|well made|solid|decent|fine|better than (us|ours))"),
}


def cautions(
    transcript: Transcript, labels: Labels, *, ending: Observation | None = None
) -> tuple[Caution, ...]:
    """Every kind of caution that the words give rise to, each with its words in order.

    A real date of a contract, the customer's own deadline and a quoted service level give rise to
    none.

    Parameters
    ----------
    ending : Observation, optional
        Of `next_step`: after a clear no, closing again is pressure.
    """
    if why_not(transcript) is not None:
        return ()
    thresholds = show_thresholds()
    found = []
    for name in CAUTIONS:
        shown_from = thresholds.get(name) or UNMEASURED
        pieces = {
            piece.turn: piece
            for piece in told(
                transcript,
                labels,
                name,
                role=Role.REP,
                unless=lambda text, n=name: bool(_UNLESS[n].search(text)),
            )
            if piece.probability >= shown_from
        }
        if name == "pressure_tactic" and ending is not None:
            for piece in _closes_again(transcript, ending):
                pieces.setdefault(piece.turn, piece)
        if pieces:
            found.append(Caution(name, tuple(pieces[at] for at in sorted(pieces))))
    return tuple(found)


def _closes_again(transcript: Transcript, ending: Observation) -> list[Evidence]:
    """Words of ours that close again after the customer's clear no."""
    if not ending.components.get("clear_no"):
        return []
    said_no = max(
        (
            piece.turn
            for piece in ending.evidence
            if transcript.role_of(transcript.turns[piece.turn]) is Role.CUSTOMER
        ),
        default=None,
    )
    if said_no is None:
        return []
    return [
        Evidence(at, unit.start, unit.end, _AFTER_NO)
        for at in range(said_no + 1, len(transcript.turns))
        if transcript.role_of(transcript.turns[at]) is Role.REP
        for unit in units_of(transcript, at)
        if _CLOSES.search(unit.text)
    ][:1]
