"""faster-whisper behind its interface: windows, offline loading and errors, with a random model.

The model has Whisper's form and no sense: what it says is arbitrary, where and how it is asked is
not. Words that mean something are tested with the demo model.
"""

from __future__ import annotations

import json
import shutil
import socket
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from callcoach.core import Interval
from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.whisper import folder_hash, load_whisper, pack

RATE_HZ = 16000
D, HEADS, MELS = 32, 2, 80


def random_model(folder: Path, *, seed: int = 0) -> Path:
    """A folder that faster-whisper loads: one layer each way, weights drawn at random."""
    from ctranslate2.specs.whisper_spec import WhisperSpec
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return (rng.standard_normal(shape) * 0.2).astype(np.float32)

    def linear(spec, n_out: int, n_in: int) -> None:
        spec.weight, spec.bias = draw(n_out, n_in), draw(n_out)

    def norm(spec) -> None:
        spec.gamma, spec.beta = np.ones(D, np.float32), np.zeros(D, np.float32)

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    names = (
        "endoftext startoftranscript en translate transcribe startoflm startofprev nocaptions notimestamps"
    )
    stamps = [f"<|{i * 0.02:.2f}|>" for i in range(1501)]
    tokenizer.add_special_tokens([f"<|{name}|>" for name in names.split()] + stamps)
    n_vocabulary = tokenizer.get_vocab_size()

    spec = WhisperSpec(1, HEADS, 1, HEADS)
    spec.encoder.conv1.weight, spec.encoder.conv1.bias = draw(D, MELS, 3), draw(D)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = draw(D, D, 3), draw(D)
    spec.encoder.position_encodings.encodings = draw(1500, D)
    spec.decoder.scale_embeddings = False
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = draw(n_vocabulary, D)
    spec.decoder.position_encodings.encodings = draw(448, D)
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        linear(layer.self_attention.linear[0], 3 * D, D)
        linear(layer.self_attention.linear[1], D, D)
        linear(layer.ffn.linear_0, 4 * D, D)
        linear(layer.ffn.linear_1, D, 4 * D)
        norm(layer.self_attention.layer_norm)
        norm(layer.ffn.layer_norm)
    for layer in spec.decoder.layer:
        for part, n_out in zip(layer.attention.linear, (D, 2 * D, D), strict=True):
            linear(part, n_out, D)
        norm(layer.attention.layer_norm)
    spec.register_vocabulary([tokenizer.id_to_token(i) for i in range(n_vocabulary)])
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    first = len(alphabet)
    (folder / "config.json").write_text(
        json.dumps(
            {
                "alignment_heads": [[0, 0]],
                "lang_ids": [first + 2],
                "suppress_ids": [],
                "suppress_ids_begin": [],
            }
        )
    )
    (folder / "preprocessor_config.json").write_text(json.dumps({"chunk_length": 6, "feature_size": MELS}))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return random_model(tmp_path_factory.mktemp("models") / "random")


@pytest.fixture(scope="module")
def recogniser(folder):
    return load_whisper(folder, device="cpu", cpu_threads=1)


@pytest.fixture
def no_network(monkeypatch):
    """Any attempt to reach anything fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def noise(seconds: float) -> np.ndarray:
    return (0.1 * np.random.default_rng(0).standard_normal(round(seconds * RATE_HZ))).astype(np.float32)


def test_a_folder_becomes_a_recogniser_that_says_what_it_is(recogniser, folder):
    assert isinstance(recogniser, Recogniser)
    assert (recogniser.engine, recogniser.model_name) == ("faster-whisper", "random")
    assert recogniser.model_hash == folder_hash(folder)
    assert recogniser.options["temperature"] == 0
    assert recogniser.options["window_s"] == 6.0


def test_words_lie_where_speech_was_in_order_and_the_same_again(recogniser):
    samples, speech = noise(20), (Interval(1.0, 3.0), Interval(8.0, 17.0))
    found = recogniser.recognise(samples, speech, language=None)
    assert found == recogniser.recognise(samples, speech, language=None)
    assert found.language == "en"
    assert found.language_probability is None
    assert found.words
    starts = [word.interval.start_s for word in found.words]
    assert starts == sorted(starts)
    for word in found.words:
        assert word.text == word.text.strip() != ""
        assert 0.0 <= word.probability <= 1.0
        assert any(p.start_s - 0.3 <= word.interval.start_s <= p.end_s + 0.3 for p in speech)
        assert word.interval.end_s <= 20.0


def test_no_speech_is_no_words_and_no_work(recogniser):
    assert recogniser.recognise(noise(5), (), language=None).words == ()


def test_a_language_the_model_does_not_know_is_refused(recogniser):
    with pytest.raises(BadSettings, match="'de'"):
        recogniser.recognise(noise(1), (Interval(0, 1),), language="de")


def test_loading_and_recognising_never_ask_the_network(folder, no_network):
    load_whisper(folder, device="cpu").recognise(noise(2), (Interval(0, 2),), language=None)


def test_a_name_is_looked_for_in_folders(folder):
    assert load_whisper("random", folders=(folder.parent,), device="cpu").model_name == "random"


@pytest.mark.parametrize(
    "model", [None, "", "small", "no-such-model", Path("nowhere"), "./nowhere", "somebody/model"]
)
def test_a_model_that_is_not_here_says_how_to_do_without_or_bring_one(
    model, no_network, tmp_path, monkeypatch
):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissing, match=r"--no-transcript.*--model.*stick"):
        load_whisper(model, folders=(tmp_path,))


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_named_for_it(folder, tmp_path, name, no_network):
    copy = shutil.copytree(folder, tmp_path / "half")
    (copy / name).unlink()
    with pytest.raises(BadSettings, match=f"has no {name}"):
        load_whisper(copy)


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_a_damaged_folder_is_refused_in_one_sentence(folder, tmp_path, name):
    copy = shutil.copytree(folder, tmp_path / "damaged")
    (copy / name).write_bytes((copy / name).read_bytes()[:1000])
    with pytest.raises(BadSettings, match="damaged does not load"):
        load_whisper(copy, device="cpu")


def test_the_hash_is_of_the_files_that_matter(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "other-name")
    (copy / "README.md").write_text("notes")
    assert folder_hash(copy) == folder_hash(folder)
    (copy / "config.json").write_text((copy / "config.json").read_text() + " ")
    assert folder_hash(copy) != folder_hash(folder)


def test_windows_hold_neighbouring_pieces_with_a_margin_that_touches_nobody():
    # speech    |0.5-2|  |2.3-4|          |9-10|
    speech = (Interval(0.5, 2), Interval(2.3, 4), Interval(9, 10))
    assert pack(noise(12), speech, longest_s=6) == (Interval(0.3, 4.2), Interval(8.8, 10.2))
    assert pack(noise(12), speech, longest_s=2.1) == (
        Interval(0.3, 2.15),
        Interval(2.15, 4.2),
        Interval(8.8, 10.2),
    )


def test_a_long_piece_is_cut_at_its_quietest_moment_and_loses_nothing():
    samples = noise(20)
    samples[round(4.5 * RATE_HZ) : round(4.6 * RATE_HZ)] = 0
    windows = pack(samples, (Interval(0.0, 20.0),), longest_s=6)
    assert windows[0].end_s == pytest.approx(4.55, abs=0.06)
    assert windows[0].start_s == 0.0
    assert windows[-1].end_s == 20.0
    for one, after in pairwise(windows):
        assert one.end_s == after.start_s
        assert one.duration_s <= 6
