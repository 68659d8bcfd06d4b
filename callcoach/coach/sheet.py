"""The one-on-one sheet: one page in the order of the talk, as a value that a page renders and lets people change.

The rep speaks first; then the last action, one win, one focus with three moments, questions that
open, causes other than skill, and what is agreed. It holds no score, no rank and nobody else's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callcoach.coach.effect import Effect
from callcoach.coach.focus import NO_FOCUS, FocusFound
from callcoach.coach.history import Coverage, coverage_of
from callcoach.coach.moments import Moment, ThreeMoments
from callcoach.coach.quoting import shortened
from callcoach.coach.records import HAS_IT, CallRecord, calls_of

CAUSES = ("skill", "knowledge", "tool or territory", "load")
FOOT = "For coaching. Not for ratings or pay."
_QUOTE_WORDS = 7
_WIN_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class LastAction:
    """What was agreed last time, and how it went.

    Parameters
    ----------
    n_tried, n_after : int
        Calls since with an attempt, of the judged ones.
    n_has_before, n_before : int
    effect : str
        In the words of `Effect.words`.
    """

    agreed: str
    n_tried: int
    n_after: int
    n_has_before: int
    n_before: int
    effect: str

    @property
    def words(self) -> str:
        if self.n_after == 0:
            return "no judged call since."
        before = f", before {self.n_has_before} of {self.n_before}" if self.n_before else ""
        return f"tried in {self.n_tried} of {self.n_after}{before}. {self.effect}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page, in its order; texts of people may be edited before printing.

    Parameters
    ----------
    basis : Coverage
        Of the conversations since `since`.
    own_goal : str or None
        Only what the rep shared.
    win : Moment or None
        One to recognise; the account that benefited is in it.
    focus_title : str or None
        In the firm's own words; None where nothing stands out.
    questions : tuple of str
        Open, built from the moments; at most three.
    """

    rep_name: str
    manager_name: str | None
    on: date
    number: int
    since: datetime
    basis: Coverage
    own_goal: str | None
    last: LastAction | None
    win: Moment | None
    win_title: str | None
    focus_title: str | None
    focus_item: str | None
    why: str | None
    moments: ThreeMoments
    questions: tuple[str, ...]
    rubric: str

    @property
    def basis_words(self) -> str:
        """ "11 of 14 conversations since 10 Sep (2 mono, 1 German: not judged)"."""
        since = f"{self.since.day} {self.since:%b}"
        text = f"{self.basis.n_judged} of {self.basis.n_calls} conversations since {since}"
        return f"{text} ({self.basis.reasons}: not judged)" if self.basis.withheld else text


def last_action(agreed: str, effect: Effect) -> LastAction:
    """The last action with its counts; while it is too early the effect is only how early."""
    return LastAction(
        agreed, effect.n_tried, effect.n_after, effect.n_has_before, effect.n_before, effect.words
    )


def one_on_one(
    records: Sequence[CallRecord],
    rep: str,
    *,
    rep_name: str,
    on: date,
    since: datetime,
    titles: dict[str, str],
    rubric: str,
    moments: Iterable[Moment] = (),
    focus: FocusFound | None = None,
    focus_moments: ThreeMoments | None = None,
    last: LastAction | None = None,
    own_goal: str | None = None,
    manager_name: str | None = None,
    number: int = 1,
) -> Sheet:
    """The sheet of one person, from calls since the last talk; pure.

    Parameters
    ----------
    titles : mapping of behaviour to title
        In the firm's own words.
    moments : iterable of Moment
        Of the period, all items: the win is chosen from them.
    focus : FocusFound or None
        None is a good answer: the sheet then has none.
    rubric : str
        Name and version, for the foot.
    """
    three = focus_moments or ThreeMoments(None, None, None)
    win = win_of(moments, rep, not_of=focus.item if focus else None)

    def title(item: str) -> str:
        return titles.get(item) or titles.get(item.split(":")[0]) or item.replace("_", " ")

    return Sheet(
        rep_name=rep_name,
        manager_name=manager_name,
        on=on,
        number=number,
        since=since,
        basis=coverage_of(call for call in calls_of(records, rep) if call.at >= since),
        own_goal=own_goal,
        last=last,
        win=win,
        win_title=title(win.item) if win else None,
        focus_title=title(focus.item) if focus else None,
        focus_item=focus.item if focus else None,
        why=focus.why if focus else NO_FOCUS,
        moments=three,
        questions=questions_from(three),
        rubric=rubric,
    )


def win_of(moments: Iterable[Moment], rep: str, *, not_of: str | None = None) -> Moment | None:
    """One moment to recognise: surest words of a call that has the skill, the latest of equals."""
    good = [m for m in moments if m.rep == rep and m.score >= max(HAS_IT, _WIN_SCORE) and m.item != not_of]
    return max(good, key=lambda m: (round(m.probability, 1), m.at, m.item, m.call_id), default=None)


def questions_from(moments: ThreeMoments) -> tuple[str, ...]:
    """Three open questions about the moments at hand, none about the person."""
    asked = []
    for name, moment in moments.all:
        what, where = _short(moment.quote), _where(moment)
        asked.append(
            {
                "best": f"What led up to “{what}” {where}, and what did it open?",
                "typical": f"After “{what}” {where}, what did you want to know next?",
                "nearly": f"If you were back at “{what}” {where}, what would you ask?",
            }[name]
        )
    return tuple(asked)


def _short(quote: str) -> str:
    return shortened(quote, at_most=_QUOTE_WORDS)


def _where(moment: Moment) -> str:
    return f"with {moment.account}" if moment.account else f"on {moment.at.day} {moment.at:%b}"
