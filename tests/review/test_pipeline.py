"""The pipeline: each component alone on `spacy.blank`, then all together; nothing is loaded or fetched."""

from __future__ import annotations

import socket

import numpy as np
import pytest
import spacy
from reviewing import ENGLISH
from spacy.tokens import Doc

from mougen.review.manner import manner_of
from mougen.review.pipeline import bundled_model, parse, pipeline

TEXT = "The Corps shall warn before it fires; officers should help the wounded. The Company may end this agreement."
KNOWN = {**ENGLISH.parties, "corps": "force"}


def alone(*names: str) -> spacy.language.Language:
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name)
    return nlp


def run(nlp: spacy.language.Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.parties = KNOWN
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_parties_alone() -> None:
    doc = run(alone("mougen_parties"), TEXT)
    assert [(span.text, span.label_) for span in doc.spans["parties"]] == [
        ("Corps", "force"),
        ("officers", "force"),
        ("Company", "company"),
    ]
    assert not doc.has_annotation("SENT_START")


def test_parties_of_a_document_that_knows_none() -> None:
    assert list(alone("mougen_parties")(spacy.blank("en")(TEXT)).spans["parties"]) == []


def test_manner_needs_sentences_alone() -> None:
    doc = run(alone("sentencizer", "mougen_manner"), TEXT)
    assert [s._.manner for s in doc.sents] == [manner_of(s.text, KNOWN, ENGLISH) for s in doc.sents]
    assert "parties" not in doc.spans


def test_scores_alone() -> None:
    doc = run(alone("sentencizer", "mougen_scores"), TEXT)
    model = bundled_model("en")
    assert np.array_equal(doc._.scores, model.score([TEXT], KNOWN)[0])
    for sentence in doc.sents:
        assert np.array_equal(sentence._.scores, model.score([sentence.text], KNOWN)[0])
        assert sentence._.manner is None


def test_a_single_sentence_has_the_scores_of_its_document() -> None:
    doc = run(alone("sentencizer", "mougen_scores"), "The Corps shall warn before it fires.")
    (sentence,) = doc.sents
    assert np.array_equal(sentence._.scores, doc._.scores)


def test_the_pipeline_is_blank_and_named_for_what_it_does() -> None:
    nlp = pipeline("en")
    assert nlp.pipe_names == ["sentencizer", "mougen_parties", "mougen_manner", "mougen_scores"]
    assert nlp.meta["name"] == spacy.blank("en").meta["name"]
    assert nlp.vocab.vectors_length == 0
    assert pipeline("en") is nlp


def test_semicolons_end_a_sentence() -> None:
    (doc,) = parse([TEXT], KNOWN, "en")
    assert [s._.manner.strength for s in doc.sents] == ["binding", "soft", "soft"]


def test_parsing_keeps_order_and_text_and_depends_on_no_neighbour() -> None:
    texts = [TEXT, "", "Übung: “shall”.\n- it\tmust", TEXT.upper(), TEXT]
    docs = parse(texts, KNOWN, "en")
    assert [doc.text for doc in docs] == texts
    assert np.array_equal(docs[0]._.scores, docs[4]._.scores)
    for text, doc in zip(texts, docs, strict=True):
        assert np.array_equal(parse([text], KNOWN, "en")[0]._.scores, doc._.scores)


def test_other_parties_are_another_reading() -> None:
    (corps,), (nobody,) = parse([TEXT], KNOWN, "en"), parse([TEXT], ENGLISH.parties, "en")
    first = next(iter(corps.sents))
    assert (first._.manner.obligor, next(iter(nobody.sents))._.manner.obligor) == ("force", "")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(spacy, "load", refuse)
    pipeline.cache_clear()
    bundled_model.cache_clear()
    assert parse([TEXT], KNOWN, "en")[0]._.scores is not None
