"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Progress:
    """Says how far a run is; `say` prints a line without tearing the bar."""

    def __init__(self, bar=None, total_task=None, file_task=None) -> None:
        self._bar, self._total, self._file = bar, total_task, file_task
        self._n_started = 0

    def of(self, uri: str) -> Callable[[float], None] | None:
        """A callback for one source; it takes the share done, 0 to 1."""
        if self._bar is None:
            return None
        name = uri.rstrip("/").rsplit("/", 1)[-1]
        self._bar.update(self._total, completed=self._n_started)
        self._bar.reset(self._file, description=name[:40], total=1.0)
        self._n_started += 1
        return lambda share: self._bar.update(self._file, completed=share)

    def say(self, text: str, *, out: bool = False) -> None:
        """Print a line: results on stdout, everything else on stderr."""
        if self._bar is not None and not out:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stdout.flush()
            print(text, file=sys.stdout if out else sys.stderr, flush=True)


@contextmanager
def showing_progress(n_sources: int) -> Iterator[Progress]:
    """Progress over `n_sources`; a bar only where a person is watching."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    with RichProgress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        total = bar.add_task("calls", total=n_sources)
        file = bar.add_task("", total=1.0)
        yield Progress(bar, total, file)
