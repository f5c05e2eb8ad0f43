"""The model that ships is the one that the exemplars teach."""

from __future__ import annotations

import pytest

from mougen.review.pipeline import bundled_model
from training.build_model import ROOT, TARGET, digest_of

MOST = 15_000_000  # bytes


def test_the_model_is_made_from_these_exemplars() -> None:
    about = bundled_model().about
    assert about["digest"] == digest_of(ROOT / "exemplars" / about["language"]), (
        "the exemplars, or the code that learns from them, changed since the model was made: run `make model`"
    )


def test_the_model_is_small() -> None:
    assert TARGET.stat().st_size < MOST


@pytest.mark.parametrize("part", ["bias", "slope", "scale"])
def test_every_head_has_its_numbers(part: str) -> None:
    model = bundled_model()
    assert getattr(model, part).shape == (len(model.heads),)
    assert (model.slope > 0).all()
