"""What a page shows, and words that must stay words."""

from __future__ import annotations

import json

from conftest import ROOT

from callcoach.core import LOCAL_OWNER
from callcoach.store import Store

APP = ROOT / "app.py"
NAMES = ("calls", "call", "me", "team", "sheet", "rubrics", "people", "archive")
PAGES = {name: f"callcoach/ui/pages/{name}.py" for name in NAMES}
RUN_S = 30
HOSTILE = '<script>window.hacked=1</script> [x](javascript:window.hacked=2) :red[x] $x$ :material/home: "><img src=x>'


def newest_call(url: str) -> str:
    with Store.open(url) as store:
        return store.calls(LOCAL_OWNER, limit=1).rows[0].call_id


def words_of(at) -> str:
    """Everything a page shows: texts, HTML, commands, labels and the data of components."""
    return "\n".join(_words(at.main))


def _words(node) -> list[str]:
    if hasattr(node, "children"):
        label = getattr(node, "label", "") or ""
        return [str(label), *(text for child in node.children.values() for text in _words(child))]
    if node.type == "bidi_component":
        return [node.proto.json]
    names = ("body", "label", "code_text", "placeholder")
    return [str(getattr(node.proto, name)) for name in names if getattr(node.proto, name, "")]


def component_data(at, key: str) -> dict:
    """The data that a page gave the component with this key."""
    found = [node for node in at.get("bidi_component") if node.proto.id.endswith(f"-{key}")]
    assert len(found) == 1, f"{len(found)} components have the key {key}"
    return json.loads(found[0].proto.json)
