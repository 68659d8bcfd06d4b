"""What a rep's own page says: what is new and theirs alone, and what they promised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from callcoach.ui.views.behaviours import promise_items
from callcoach.ui.views.words import counted

SHOWN = 5  # promises on the page; the list to copy holds more


def new_words(first_seen_at: datetime, n: int) -> str:
    """How long new calls are the rep's alone; the oldest is the first to be seen."""
    here = first_seen_at.astimezone()
    return f"{counted(n, 'call')} only you can see; your manager from {here:%a} {here.day} {here:%b %H:%M}."


def promised(documents: Iterable[dict], titles: Mapping[str, str]) -> tuple[list[dict], str]:
    """What our side took on lately, newest first, and everything as lines to copy."""
    items, lines = [], []
    for document in documents:
        call_id = document["call"]["id"]
        for item in promise_items(document):
            if item["ours"]:
                title = titles.get(call_id, "")
                items.append({"title": "", "text": item["text"], "reason": title, "moments": []})
                lines.append(f"- {item['text']} ({title})" if title else f"- {item['text']}")
    return items[:SHOWN], "\n".join(lines)
