"""From trained weights to a folder that faster-whisper loads: CTranslate2, int8.

The folder holds ``model.bin``, ``config.json``, ``vocabulary.json``,
``tokenizer.json``, ``preprocessor_config.json`` and ``card.json`` with the hash of
each of them. Nothing is pickled.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec

from callcoach.transcribe.train import tokens as tk
from callcoach.transcribe.train.shape import (
    ALIGNMENT_HEAD,
    ALIGNMENT_LAYER,
    N_OWN,
    N_POSITIONS,
    Shape,
)

WINDOW_S = 5  # chunk_length: longer windows are heard less well (measured)
FILES = ("model.bin", "config.json", "vocabulary.json", "tokenizer.json", "preprocessor_config.json")


def export(weights: Mapping, shape: Shape, tokenizer_path: Path, out: Path) -> dict:
    """Write the model folder ``out``; what ``card.json`` says of it.

    Parameters
    ----------
    weights
        The network's state, tensors by name, as :class:`callcoach.transcribe.train.model.Whisper` has it.
    """
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = tk.load(tokenizer_path)
    spec = _spec({name: value.float().numpy() for name, value in weights.items()}, shape)
    spec.register_vocabulary(tk.vocabulary(tokenizer))
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(out))
    shutil.copyfile(tokenizer_path, out / "tokenizer.json")
    _write_json(
        out / "config.json",
        {
            "alignment_heads": [[ALIGNMENT_LAYER, ALIGNMENT_HEAD]],
            "lang_ids": [tk.LANG_EN],
            "suppress_ids": [],
            "suppress_ids_begin": [tk.EOT],
        },
    )
    _write_json(
        out / "preprocessor_config.json",
        {
            "chunk_length": WINDOW_S,
            "feature_size": shape.n_mels,
            "hop_length": 160,
            "n_fft": 400,
            "sampling_rate": 16000,
        },
    )
    card = {"files": {name: sha256(out / name) for name in FILES}}
    _write_json(out / "card.json", card)
    return card


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, data: dict) -> None:
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _spec(weights: dict[str, np.ndarray], shape: Shape) -> WhisperSpec:
    spec = WhisperSpec(shape.n_encoder_layers, shape.n_heads, shape.n_decoder_layers, shape.n_heads)
    for name in ("conv1", "conv2"):
        _linear(getattr(spec.encoder, name), weights, name)
    own = weights["audio_positions"]
    shared = np.repeat(own[N_OWN:], N_POSITIONS - N_OWN, axis=0)
    spec.encoder.position_encodings.encodings = np.concatenate([own[:N_OWN], shared])
    _norm(spec.encoder.layer_norm, weights, "encoder_norm")
    for i, layer in enumerate(spec.encoder.layer):
        _layer(layer, weights, f"encoder.{i}", decoder=False)
    spec.decoder.scale_embeddings = False
    spec.decoder.embeddings.weight = weights["embedding.weight"]
    spec.decoder.projection.weight = weights["embedding.weight"]
    spec.decoder.position_encodings.encodings = weights["token_positions"]
    _norm(spec.decoder.layer_norm, weights, "decoder_norm")
    for i, layer in enumerate(spec.decoder.layer):
        _layer(layer, weights, f"decoder.{i}", decoder=True)
    return spec


def _layer(spec, weights: dict[str, np.ndarray], name: str, *, decoder: bool) -> None:
    own = f"{name}.self_attention"
    fused = spec.self_attention.linear[0]  # queries, keys and values in one matrix
    for kind in ("weight", "bias"):
        parts = [weights[f"{own}.{part}.{kind}"] for part in ("query", "key_value")]
        setattr(fused, kind, np.concatenate(parts))
    _linear(spec.self_attention.linear[1], weights, f"{own}.out")
    _norm(spec.self_attention.layer_norm, weights, f"{name}.self_norm")
    if decoder:
        for i, part in enumerate(("query", "key_value", "out")):
            _linear(spec.attention.linear[i], weights, f"{name}.cross_attention.{part}")
        _norm(spec.attention.layer_norm, weights, f"{name}.cross_norm")
    _linear(spec.ffn.linear_0, weights, f"{name}.ffn_in")
    _linear(spec.ffn.linear_1, weights, f"{name}.ffn_out")
    _norm(spec.ffn.layer_norm, weights, f"{name}.ffn_norm")


def _linear(spec, weights: dict[str, np.ndarray], name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec, weights: dict[str, np.ndarray], name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]
