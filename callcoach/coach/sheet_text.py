"""The one-on-one sheet as Markdown: words of calls stay words, blank lines are for the pen."""

from __future__ import annotations

import re

from callcoach.coach.moments import Moment
from callcoach.coach.quoting import shortened
from callcoach.coach.sheet import CAUSES, FOOT, Sheet

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|$~=&]|:(?=\w))")
_LINE = "_" * 40
_QUOTE_WORDS = 15


def to_markdown(sheet: Sheet) -> str:
    """One page in the order of the talk, about 250 words; every word of a call escaped."""
    parts = [
        f"# {_plain(sheet.rep_name)}, {sheet.on.day} {sheet.on:%b %Y}, session {sheet.number}",
        f"{_plain(sheet.basis_words)}"
        + (f" · with {_plain(sheet.manager_name)}" if sheet.manager_name else ""),
        "## You first",
        *(f"{what}: {_LINE}" for what in ("Pleased with", "Want help with")),
    ]
    if sheet.own_goal:
        parts.append(f"Own goal: {_plain(sheet.own_goal)}")
    if sheet.last:
        parts += [
            "## Last time",
            f"{_plain(sheet.last.agreed)}: {_plain(sheet.last.words)}",
            "☐ done  ☐ goes on  ☐ dropped",
        ]
    if sheet.win:
        who = f". Who benefited: {_plain(sheet.win.account)}." if sheet.win.account else ""
        parts += ["## One win", f"{_plain(sheet.win_title)}. {_moment(sheet.win)}{who}"]
    parts += ["## One focus", *_focus(sheet)]
    if sheet.questions:
        parts += ["## Questions", "\n".join(f"{n}. {_plain(q)}" for n, q in enumerate(sheet.questions, 1))]
    parts += [
        "## Not skill?",
        "  ".join(f"☐ {cause}" for cause in CAUSES),
        "## Agreed",
        f"What, on which call: {_LINE}",
        f"By when: {_LINE}",
        f"Who does what (the manager too): {_LINE}",
        "---",
        f"{_plain(sheet.rubric)} · {_foot(sheet)}{FOOT}",
    ]
    return "\n\n".join(parts) + "\n"


def _focus(sheet: Sheet) -> list[str]:
    if sheet.focus_title is None:
        return [f"{_plain(sheet.why).capitalize()}."]
    lines = [f"**{_plain(sheet.focus_title)}.** {_plain(sheet.why)}"]
    shown = [f"- {name}: {_moment(moment)}" for name, moment in sheet.moments.all]
    if shown:
        lines += ["\n".join(shown), f"To hear: {sheet.moments.playing_s:.0f} s together."]
    return lines


def _moment(moment: Moment) -> str:
    quote = shortened(moment.quote, at_most=_QUOTE_WORDS)
    account = f"{_plain(moment.account)}, " if moment.account else ""
    seconds = f" ({moment.clip_s:.0f} s)" if moment.clip_s else ""
    return f"{account}{moment.at.day} {moment.at:%b}: “{_plain(quote)}”{seconds}"


def _foot(sheet: Sheet) -> str:
    missing = sheet.basis.n_calls - sheet.basis.n_judged
    return f"not judged: {missing} ({_plain(sheet.basis.reasons)}) · " if missing else ""


def _plain(text: str | None) -> str:
    """Words that no renderer of Markdown takes for anything else."""
    return _MARKS.sub(r"\\\1", " ".join((text or "").split()))
