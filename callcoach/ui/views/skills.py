"""Skills over calls: words before numbers, each with how many calls it rests on and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callcoach.coach.history import Course, Skill
from callcoach.ui.views.words import TYPE_WORDS, plain

_COURSES = {Course.UP: "going up", Course.DOWN: "going down", Course.NOT_SEEN: "no change we can see"}


def how_often(n_has: int, n: int) -> str:
    """A share in words, with the counts beside it.

    Examples
    --------
    >>> [how_often(n, 11) for n in (0, 2, 5, 8, 11)]
    ['no call', 'few calls', 'about half of the calls', 'most calls', 'every call']
    """
    if n_has == 0:
        return "no call"
    if n_has == n:
        return "every call"
    share = n_has / n
    return "few calls" if share < 0.35 else "about half of the calls" if share < 0.65 else "most calls"


def skills_html(skills: Iterable[Skill], titles: Mapping[str, str]) -> str:
    """One row a skill, alphabetical; what has too few calls says how many are missing."""
    rows = []
    for skill in sorted(skills, key=lambda skill: (title_of(skill.item, titles), skill.call_type)):
        if skill.interval is None:
            often, bar = f'<span class="cc-quiet">{plain(skill.words)}</span>', ""
        else:
            often = f"{how_often(skill.n_has, skill.n_judged)} ({skill.n_has} of {skill.n_judged})"
            bar = _bar(skill.interval.mean, skill.interval.mean_low, skill.interval.mean_high)
        course = _COURSES[skill.trend.course] if skill.trend else "from 8 judged calls"
        rows.append(
            f'<tr><th scope="row">{plain(title_of(skill.item, titles))}'
            f'<br><span class="cc-quiet cc-small">{plain(TYPE_WORDS.get(skill.call_type, skill.call_type))}'
            f"</span></th><td>{often}</td><td>{bar}</td>"
            f'<td class="{"" if skill.trend else "cc-quiet"}">{course}</td></tr>'
        )
    return (
        '<table class="cc-measures"><thead><tr><th scope="col">Skill</th><th scope="col">How often</th>'
        '<th scope="col">Where the mean lies</th><th scope="col">Course</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _bar(mean: float, low: float, high: float) -> str:
    label = f"mean {mean:.2f} of 1; over calls it lies between {low:.2f} and {high:.2f}"
    return (
        f'<div class="cc-skill" role="img" aria-label="{label}" title="{label}">'
        f'<i style="left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"></i>'
        f'<b style="left:{100 * mean:.1f}%"></b></div>'
    )


def title_of(item: str, titles: Mapping[str, str]) -> str:
    """An item in the firm's words: ``recap:opening`` becomes "Summed up … (opening)"."""
    behaviour, _, variant = item.partition(":")
    title = titles.get(item) or titles.get(behaviour, behaviour)
    return f"{title} ({variant.replace('_', ' ')})" if variant and item not in titles else title
