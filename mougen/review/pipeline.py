"""The spaCy pipeline of review: sentences, parties, manner and scores of a passage. The only module that imports spaCy.

Made from `spacy.blank` with components of our own; no trained pipeline is loaded and nothing is fetched. Each component
can be used alone: `mougen_parties` fills `doc.spans["parties"]`, `mougen_manner` gives each sentence its `Manner`,
`mougen_scores` gives the document and each sentence the probabilities of the model's heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from ..data import data_root
from .features import plain
from .lexicon import load_lexicon
from .manner import manner_of
from .model import Model, load_model

# What the agreement calls its parties (a word to a kind of party); set on each document before the pipeline runs.
Doc.set_extension("parties", default=None, force=True)
Doc.set_extension("scores", default=None, force=True)
Span.set_extension("manner", default=None, force=True)
Span.set_extension("scores", default=None, force=True)


@cache
def bundled_model(language: str) -> Model:
    """Return the model for `language` that ships with mougen."""
    return load_model(data_root("model"), language)


word = lru_cache(maxsize=16_384)(plain)  # an agreement says the same words again and again


@Language.component("mougen_parties")  # type: ignore[untyped-decorator]
def parties(doc: Doc) -> Doc:
    """Mark each word that names a party; a span's label is the kind of party."""
    known = doc._.parties or {}
    kinds = ((token, known.get(word(token.text))) for token in doc)
    doc.spans["parties"] = [Span(doc, t.i, t.i + 1, label=kind) for t, kind in kinds if kind and kind != "no"]
    return doc


@Language.factory("mougen_manner", default_config={"language": "en"})  # type: ignore[untyped-decorator]
def make_manner(nlp: Language, name: str, language: str) -> Any:
    """Return the component that tells how each sentence binds."""
    lexicon = load_lexicon(language)

    def manner(doc: Doc) -> Doc:
        for sentence in doc.sents:
            sentence._.manner = manner_of(sentence.text, doc._.parties or {}, lexicon)
        return doc

    return manner


@Language.factory("mougen_scores", default_config={"language": "en"})  # type: ignore[untyped-decorator]
def make_scores(nlp: Language, name: str, language: str) -> Any:
    """Return the component that scores the document, and its sentences where there are several."""
    model = bundled_model(language)

    def scores(doc: Doc) -> Doc:
        known, sentences = doc._.parties or {}, list(doc.sents)
        texts = [doc.text, *(s.text for s in sentences if len(sentences) > 1)]
        scored = model.score(texts, known)
        doc._.scores = scored[0]
        for index, sentence in enumerate(sentences):
            sentence._.scores = scored[index + 1] if len(sentences) > 1 else scored[0]
        return doc

    return scores


@cache
def pipeline(language: str) -> Language:
    """Return the pipeline for `language`."""
    # The tokenizer for all languages: ours splits the same words, and the French one takes two seconds to build.
    nlp = spacy.blank("en" if language == "en" else "xx")
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", ";"]})
    nlp.add_pipe("mougen_parties")
    nlp.add_pipe("mougen_manner", config={"language": language})
    nlp.add_pipe("mougen_scores", config={"language": language})
    return nlp


def parse(texts: Iterable[str], known: Mapping[str, str], language: str) -> list[Doc]:
    """Return `texts` run through the pipeline, in order; `known` maps words to the kind of party they name."""
    nlp = pipeline(language)
    docs = []
    for text in texts:
        doc = nlp.make_doc(text)
        doc._.parties = known
        docs.append(doc)
    return list(nlp.pipe(docs))
