"""The model that ships is the one that the exemplars teach."""

from __future__ import annotations

import pytest

from mougen.review.language import languages
from mougen.review.pipeline import bundled_model
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


@pytest.mark.parametrize("language", languages())
def test_every_head_has_its_numbers(language: str) -> None:
    model = bundled_model(language)
    assert model.bias.shape == model.scale.shape == (len(model.heads),)
    assert (model.scale > 0).all()


@pytest.mark.parametrize("language", languages())
def test_a_passage_counts_for_more_than_what_stands_around_it(language: str) -> None:
    for weights in bundled_model(language).context.reshape(4, 4):
        own, headed, beside, _ = weights
        assert own > headed >= 0
        assert own > beside >= 0
