"""The one-on-one sheet: one page in the order of the talk, from which both sides go with one agreement.

Everything on it can be changed before it is printed; what stands in `Sheet` is a proposal. Words of
calls are words in HTML and in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callcoach.coach import sheet as coached
from callcoach.coach.moments import Moment
from callcoach.coach.sheet import CAUSES, FOOT
from callcoach.ui.views.words import clock, length, plain

STATES = {"": "not said yet", "done": "done", "goes_on": "goes on", "dropped": "dropped"}
_BLANK = ("Pleased with", "Want help with")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Plain strings, in the order of the talk; empty where there is nothing to say.

    Parameters
    ----------
    moments : tuple of (label, line)
        What to play, in words; the clips themselves stand beside the sheet.
    last_action, last_effect : str
        What was agreed last time and what became of it.
    """

    person: str
    when: str
    session: int
    basis: str
    last_action: str = ""
    last_effect: str = ""
    last_state: str = ""
    goal: str = ""
    win: str = ""
    focus: str = ""
    why: str = ""
    moments: tuple[tuple[str, str], ...] = ()
    playing: str = ""
    questions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    agreed: str = ""
    on_call: str = ""
    by: str = ""
    manager_does: str = ""
    foot: str = FOOT

    def changed(self, edits: Mapping[str, object]) -> Sheet:
        """With what somebody wrote over it; unknown names and empty causes are left alone."""
        known = {name: edits[name] for name in EDITABLE if name in edits}
        for name in ("questions", "causes"):
            if name in known:
                known[name] = tuple(str(line) for line in known[name] if str(line).strip())
        return replace(self, **known)


EDITABLE = (
    "last_action",
    "last_state",
    "win",
    "focus",
    "why",
    "questions",
    "causes",
    "agreed",
    "on_call",
    "by",
    "manager_does",
)


def proposed(sheet: coached.Sheet, *, goes_on: str | None, last_agreed: str) -> Sheet:
    """What `coach` puts on the sheet, as lines that can be changed.

    Parameters
    ----------
    goes_on : str or None
        Title of a focus that was agreed before: it stays until it is done or dropped.
    """
    win = f"{sheet.win_title}. {moment_line(sheet.win)}" if sheet.win else ""
    missing = sheet.basis.n_calls - sheet.basis.n_judged
    not_judged = f" · not judged: {missing} ({sheet.basis.reasons})" if missing else ""
    return Sheet(
        person=sheet.rep_name,
        when=f"{sheet.on:%A} {sheet.on.day} {sheet.on:%B %Y}"
        + (f", with {sheet.manager_name}" if sheet.manager_name else ""),
        session=sheet.number,
        basis=sheet.basis_words,
        last_action=last_agreed,
        last_effect=_as_sentence(sheet.last.words) if sheet.last else "",
        goal=sheet.own_goal or "",
        win=win,
        focus=goes_on or sheet.focus_title or _as_sentence(sheet.why),
        why="Goes on from last time." if goes_on else sheet.why if sheet.focus_title else "",
        moments=tuple((label, moment_line(moment)) for label, moment in sheet.moments.all),
        playing=length(sheet.moments.playing_s) if sheet.moments.playing_s else "",
        questions=sheet.questions,
        foot=f"{sheet.rubric}{not_judged} · {FOOT}",
    )


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def moment_line(moment: Moment) -> str:
    """Account, date, second, words and length of one moment."""
    at = moment.at.astimezone()
    where = f"{moment.account}, " if moment.account else ""
    second = f" at {clock(moment.start_s)}" if moment.start_s is not None else ""
    seconds = f" ({length(moment.clip_s)})" if moment.clip_s else ""
    return f"{where}{at.day} {at:%b}{second}: “{_short(moment.quote)}”{seconds}"


def sheet_html(sheet: Sheet) -> str:
    """The sheet as HTML in which every word from outside is escaped."""
    parts = [
        f"<h1>{plain(sheet.person)} · one-on-one {sheet.session}</h1>",
        f'<p>{plain(sheet.when)}</p><p class="cc-quiet">{plain(sheet.basis)}</p>',
    ]
    for title, lines, blank in _sections(sheet):
        parts.append(f"<h2>{plain(title)}</h2>")
        parts += [f"<p>{plain(line)}</p>" for line in lines]
        parts += [f'<p>{plain(line)}</p><div class="cc-blank"></div>' for line in blank]
    parts.append(f'<p class="cc-foot">{plain(sheet.foot)}</p>')
    return f'<article class="cc-sheet">{"".join(parts)}</article>'


def sheet_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown in which every word from outside is a word."""
    lines = [f"# {_md(sheet.person)} · one-on-one {sheet.session}", "", _md(sheet.when), "", _md(sheet.basis)]
    for title, said, blank in _sections(sheet):
        lines += ["", f"## {_md(title)}", ""]
        lines += [f"- {_md(line)}" for line in said]
        lines += [f"- {_md(line)}: \\_\\_\\_\\_\\_\\_\\_\\_" for line in blank]
    return "\n".join([*lines, "", _md(sheet.foot), ""])


def _sections(sheet: Sheet) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    """Title, lines, and lines that are left blank to write on."""
    goal = [f"Own goal: {sheet.goal}"] if sheet.goal else []
    state = STATES.get(sheet.last_state, "")
    last = [line for line in (sheet.last_action, sheet.last_effect) if line]
    if sheet.last_action:
        last.append(f"It is: {state}" if sheet.last_state else "done / goes on / dropped")
    moments = [f"{label}: {line}" for label, line in sheet.moments]
    if sheet.playing:
        moments.append(f"Together {sheet.playing} to listen to.")
    ticked = " · ".join(f"[{'x' if cause in sheet.causes else ' '}] {cause}" for cause in CAUSES)
    agreed = [
        f"{name}: {value}"
        for name, value in (
            ("We agree", sheet.agreed),
            ("On which call", sheet.on_call),
            ("By", sheet.by),
            ("The manager", sheet.manager_does),
        )
        if value
    ]
    missing = [
        name
        for name, value in (("We agree", sheet.agreed), ("On which call, by when", sheet.on_call or sheet.by))
        if not value
    ]
    sections = [
        ("You first", goal, _BLANK),
        ("Last time", last, ()),
        ("One win", [sheet.win] if sheet.win else [], ()),
        ("One focus", [line for line in (sheet.focus, sheet.why) if line], ()),
        ("To listen to", moments, ()),
        ("To talk about", sheet.questions, ()),
        ("Not skill?", [ticked], ()),
        ("Agreed", agreed, missing),
    ]
    return [(title, lines, blank) for title, lines, blank in sections if lines or blank]


def _short(text: str, n_words: int = 20) -> str:
    words = text.split()
    return " ".join(words[:n_words]) + (" …" if len(words) > n_words else "")


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~=@&])")


def _md(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
