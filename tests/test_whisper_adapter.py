"""faster-whisper behind its interface: windows, offline loading and errors, with a random model.

The model has Whisper's form and no sense: what it says is arbitrary, where and how it is asked is
not. Words that mean something are tested with the demo model.
"""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
from whisper_models import random_model

from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.transcribe.models import folder_hash
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.whisper import load_whisper
from callcoach.transcribe.windows import Part, Window

RATE_HZ = 16000


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


def noise(seconds: float, *, seed: int = 0) -> np.ndarray:
    return (0.1 * np.random.default_rng(seed).standard_normal(round(seconds * RATE_HZ))).astype(np.float32)


def window(seconds: float, *, label: str = "left", seed: int = 0) -> Window:
    samples = noise(seconds, seed=seed)
    return Window(label, samples, (Part(0, 0, len(samples)),))


def test_a_folder_becomes_a_recogniser_that_says_what_it_is(recogniser, folder):
    assert isinstance(recogniser, Recogniser)
    assert (recogniser.engine, recogniser.model_name) == ("faster-whisper", "random")
    assert recogniser.model_hash == folder_hash(folder)
    assert recogniser.options["temperature"] == 0
    assert recogniser.window_s == 5.9
    assert recogniser.languages == ("en",)
    assert recogniser.default_language is None


def test_words_lie_inside_their_window_in_order_and_the_same_again(recogniser):
    windows = [window(5.5), window(0.03, label="right"), window(2.0, seed=1)]
    found = recogniser.recognise(windows, language="en")
    assert found == recogniser.recognise(windows, language="en")
    assert len(found) == 3
    assert found[0].words
    for sound, said in zip(windows, found, strict=True):
        starts = [word.interval.start_s for word in said.words]
        assert starts == sorted(starts)
        for word in said.words:
            assert word.text == word.text.strip() != ""
            assert 0.0 <= word.probability <= 1.0
            assert 0.0 <= word.interval.start_s <= word.interval.end_s <= sound.duration_s + 0.001


def test_a_window_says_the_same_whatever_shares_its_batch(recogniser):
    windows = [window(5.5 - i, seed=i) for i in range(4)]
    together = recogniser.recognise(windows, language="en")
    alone = [recogniser.recognise([one], language="en")[0] for one in windows]
    assert [[w.text for w in said.words] for said in together] == [
        [w.text for w in said.words] for said in alone
    ]


def test_more_windows_than_a_batch_come_back_in_order(recogniser):
    windows = [window(1.0 + i % 3, seed=i) for i in range(2 * recogniser.batch_size + 1)]
    assert len(recogniser.recognise(windows, language="en")) == len(windows)


def test_a_device_that_runs_out_of_memory_gets_smaller_batches(folder, monkeypatch):
    small = load_whisper(folder, device="cpu", cpu_threads=1)
    whole = small._recognised

    def crowded(batch, language):
        if len(batch) > 1:
            raise RuntimeError("CUDA failed with error out of memory")
        return whole(batch, language)

    monkeypatch.setattr(small, "_recognised", crowded)
    assert len(small.recognise([window(1.0)] * 3, language="en")) == 3
    assert small.batch_size == 1


def test_names_are_in_the_options_and_those_that_do_not_fit_are_said(folder):
    plain = load_whisper(folder, device="cpu")
    told = load_whisper(folder, device="cpu", vocabulary=("Acme Flow", "Zoltan"))
    assert plain.options["vocabulary"] is None
    assert told.options["vocabulary"] not in (None, "")
    assert told.vocabulary == ("Acme Flow", "Zoltan")
    assert told.recognise([window(3.0)], language="en")
    many = load_whisper(folder, device="cpu", vocabulary=[f"Name {i}" for i in range(200)])
    assert 3 < len(many.vocabulary) < 40
    assert "first" in many.notes[0]
    assert "of 200 names" in many.notes[0]
    assert many.recognise([window(3.0)], language="en")


def test_loading_and_recognising_never_ask_the_network(folder, no_network):
    load_whisper(folder, device="cpu").recognise([window(2)], language="en")


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
