"""A call as the one who writes about it sees it: who said what before and after, and how to name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from callcoach.coach.quoting import Clip, clip, content, first_name, is_question, nouns, plain
from callcoach.coach.rules import Said
from callcoach.coach.small_words import FILLERS, NUMBER_WORDS, OPENERS, PAUSED_OPENERS
from callcoach.core import Evidence, Interval, Role, Transcript

UNLISTED = 0.75  # probability from which evidence is shown where a label has no threshold of its own
SUBSTANTIVE = 12  # words of a customer's turn
LONG = 25
LIKELY = 0.5  # probability from which a tag counts
_MURMUR = 4  # words of ours that take nothing up, where they are no more than that
_THING_TURNS = 3  # turns that name a thing, of both sides, before a line speaks of it
Labels = Sequence[Mapping[str, float]]


class Scene:
    """Transcript, tags and thresholds, with the questions that a text asks of them.

    Parameters
    ----------
    labels : sequence of mapping of label to probability
        One per turn; empty where nobody tagged the call.
    show_from : mapping of label to float or None
        Probability from which evidence of a label is shown; None where it never is.
    credited : collection of int
        Turns of ours that earned something anywhere on the card.
    """

    def __init__(
        self,
        transcript: Transcript,
        labels: Labels,
        show_from: Mapping[str, float | None],
        credited: Collection[int] = (),
    ) -> None:
        self.transcript = transcript
        self._labels = labels
        self._show_from = show_from
        self.credited = frozenset(credited)
        turns = transcript.turns
        self.roles = [transcript.role_of(turn) for turn in turns]
        self.words = [[word.text for word in turn.words] for turn in turns]
        reps = {turn.speaker for turn, role in zip(turns, self.roles, strict=True) if role is Role.REP}
        self._one_rep = len(reps) == 1
        self._content: dict[int, frozenset[str]] = {}

    @cached_property
    def said(self) -> Said:
        """Who said which words."""
        return Said(self.transcript)

    def threshold(self, label: str) -> float:
        """Probability from which `label` is shown; above 1 where it never is."""
        threshold = self._show_from.get(label, UNLISTED)
        return 2.0 if threshold is None else threshold

    def shows(self, turn: int, label: str) -> bool:
        return turn < len(self._labels) and self._labels[turn].get(label, 0.0) >= self.threshold(label)

    def chance(self, turn: int, label: str) -> float:
        """Probability of a label for a turn; 0 where nobody tagged it."""
        return self._labels[turn].get(label, 0.0) if turn < len(self._labels) else 0.0

    def part(self, turn: int, label: str) -> tuple[int, int] | None:
        """Word offsets of the part of a turn that shows a label, where they are known."""
        parts = getattr(self._labels[turn], "parts", ()) if turn < len(self._labels) else ()
        found = [part for part in parts if part.label == label]
        if not found:
            return None
        best = max(found, key=lambda part: part.probability)
        return best.start_word, best.end_word

    def clock(self, turn: int, evidence: Evidence | None = None) -> str | None:
        """``"08:12"``, ``"1:02:10"`` from an hour on; None where the source has no times."""
        interval: Interval | None = (
            evidence.interval(self.transcript) if evidence else self.transcript.turns[turn].interval
        )
        if interval is None:
            return None
        minutes, seconds = divmod(int(interval.start_s), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"

    def customer(self, turn: int) -> str:
        """First name of who spoke, else "the customer"."""
        return first_name(self.transcript.speaker(self.transcript.turns[turn].speaker).name) or "the customer"

    def rep(self, turn: int) -> str:
        """ "you", or a name where several of our side spoke."""
        if self._one_rep:
            return "you"
        speaker = self.transcript.speaker(self.transcript.turns[turn].speaker)
        return first_name(speaker.name) or "your side"

    def before(self, turn: int, role: Role) -> int | None:
        """The nearest earlier turn of a side."""
        return next((at for at in range(turn - 1, -1, -1) if self.roles[at] is role and self.words[at]), None)

    def after(self, turn: int, role: Role) -> int | None:
        """The nearest later turn of a side."""
        later = range(turn + 1, len(self.roles))
        return next((at for at in later if self.roles[at] is role and self.words[at]), None)

    def answer(self, turn: int) -> int | None:
        """Our first later turn that is more than a murmur."""
        later = range(turn + 1, len(self.roles))
        return next((at for at in later if self.roles[at] is Role.REP and not self._murmurs(at)), None)

    def _murmurs(self, turn: int) -> bool:
        """Whether a turn only leaves the floor: "mm", "okay, right", "fair enough"."""
        said = [plain(word) for word in self.words[turn]]
        if any(word.endswith("?") for word in self.words[turn]):
            return False
        if all(word in FILLERS | OPENERS | PAUSED_OPENERS for word in said):
            return True
        return len(said) <= _MURMUR and self.chance(turn, "acknowledgement") >= LIKELY

    def n_words(self, turn: int) -> int:
        return len(self.words[turn])

    def shared(self, one: int, other: int) -> frozenset[str]:
        """Content words of both turns."""
        return self.content(one) & self.content(other)

    def content(self, turn: int) -> frozenset[str]:
        """Words of a turn that carry a meaning of their own."""
        if turn not in self._content:
            self._content[turn] = content(self.words[turn])
        return self._content[turn]

    def quote(
        self,
        turn: int,
        *,
        at_most: int,
        around: frozenset[str] = frozenset(),
        label: str | None = None,
        asking: bool = False,
    ) -> Clip | None:
        """The best short run of a turn, near `around` and the part that shows `label`."""
        prefer = self.part(turn, label) if label else None
        return clip(
            self.words[turn],
            at_most=at_most,
            at_least=4,
            around=around,
            prefer=prefer,
            asking=asking,
            min_content=2,
        )

    def line(
        self,
        evidence: Evidence,
        *,
        at_most: int,
        asking: bool = False,
        around: frozenset[str] = frozenset(),
        min_content: int = 1,
    ) -> Clip | None:
        """A short run of the evidence's own words, near `around`; a question where they are one."""
        words = self.words[evidence.turn][evidence.start_word : evidence.end_word]
        asks = asking or is_question(words)
        found = clip(words, at_most=at_most, asking=asks, around=around, min_content=min_content)
        start = evidence.start_word
        return found and found._replace(start=start + found.start, end=start + found.end)

    def topic(self, until: int) -> str | None:
        """What both sides have kept coming back to by a turn, with its article; None where nothing is."""
        named = {
            role: Counter(
                noun for at in range(until + 1) if self.roles[at] is role for noun in self._named[at]
            )
            for role in (Role.CUSTOMER, Role.REP)
        }
        times = named[Role.CUSTOMER] + named[Role.REP]
        of_both = [
            noun for noun in named[Role.CUSTOMER] if named[Role.REP][noun] and times[noun] >= _THING_TURNS
        ]
        return f"the {max(of_both, key=lambda noun: times[noun])}" if of_both else None

    def named_in(self, turn: int) -> str | None:
        """What a turn names that the call comes back to, with its article."""
        times = Counter(noun for named in self._named for noun in named)
        named = [noun for noun in self._named[turn] if times[noun] > 1]
        return f"the {max(named, key=lambda noun: times[noun])}" if named else None

    @cached_property
    def _named(self) -> list[list[str]]:
        """Per turn the things named in it, each once."""
        return [list(dict.fromkeys(nouns(words))) for words in self.words]

    def reaction(self, turn: int, *, short: bool = False) -> str:
        """What the customer did in a turn, without a judgement of anybody."""
        for label, words in _REACTIONS:
            if self.shows(turn, label) and (label != "impact_metric" or self._has_number(turn)):
                return words if short else self._with_thing(words, turn)
        n = self.n_words(turn)
        if n >= SUBSTANTIVE:
            full = "answered at length" if n >= LONG else "gave a full answer"
            return full if short else self._with_thing(full, turn)
        return SHORT_ANSWERS[0] if n > 3 else SHORT_ANSWERS[1]

    def _with_thing(self, words: str, turn: int) -> str:
        named = self.named_in(turn) if " spoke " not in f" {words}" else None
        return f"{words} and spoke of {named}" if named else words

    def _has_number(self, turn: int) -> bool:
        return any(any(c.isdigit() for c in word) or plain(word) in NUMBER_WORDS for word in self.words[turn])


SHORT_ANSWERS = ("gave a short answer", "answered in a word or so")
_REACTIONS = (
    ("customer_confirms", "confirmed or corrected it"),
    ("impact_metric", "put a number on it"),
    ("need_voiced", "said what is needed"),
    ("problem_voiced", "said what goes wrong"),
    ("buying_signal", "spoke of using it"),
    ("customer_question", "came back with a question"),
    ("objection", "raised a concern"),
)
