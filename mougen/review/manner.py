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

SOFTENS = 14  # characters after a binding verb within which a soft one softens it ("shall endeavour")
NEXT = 3  # characters between a negator and the verb that it forbids
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
    grammar = lexicon.patterns
    main = grammar["subordinate"].sub(lambda m: " " * len(m[0]), sentence)
    if not main.strip():
        main = sentence
    binds = (lexicon.modality["binding"].search(main), grammar["indicative"].search(main))
    binding = min(filter(None, binds), key=_start, default=None)
    soft = lexicon.modality["soft"].search(main)
    carve = lexicon.modality["carve_out"].search(sentence)
    negated = lexicon.modality["negators"].search(main)
    forbids = soft is not None and _binds_after_all(main, soft, binding, lexicon)
    if forbids:
        soft = None  # "no officer may", "may only": what is not allowed is bound
    strength: Strength = "soft" if soft else "binding" if binding or forbids else "none"
    verb = soft or binding
    obligor = _obligor(main, _start(verb) if verb else len(main), parties, grammar)
    past = not binding and not soft and bool(lexicon.modality["past"].search(main))
    return Manner(
        strength,
        obligor,
        negated is not None,
        soft.span() if soft else None,
        soft is not None and lexicon.modality["permitting"].fullmatch(soft[0]) is not None,
        carve.span() if carve else None,
        past,
        any(parties.get(word) == "force" for word in TOKEN.findall(plain(sentence))),
    )


def _start(found: Found) -> int:
    """Return where the verb begins; a pattern names it `verb` where it takes in what stands before it."""
    return found.start("verb") if "verb" in found.re.groupindex and found["verb"] else found.start()


def _binds_after_all(sentence: str, soft: Found, binding: Found | None, lexicon: Lexicon) -> bool:
    """Tell whether a soft verb is governed by one that binds, or permits nothing but within bounds."""
    before, modality, grammar = sentence[: soft.start()], lexicon.modality, lexicon.patterns
    negators = list(modality["negators"].finditer(sentence))
    # "shall not … may": the first verb governs, unless what it binds to is soft itself ("shall endeavour").
    governed = (
        binding is not None
        and _start(binding) <= soft.start()
        and soft.start() - binding.end() >= SOFTENS
        and grammar["governs"].search(sentence[binding.end() : soft.start()]) is not None
    )
    # "may not" forbids, and so does "no podrá".
    forbidden = modality["weak"].fullmatch(soft[0]) is not None and any(
        0 <= n.start() - soft.end() < NEXT or 0 <= soft.start() - n.end() < NEXT for n in negators
    )
    # "may be sent only by written order" restricts; "no officer may" forbids.
    restricted = modality["permitting"].fullmatch(soft[0]) is not None and bool(grammar["restriction"].search(sentence))
    conditional = grammar["hindsight"].match(sentence, soft.start()) is not None
    return governed or forbidden or restricted or conditional or grammar["nobody"].search(before) is not None


def _obligor(sentence: str, verb: int, parties: Mapping[str, str], grammar: Mapping[str, re.Pattern[str]]) -> Obligor:
    """Return the party named nearest before the verb, or by whom where the verb is passive."""
    subject = plain(sentence[:verb])
    if grammar["both"].search(subject):
        return "both"
    kinds = [kind for w in TOKEN.findall(subject) if (kind := parties.get(w)) and kind != "no"]
    if not kinds and (agent := grammar["agent"].search(plain(sentence[verb:]))):
        kinds = [kind] if (kind := parties.get(agent[1])) and kind != "no" else []
    if {"force", "company"} <= set(kinds) and grammar["joined"].search(subject):
        return "both"
    return kinds[-1] if kinds else ""  # type: ignore[return-value]
