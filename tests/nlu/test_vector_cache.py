"""Vectors are kept from one training to the next, and never trusted blindly."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from assistant.nlu import vector_cache
from assistant.nlu.sentence_encoder import WIDTH
from assistant.nlu.vector_cache import VectorCache


class Encoder:
    """Says what it was asked to embed; a vector depends on its text alone."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked += texts
        vectors = [np.full(WIDTH, len(text), np.float32) for text in texts]
        return np.stack(vectors) if vectors else np.empty((0, WIDTH), np.float32)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "vectors.npz"


def test_only_new_texts_are_embedded_again(path):
    first, second = Encoder(), Encoder()
    VectorCache(path).encode(["a", "bb"], first)
    vectors = VectorCache(path).encode(["ccc", "bb", "bb"], second)
    assert first.asked == ["a", "bb"]
    assert second.asked == ["ccc"]
    assert vectors[:, 0].tolist() == [3, 2, 2]


def test_vectors_are_kept_to_the_last_bit(path):
    exact = np.random.default_rng(1).normal(size=(1, WIDTH)).astype(np.float32)
    VectorCache(path).encode(["a"], lambda texts: exact)
    again = VectorCache(path).encode(["a"], lambda texts: np.empty((0, WIDTH)))
    assert np.array_equal(again, exact)


def test_what_is_not_used_any_more_is_forgotten(path):
    VectorCache(path).encode(["a", "bb"], Encoder())
    VectorCache(path).encode(["a"], Encoder())
    encoder = Encoder()
    VectorCache(path).encode(["bb"], encoder)
    assert encoder.asked == ["bb"]


def test_another_encoder_shares_no_vectors(path, monkeypatch):
    VectorCache(path).encode(["a"], Encoder())
    monkeypatch.setattr(vector_cache, "MODEL_SHA256", "of another one")
    encoder = Encoder()
    VectorCache(path).encode(["a"], encoder)
    assert encoder.asked == ["a"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_made_anew(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    encoder = Encoder()
    assert VectorCache(path).encode(["a"], encoder)[0, 0] == 1
    VectorCache(path).encode(["a"], encoder)
    assert encoder.asked == ["a"]


def test_a_folder_that_cannot_be_made_stops_no_training(tmp_path):
    (tmp_path / "file").write_text("in the way")
    encoder = Encoder()
    cache = VectorCache(tmp_path / "file" / "vectors.npz")
    assert cache.encode(["a"], encoder)[0, 0] == 1


def test_a_file_system_without_locks_stops_no_training(path, monkeypatch):
    def no_locks(*_):
        raise OSError("No locks available")

    monkeypatch.setattr(vector_cache.fcntl, "flock", no_locks)
    encoder = Encoder()
    assert VectorCache(path).encode(["a"], encoder)[0, 0] == 1
    VectorCache(path).encode(["a"], encoder)
    assert encoder.asked == ["a"]


def test_two_that_need_the_same_vectors_embed_them_once(path):
    begun, go_on = Event(), Event()
    first, second = Encoder(), Encoder()

    def slowly(texts):
        begun.set()
        assert go_on.wait(timeout=60)
        return first(texts)

    with ThreadPoolExecutor(2) as both:
        one = both.submit(VectorCache(path).encode, ["a", "bb"], slowly)
        assert begun.wait(timeout=60)
        other = both.submit(VectorCache(path).encode, ["a", "bb"], second)
        go_on.set()
        assert np.array_equal(one.result(), other.result())
    assert first.asked == ["a", "bb"]
    assert second.asked == []


KILLED_WHILE_EMBEDDING = """
import sys, time
from pathlib import Path
from assistant.nlu.vector_cache import VectorCache

def forever(texts):
    print("embedding", flush=True)
    time.sleep(600)

VectorCache(Path(sys.argv[1])).encode(["a"], forever)
"""


def test_nobody_waits_for_a_process_that_was_killed(path):
    command = [sys.executable, "-c", KILLED_WHILE_EMBEDDING, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "embedding\n"
        other.kill()
    encoder = Encoder()
    assert VectorCache(path).encode(["a"], encoder)[0, 0] == 1
    assert encoder.asked == ["a"]
