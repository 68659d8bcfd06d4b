"""Questions by form: with a question mark or without, anywhere in a turn.

Recognisers drop question marks and capitals, so the mark is one sign among several: an auxiliary
before its subject ("could I get the postcode"), a question word before either, an order to tell
("walk me through month end"), a tag ("isn't it").
"""

from __future__ import annotations

from dataclasses import dataclass

from callcoach.measure.language import Sentence, any_of, word_set

_SURE, _LIKELY, _FAIR, _WEAK = 0.97, 0.9, 0.75, 0.6  # what each form is worth, on our own examples


@dataclass(frozen=True, slots=True)
class Question:
    """Words ``[start, end)`` of a turn that ask; `form` says by what sign it was known.

    ``form``: ``"wh"``, ``"inverted"``, ``"imperative"``, ``"indirect"``, ``"fragment"``,
    ``"declarative"`` or ``"tag"``. `head` is the word at which the interrogative itself starts.
    """

    start: int
    end: int
    head: int
    form: str
    probability: float


BE = word_set("is are am was were isn't aren't wasn't weren't")
DO = word_set("do does did don't doesn't didn't")
HAVE = word_set("have has had haven't hasn't hadn't")
MODAL = word_set("can could will would shall should might must can't couldn't won't wouldn't shouldn't")
AUX = BE | DO | HAVE | MODAL
_ASKING, _STATING = DO | MODAL, BE | HAVE
PRONOUN = word_set(
    "i you we they he she it that this these those there anyone anybody everyone everybody someone y'all"
)
SUBJECT = PRONOUN | word_set(
    "the a an your our their his her my any all both people most some each either one"
)
WH = word_set("what which who whom whose when where why how")
WH_SHORT = word_set(
    "what's how's who's where's when's why's what're who'd what'd where'd how'd what'll who'll"
)
LEAD = word_set(
    """so and but or well okay ok right yeah yes yep now um uh er erm hmm mm alright great because then just oh hey hi
    hello no sure actually sorry please first also cool perfect thanks lovely good fine anyway basically maybe again"""
)
_JOINTS = word_set("so and but okay ok right well now um uh er erm yeah alright")
_EMBEDS = word_set(
    """know knows see sees understand wonder is that's was me us about of on exactly just matter whatever sure
    remember tell ask show say explain realise realize depends care decide"""
)
_QUANTITY = word_set(
    """many much long often far soon big large old quickly fast well easy hard likely important confident happy
    comfortable close late early high low bad frequently useful different difficult painful regularly"""
)
_SUBJECT_VERBS = word_set(
    """happens happened makes made brought prompted led drives drove changed caused stops stopped goes went gets got
    keeps kept else about if matters works worked worries bothers frustrates annoys"""
)
_WHO_VERBS = word_set(
    """else decides signs owns handles runs holds needs gets uses makes pays approves looks does takes leads manages
    sits gives sees checks cares loses wins files writes"""
)
_NO_RELATIVE = word_set(
    "means is was are were has had makes brings leads gives then also i we you they it he she i'd i'm"
)

_IMPERATIVE = any_of(
    r"tell (me|us) (a (bit|little|lot) )?(more|about|how|what|why|where|who|when)",
    r"(walk|talk|take|run) (me|us) through",
    r"help (me|us) understand",
    r"describe (your|the|how|what|a|for|to)",
    r"give (me|us) (an example|a sense|an idea|a feel|a picture)",
    r"explain (to me |to us )?(how|what|why)",
    r"say (a bit |a little )?more",
    r"paint (me|us) a picture",
)
_INDIRECT = any_of(
    r"i (was|am|'m|were) (just )?wondering (if|whether|how|what|when|who|why|where)",
    r"i'm (just )?wondering (if|whether|how|what|when|who|why|where)",
    r"i wonder (if|whether) (you|we|i|there)",
    r"i'm (just |really )?curious (how|what|why|whether|if|about|who|where|when)",
    r"(can|may) i (just )?ask",
)
_FRAGMENT = any_of(
    r"any (chance|idea|thoughts|questions|concerns|other|update|plans|preference|reason|reservations|feedback)",
    r"(anything|anyone|anybody|who|what|where|how) else",
    r"anything (you|to|missing|i|we)",
    r"such as",
    r"like what",
    r"how so",
    r"how come",
    r"why not",
    r"how about",
    r"what about",
    r"what if",
    r"meaning",
)
_TAG_END = any_of(
    r"(is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|should)n't (it|you|they|that|there|we|he|she|i)$",
    r"(won't|can't) (it|you|they|that|there|we|he|she)$",
    r"(is that|am i|have i got that|did i get that) (right|correct|fair)$",
    r"or not$",
)
TAG_ONLY = any_of(
    r"^(so |and |okay |but )?(right|yeah|yes|yep|okay|ok|no|correct|huh|eh|alright|all right|you know|you see|really)$",
    r"^((does|did|is) )?(that|this|it|what i'm saying)? ?(make|makes|making) sense( to you| so far| or not)?$",
    r"^(you know what i mean|see what i mean|know what i mean|fair enough|with me( so far)?|get it|got it)$",
    r"^(is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|should|won't|can't)(n't)? "
    r"(it|you|they|that|we|he|she|i)$",
)
_TAG_WORDS = word_set("right correct yeah yes no okay ok huh eh")
_NOT_TAG_BEFORE = word_set("that's you're is are all alright get got it was be quite not the say about just")
_STATES = word_set("you you're you've your it's that's they they're there's we i he she it so and but then")


def questions(sentence: Sentence) -> tuple[Question, ...]:
    """The questions of one sentence, in order; a sentence with a question mark is exactly one.

    Returns
    -------
    tuple of Question
        Offsets are those of the turn, not of the sentence.
    """
    if sentence.mark == "?":
        return (_marked(sentence),)
    return _unmarked(sentence)


def _marked(sentence: Sentence) -> Question:
    words = sentence.words
    starts = _clause_starts(sentence)
    head, form = 0, "declarative"
    if TAG_ONLY.search(_content(words)):
        form = "tag"
    else:
        for marked in (False, True):  # a sure sign anywhere comes before a doubtful one at the start
            hits = ((at, _opens(words, at, starts[at], marked=marked)) for at in range(len(words)))
            head, form = next(((at, hit[0]) for at, hit in hits if hit), (0, "declarative"))
            if form != "declarative":
                break
        tagged = _TAG_END.search(sentence.text) or (
            len(words) > 1 and words[-1] in _TAG_WORDS and len(words) - 1 in sentence.breaks
        )
        if tagged and (form == "declarative" or head >= len(words) - 4):
            head, form = 0, "tag"
        elif form == "declarative" and len(words) <= 3:
            form = "fragment"
    return Question(sentence.start, sentence.end, sentence.start + head, form, _SURE)


def _unmarked(sentence: Sentence) -> tuple[Question, ...]:
    words = sentence.words
    starts = _clause_starts(sentence)
    hits: list[tuple[int, str, float]] = []
    for at in range(len(words)):
        hit = _opens(words, at, starts[at], marked=False, bare=sentence.mark == "")
        if hit is None:
            continue
        if hits and (at - hits[-1][0] < 4 or words[at - 1] in _EMBEDS):
            continue
        hits.append((at, *hit))
    if not hits:
        tag = _tag_without_mark(sentence)
        return () if tag is None else (Question(sentence.start, sentence.end, sentence.start, "tag", tag),)
    ends = [hit[0] for hit in hits[1:]] + [len(words)]
    first = hits[0][0]
    begin = 0 if all(word in LEAD or not word for word in words[:first]) else first
    return tuple(
        Question(
            sentence.start + (begin if number == 0 else at),
            sentence.start + end,
            sentence.start + at,
            form,
            probability,
        )
        for number, ((at, form, probability), end) in enumerate(zip(hits, ends, strict=True))
    )


def _content(words: tuple[str, ...]) -> str:
    return " ".join(word for word in words if word)


_ASKS_NOUN = BE | DO
_STRONG, _LOOSE, _INSIDE = 2, 1, 0


def _clause_starts(sentence: Sentence) -> list[int]:
    """Per word: does a clause surely start here, perhaps (after "so", "and"), or not by any sign?"""
    marks: list[int] = []
    for at in range(len(sentence.words)):
        before = sentence.words[at - 1] if at else ""
        if at == 0 or at in sentence.breaks or not before or (marks[at - 1] == _STRONG and before in LEAD):
            marks.append(_STRONG)
        elif before in _JOINTS:
            marks.append(_LOOSE)
        else:
            marks.append(_INSIDE)
    return marks


def _opens(
    words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool = True
) -> tuple[str, float] | None:
    """Form and probability of a question whose interrogative starts at `at`, or None."""
    word = words[at]
    if word in WH:
        return _wh(words, at, start, marked=marked, bare=bare)
    if word in WH_SHORT:
        if start == _INSIDE and not marked:
            return None
        if not marked and _cleft(words, at):
            return None
        return ("wh", _LIKELY if start == _STRONG else _FAIR)
    if word in AUX:
        return _inverted(words, at, start, marked=marked, bare=bare)
    if start == _INSIDE:
        return None
    rest = " ".join(words[at : at + 7])
    if word in _IMPERATIVE_STARTS and _IMPERATIVE.match(rest):
        return ("imperative", _LIKELY)
    if word in ("i", "i'm") and _INDIRECT.match(rest):
        return ("indirect", _FAIR)
    if start == _STRONG and len(words) - at <= 8 and word in _FRAGMENT_STARTS and _FRAGMENT.match(rest):
        return ("fragment", _FAIR)
    return None


_IMPERATIVE_STARTS = word_set("tell walk talk take run help describe give explain say paint")
_FRAGMENT_STARTS = word_set("any anything anyone anybody such like meaning")


def _cleft(words: tuple[str, ...], at: int) -> bool:
    """ "What matters is that …": a statement that only begins like a question."""
    for later in range(at + 2, len(words) - 1):
        if words[later] in ("is", "was", "are", "were") and (
            later > at + 2 or words[at + 1] not in ("is", "was", "are", "were")
        ):
            return words[later + 1] in _AFTER_CLEFT and words[at] in ("what", "what's", "where", "how", "why")
    return False


_AFTER_CLEFT = word_set("that to the we a an i you they not it because when how our your if this there it's")


def _wh(words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool) -> tuple[str, float] | None:
    word, rest = words[at], words[at + 1 :]
    if not rest:
        return ("fragment", _FAIR) if len(words) == 1 else None
    after, then = rest[0], rest[1] if len(rest) > 1 else ""
    if marked:
        inside_ok = (
            after in AUX or after in _QUANTITY or word in ("what", "which", "whose", "how", "why", "who")
        )
        return ("wh", _SURE) if start or inside_ok else None
    if start == _STRONG and _FRAGMENT.match(f"{word} {after}") and (after != "else" or len(words) - at <= 8):
        return ("wh", _FAIR)
    if after in AUX:
        if word == "which" and after not in _ASKING:
            return None
        if word == "which" and then not in PRONOUN:
            return None
        if word in ("who", "whose") and (at and start != _STRONG):
            return None
        if word in ("who", "where", "when") and not bare and at and words[at - 1] not in LEAD:
            return None  # "Dana, who is our buyer, will join."
        if start and _cleft(words, at):
            return None
        if not bare and then not in SUBJECT and not all(before in LEAD for before in words[:at]):
            return None  # "… and who can see what."
        if start == _STRONG:
            return ("wh", _LIKELY)
        previous = words[at - 1] if at else ""
        if after in _ASKING and then in SUBJECT and not (after in MODAL and previous in _EMBEDS):
            return ("wh", _FAIR)
        if after in _STATING and then in SUBJECT and (start or previous not in _EMBEDS):
            return ("wh", _WEAK)
        return None
    if word == "how" and after in _QUANTITY:
        near = rest[1:6]
        asked = any(
            near[i] in AUX and (i + 1 >= len(near) or near[i + 1] in SUBJECT or near[i] in BE)
            for i in range(len(near))
        )
        previous = words[at - 1] if at else ""
        if start == _STRONG and (asked or after in ("many", "much", "often", "long")):
            return ("wh", _LIKELY if asked else _FAIR)
        return ("wh", _WEAK) if asked and previous not in _EMBEDS else None
    if start == _INSIDE or _cleft(words, at):
        return None
    if word == "what":
        if after in _SUBJECT_VERBS:
            return ("wh", _FAIR)
        if after in SUBJECT or after in (
            "a",
            "an",
            "i'm",
            "you're",
            "we're",
            "they're",
            "i've",
            "we've",
            "you've",
        ):
            return None
        return _noun_first(rest, start)
    if word == "which":
        if after in _NO_RELATIVE or (at and start != _STRONG):
            return None
        return ("wh", _FAIR) if at == 0 or _noun_first(rest, start) else None
    if word == "who":
        return ("wh", _FAIR) if after in _WHO_VERBS and start == _STRONG and (at == 0 or bare) else None
    if word == "whose":
        return ("wh", _FAIR) if start == _STRONG else None
    return None


def _noun_first(rest: tuple[str, ...], start: int) -> tuple[str, float] | None:
    """ "What time suits you", "which of those do you use": the question word with its noun."""
    near = rest[1:5]
    for i, word in enumerate(near):
        if word in AUX:
            return (
                ("wh", _FAIR) if i + 1 >= len(near) or near[i + 1] in SUBJECT or word in _ASKS_NOUN else None
            )
    if start == _STRONG and rest[0] in (
        "time",
        "day",
        "date",
        "kind",
        "sort",
        "type",
        "other",
        "exactly",
        "size",
    ):
        return ("wh", _FAIR)
    return None


_PERSONAL = word_set("you we they i")
_AFTER_DO = _PERSONAL | word_set("these those people any all both your most our the")
_ORDERED = word_set("the all both our your any")
_ECHOES = word_set("and so but neither nor")
_AFTER_HAVE = _PERSONAL | word_set("these those")


def _inverted(
    words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool
) -> tuple[str, float] | None:
    word = words[at]
    then = words[at + 1] if at + 1 < len(words) else ""
    later = words[at + 2] if at + 2 < len(words) else ""
    if not then:
        return None
    if marked and start:
        return ("inverted", _SURE)
    if then not in SUBJECT:
        named = word in ("does", "did", "doesn't", "didn't") and start == _STRONG and later
        return ("inverted", _FAIR) if named else None
    if word == "do" and then not in _AFTER_DO:
        return None
    if word == "do" and then in _ORDERED and len(words) - at < 5:
        return None  # "do the figures": an order
    if word in ("have", "don't") and then not in _AFTER_HAVE:
        return None
    if word == "should" and later in ("need", "have", "want", "wish", "require", "ever"):
        return None
    if word == "had" and then in PRONOUN and later in ("known", "been", "i", "we"):
        return None
    if word in ("is", "are", "was", "were") and then in ("a", "an", "all", "one", "some", "most"):
        return None
    previous = words[at - 1] if at else ""
    if previous in _ECHOES and then in _PERSONAL and not later:
        return None  # "so do we"
    if start == _STRONG:
        return ("inverted", _LIKELY)
    if start == _LOOSE:
        return ("inverted", _FAIR)
    if marked and then in SUBJECT and previous not in _BLOCKS:
        return ("inverted", _SURE)
    if not bare or previous in _BLOCKS or not later:
        return None
    if word in ("do", "did", "are", "have", "would", "could", "can", "will") and then == "you":
        return ("inverted", _WEAK + 0.05)
    if word in ("do", "did", "does", "could", "can", "would", "should", "shall") and then in PRONOUN:
        return ("inverted", _WEAK)
    if word in ("is", "are") and then == "there":
        return ("inverted", _WEAK)
    return None


_BLOCKS = (
    PRONOUN
    | MODAL
    | WH
    | word_set(
        "to so neither nor as than if whatever i'll we'll you'll they'll i'd we'd they'd not never always only all who"
    )
)


def _tag_without_mark(sentence: Sentence) -> float | None:
    """Probability that a sentence without a question mark ends in a tag that asks."""
    words = sentence.words
    if len(words) >= 3 and _TAG_END.search(sentence.text):
        return _FAIR
    if (
        sentence.mark == ""
        and len(words) >= 4
        and words[-1] in ("right", "correct")
        and words[0] in _STATES
        and words[-2] not in _NOT_TAG_BEFORE
    ):
        return _WEAK
    return None
