"""Small things that pages place: escaped HTML with our shapes, a sentence with its command."""

from __future__ import annotations

import streamlit as st


def markup(html: str) -> None:
    """HTML that a view wrote, every outside word of which is escaped already."""
    st.html(f'<div class="cc-head-box">{html}</div>')


def say(text: str, command: str | None = None) -> None:
    """A sentence, with the command that does what it says."""
    st.text(text)
    if command is not None:
        st.code(command, language=None)


def label(text: str) -> str:
    """Words as words where Streamlit reads Markdown: labels, headings, help."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>$:~&" else c for c in text)
