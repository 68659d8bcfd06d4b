"""A table as HTML in which every outside word is escaped; its first cell names the row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from callcoach.ui.views.words import plain


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of plain strings under their titles; a column without a title is one that explains itself."""
    titles = "".join(f'<th scope="col">{plain(title)}</th>' if title else "<td></td>" for title in head)
    lines = "".join(
        f'<tr><th scope="row">{plain(row[0])}</th>'
        + "".join(f"<td>{plain(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="cc-measures cc-plain"><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>'
    )
