"""A run's report as a page, as a table and for programs. Everything that came from outside is escaped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from callcoach.archive.export import whole_place
from callcoach.archive.export_formats import safe
from callcoach.archive.report import Report
from callcoach.archive.report_doubts import Z_95
from callcoach.core.errors import BadSettings

TEMPLATE = Path(__file__).with_name("report.html")
COLOURS = {
    "connected": "#2f6f9f", "short": "#79aacb", "partial": "#a9c5d6", "voicemail": "#b59a5b",
    "no_show": "#cbb98a", "machine": "#9b8f7a", "internal": "#7c86a3", "other_language": "#8d79a8",
    "duplicate": "#a5a5a5", "damaged": "#8a6d6d", "unknown": "#c4c4c4", "failed": "#b0642f",
    "quarantined": "#7a4a33", "left": "#dedede",
}  # fmt: skip


def write_report(report: Report, to: Path) -> None:
    """Write a report where its ending says: .html, .csv or .json.

    Raises
    ------
    BadSettings
        If the ending is another, or the place cannot be written.
    """
    makers = {".html": as_html, ".csv": as_csv, ".json": as_json}
    make = makers.get(to.suffix.lower())
    if make is None:
        raise BadSettings(
            f"a report must end in {', '.join(makers)}; found {to.name!r}: change the end of the name"
        )
    with whole_place(to, what="--to") as path:
        path.write_text(make(report), encoding="utf-8", errors="replace", newline="")


def as_json(report: Report) -> str:
    return json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n"


def as_html(report: Report) -> str:
    """A page that needs nothing from anywhere."""
    return _template().render(r=report, colours=COLOURS, z=Z_95)


def as_csv(report: Report) -> str:
    """One line per number: section, three keys, number."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["section", "key", "key_2", "key_3", "value"])
    for row in _rows(report):
        writer.writerow([safe(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    yield "run", report.run.id, report.run.task, report.run.source or "", report.run.started_at.isoformat()
    yield "files", "", "", "", report.n
    for part in report.bar:
        yield "bar", part.name, "", "", part.n
    for group in report.groups:
        for part in group.parts:
            yield "group", f"{group.source} · {group.year}", group.channels, part.name, part.n
    cost = report.cost
    yield "cost", "audio hours", "", "", round(cost.audio_s / 3600, 2)
    yield "cost", "worker hours", "", "", round(cost.machine_s / 3600, 2)
    for key, value in (
        ("worker seconds per audio hour", cost.per_audio_hour_s),
        ("money", cost.money),
        ("money per audio hour", cost.money_per_audio_hour),
    ):
        yield "cost", key, "", "", "" if value is None else round(value, 2)
    yield "cost", "files left", "", "", cost.n_left
    yield "cost", "finish", "", "", cost.finish_at.isoformat() if cost.finish_at else ""
    for failure in report.failures:
        yield "failure", failure.kind, failure.first_step, "", failure.n
        for name, message in failure.examples:
            yield "failed file", failure.kind, name, message, 1
    for mapping in report.mapping:
        yield "mapping", mapping.source, "files", "", mapping.n
        yield "mapping", mapping.source, "understood", "", round(mapping.understood_share, 2)
        yield "mapping", mapping.source, "rep known", "", round(mapping.rep_known_share, 2)
        for raw, n in mapping.top_raw:
            yield "rep nobody is known by", mapping.source, raw, "", n
    for what, n in report.metadata_doubts:
        yield "could mean two things", what, "", "", n
    doubts = report.doubts
    for key in ("looked", "judged", "unsure_roles", "swapped", "unsure_language", "with_words", "no_notice"):
        yield "doubts", key.replace("_", " "), "", "", getattr(doubts, f"n_{key}")
    for one in report.to_hear:
        yield (
            "to hear",
            one.call_id,
            one.name,
            one.call_class,
            "" if one.duration_s is None else one.duration_s,
        )
    yield "legal", f"older than {report.older_than_days} days", "", "", report.n_older
    for at, why, n in report.deletions:
        yield "deleted", at.isoformat(), why, "", n
    for what, before, now in report.changed:
        yield "changed", what, before, "", now
    yield "command", report.command, "", "", ""
    if report.retry_command:
        yield "command", report.retry_command, "", "", ""


@cache
def _template():
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    environment.filters |= {
        "whole": lambda n: f"{n:,}",
        "share": lambda share: f"{100 * share:.0f} %",
        "hours": lambda hours: f"{hours:,.1f} h",
        "decimals": lambda number: f"{number:,.2f}",
        "words": lambda name: str(name).replace("_", " "),
        "time": _time,
        "span": _span,
    }
    return environment.from_string(TEMPLATE.read_text("utf-8"))


def _time(at: datetime) -> str:
    return f"{at:%d %b %Y, %H:%M} UTC"


def _span(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
