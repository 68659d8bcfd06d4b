"""Whisper-shaped models with weights drawn at random, written to a folder: they load and make no sense.

For tests of how a model is asked, and as a double for what recognition costs: time depends on the
shape, not on the weights.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

N_TIMESTAMPS = 1501
TASKS = ("translate", "transcribe", "startoflm", "startofprev", "nocaptions", "notimestamps")


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a model; several languages make it multilingual."""

    d: int = 32
    n_heads: int = 2
    n_encoder_layers: int = 1
    n_decoder_layers: int = 1
    n_mels: int = 80
    n_text: int = 256
    languages: tuple[str, ...] = ("en",)
    chunk_s: int = 6


TINY = Shape()


def multilingual(**sizes: int) -> Shape:
    """A shape that faster-whisper takes for a multilingual model, with Whisper's languages."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    codes = sorted(_LANGUAGE_CODES, key=lambda code: (code != "en", code))
    codes.remove("yue")  # of large-v3 alone
    return Shape(n_text=50257, languages=tuple(codes), chunk_s=30, **sizes)


def base() -> Shape:
    """The shape of Whisper base."""
    return multilingual(d=512, n_heads=8, n_encoder_layers=6, n_decoder_layers=6)


def random_model(folder: Path, shape: Shape = TINY, *, seed: int = 0, scale: float = 0.2) -> Path:
    """Write a model of `shape` that faster-whisper loads; int8."""
    from ctranslate2.specs.whisper_spec import WhisperSpec

    rng = np.random.default_rng(seed)
    d = shape.d

    def draw(*sizes: int) -> np.ndarray:
        return rng.standard_normal(sizes, dtype=np.float32) * np.float32(scale)

    def linear(spec, n_out: int, n_in: int) -> None:
        spec.weight, spec.bias = draw(n_out, n_in), draw(n_out)

    def norm(spec) -> None:
        spec.gamma, spec.beta = np.ones(d, np.float32), np.zeros(d, np.float32)

    tokenizer = _tokenizer(shape)
    n_vocabulary = tokenizer.get_vocab_size()
    spec = WhisperSpec(shape.n_encoder_layers, shape.n_heads, shape.n_decoder_layers, shape.n_heads)
    spec.encoder.conv1.weight, spec.encoder.conv1.bias = draw(d, shape.n_mels, 3), draw(d)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = draw(d, d, 3), draw(d)
    spec.encoder.position_encodings.encodings = draw(1500, d)
    spec.decoder.scale_embeddings = False
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = draw(n_vocabulary, d)
    spec.decoder.position_encodings.encodings = draw(448, d)
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        linear(layer.self_attention.linear[0], 3 * d, d)
        linear(layer.self_attention.linear[1], d, d)
        linear(layer.ffn.linear_0, 4 * d, d)
        linear(layer.ffn.linear_1, d, 4 * d)
        norm(layer.self_attention.layer_norm)
        norm(layer.ffn.layer_norm)
    for layer in spec.decoder.layer:
        for part, n_out in zip(layer.attention.linear, (d, 2 * d, d), strict=True):
            linear(part, n_out, d)
        norm(layer.attention.layer_norm)
    vocabulary = [tokenizer.id_to_token(i) for i in range(n_vocabulary)]
    if len(shape.languages) > 1:
        vocabulary[shape.n_text - 1] = ""  # by this, as in Whisper's own, CTranslate2 knows them
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    first_language = shape.n_text + 2
    config = {
        "alignment_heads": [[shape.n_decoder_layers - 1, 0]],
        "lang_ids": list(range(first_language, first_language + len(shape.languages))),
        "suppress_ids": [],
        "suppress_ids_begin": [],
    }
    (folder / "config.json").write_text(json.dumps(config))
    extractor = {"chunk_length": shape.chunk_s, "feature_size": shape.n_mels}
    (folder / "preprocessor_config.json").write_text(json.dumps(extractor))
    return folder


def _tokenizer(shape: Shape):
    """Bytes, then made-up words of a letter or two more, then Whisper's marks in its order."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    letters = [c for c in alphabet if c.isascii() and c.isalpha()]
    words = dict.fromkeys(alphabet)
    merges = []
    for left in ["Ġ", *letters, *(f"Ġ{c}" for c in letters), *(f"Ġ{c}{e}" for c in letters for e in letters)]:
        for right in letters:
            if len(words) < shape.n_text and left in words and left + right not in words:
                words[left + right] = None
                merges.append((left, right))
    names = [f"w{i}" for i in range(shape.n_text - len(words))]
    words |= dict.fromkeys(f"Ġ{name}" for name in names)
    tokenizer = Tokenizer(models.BPE(vocab={w: i for i, w in enumerate(words)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    marks = ["endoftext", "startoftranscript", *shape.languages, *TASKS]
    stamps = [f"<|{i * 0.02:.2f}|>" for i in range(N_TIMESTAMPS)]
    tokenizer.add_special_tokens([f"<|{mark}|>" for mark in marks] + stamps)
    return tokenizer
