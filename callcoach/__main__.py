"""``python -m callcoach`` is the command line."""

from callcoach.cli import main

main()
