"""Which language a recording is in: given, or told by a model that knows several, and never guessed.

A model that knows only English takes every recording for English, with probability 1. So it hears
a recording only when somebody said that it is English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.windows import Window

SURE = 0.8  # probability from which a window speaks for a language
N_WINDOWS = 3  # that are listened to, and N_SURE of them must be sure of one language
N_SURE = 2
MOST_WINDOWS = 8  # listened to while it is unsure


@dataclass(frozen=True, slots=True)
class Decision:
    """The language of a recording.

    Parameters
    ----------
    probability : float
        Mean over the windows that were listened to.
    sure : bool
        Whether `N_SURE` windows (or the only one there is) are sure of it.
    """

    language: str
    probability: float
    sure: bool


def language_to_use(recogniser: Recogniser, given: str | None) -> str | None:
    """The language to recognise in, or None when it must be told from the sound.

    Raises
    ------
    BadSettings
        If the model does not know the given language.
    ModelMissing
        If none is given and the model knows only one.
    """
    known = recogniser.languages
    if given is not None:
        if given not in known:
            raise BadSettings(
                f"the language must be one that the model {recogniser.model_name} knows; found {given!r}: "
                f"use {'one of ' if len(known) > 1 else ''}{', '.join(known[:8])}"
                f"{' …' if len(known) > 8 else ''}"
            )
        return given
    if recogniser.default_language is not None:
        return recogniser.default_language
    if len(known) == 1:
        raise ModelMissing(
            "recognising a recording of unknown language needs a model that knows several; the model "
            f"{recogniser.model_name} knows {known[0]!r} alone and takes everything for it: give "
            f"--language {known[0]} if that is what is spoken, or choose a multilingual model with --model"
        )
    return None


def decide(votes: Sequence[Mapping[str, float]]) -> Decision:
    """The language that most windows speak for; of equals, the one that is more probable in all.

    Parameters
    ----------
    votes : sequence of mappings of language to probability
        One per window, at least one.

    Examples
    --------
    A greeting in English and a call in German:

    >>> decide([{"en": 0.9, "de": 0.1}, {"de": 0.85, "en": 0.1}, {"de": 0.95}])
    Decision(language='de', probability=0.6333, sure=True)
    """
    best = [max(sorted(vote), key=vote.__getitem__) for vote in votes]
    mean = {code: sum(vote.get(code, 0.0) for vote in votes) / len(votes) for vote in votes for code in vote}
    language = max(sorted(set(best)), key=lambda code: (best.count(code), mean[code]))
    n_sure = sum(vote.get(language, 0.0) >= SURE for vote in votes)
    return Decision(language, round(mean[language], 4), n_sure >= min(N_SURE, len(votes)))


def detect(windows: Sequence[Window], listen: Callable[[Window], Mapping[str, float]]) -> Decision:
    """Listen to the longest windows, and to more of them while it is unsure."""
    longest = sorted(range(len(windows)), key=lambda i: (-round(windows[i].duration_s), i))
    votes = [listen(windows[i]) for i in longest[:N_WINDOWS]]
    decision = decide(votes)
    if not decision.sure and len(windows) > N_WINDOWS:
        votes += [listen(windows[i]) for i in longest[N_WINDOWS:MOST_WINDOWS]]
        decision = decide(votes)
    return decision


def doubt(decision: Decision, *, given: str | None) -> str | None:
    """The sentence for people when the language is not what was given, or is unsure."""
    if given is not None:
        if decision.language == given or not decision.sure:
            return None
        return (
            f"Transcribed as language {given}, as asked; it sounds like {decision.language} "
            f"({decision.probability:.0%})."
        )
    if decision.sure:
        return None
    return (
        f"The language is unsure: {decision.language} ({decision.probability:.0%}). "
        "Give it with --language if this is wrong."
    )
