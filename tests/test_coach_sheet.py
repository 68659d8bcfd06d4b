"""The one-on-one sheet and the team at first glance: order, words, and what is never on them."""

from __future__ import annotations

import doctest
from datetime import date

from coach_records import calls, day

from callcoach.coach import short_titles
from callcoach.coach.effect import Effect, Verdict
from callcoach.coach.focus import FocusFound
from callcoach.coach.moments import Moment, ThreeMoments
from callcoach.coach.records import CallRecord
from callcoach.coach.sheet import last_action, one_on_one, questions_from, win_of
from callcoach.coach.short_titles import _SHORT, FOCUS_WORDS, WIN_WORDS, focus_words, win_words
from callcoach.coach.team import (
    TalkHeld,
    by_date,
    coverage_by_team,
    first_line,
    good_moments,
    mirror_words,
    next_talk,
    worth_hearing,
)
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.score import load_rubric, shipped_rubrics


def moment(
    call_id: str, score: float, *, rep: str = "dana", item: str = "reflection", at: float = 5, **more
) -> Moment:
    given = {
        "quote": f"so the {call_id} list is out of date before the van leaves",
        "start_s": 20.0,
        "end_s": 24.0,
    }
    return Moment(
        call_id, rep, item, day(at), "Brightwater", score=score, probability=0.95, **{**given, **more}
    )


THREE = ThreeMoments(moment("a", 1.0), moment("b", 0.6), moment("c", 0.4))
FOUND = FocusFound("dana", "reflection", "discovery", 9, 2, 0.2, 0.6, 0.6, 0.001, ("a",))


def a_sheet(**given):
    records = calls("dana", {"reflection": [0.2] * 11})
    records += [
        CallRecord(f"w{n}", "dana", day(n), "discovery", {}, why)
        for n, why in enumerate(["mono", "mono", "German"])
    ]
    effect = Effect(Verdict.TOO_EARLY, 12, 6, 2, 4, 5)
    options = {
        "rep_name": "Dana Ott",
        "on": date(2026, 9, 28),
        "since": day(-1),
        "titles": BEHAVIOURS,
        "rubric": "discovery 1",
        "moments": (moment("w", 1.0, item="next_step"), *(m for _, m in THREE.all)),
        "focus": FOUND,
        "focus_moments": THREE,
        "last": last_action("Ask once what a delay touches", effect),
        "own_goal": "speak less in demos",
        "number": 3,
    }
    return one_on_one(records, "dana", **{**options, **given})


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(short_titles).failed == 0


def test_the_basis_counts_what_was_not_judged_and_why() -> None:
    sheet = a_sheet()
    assert sheet.basis_words == "11 of 14 conversations since 6 Sep (2 mono, 1 German: not judged)"
    assert (sheet.basis.n_calls, sheet.basis.n_judged) == (14, 11)


def test_the_last_action_says_how_often_it_was_tried_and_what_came_of_it() -> None:
    assert a_sheet().last.words == "tried in 5 of 6, before 2 of 12. Too early: 6 of about 12 calls."
    assert last_action("x", Effect(Verdict.TOO_EARLY, 12, 0, 2, 0, 0)).words == "no judged call since."


def test_three_moments_stand_with_account_date_quote_and_seconds() -> None:
    named = dict(a_sheet().moments.all)
    assert list(named) == ["best", "typical", "nearly"]
    assert all(
        (m.account, m.at.date(), m.clip_s) == ("Brightwater", date(2026, 9, 12), 12.0) for m in named.values()
    )
    assert a_sheet().moments.playing_s == 36.0


def test_three_open_questions_are_built_from_the_moments() -> None:
    questions = questions_from(THREE)
    assert len(questions) == 3
    assert all(
        question.startswith(("What", "After", "If")) and question.endswith("?") for question in questions
    )
    assert questions_from(ThreeMoments(None, None, None)) == ()


def test_no_pattern_is_a_good_answer() -> None:
    sheet = a_sheet(focus=None, focus_moments=None)
    assert (sheet.focus_title, sheet.why, sheet.questions) == (None, "no pattern, enjoy", ())


def test_the_sheet_holds_no_score_no_rank_and_nobody_else() -> None:
    sheet = a_sheet()
    said = (
        sheet.basis_words,
        sheet.last.words,
        sheet.win_title,
        sheet.focus_title,
        sheet.why,
        *sheet.questions,
    )
    text = " ".join(said).casefold()
    for never in ("0.", "%", "rank", "score", "best of", "average", "quota", "omar"):
        assert never not in text, never


def test_the_win_is_another_skill_than_the_focus_and_of_this_person() -> None:
    pool = [
        moment("a", 1.0),
        moment("b", 1.0, item="next_step", at=2),
        moment("c", 1.0, rep="omar", item="agenda"),
    ]
    assert win_of(pool, "dana", not_of="reflection").call_id == "b"
    assert win_of([moment("a", 0.6)], "dana") is None


def test_the_firms_own_words_name_the_focus() -> None:
    assert a_sheet(titles={"reflection": "Mirror back"}).focus_title == "Mirror back"


def test_a_focus_has_four_words_and_a_win_six_for_every_item_of_every_rubric() -> None:
    items = {item.behaviour for name in shipped_rubrics() for item in load_rubric(name).items}
    assert items <= set(_SHORT)
    for item in items:
        assert len(focus_words(item).split()) <= FOCUS_WORDS
        assert len(_SHORT[item][0].split()) <= FOCUS_WORDS
        assert len(win_words(item, "Aldgate Heating and Sons").split()) <= WIN_WORDS


def test_the_first_line_says_people_conversations_and_what_was_not_judged() -> None:
    records = calls("dana", {"recap": [1.0] * 5}) + calls("omar", {"recap": [1.0] * 4})
    records += [CallRecord("w", "omar", day(1), "demo", {}, "mono")]
    line = first_line(records, people={"dana": "Dana", "omar": "Omar"}, today=day(10))
    assert line == "2 people · 10 conversations in 4 weeks · 9 judged · 1 not (1 mono)"
    assert first_line(records, people={"dana": "Dana"}, today=day(60)).startswith(
        "1 person · 0 conversations"
    )


def test_people_who_left_are_nowhere_on_the_page() -> None:
    records = calls("gone", {"recap": [0.0] * 9}) + calls("dana", {"recap": [1.0] * 9})
    assert first_line(records, people={"dana": "Dana"}, today=day(10)).startswith(
        "1 person · 9 conversations"
    )
    pool = [moment("a", 1.0, rep="gone")]
    assert worth_hearing(pool, consenting=["dana"], today=day(10)) == ()


def test_the_next_talks_come_by_date_and_unplanned_ones_last() -> None:
    rows = [
        next_talk("a", "Ana", on=None),
        next_talk("b", "Ben", on=date(2026, 9, 30), focus=FOUND, win=moment("a", 1.0, item="next_step")),
        next_talk("c", "Cid", on=date(2026, 9, 29), last_done=True),
    ]
    placed = by_date(rows)
    assert [row.name for row in placed] == ["Cid", "Ben", "Ana"]
    assert placed[1].focus == "saying back what's heard"
    assert placed[1].win == "won a step with Brightwater"
    assert placed[2].focus == "no pattern, enjoy"


def test_only_moments_by_consent_within_a_minute_are_worth_hearing_one_per_person() -> None:
    pool = [
        moment("a", 1.0),
        moment("b", 0.9),
        moment("c", 1.0, rep="omar"),
        moment("d", 1.0, rep="eve"),
        moment("e", 1.0, rep="omar", start_s=None, end_s=None),
        moment("f", 1.0, rep="omar", end_s=200.0),
    ]
    heard = worth_hearing(pool, consenting=["dana", "omar"], today=day(10))
    assert [m.call_id for m in heard] == ["a", "c"]
    assert good_moments(pool, consenting=["eve"], today=day(200)) == ()


def test_the_mirror_counts_whole_talks() -> None:
    talks = [TalkHeld(True, True, True), TalkHeld(True, False, True)]
    assert mirror_words(talks) == "1 of 2 one-on-ones had one win, one focus and the last action closed."
    assert mirror_words([]) == "No one-on-one in the log yet."


def test_teams_are_rolled_up_by_coverage_and_not_by_score() -> None:
    found = coverage_by_team(calls("dana", {"recap": [1.0, None]}), {"dana": "North"})
    assert found["North"].words == "2 conversations · 1 judged · 1 not (1 without a reason)"
