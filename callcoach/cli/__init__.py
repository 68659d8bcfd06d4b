"""The command line: one thin file per command. Heavy imports happen inside the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of ``callcoach``; exit codes 0, 1, 2, 3 and 130 as documented in the README."""
    from callcoach.cli.app import run

    sys.exit(run(sys.argv[1:]))


__all__ = ["main"]
