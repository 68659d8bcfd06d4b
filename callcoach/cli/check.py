"""What ``callcoach batch SOURCE --check archive.toml`` shows: what names and tables were understood to say."""

from __future__ import annotations

from pathlib import Path

import typer


def show_check(source: str, rules_file: Path) -> None:
    """Per source of the archive: files, the share that said something, and ten of them."""
    from callcoach.archive.discover import discover
    from callcoach.archive.folder_csv import check_names
    from callcoach.archive.name_patterns import read_rules
    from callcoach.archive.sources import is_url

    rules = read_rules(rules_file)
    paths = (Path(one.uri) for one in discover(source) if not is_url(one.uri) and one.error is None)
    report = check_names(paths, rules)
    if not report:
        typer.echo("No file of this machine was found there; remote names are read when they are fetched.")
    for name, entry in sorted(report.items()):
        typer.echo(f"{name}: {entry['files']} files, {100 * entry['share']:.0f} % say something")
        for file, said in entry["examples"]:
            typer.echo(f"  {file}: {said if isinstance(said, str) else said_in_words(said)}")


def said_in_words(found) -> str:
    """What is known of a file, in one line."""
    metadata = found.metadata
    known = {
        "began": metadata.started_at and metadata.started_at.isoformat(),
        "rep": metadata.rep
        and metadata.rep + ("" if found.rep_known or not found.raw_rep else " (not in the people file)"),
        "customers": ", ".join(metadata.customers),
        "account": metadata.account,
        "type": metadata.call_type,
        "stage": metadata.stage,
        "outcome": metadata.outcome,
        "language": metadata.language,
        "id": metadata.source_id,
        "direction": found.direction,
        "participants": ", ".join(found.participants),
        "scope": None if found.scope == "unknown" else found.scope,
        "disposition": found.disposition,
    }
    said = "; ".join(f"{name} {value}" for name, value in known.items() if value) or "nothing"
    doubts = [f"conflict: {conflict}" for conflict in found.conflicts] + [f"doubt: {d}" for d in found.doubts]
    return " | ".join([said, *doubts])
