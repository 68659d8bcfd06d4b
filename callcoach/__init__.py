"""callcoach: recorded sales calls become fair, evidence-backed coaching pages, on your own machine."""

__version__ = "0.1.0"

__all__ = ["__version__"]
