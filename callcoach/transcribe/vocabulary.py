"""Names that a recogniser should expect: products, firms and people, one per line of a text file."""

from __future__ import annotations

from pathlib import Path

from callcoach.core.errors import BadSettings

MAX_CHARACTERS = 80  # of one name


def read_vocabulary(path: str | Path) -> tuple[str, ...]:
    """The names of a vocabulary file, each once, in its order.

    One per line; empty lines and lines that begin with ``#`` do not count.

    Raises
    ------
    BadSettings
        If the file cannot be read, is no text, or holds something other than names.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSettings(
            f"a vocabulary must be text in UTF-8, one name per line; {path.name} is not: save it as UTF-8"
        ) from error
    except OSError as error:
        raise BadSettings(
            f"the vocabulary must be a readable file; {path} is not ({error.strerror}): check the path"
        ) from error
    lines = [" ".join(line.split()) for line in text.splitlines()]
    names = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_CHARACTERS and not line.startswith("#"):
            raise BadSettings(
                f"a vocabulary holds one name per line, {MAX_CHARACTERS} characters at most; line {number} of "
                f"{path.name} has {len(line)}: put each name on a line of its own"
            )
        if not line.isprintable():
            raise BadSettings(
                f"a vocabulary holds names; line {number} of {path.name} has control characters"
            )
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return tuple(first.values())
