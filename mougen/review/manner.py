"""How a sentence binds: who is obliged, how strongly, with which carve-out, and whether it only tells of the past."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .features import TOKEN, plain
from .lexicon import Lexicon

Strength = Literal["binding", "soft", "none"]
Obligor = Literal["force", "company", "guards", "both", ""]
Span = tuple[int, int]

# "unless", "if" and the like open a part that says when, not what; a soft verb there does not soften the duty.
SUBORDINATE = re.compile(
    r"(?:^|,\s*)(?:if|where|when|whenever|unless|should|once|before|after|while|until|in case|in the event)\b"
    r"[^,;]*(?:,|$)",
    re.I,
)
PERMITTING = ("may", "can")
WEAK_AUXILIARIES = ("may", "can", "might", "could")
SOFTENS = 14  # characters after a binding verb within which a soft one softens it ("shall endeavour")
RESTRICTION = re.compile(r"\bonly\b|\bnot (?:\w+ ){0,4}(?:unless|until|except)\b")
NOBODY = re.compile(r"\b(?:nobody|no one|no \w+(?: \w+){0,3}|none|neither)\s*$", re.I)
# "knew or should have known", "should a riot break out": neither softens a duty.
HINDSIGHT = re.compile(r"(?:should|ought to) have\b|should (?:he|she|they|it|the|a|an|any|such|either|one)\b", re.I)
Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Manner:
    """The force of one sentence; spans are offsets into it and show the words that decided."""

    strength: Strength
    obligor: Obligor
    negated: bool
    soft: Span | None
    permits: bool
    carve_out: Span | None
    past: bool
    names_force: bool


def manner_of(sentence: str, parties: Mapping[str, str], lexicon: Lexicon) -> Manner:
    """Return how `sentence` binds; `parties` maps words to the kind of party they name."""
    main = SUBORDINATE.sub(lambda m: " " * len(m[0]), sentence)
    if not main.strip():
        main = sentence
    binding = lexicon.modality["binding"].search(main)
    soft = lexicon.modality["soft"].search(main)
    carve = lexicon.modality["carve_out"].search(sentence)
    negated = lexicon.modality["negators"].search(main)
    forbids = soft is not None and _binds_after_all(main, soft, binding, negated)
    if forbids:
        soft = None  # "no officer may", "may only": what is not allowed is bound
    strength: Strength = "soft" if soft else "binding" if binding or forbids else "none"
    verb = soft or binding
    obligor = _obligor(main, verb.start() if verb else len(main), parties)
    past = not binding and not soft and bool(lexicon.modality["past"].search(main))
    return Manner(
        strength,
        obligor,
        negated is not None,
        soft.span() if soft else None,
        soft is not None and soft[0].lower() in PERMITTING,
        carve.span() if carve else None,
        past,
        any(parties.get(word) == "force" for word in TOKEN.findall(plain(sentence))),
    )


def _binds_after_all(sentence: str, soft: Found, binding: Found | None, negated: Found | None) -> bool:
    """Tell whether a soft verb is governed by one that binds, or permits nothing but within bounds."""
    word, before = soft[0].lower(), sentence[: soft.start()]
    # "shall not … may": the first verb governs, unless what it binds to is soft itself ("shall endeavour").
    governed = binding is not None and binding.start() <= soft.start() and soft.start() - binding.end() >= SOFTENS
    # "may not" forbids.
    forbidden = negated is not None and word in WEAK_AUXILIARIES and 0 <= negated.start() - soft.end() < 3
    # "may be sent only by written order" restricts; "no officer may" forbids.
    restricted = word in PERMITTING and RESTRICTION.search(sentence) is not None
    conditional = HINDSIGHT.match(sentence, soft.start()) is not None
    return governed or forbidden or restricted or conditional or NOBODY.search(before) is not None


def _obligor(sentence: str, verb: int, parties: Mapping[str, str]) -> Obligor:
    """Return the party named nearest before the verb, or by whom where the verb is passive."""
    subject = plain(sentence[:verb])
    if re.search(r"\bpart(?:y|ies)\b", subject) or re.search(r"\bboth\b", subject):
        return "both"
    kinds = [kind for w in TOKEN.findall(subject) if (kind := parties.get(w)) and kind != "no"]
    if not kinds and (agent := re.search(r"\bby (?:the )?(\w+)", plain(sentence[verb:]))):
        kinds = [kind] if (kind := parties.get(agent[1])) and kind != "no" else []
    if {"force", "company"} <= set(kinds) and re.search(r"\band\b", subject):
        return "both"
    return kinds[-1] if kinds else ""  # type: ignore[return-value]
