"""Word classes that features look up: question words, auxiliaries, pronouns, empty words.

Closed lists, by hand. A word outside them is content: its class is ``x``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from callcoach.measure.masking import MONEY, NAME, NUMBER, alike


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CLASSES: dict[str, frozenset[str]] = {
    "WH": _set(
        "what which who whom whose when where why how what's who's where's how's when's why's what're what'd how'd"
    ),
    "BE": _set("is are am was were isn't aren't wasn't weren't ain't"),
    "DO": _set("do does did don't doesn't didn't"),
    "HAVE": _set("have has had haven't hasn't hadn't"),
    "MODAL": _set(
        "can could will would shall should might may must can't couldn't won't wouldn't shouldn't mustn't"
    ),
    "YOU": _set("you y'all ye yourself yourselves"),
    "YOUBE": _set("you're you've you'll you'd"),
    "YOUR": _set("your yours"),
    "I": _set("i me myself"),
    "IBE": _set("i'm i've i'll i'd"),
    "MY": _set("my mine"),
    "WE": _set("we us ourselves"),
    "WEBE": _set("we're we've we'll we'd"),
    "OUR": _set("our ours or"),
    "IT": _set("it this that these those there"),
    "ITBE": _set("it's that's there's it'd it'll that'd that'll there'd here's"),
    "THEY": _set("they he she them him her somebody someone anybody anyone everybody everyone nobody one"),
    "THEYBE": _set("they're they've they'll they'd he's she's he'd she'd he'll she'll"),
    "THEIR": _set("their his its theirs"),
    "THE": _set("the a an another some any no each every both either"),
    "NEG": _set("not never nothing none no-one neither nor without"),
    "SO": _set("so then therefore"),
    "AND": _set("and plus also"),
    "BUT": _set("but though although however yet except"),
    "IF": _set("if unless whether suppose say imagine"),
    "OK": _set(
        "ok right well yeah all-right sure mm mhm mm-hm hm hmm ah oh great good fine lovely perfect cool brilliant got-it"
    ),
    "PREP": _set(
        "of in on at to for from with by about into over under after before through during between since until"
    ),
    "THAN": _set("than as like"),
    "NUM": _set(NUMBER),
    "MONEY": _set(MONEY),
    "NAME": _set(NAME),
    "LET": _set("let let's please tell walk talk describe explain show give help"),
    "MIND": _set(
        "think feel reckon guess suppose mean know believe wonder hear sounds sound seem seems looks feels like"
    ),
    "ADV": _set(
        "just really actually only even still already ever always kind-of sort quite very too more most much many"
    ),
}
CLASS_OF = {word: name for name, words in _CLASSES.items() for word in sorted(words)}
EMPTY = frozenset(CLASS_OF) | _set(
    """be been being because when while out up down off back here again now today get got going go goes come make made
    thing things bit lot way one ones something anything everything day time people want need see look say said
    because ones own same other few little big than have having put take yes no"""
)
_KEPT = frozenset(CLASS_OF) | _set(
    """be been because while want need going go get got out up down back now today anything something everything
    minutes minute recorded recording call else happens happen worth cost price anyone mind sense clear fair promise
    guarantee honest sign agree"""
)
_PAIRED = frozenset(
    [
        "WH",
        "YOU",
        "YOUBE",
        "YOUR",
        "I",
        "IBE",
        "MY",
        "WE",
        "WEBE",
        "OUR",
        "THEY",
        "THEYBE",
        "NEG",
        "IF",
        "NUM",
        "MONEY",
        "NAME",
        "BE",
        "DO",
        "HAVE",
        "MODAL",
        "OK",
        "BUT",
    ]
)
LISTENING = _set(
    """mm mmm mhm mhmm mm-hm mm-hmm mmhm uh-huh uhhuh huh hm hmm ah aha oh ooh wow yeah yea ya right ok all-right sure
    exactly absolutely definitely indeed true really great good nice cool lovely perfect brilliant gotcha see
    gosh goodness dear blimey crikey wonderful okey okey-doke righto"""
)
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "y", "e")


def stem(word: str) -> str:
    """A word without its ending, crudely: enough to see that two turns speak of one thing.

    >>> stem("delays"), stem("delayed"), stem("approvals"), stem("bus")
    ('delay', 'delay', 'approval', 'bus')
    """
    if word.endswith("'s"):
        word = word[:-2]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=1)
def concepts() -> dict[str, tuple[str, ...]]:
    """Stem of a word to the names of the concepts that it belongs to."""
    found: dict[str, list[str]] = {}
    path = Path(__file__).resolve().parent / "data" / "concepts.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, _, words = line.partition(":")
        for word in dict.fromkeys(stem(alike(word)) for word in words.split()):
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """What features need of one masked word.

    Parameters
    ----------
    word, kept, kind : int
        32-bit hashes: of the word, of the word or ``x`` when it is content, of its class.
    content : str
        Stem of a content word, else empty.
    grams : tuple of int
        Hashes of its 3- to 5-letter pieces, edges marked.
    jobs : tuple of int
        Hashes of the concepts it belongs to, and of its class.
    listens : bool
        Whether it is one of the words that tokens of listening are made of.
    """

    word: int
    kept: int
    kind: int
    name: str
    content: str
    grams: tuple[int, ...]
    jobs: tuple[int, ...]
    listens: bool


@lru_cache(maxsize=1 << 15)
def hashed(text: str) -> int:
    """A stable 32-bit hash."""
    return crc32(text.encode())


@lru_cache(maxsize=1 << 15)
def lexeme(word: str) -> Lexeme:
    """The lexeme of a masked word; the cache is bounded, so memory stays flat over an archive."""
    kind = CLASS_OF.get(word, "x")
    edged = f"<{word}>"
    grams = tuple(
        crc32(edged[at : at + size].encode())
        for size in (3, 4, 5)
        for at in range(max(0, len(edged) - size + 1))
    )
    return Lexeme(
        hashed(word),
        hashed(word if word in _KEPT else "x"),
        hashed(kind),
        kind,
        "" if word in EMPTY or word[0] == "#" or len(word) < 3 else stem(word),
        grams if word[0] != "#" else (),
        tuple(
            hashed(f"job {name}")
            for name in (*concepts().get(stem(word), ()), *([kind] if kind in _PAIRED else ()))
        ),
        word in LISTENING,
    )


EDGE = lexeme("#edge")  # what stands before and after an utterance
