"""Making a plan: list everything, sample, look at the sample with the workers there are, show the page."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from html import escape
from pathlib import Path

from callcoach.archive.discover import discover
from callcoach.archive.name_patterns import read_rules
from callcoach.archive.newjobs import jobs_of
from callcoach.archive.orders import RunOptions
from callcoach.archive.patience import PatientStore
from callcoach.archive.plan import N_SAMPLED, Estimate, Plan, looked_at, planned, sampled, strata_of
from callcoach.archive.run import Watch, begin, run_jobs
from callcoach.archive.runs import Ending, Progress, Task
from callcoach.archive.start import MakePool
from callcoach.core import LOCAL_OWNER
from callcoach.core.errors import BadSettings, EmptyInput, StoreError
from callcoach.store import Store

SEED = 20_000  # the same archive, the same sample


def make_plan(
    store: Store,
    source: str,
    *,
    options: RunOptions,
    make_pool: MakePool,
    n: int = N_SAMPLED,
    progress: Progress | None = None,
) -> Plan:
    """Look at `n` files of a source and say what all of them would cost and give.

    Raises
    ------
    EmptyInput
        If there is nothing.
    StoreError
        If the workers could not do it.
    """
    chance = random.Random(SEED)
    rules = read_rules(Path(options.rules)) if options.rules else None
    strata = strata_of(discover(source), rules=rules, chance=chance, n_kept=n)
    if not strata:
        raise EmptyInput(
            "an archive must hold recordings or transcripts; none was found there: check the path"
        )
    sample = sampled(strata, n=n, chance=chance)
    patient = PatientStore(store)
    run = begin(patient, task=Task.TRIAGE, source=source, options=options)
    watch = Watch(patient, run, options, make_pool(run.id), progress)
    found = (one for files in sample.values() for one in files)
    end = run_jobs(watch, jobs_of(found, options=options))
    if end.ending is not Ending.COMPLETE:
        raise StoreError(f"a plan needs its sample to be looked at; that ended before: {end.why}")
    with store.job_rows(LOCAL_OWNER, run.id) as rows:
        return planned(strata, sample, looked_at(rows))


def write_plan(plan: Plan, to: Path) -> None:
    """Write a plan as a page (.html) or for programs (.json).

    Raises
    ------
    BadSettings
        If the ending is another.
    """
    makers: dict[str, Callable[[Plan], str]] = {".html": as_page, ".json": as_json}
    make = makers.get(to.suffix.lower())
    if make is None:
        raise BadSettings(f"a plan must end in .html or .json; found {to.name!r}: change the end of the name")
    to.write_text(make(plan), encoding="utf-8", errors="replace")


def as_json(plan: Plan) -> str:
    return json.dumps(asdict(plan), indent=1, ensure_ascii=False) + "\n"


def as_lines(plan: Plan) -> list[str]:
    """The plan for a terminal."""
    lines = [
        f"{plan.n:,} files, {plan.size_bytes / 1e9:,.1f} GB; {plan.n_sampled:,} looked at. With 90 % intervals:",
        f"  sound            {_span(plan.hours, 'hours')}",
        f"  first pass       {_span(plan.triage_core_hours, 'core-hours')}",
        f"  recognition      {_span(plan.recognition_machine_hours, 'machine-hours')}, at "
        f"{60 * plan.realtime:.1f} min for an hour of sound (measure yours: callcoach doctor)",
        f"  store            {_span(plan.stored_gb, 'GB')}",
    ]
    return lines + [f"  {name:16} {_span(share, 'files')}" for name, share in plan.classes.items()]


def as_page(plan: Plan) -> str:
    """A page that needs nothing from anywhere; everything that came from outside is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_page()).render(
        p=plan, span=_span, largest=max((one.value for one in plan.classes.values()), default=1.0) or 1.0
    )


@cache
def _page() -> str:
    return Path(__file__).with_name("plan.html").read_text("utf-8")


def _span(one: Estimate, unit: str) -> str:
    return f"{_number(one.value)} {escape(unit)} ({_number(one.low)} to {_number(one.high)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
