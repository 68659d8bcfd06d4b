"""Simulated reps: how often luck alone would make callcoach claim something.

The rules under test are the very functions that judge one rep, run over thousands at once. A score
is a mean plus noise of `CALL_SD`, cut off at 0 and 1. Reps either never change, or one skill rises.

::

    python -m callcoach.coach.simulate
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from callcoach.coach import effect, focus, patterns
from callcoach.coach.records import HAS_IT
from callcoach.coach.sampling import CALL_SD, LEVEL

N_REPS = 20_000
N_SKILLS = 9
N_TEAM = 6


@dataclass(frozen=True, slots=True)
class Rate:
    """In how many simulated reps something happened, with the 90 % interval of the share."""

    k: int
    n: int

    @property
    def share(self) -> float:
        return self.k / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper and Pearson 1934."""
        tail = (1 - LEVEL) / 2
        low = beta.ppf(tail, self.k, self.n - self.k + 1) if self.k else 0.0
        high = beta.ppf(1 - tail, self.k + 1, self.n - self.k) if self.k < self.n else 1.0
        return float(low), float(high)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:.1%} ({low:.1%} to {high:.1%}) of {self.n}"


@dataclass(frozen=True, slots=True)
class World:
    """What the simulated reps are like.

    Parameters
    ----------
    mean : float
        Of all skills.
    skill_sd : float
        Of the true means of skills around it, the same for the whole team.
    call_ease_sd : float
        Of what all skills of one call share.
    has_team : bool
        Whether five teammates without any change are there to compare with.
    is_yes_no : bool
        Whether every score is 0 or 1, as of an item that a call has or has not.
    """

    mean: float = 0.5
    skill_sd: float = 0.0
    call_ease_sd: float = 0.0
    has_team: bool = True
    is_yes_no: bool = False

    def skills(self, rng: np.random.Generator, n_reps: int) -> np.ndarray:
        means = self.mean + self.skill_sd * rng.standard_normal((n_reps, N_SKILLS))
        return np.clip(means, 0.02, 0.98)

    def calls(self, rng: np.random.Generator, means: np.ndarray, n_calls: int) -> np.ndarray:
        """Scores of shape (…, calls, skills) around means of shape (…, skills)."""
        shape = (*means.shape[:-1], n_calls, means.shape[-1])
        if self.is_yes_no:
            return (rng.random(shape) < means[..., None, :]).astype(float)
        noise = CALL_SD * rng.standard_normal(shape)
        if self.call_ease_sd:
            noise = noise + self.call_ease_sd * rng.standard_normal((*shape[:-1], 1))
        return np.clip(means[..., None, :] + noise, 0.0, 1.0)


def effects_claimed(
    world: World,
    *,
    change: float = 0.0,
    n_before: int = 12,
    n_after: int = 12,
    n_choosing: int = 8,
    shrink: bool = False,
    n_reps: int = N_REPS,
    seed: int = 0,
) -> Rate:
    """In how many reps an effect is claimed when the lowest skill of the choosing calls is the focus.

    Parameters
    ----------
    change : float
        By which the true mean of the chosen skill rises after the focus.
    n_after : int
        Calls since the focus, the first ones in which only attempts count among them.
    shrink : bool
        Whether only `n_before` calls exist before the focus, the choosing ones among them.
    """
    rng = np.random.default_rng(seed)
    means = world.skills(rng, n_reps)
    choosing = world.calls(rng, means, n_choosing)
    chosen = choosing.mean(axis=-2).argmin(axis=-1)
    before = world.calls(rng, means, n_before - (n_choosing if shrink else 0))
    if shrink:
        before = np.concatenate([before, choosing], axis=-2)
    later = means.copy()
    later[np.arange(n_reps), chosen] += change
    after = world.calls(rng, later, n_after)
    order = np.array([[skill, *(s for s in range(N_SKILLS) if s != skill)] for skill in range(N_SKILLS)])
    columns = order[chosen][:, None, :]
    before, after = (np.take_along_axis(table, columns, axis=-1) for table in (before, after))
    quality = after[:, effect.ATTEMPTS_ONLY :]
    found = [effect.change_beyond_own(before, quality, shrink=shrink)]
    if world.has_team:
        theirs = np.repeat(means[np.arange(n_reps), chosen][:, None], N_TEAM - 1, axis=1)[..., None]
        early, late = (world.calls(rng, theirs, n)[..., 0] for n in (n_before, n_after))
        found.append(effect.change_beyond_team(before, quality, early, late, shrink=shrink))
    has = [(table[..., 0] >= HAS_IT).mean(axis=-1) for table in (before, after)]
    return Rate(int((effect.is_claimed(*found) & (has[1] > has[0])).sum()), n_reps)


def patterns_claimed(
    world: World, *, n_earlier: int = 16, n_team_calls: int = 24, n_reps: int = N_REPS, seed: int = 0
) -> Rate:
    """In how many reps without any change some skill of nine is called a pattern."""
    rng = np.random.default_rng(seed)
    means = world.skills(rng, n_reps)
    missed = world.calls(rng, means, n_earlier + patterns.WINDOW) < HAS_IT
    team = (world.calls(rng, means, n_team_calls) < HAS_IT).sum(axis=-2)
    recent, earlier = missed[:, n_earlier:].sum(axis=-2), missed[:, :n_earlier].sum(axis=-2)
    luck = patterns.luck_of(recent, patterns.WINDOW, earlier, n_earlier, team, n_team_calls)
    return Rate(int((luck.min(axis=-1) * N_SKILLS <= patterns.FALSE_ALARMS).sum()), n_reps)


def foci_named(
    world: World, *, change: float = 0.0, n_calls: int = 10, n_reps: int = N_REPS, seed: int = 0
) -> tuple[Rate, Rate]:
    """In how many reps a focus is named, and in how many it is the skill that differs by `change`.

    Without `change` the rep is like the team in every skill: each focus named is a false alarm.
    """
    rng = np.random.default_rng(seed)
    means = world.skills(rng, n_reps)
    own = means.copy()
    own[:, 0] += change
    scores = world.calls(rng, own, n_calls)
    if world.has_team:
        team = np.repeat(means[:, None, :], N_TEAM - 1, axis=1)
        standard = focus.team_mean_of(world.calls(rng, team, n_calls))
    else:
        standard = (np.full_like(means, np.nan),) * 3
    luck, gap = focus.stands_out(scores, *standard)
    named = focus.is_named(luck, N_SKILLS, has_team=world.has_team) & (scores.mean(axis=-2) < focus.ENOUGH)
    first = np.where(named, gap, -np.inf).argmax(axis=-1)
    any_named = named.any(axis=-1)
    return Rate(int(any_named.sum()), n_reps), Rate(int((any_named & (first == 0)).sum()), n_reps)


def main() -> None:
    """Print the figures for a few worlds."""
    worlds = {
        "all skills alike": World(),
        "skills differ": World(skill_sd=0.12),
        "weak team": World(mean=0.3, skill_sd=0.12),
        "strong team": World(mean=0.7, skill_sd=0.12),
        "easy and hard calls": World(skill_sd=0.12, call_ease_sd=0.1),
        "no teammates": World(has_team=False),
        "yes or no": World(mean=0.4, skill_sd=0.12, is_yes_no=True),
    }
    for name, world in worlds.items():
        print(f"{name}")
        print(f"  no change, effect claimed         {effects_claimed(world)}")
        print(f"  the same, baseline shrunk         {effects_claimed(world, shrink=True)}")
        print(f"  a rise of .35, effect claimed     {effects_claimed(world, change=0.35)}")
        print(f"  the same, baseline shrunk         {effects_claimed(world, change=0.35, shrink=True)}")
        if world.has_team:
            print(f"  no change, a pattern              {patterns_claimed(world)}")
        print(f"  nobody stands out, focus named    {foci_named(world)[0]}")
        print(f"  one skill .3 lower, it is named   {foci_named(world, change=-0.3)[1]}")


if __name__ == "__main__":
    main()
