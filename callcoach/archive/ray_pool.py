"""Workers as actors on a Ray cluster; like all workers they pull from the jobs table alone.

An actor works in slices of a few seconds, so that it can be asked to stop between them. One that dies
is replaced; what it held comes free when its lease runs out, as everywhere. The store, the sources
and the models must be reachable from the cluster's machines, and callcoach installed there.
"""

from __future__ import annotations

import os
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from callcoach.archive.orders import WorkerOptions
from callcoach.archive.run import Pool
from callcoach.archive.start import MakePool
from callcoach.core.errors import MissingExtra, Unreachable

SLICE_S = 5.0
PATIENCE_WITH_STARTS = 5
RECYCLED = 10
_POINTLESS = frozenset({11, 12, 13})  # `worker.End`: a replacement would meet the same store or disk


@dataclass(slots=True)
class _Member:
    """An actor and the slice that it works on."""

    actor: Any
    slice: Any


class RayPool:
    """`n` actors.

    Parameters
    ----------
    n : int or None
        None for one per CPU of the cluster, or per GPU where actors need one.
    address : str
        Of the cluster; ``"auto"`` for the one that this machine belongs to, ``"local"`` for a new one
        of this machine that ends with the run.
    gpus : float
        Of each actor; the rest of them goes by one CPU each.
    """

    def __init__(self, n: int | None, options: WorkerOptions, *, address: str, gpus: float = 0.0) -> None:
        self.n, self.options, self.address, self.gpus = n, options, address, gpus
        self._members: list[_Member] = []
        self._failures = 0
        self._stopping = False
        self._ray: Any = None
        self.n_deaths = 0

    def start(self) -> None:
        """Reach the cluster and put actors there.

        Raises
        ------
        MissingExtra
            If Ray is not installed.
        Unreachable
            If no cluster answers.
        """
        self._ray = _connected(self.address)
        if self.n is None:
            have = self._ray.cluster_resources()
            self.n = max(1, int(have.get("GPU", 0) // self.gpus if self.gpus else have.get("CPU", 1)))
        while len(self._members) < self.n:
            self._members.append(self._new())

    @property
    def n_alive(self) -> int:
        return len(self._members)

    def mend(self) -> int | None:
        """Give every idle actor its next slice, and replace those that died."""
        for at, member in enumerate(self._members):
            ready, _ = self._ray.wait([member.slice], timeout=0)
            if not ready:
                continue
            try:
                end = self._ray.get(member.slice)
            except self._ray.exceptions.RayError:
                self.n_deaths += 1
                self._failures += 1
                if self._failures >= PATIENCE_WITH_STARTS * self.n:
                    return 1
                self._members[at] = self._new()
                continue
            self._failures = 0
            if end in _POINTLESS:
                return end
            if self._stopping:
                continue
            if end == RECYCLED:
                self._ray.kill(member.actor)
                self._members[at] = self._new()
            else:
                member.slice = member.actor.work.remote(SLICE_S)
        return None

    def ask_to_stop(self) -> None:
        self._stopping = True

    def stop(self, *, now: bool = False) -> None:
        """End all actors: after the job each has, or `now`; then what they held comes free."""
        self.ask_to_stop()
        if self._ray is None or not self._ray.is_initialized():
            return
        slices = [member.slice for member in self._members]
        if slices and not now:
            self._ray.wait(slices, num_returns=len(slices))
        for member in self._members:
            self._ray.kill(member.actor)
        self._members.clear()
        self._ray.shutdown()  # leaves the cluster; one of this run alone ends

    def _new(self) -> _Member:
        remote = self._ray.remote(num_cpus=1, num_gpus=self.gpus, max_restarts=0)(_Actor)
        actor = remote.remote(asdict(self.options))
        return _Member(actor, actor.work.remote(SLICE_S))


class _Actor:
    """A worker on some machine of the cluster."""

    def __init__(self, options: dict[str, Any]) -> None:
        from callcoach.archive.worker import Session

        folders = tuple(options["model_folders"])
        self.session = Session(WorkerOptions(**options | {"model_folders": folders}))

    def work(self, slice_s: float) -> int:
        """Take jobs for `slice_s` seconds; the `worker.End` of it."""
        until_s = time.monotonic() + slice_s

        def stop(wait_s: float) -> bool:
            time.sleep(max(0.0, min(wait_s, until_s - time.monotonic())))
            return time.monotonic() >= until_s

        return int(self.session.work(stop).end)


def make_ray_pool(n: int | None, options: WorkerOptions, *, address: str, gpus: float) -> MakePool:
    """Actors for one run."""

    def make(run_id: str) -> Pool:
        return RayPool(n, replace(options, run_id=run_id), address=address, gpus=gpus)

    return make


def _connected(address: str) -> Any:
    """Ray, connected to a cluster; it reports to nobody."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise MissingExtra(
            "workers on Ray need an extra that is not installed: pip install 'callcoach[ray]'"
        ) from error
    if not ray.is_initialized():
        try:
            ray.init(
                address=None if address == "local" else address,
                namespace="callcoach",
                log_to_driver=False,
                include_dashboard=False if address == "local" else None,
                logging_level="ERROR",
            )
        except OSError as error:
            if isinstance(error, ConnectionError):
                raise _no_cluster(address) from error
            raise Unreachable(
                "Ray must be able to make its files, the path of which must be short; it is not: set "
                "RAY_TMPDIR to a short path that may be written, such as /tmp"
            ) from error
        except RuntimeError as error:
            raise _no_cluster(address) from error
    return ray


def _no_cluster(address: str) -> Unreachable:
    return Unreachable(
        f"a Ray cluster must answer at {address!r}; none does: start one with 'ray start --head', or give "
        "its address with --ray-address"
    )
