"""How far a run is: a bar where a person watches, lines elsewhere, and Prometheus where asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


class Together:
    """Several who watch one run."""

    def __init__(self, *watching: object) -> None:
        self._watching = watching

    def update(self, progress) -> None:
        for one in self._watching:
            one.update(progress)


class Bar:
    """A bar on the terminal."""

    def __init__(self, bar) -> None:
        self._bar, self._task = bar, bar.add_task("", total=None, said="")

    def update(self, progress) -> None:
        c = progress.counts
        failed = "".join(f" · {n} {kind.replace('_', ' ')}" for kind, n in c.by_kind.items())
        self._bar.update(
            self._task,
            completed=c.done + c.failed + c.quarantined,
            total=progress.n_found if progress.discovered else None,
            said=f"{progress.calls_per_s:.1f} calls/s · {progress.audio_hours_per_hour:.0f} audio hours per hour"
            f"{'' if progress.left_s is None else ' · ' + span(progress.left_s) + ' left'}{failed}",
        )


class JsonLines:
    """One object per look on stderr, for programs that watch."""

    def update(self, progress) -> None:
        c = progress.counts
        line = {
            "run_id": progress.run_id, "found": progress.n_found, "discovered": progress.discovered,
            "done": c.done, "failed": c.failed, "quarantined": c.quarantined, "queued": c.queued,
            "running": c.running, "unchanged": c.unchanged, "by_class": dict(c.by_class),
            "by_kind": dict(c.by_kind), "calls_per_s": round(progress.calls_per_s, 3),
            "audio_hours_per_hour": round(progress.audio_hours_per_hour, 2),
            "left_s": None if progress.left_s is None else round(progress.left_s),
            "workers": progress.n_workers,
        }  # fmt: skip
        print(json.dumps(line), file=sys.stderr, flush=True)


@contextmanager
def watching(*, lines: object, as_json: bool = False, metrics_port: int | None = None) -> Iterator[Together]:
    """Who watches a run; a bar only where a person sees it.

    Parameters
    ----------
    lines : Progress
        For where nobody does.
    metrics_port : int or None
        On loopback.
    """
    with ExitStack() as stack:
        shown: list[object] = []
        if as_json:
            shown.append(JsonLines())
        elif sys.stderr.isatty():
            shown.append(Bar(stack.enter_context(_bar())))
        else:
            shown.append(lines)
        if metrics_port is not None:
            from callcoach.archive.metrics import Metrics

            shown.append(stack.enter_context(Metrics(metrics_port)))
        yield Together(*shown)


def span(seconds: float) -> str:
    """A length of time in two units at most.

    >>> span(95), span(7260), span(200000)
    ('2 min', '2 h 1 min', '2 d 8 h')
    """
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 24 else f"{hours // 24} d {hours % 24} h"


def _bar():
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[said]}"),
        console=Console(stderr=True),
        transient=True,
    )
