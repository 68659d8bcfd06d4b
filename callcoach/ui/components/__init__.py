"""What a browser must do itself: play and seek without a rerun, show words of calls as text.

Each component is one or more scripts beside this file and shares one style sheet. Scripts get plain
data and build nodes with ``textContent``; no string of a call ever becomes markup.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit.components.v2 import component

_FOLDER = Path(__file__).resolve().parent


@cache
def style() -> str:
    """The style sheet of components and of HTML that views write."""
    return (_FOLDER / "style.css").read_text("utf-8")


def _script(*names: str) -> str:
    """Scripts one after the other, as one module: what all share comes first."""
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in ("nodes.js", *names))


# Light DOM: the browser's own search finds words of a transcript, and so do screen readers' lists.
player = component(
    "callcoach_player",
    css=style(),
    js=_script("timeline.js", "lines.js", "player.js"),
    isolate_styles=False,
)
moments = component("callcoach_moments", css=style(), js=_script("moments.js"), isolate_styles=False)
call_list = component("callcoach_call_list", css=style(), js=_script("call_list.js"), isolate_styles=False)
clips = component("callcoach_clips", css=style(), js=_script("clips.js"), isolate_styles=False)
team_list = component("callcoach_team", css=style(), js=_script("team.js"), isolate_styles=False)
print_button = component("callcoach_print", css=style(), js=_script("print.js"), isolate_styles=False)
