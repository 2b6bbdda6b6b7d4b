"""Only models that were trained here are loaded."""

from __future__ import annotations

import pytest

from operations import trained_model


@pytest.fixture
def models(tmp_path, monkeypatch):
    monkeypatch.setattr(trained_model, "MODELS", tmp_path)
    monkeypatch.setattr(trained_model, "RECORD", tmp_path / "trained-here.json")
    return tmp_path


def test_a_model_that_was_trained_here_is_used(models):
    path = models / "a.tar.gz"
    path.write_bytes(b"model")
    trained_model.record(path, trained_model.inputs_hash())
    model = trained_model.newest()
    assert model is not None and model.is_current
    assert trained_model.verified(model) == path


def test_a_foreign_model_is_not_even_looked_at(models):
    (models / "foreign.tar.gz").write_bytes(b"code")
    with pytest.raises(trained_model.ModelUnusable, match="make train"):
        trained_model.verified(trained_model.newest())


def test_a_model_that_was_changed_is_refused(models):
    path = models / "a.tar.gz"
    path.write_bytes(b"model")
    trained_model.record(path, "inputs")
    path.write_bytes(b"other")
    with pytest.raises(trained_model.ModelUnusable, match="not the one"):
        trained_model.verified(trained_model.newest())


def test_a_model_of_other_files_is_stale(models):
    path = models / "a.tar.gz"
    path.write_bytes(b"model")
    trained_model.record(path, "inputs of another day")
    model = trained_model.newest()
    assert model is not None and not model.is_current
