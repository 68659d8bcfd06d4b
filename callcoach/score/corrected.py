"""Observations and cautions as people left them: rejected evidence taken out, added evidence put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from callcoach.core import Caution, Corrected, Evidence, Observation, Status


def as_people_saw(observations: Mapping[str, Observation], corrected: Corrected) -> dict[str, Observation]:
    """Observations without rejected evidence and with what people added.

    A behaviour that loses all its evidence was not observed. Components that count evidence follow
    in the same proportion only where they are the plain count ``n``; a level of the next step is
    withheld rather than guessed.
    """
    result = dict(observations)
    touched = {behaviour for behaviour, _ in (*corrected.rejected, *corrected.added)}
    for behaviour in touched & set(result):
        old = result[behaviour]
        rejected = [evidence for b, evidence in corrected.rejected if b == behaviour]
        added = tuple(evidence for b, evidence in corrected.added if b == behaviour)
        kept = tuple(e for e in old.evidence if not any(_same_words(e, gone) for gone in rejected))
        evidence = tuple(sorted((*kept, *added), key=lambda e: (e.turn, e.start_word)))
        result[behaviour] = _recounted(old, evidence, n_gone=len(old.evidence) - len(kept), n_new=len(added))
    return result


def not_rejected(found: tuple[Caution, ...], rejected: Iterable[tuple[str, Evidence]]) -> tuple[Caution, ...]:
    """Cautions without the words that a person said are none."""
    rejected = tuple(rejected)
    left = (
        replace(
            caution,
            evidence=tuple(
                piece
                for piece in caution.evidence
                if not any(name == caution.id and _same_words(piece, gone) for name, gone in rejected)
            ),
        )
        for caution in found
    )
    return tuple(caution for caution in left if caution.evidence)


def _same_words(a: Evidence, b: Evidence) -> bool:
    return a.turn == b.turn and a.start_word < b.end_word and b.start_word < a.end_word


def _recounted(old: Observation, evidence: tuple[Evidence, ...], *, n_gone: int, n_new: int) -> Observation:
    if n_gone == 0 and n_new == 0:
        return old
    if not evidence:
        return replace(old, status=Status.NOT_OBSERVED, evidence=(), components={})
    if set(old.components) <= {"n"}:
        n = max(0.0, old.components.get("n", 0.0) - n_gone + n_new)
        return replace(old, status=Status.SCORED, evidence=evidence, components={"n": n}, reason=None)
    return replace(
        old,
        status=Status.CANNOT_BE_JUDGED,
        evidence=evidence,
        reason="a person corrected the evidence; give an own score to decide it",
    )
