"""The model gives a text the same probabilities whatever stands beside it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing import ENGLISH, LIBRARY

from mougen.errors import DataError
from mougen.review.features import features, plain, tokens
from mougen.review.language import languages
from mougen.review.model import Model, blend, load_model
from mougen.review.pipeline import bundled_model

TEXTS = (
    "The Corps shall warn every person before it fires.",
    "Fuel is paid monthly to the treasury of the State against receipts.",
    "A committee of both parties reviews conduct each quarter and keeps minutes.",
    "No officer shall question a worker alone.",
    "",
    "12 34",
)


@pytest.fixture(scope="module", params=languages())
def model(request: pytest.FixtureRequest) -> Model:
    return bundled_model(request.param)


def test_scores_do_not_depend_on_order_or_batch(model: Model) -> None:
    together = model.score(TEXTS, ENGLISH.parties)
    shuffled = random.Random(7).sample(range(len(TEXTS)), len(TEXTS))
    again = model.score([TEXTS[i] for i in shuffled], ENGLISH.parties)
    assert np.array_equal(again, together[shuffled])
    for row, text in enumerate(TEXTS):
        assert np.array_equal(model.score([text], ENGLISH.parties)[0], together[row])


def test_scores_are_probabilities_with_three_decimals(model: Model) -> None:
    scores = model.score(TEXTS, ENGLISH.parties)
    assert scores.shape == (len(TEXTS), len(model.heads))
    assert ((scores >= 0) & (scores <= 1)).all()
    assert np.allclose(scores, np.round(scores, 3), atol=1e-6)


@pytest.mark.parametrize("text", ["", "\n\t", "警方开枪前应当警告", "§ ¶ ●"])
def test_a_text_without_known_words_states_nothing(model: Model, text: str) -> None:
    (scores,) = model.score([text], ENGLISH.parties)
    said = {head: scores[column] for head, column in model.heads.items() if head[0] in ("relevant", "harm", "flag")}
    assert max(said.values()) < 0.3


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_has_finite_scores(text: str) -> None:
    assert np.isfinite(bundled_model("en").score([text], ENGLISH.parties)).all()


def test_no_texts_have_no_scores(model: Model) -> None:
    assert model.score([], ENGLISH.parties).shape == (0, len(model.heads))


def test_every_limb_and_harm_of_the_catalogue_has_a_head(model: Model) -> None:
    for requirement in LIBRARY.requirements.values():
        assert {("relevant", requirement.id), ("contrary", requirement.id)} <= set(model.heads)
        assert {("limb", requirement.id, limb.id) for limb in requirement.limbs} <= set(model.heads)
        assert {("harm", requirement.id, harm.id) for harm in requirement.harms} <= set(model.heads)


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="model is missing"):
        load_model(tmp_path, "en")


def test_a_blend_lies_between_its_parts() -> None:
    low, high = np.array([0.1, 0.5, 0.0], np.float32), np.array([0.9, 0.5, 1.0], np.float32)
    assert blend((low, 1), (high, 1)).tolist() == pytest.approx([0.5, 0.5, 0.5])
    mixed = blend((low, 1), (high, 3))
    assert ((mixed >= low) & (mixed <= high)).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within 24 hours", "within 48 hours"),
        ("Clause 12.3 applies.", "Clause 4.1 applies."),
        ("the “use” of FORCE", "the use of force"),
        ("détention", "detention"),
        ("pro-\nportional", "proportional"),
        ("the officer\u2019s duty", "the officer's duty"),
    ],
)
def test_what_reads_alike_has_the_same_features(one: str, other: str) -> None:
    assert features(one, ENGLISH.parties) == features(other, ENGLISH.parties)


def test_a_party_counts_by_its_kind_and_a_negation_reaches_to_the_stop() -> None:
    found = features("The Corps shall not fire; it warns", {"corps": "force", "not": "no"})
    assert {"<force>", "corps", "!fire", "warns"} <= set(found)
    assert not {"fire", "!warns"} & set(found)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_plain_text_is_plain_already(text: str) -> None:
    once = plain(text)
    assert tokens(once) == tokens(plain(once))
