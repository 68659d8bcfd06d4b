"""A run's figures for Prometheus, on request and on loopback; numbers and classes, no names, no words."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from callcoach.archive.runs import RunProgress
from callcoach.core.errors import BadSettings

ADDRESS = "127.0.0.1"


class Metrics:
    """Watches a run and answers at ``http://127.0.0.1:PORT/metrics`` while the block lasts.

    ::

        callcoach_sources{state="done"} 812
        callcoach_sources_done{class="connected"} 640
        callcoach_sources_failed{kind="unreadable"} 3
        callcoach_audio_seconds 1.9e+06

    Parameters
    ----------
    port : int
        0 takes a free one; `port` says which.

    Raises
    ------
    BadSettings
        If the port is taken.
    """

    def __init__(self, port: int) -> None:
        from prometheus_client import CollectorRegistry, Gauge, start_http_server

        registry = CollectorRegistry()

        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"callcoach_{name}", text, labels, registry=registry)

        self._sources = gauge("sources", "Sources of the run by state", "state")
        self._done = gauge("sources_done", "Sources done by class", "class")
        self._failed = gauge("sources_failed", "Sources failed or in quarantine by kind", "kind")
        self._plain = {
            name: gauge(name, text)
            for name, text in (
                ("sources_found", "Sources found so far"),
                ("sources_unchanged", "Sources that were done before with the same keys"),
                ("audio_seconds", "Seconds of sound or conversation done"),
                ("calls_per_second", "Sources finished per second since the run began"),
                ("audio_hours_per_hour", "Hours of sound done per hour"),
                ("seconds_left", "Seconds to go at this pace; NaN while that is not known"),
                ("workers", "Workers alive"),
            )
        }
        try:
            self._server, self._thread = start_http_server(port, ADDRESS, registry=registry)
        except OSError as error:
            raise BadSettings(
                f"--metrics-port must be a free port; {port} is not ({error.strerror}): give another"
            ) from error
        self.port = self._server.server_port

    def update(self, progress: RunProgress) -> None:
        counts = progress.counts
        for state in ("queued", "running", "done", "failed", "quarantined"):
            self._sources.labels(state).set(getattr(counts, state))
        for gauge, numbers in ((self._done, counts.by_class), (self._failed, counts.by_kind)):
            gauge.clear()
            for name, n in numbers.items():
                gauge.labels(name).set(n)
        for name, value in (
            ("sources_found", progress.n_found),
            ("sources_unchanged", counts.unchanged),
            ("audio_seconds", counts.audio_s),
            ("calls_per_second", progress.calls_per_s),
            ("audio_hours_per_hour", progress.audio_hours_per_hour),
            ("seconds_left", float("nan") if progress.left_s is None else progress.left_s),
            ("workers", progress.n_workers),
        ):
            self._plain[name].set(value)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
