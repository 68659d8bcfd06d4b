"""The utterance labels, by the side that they apply to."""

from __future__ import annotations

REP_LABELS: tuple[str, ...] = tuple(
    [
        "question",
        "question_substantive",
        "question_ritual",
        "question_tag",
        "question_logistics",
        "open_question",
        "closed_question",
        "situation_question",
        "problem_question",
        "implication_question",
        "need_payoff_question",
        "stakeholder_question",
        "reflection",
        "acknowledgement",
        "recap",
        "testing_understanding",
        "agenda_purpose",
        "agenda_plan",
        "agenda_time",
        "agenda_invitation",
        "benefit",
        "impact_metric",
        "permission",
        "check_in",
        "honest_limit",
        "concession",
        "irritator",
        "call_reason",
        "competitor_handling",
        "competitor_disparagement",
        "pressure_tactic",
        "overpromise",
        "recording_notice",
        "results_stated",
    ]
)
CUSTOMER_LABELS: tuple[str, ...] = tuple(
    [
        "question",
        "question_tag",
        "question_logistics",
        "acknowledgement",
        "impact_metric",
        "results_stated",
        "objection",
        "objection_price",
        "objection_timing",
        "objection_need",
        "objection_authority",
        "objection_trust",
        "objection_risk",
        "objection_status_quo",
        "objection_competitor",
        "problem_voiced",
        "need_voiced",
        "customer_confirms",
        "customer_question",
        "buying_signal",
    ]
)
ALL_LABELS: tuple[str, ...] = tuple(dict.fromkeys((*REP_LABELS, *CUSTOMER_LABELS)))
LABELS_OF_SIDE = {"rep": REP_LABELS, "customer": CUSTOMER_LABELS}
