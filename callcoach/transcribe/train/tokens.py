"""The demo model's tokenizer: a small byte-level BPE with Whisper's special tokens."""

import re
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from callcoach.transcribe.train.text import TextSource

N_TEXT = 1600
N_TIMESTAMPS = 1501
SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nocaptions|>",
    "<|notimestamps|>",
)
EOT, SOT, LANG_EN = N_TEXT, N_TEXT + 1, N_TEXT + 2
PREV, NO_SPEECH, NO_TIMESTAMPS = N_TEXT + 6, N_TEXT + 7, N_TEXT + 8
TIMESTAMP_0 = N_TEXT + len(SPECIALS)
N_VOCABULARY = TIMESTAMP_0 + N_TIMESTAMPS
# Letters with the space before them, a contraction's rest, digits one by one, marks.
_PIECES = Regex(r" ?\p{L}+|'\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\s+")


def build(source: TextSource, *, n_sentences: int = 40_000) -> Tokenizer:
    """Train the tokenizer on text drawn from ``source``; ids as in the constants above."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(_PIECES, behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=N_TEXT,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    lines = [" " + source.draw(random_share=0.3) for _ in range(n_sentences)]
    # faster-whisper suppresses the first token of these marks, which must not be
    # the bare space: as tokens of their own they do no harm.
    marks = [" -", " '", " ♪", " ♪♪", " ♪♪♪"]
    lines += marks * (n_sentences // 10)
    tokenizer.train_from_iterator(lines, trainer)
    if tokenizer.get_vocab_size() != N_TEXT:
        raise ValueError(
            f"The tokenizer must have {N_TEXT} text tokens, got "
            f"{tokenizer.get_vocab_size()}; draw more sentences."
        )
    stamps = [f"<|{i * 0.02:.2f}|>" for i in range(N_TIMESTAMPS)]
    tokenizer.add_special_tokens([*SPECIALS, *stamps])
    return tokenizer


def load(path: Path) -> Tokenizer:
    """Read a ``tokenizer.json``."""
    return Tokenizer.from_file(str(path))


def vocabulary(tokenizer: Tokenizer) -> list[str]:
    """All tokens by id, as CTranslate2's ``vocabulary.json`` wants them."""
    return [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]


def encode_words(
    tokenizer: Tokenizer, words: tuple[tuple[str, float, float], ...]
) -> tuple[list[int], list[tuple[float, float]]]:
    """Token ids of spoken words and the part of the audio each token covers (seconds).

    A word's time is shared among its tokens by their letters; punctuation at its
    end covers the word's last moment.
    """
    ids: list[int] = []
    spans: list[tuple[float, float]] = []
    for text, start_s, end_s in words:
        pieces = tokenizer.encode(" " + text, add_special_tokens=False).ids
        letters = [len(re.sub(r"\W", "", tokenizer.decode([i]))) for i in pieces]
        total, before = max(1, sum(letters)), 0
        for piece, n in zip(pieces, letters, strict=True):
            a = start_s + (end_s - start_s) * before / total
            b = start_s + (end_s - start_s) * (before + n) / total
            ids.append(piece)
            spans.append((a, b) if n else (end_s - 0.03, end_s + 0.03))
            before += n
    return ids, spans
