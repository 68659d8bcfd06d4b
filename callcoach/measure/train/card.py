"""The figures of the taggers as files: figures.json for programs, the tables of README.md for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from callcoach.measure.figures import Figures

BEGIN, END = "<!-- figures: written by the training command -->", "<!-- end of figures -->"
PROVEN_F1, PROVEN_PRECISION = 0.75, 0.90


def beside(folder: Path) -> str:
    """The baselines' line, where they have been measured."""
    path = folder / "baselines.json"
    if not path.exists():
        return ""
    parts = []
    for condition, rows in json.loads(path.read_text(encoding="utf-8")).items():
        plain = [row["tf_idf"] for row in rows.values()]
        rules = ", ".join(f"`{label}` {row['rules']:.2f}" for label, row in rows.items() if "rules" in row)
        parts.append(
            f"{condition}: TF-IDF and logistic regression macro F1 {sum(plain) / len(plain):.3f}; rules {rules}"
        )
    return "\n\nBaselines on the same folds, " + ". ".join(parts) + "."


def write(folder: Path, found: dict[str, list[Figures]]) -> None:
    """Write figures.json and put the tables between the marks of README.md."""
    plain = {name: [_rounded(asdict(each)) for each in rows] for name, rows in found.items()}
    plain["proven"] = proven(found["both"])
    (folder / "figures.json").write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8") if path.exists() else f"# Taggers\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{tables(found)}{beside(folder)}\n{END}{after}", encoding="utf-8")


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {
        key: round(value, 4) if isinstance(value, float) else value
        for key, value in row.items()
        if key != "reliability"
    }


def proven(rows: list[Figures]) -> list[str]:
    """Labels with F1 of at least .75 and a precision of at least .90 where shown, as written."""
    return [
        each.label
        for each in rows
        if each.condition == "as written"
        and (each.f1 or 0) >= PROVEN_F1
        and (each.shown_precision or 0) >= PROVEN_PRECISION
    ]


def tables(found: dict[str, list[Figures]]) -> str:
    """Markdown: macro figures, then one line per label."""
    lines = [
        "| figures | condition | macro F1 | labels | with a show threshold | calibration error over .1, mean |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, rows in found.items():
        for condition in dict.fromkeys(row.condition for row in rows):
            part = [row for row in rows if row.condition == condition and row.f1 is not None]
            shown = sum(row.threshold is not None for row in part)
            errors = [row.calibration_error for row in part if row.calibration_error is not None]
            lines.append(
                f"| {name} | {condition} | {_mean([row.f1 for row in part])} | {len(part)} | {shown} |"
                f" {_mean(errors)} |"
            )
    lines += [
        "",
        "| label | n | F1, folds (90 % interval) | bare | P | R | show from | n, P shown | F1, held out (n) | bare |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    by = {(name, row.condition, row.label): row for name, rows in found.items() for row in rows}
    for row in found["five folds"]:
        if row.condition != "as written":
            continue
        bare = by["five folds", "bare", row.label]
        held, held_bare = by["held out", "as written", row.label], by["held out", "bare", row.label]
        lines.append(
            f"| `{row.label}` | {row.n_positive} | {_two(row.f1)} ({_two(row.f1_low)} to {_two(row.f1_high)}) |"
            f" {_two(bare.f1)} | {_two(row.precision)} | {_two(row.recall)} | {_two(row.threshold)} |"
            f" {row.n_shown}, {_two(row.shown_precision)} | {_two(held.f1)} ({held.n_positive}) | {_two(held_bare.f1)} |"
        )
    good = proven(found["both"])
    capped = [
        row.label for row in found["five folds"] if row.condition == "as written" and row.label not in good
    ]
    lines += [
        "",
        f"Good enough on both together (F1 of at least {PROVEN_F1:.2f}, precision of at least"
        f" {PROVEN_PRECISION:.2f} where shown): {_named(good)}.",
        "",
        f"Not good enough yet, so an item that rests on one of these weighs at most 10 of 100: {_named(capped)}.",
    ]
    return "\n".join(lines)


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _mean(values: list[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


def _named(labels: list[str]) -> str:
    return ", ".join(f"`{label}`" for label in labels) or "none"
