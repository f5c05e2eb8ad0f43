"""The model that ships is the one that the exemplars teach."""

from __future__ import annotations

import numpy as np
import pytest

from mougen.review.language import languages
from mougen.review.pipeline import bundled_model
from training import build_model
from training.build_model import ROOT, TARGET, digest_of

MOST = 15_000_000  # bytes


@pytest.mark.parametrize("language", languages())
def test_the_model_is_made_from_these_exemplars(language: str) -> None:
    about = bundled_model(language).about
    assert about["language"] == language
    assert about["digest"] == digest_of(ROOT / "exemplars" / language), (
        "the exemplars, or the code that learns from them, changed since the model was made: run `make model`"
    )


def test_there_is_a_model_for_each_language_that_has_exemplars() -> None:
    assert list(languages()) == sorted(path.name for path in (ROOT / "exemplars").iterdir())


@pytest.mark.parametrize("language", languages())
def test_a_model_is_small(language: str) -> None:
    assert (TARGET / f"{language}.npz").stat().st_size < MOST


def test_a_large_matrix_is_inverted_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_model, "LARGEST", 20)
    rows = np.random.default_rng(3).normal(size=(75, 30))
    matrix = rows @ rows.T + 0.3 * np.eye(75)
    assert np.allclose(build_model.inverted(matrix) @ matrix, np.eye(75), atol=1e-8)


@pytest.mark.parametrize("part", ["bias", "slope", "scale"])
def test_every_head_has_its_numbers(part: str) -> None:
    model = bundled_model("en")
    assert getattr(model, part).shape == (len(model.heads),)
    assert (model.slope > 0).all()
