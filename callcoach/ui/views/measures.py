"""Talk measures with their formula and what they rest on; '–' with the reason where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from callcoach.measure.catalogue import MEASURES
from callcoach.ui.views.words import NOTHING, counted, length, percent, plain

# What a coach looks at first; everything else is one click away.
FIRST = (
    "talk_share",
    "longest_monologue_s",
    "longest_customer_story_s",
    "patience_s",
    "speaker_changes_per_hour",
    "n_questions",
)
# Fillers are in the JSON for programs; of a person they are not shown (they say nothing of a call).
NOT_SHOWN = ("rep_fillers_per_min", "customer_fillers_per_min")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: plain strings, of which `reason` is empty where there is a value."""

    id: str
    title: str
    value: str
    basis: str
    formula: str
    reason: str


def measure_lines(document: dict) -> list[MeasureLine]:
    """Every measure that is shown, those a coach looks at first in front."""
    order = [*FIRST, *(id_ for id_ in MEASURES if id_ not in FIRST)]
    values, unavailable = document["measures"], document["unavailable"]
    if values.get("talk_share") is None and values.get("talk_word_share") is not None:
        order.remove("talk_word_share")
        order.insert(0, "talk_word_share")  # without times the share of words is the headline
    lines = []
    for id_ in order:
        if id_ in NOT_SHOWN or id_ not in values:
            continue
        info, value = MEASURES[id_], values[id_]
        known = value is not None
        lines.append(
            MeasureLine(
                id=id_,
                title=info.title,
                value=_value_words(id_, info.unit, value) if known else NOTHING,
                basis=_basis(id_, document) if known else "",
                formula=info.formula,
                reason="" if known else unavailable.get(id_, "not measured in this call"),
            )
        )
    return lines


def measures_html(lines: list[MeasureLine]) -> str:
    """A table of measures; narrow screens read each as a block."""
    rows = "".join(
        f'<tr><th scope="row">{plain(line.title)}</th>'
        f"<td><strong>{plain(line.value)}</strong>"
        + (f' <span class="cc-quiet">{plain(line.reason)}</span>' if line.reason else "")
        + f'</td><td>{plain(line.basis)}</td><td class="cc-quiet">{plain(line.formula)}</td></tr>'
        for line in lines
    )
    return (
        '<table class="cc-measures"><thead><tr><th scope="col">Measure</th><th scope="col">Value</th>'
        f'<th scope="col">Rests on (n)</th><th scope="col">How it is computed</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _value_words(id_: str, unit: str, value: float | str) -> str:
    if isinstance(value, str):
        return {"REP": "we did", "CUSTOMER": "the customer did"}.get(value.upper(), value)
    if unit == "share":
        return f"{percent(value)} into the call" if id_ == "price_first_share" else percent(value)
    if unit == "s":
        return length(value)
    if unit == "count":
        return f"{value:.0f}"
    return f"{value:.0f} {'words a minute' if unit == 'wpm' else unit}"


def _basis(id_: str, document: dict) -> str:
    rest = _BASIS.get(id_)
    return rest(document) if rest else "1 call"


def _seconds(document: dict, *names: str) -> str:
    values = [document["measures"].get(name) for name in names]
    return NOTHING if None in values else length(sum(values))


def _both(document: dict) -> str:
    return f"{_seconds(document, 'rep_talk_s', 'customer_talk_s')} of both sides' speech"


def _span(document: dict) -> str:
    return f"{length(document['call']['duration_s'])} of call" if document["call"]["duration_s"] else NOTHING


def _turns(*roles: str) -> Callable[[dict], str]:
    def count(document: dict) -> str:
        labels = {s["label"] for s in document["call"]["speakers"] if s["role"] in roles}
        whose = {("REP",): "of ours", ("CUSTOMER",): "of theirs"}.get(roles, "of both")
        n_turns = sum(turn["speaker"] in labels for turn in document["turns"])
        return f"{counted(n_turns, 'turn')} {whose}"

    return count


def _words(*roles: str) -> Callable[[dict], str]:
    def count(document: dict) -> str:
        n = sum(s["n_words"] or 0 for s in document["call"]["speakers"] if s["role"] in roles)
        return counted(n, "word")

    return count


def _questions(document: dict) -> str:
    return counted(int(document["measures"].get("n_questions") or 0), "question")


_BASIS: dict[str, Callable[[dict], str]] = {
    "talk_share": _both,
    "talk_word_share": _words("REP", "CUSTOMER"),
    "talk_of_call_share": _span,
    "dead_air_share": _span,
    "silence_s": _span,
    "other_s": _span,
    "overlap_s": _both,
    "longest_monologue_s": _turns("REP"),
    "n_monologues": _turns("REP"),
    "longest_customer_story_s": _turns("CUSTOMER"),
    "patience_s": lambda document: counted(int(document["measures"].get("n_responses") or 0), "response"),
    "n_responses": _turns("REP"),
    "interruptions_by_rep_per_hour": _both,
    "interruptions_by_customer_per_hour": _both,
    "speaker_changes_per_hour": _both,
    "n_questions": _turns("REP"),
    "questions_per_hour": lambda document: f"{_questions(document)} in {_both(document)}",
    "question_turn_share": _turns("REP"),
    "question_spread": _questions,
    "rep_pace_wpm": _words("REP"),
    "customer_pace_wpm": _words("CUSTOMER"),
    "rep_speech_confidence": _words("REP"),
    "customer_speech_confidence": _words("CUSTOMER"),
}
