"""Training sentences for the demo model: very different ones, without end.

A small decoder memorises templates, so most of the text has none: random strings
of words. The rest comes from a grammar of sales talk and from the scripts of the
fixtures. Every sentence has a place in the split that depends on its words alone:
one in twelve is held out and is never generated for training.
"""

import hashlib
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

_SLOT = re.compile(r"\[([A-Za-z]+)(?:\.([a-z]+))?\]")
_VOWEL_SOUND = re.compile(r"(?i)^(?!uni|use|usu|euro|one\b|once)[aeiou]|^(hour|honest)")
_MASS_AS_NOUN = ("noun", "mass")
HELD_OUT_IN = 12  # one sentence in so many
CORE_SHARE = 0.75  # of the words of the grammar come from the core of the lexicon


def normalised(text: str) -> str:
    """Lower-case words of ``text`` without punctuation: what the error rate counts.

    Examples
    --------
    >>> normalised("Well, it's O.K. - isn't it?")
    "well it's ok isn't it"
    """
    words = re.sub(r"[^\w\s'-]", "", text.lower()).replace("-", " ").split()
    return " ".join(word for word in words if word.strip("'"))


def held_out(text: str) -> bool:
    """Whether a sentence belongs to the held-out part, by a hash of its words."""
    digest = hashlib.sha256(normalised(text).encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_IN == 0


def fixture_lines(folder: Path) -> tuple[str, ...]:
    """The spoken lines of every fixture script in ``folder``, in file order."""
    lines: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        script = tomllib.loads(path.read_text(encoding="utf-8"))
        lines += [line["text"] for line in script.get("lines", ()) if line.get("text")]
    return tuple(lines)


def sentences_of(line: str) -> list[str]:
    """Split a line into its sentences at ``.``, ``?`` and ``!``."""
    return [part for part in re.split(r"(?<=[.?!])\s+", line.strip()) if part]


def _forms(word: str, kind: str) -> dict[str, str]:
    """All inflected forms of a lexicon entry, regular spelling rules applied."""
    base, *irregular = word.split("/")
    y = base.endswith("y") and base[-2:-1] not in tuple("aeiou")
    hiss = base.endswith(("s", "x", "z", "ch", "sh"))
    plural = base[:-1] + "ies" if y else base + ("es" if hiss else "s")
    if kind in _MASS_AS_NOUN:
        return {"": base, "pl": irregular[0] if irregular else plural}
    if kind != "verb":
        return {"": word}
    third = {"be": "is", "have": "has", "do": "does", "go": "goes"}.get(base, plural)
    double = bool(re.search(r"(?<![aeiou])[aeiou][bdgmnpt]$", base)) and (
        (len(base) < 5 and base != "open")
        or base in {"admit", "forget", "begin", "refer", "prefer", "submit", "commit"}
    )
    stem = base + base[-1] if double else base
    ing = base[:-2] + "ying" if base.endswith("ie") else stem + "ing"
    if base.endswith("e") and not base.endswith(("ee", "ie", "oe")):
        ing = base[:-1] + "ing"
    past = base + "d" if base.endswith("e") else (base[:-1] + "ied" if y else stem + "ed")
    past, participle = irregular or (past, past)
    return {"": base, "s": third, "ing": ing, "ed": past, "en": participle}


def _entries(name: str) -> Iterator[tuple[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    for row in text.splitlines():
        if row and not row.startswith("#"):
            key, _, value = row.partition(":")
            yield key.strip(), value.strip()


@cache
def lexicon() -> dict[str, list[str]]:
    """Words by kind, such as ``noun`` and ``verb``, as the lexicon file lists them."""
    return {k: v.split("|") if "|" in v else v.split() for k, v in _entries("lexicon.txt")}


@cache
def grammar() -> dict[str, list[str]]:
    """Alternatives by rule name, as the grammar file lists them."""
    return {k: [part.strip() for part in v.split(" | ")] for k, v in _entries("grammar.txt")}


class TextSource:
    """Draws sentences; the same seed gives the same text.

    Parameters
    ----------
    fixtures
        Lines of the fixture scripts, :func:`fixture_lines`; may be empty. Their
        words join the vocabulary of the random strings.
    """

    def __init__(self, seed: int, fixtures: tuple[str, ...] = ()) -> None:
        self.random = random.Random(seed)
        self.fixtures = fixtures

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word form, sorted; names keep their capitals."""
        words = {w.strip(".,?!") for line in self.fixtures for w in line.split()}
        for kind, entries in lexicon().items():
            for entry in entries:
                words.update(" ".join(_forms(entry, kind.removeprefix("core.")).values()).split())
        return sorted(words - {""})

    @cached_property
    def fixture_words(self) -> list[str]:
        """Words of the fixtures as often as they occur there."""
        return [w.strip(".,?!") for line in self.fixtures for w in line.split()]

    def domain(self, *, part: str = "train") -> str:
        """One sentence of the grammar from the ``"train"`` or the ``"held_out"`` part."""
        while True:
            text = self._finish(self._expand("[sentence]", 0))
            if held_out(text) == (part == "held_out") and 1 <= len(text.split()) <= 26:
                return text

    def random_words(self) -> str:
        """A string of unrelated words, sometimes with commas and a question mark."""
        pick, words = self.random.random, []
        for _ in range(self.random.randint(2, 16)):
            r = pick()
            if r < 0.6:
                word = self.random.choice(self.vocabulary)
            elif r < 0.8 and self.fixture_words:
                word = self.random.choice(self.fixture_words)
            else:
                word = self.random.choice(lexicon()["function"])
            words.append(word + ("," if pick() < 0.08 else ""))
        end = "?" if pick() < 0.15 else "."
        return self._finish(" ".join(words).rstrip(",") + end)

    def splice(self) -> str:
        """Pieces of grammar and fixture sentences, cut anywhere and joined."""
        pieces = []
        for _ in range(self.random.randint(2, 4)):
            use_fixture = self.fixtures and self.random.random() < 0.5
            source = self.random.choice(self.fixtures) if use_fixture else self.domain()
            words = source.split()
            at = self.random.randrange(len(words))
            pieces += words[at : at + self.random.randint(1, 5)]
        return self._finish(re.sub(r"[.?!](?= )", "", " ".join(pieces)).rstrip(".,?!") + ".")

    def draw(
        self,
        *,
        fixture_share: float = 0.15,
        random_share: float = 0.45,
        splice_share: float = 0.12,
    ) -> str:
        """One training utterance: fixture line, random words, splice or domain sentence."""
        r = self.random.random()
        if self.fixtures and r < fixture_share:
            line = self.random.choice(self.fixtures)
            parts = sentences_of(line)
            return self.random.choice(parts) if self.random.random() < 0.3 else line
        make = self.domain
        if r < fixture_share + random_share:
            make = self.random_words
        elif r < fixture_share + random_share + splice_share:
            make = self.splice
        while True:
            text = make()
            if not held_out(text):
                return text

    def _expand(self, text: str, depth: int) -> str:
        def fill(match: re.Match) -> str:
            name, form = match.groups()
            if name == "a":
                return "a"
            if name in grammar():
                options = grammar()[name]
                if depth > 6:  # recursive rules: keep to the short alternatives
                    options = sorted(options, key=lambda o: o.count("["))[: 1 + len(options) // 2]
                chosen = self.random.choice(options)
                expanded = self._expand(chosen, depth + 1)
                return _forms(expanded, "noun")["pl"] if form == "pl" else expanded
            core = lexicon().get(f"core.{name}")
            words = core if core and self.random.random() < CORE_SHARE else lexicon()[name]
            return _forms(self.random.choice(words), name)[form or ""]

        return _SLOT.sub(fill, text)

    @staticmethod
    def _finish(text: str) -> str:
        words = " ".join(text.split()).split(" ")
        for i, word in enumerate(words[:-1]):
            if word in ("a", "an"):
                words[i] = "an" if _VOWEL_SOUND.match(words[i + 1]) else "a"
        text = " ".join(words)
        return text[:1].upper() + text[1:]
