"""What `score` prints of one call for a person: title, talk share, behaviours, what to open."""

from __future__ import annotations

_STATUS = {
    "scored": "",
    "not_observed": "not found",
    "not_applicable": "does not apply",
    "cannot_be_judged": "cannot be judged",
}


def summary(outcome, *, kept: bool) -> str:
    """Lines about one scored call, from its document alone."""
    document = outcome.document
    lines = [title_of(outcome), f"  {talk_line(document)}"]
    for item in document["behaviours"]:
        lines.append(f"  {behaviour_line(item)}")
    for key, label in (("keep", "Keep"), ("try", "Try")):
        advice = document["coaching"][key]
        if advice:
            lines.append(f"  {label}: {advice['text']}")
    for note in document["call"]["provenance"]["notes"]:
        lines.append(f"  note: {note}")
    if outcome.proposed:
        lines.append("  This call already has a transcript: the new one is proposed beside it on the page.")
    elif kept and not outcome.new:
        lines.append("  Nothing changed since the last time.")
    lines.append(f"  call {document['call']['id']}")
    return "\n".join(lines)


def title_of(outcome) -> str:
    """The title that people recognise, from the document and what the metadata adds to it."""
    from callcoach.coach.titles import call_title

    call, metadata = outcome.document["call"], outcome.metadata
    by_role = {
        role: [s["name"] for s in call["speakers"] if s["role"] == role and s["name"]]
        for role in ("REP", "CUSTOMER")
    }
    return call_title(
        started_at=metadata.started_at,
        duration_s=call["duration_s"],
        rep=", ".join(by_role["REP"]) or metadata.rep,
        customers=by_role["CUSTOMER"] or metadata.customers,
        account=metadata.account,
        call_type=call["call_type"],
        n_channels=call["channels"],
    )


def talk_line(document: dict) -> str:
    """Talk share in words, or both sides' shares while it is not known which is ours."""
    measures, unavailable = document["measures"], document["unavailable"]
    if measures.get("talk_share") is not None:
        return f"Talk share {_percent(measures['talk_share'])} (ours of both sides' speech)"
    if measures.get("talk_word_share") is not None:
        return (
            f"Share of words {_percent(measures['talk_word_share'])} (ours; the source has no speech times)"
        )
    spoken = [(s["label"], s["talk_s"]) for s in document["call"]["speakers"] if s["talk_s"]]
    total_s = sum(seconds for _, seconds in spoken)
    reason = unavailable.get("talk_share", "not available")
    if len(spoken) > 1 and total_s:
        shares = ", ".join(f"{label} {_percent(seconds / total_s)}" for label, seconds in spoken)
        return f"Talk: {shares}. Which side is yours? Add --rep-channel or --rep ({reason})"
    return f"Talk share –: {reason}"


def behaviour_line(item: dict) -> str:
    if item["status"] == "scored":
        times = [e["start_s"] for e in item["evidence"] if e["start_s"] is not None]
        where = f" at {_clock(times[0])}" if times else ""
        return f"{item['title']}: {item['score']:.2f}{where}"
    state = _STATUS[item["status"]]
    return f"{item['title']}: {state}" + (f" ({item['reason']})" if item["reason"] else "")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _clock(time_s: float) -> str:
    return f"{int(time_s // 60):02d}:{int(time_s % 60):02d}"
