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
    r"(?:^|,\s*)(?:if|where|when|whenever|unless|should|once|before|after|while|until|in case|in the event)\b[^,;]*(?:,|$)",
    re.I,
)


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


def manner_of(sentence: str, parties: Mapping[str, str], lexicon: Lexicon) -> Manner:
    """Return how `sentence` binds; `parties` maps words to the kind of party they name."""
    main = SUBORDINATE.sub(lambda m: " " * len(m[0]), sentence)
    if not main.strip():
        main = sentence
    binding = lexicon.modality["binding"].search(main)
    soft = lexicon.modality["soft"].search(main)
    carve = lexicon.modality["carve_out"].search(sentence)
    negated = lexicon.modality["negators"].search(main)
    if soft and binding and binding.start() <= soft.start():
        # "shall not … may": the first verb governs, unless what it binds to is soft itself ("shall endeavour").
        softened = soft.start() - binding.end() < 14
        soft = soft if softened else None
    if (
        soft
        and negated
        and soft[0].lower() in ("may", "can", "might", "could")
        and 0 <= negated.start() - soft.end() < 3
    ):
        soft = None  # "may not" forbids
    if soft and soft[0].lower() in ("may", "can") and re.search(r"\bonly\b|\bnot (?:\w+ ){0,4}(?:unless|until|except)\b", main):
        soft = None  # "may be sent only by written order" restricts
    if soft and re.search(r"\b(?:nobody|no one|no \w+(?: \w+){0,3}|none|neither)\s*$", main[: soft.start()], re.I):
        soft = None  # "no officer may" forbids
    strength: Strength = "soft" if soft else "binding" if binding else "none"
    verb = soft or binding
    obligor = _obligor(main, verb.start() if verb else len(main), parties)
    past = not binding and not soft and bool(lexicon.modality["past"].search(main))
    return Manner(
        strength,
        obligor,
        negated is not None,
        soft.span() if soft else None,
        bool(soft) and soft[0].lower() in ("may", "can"),
        carve.span() if carve else None,
        past,
    )


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


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`; numbers and abbreviations do not end one."""
    ends = [
        m.end() for m in re.finditer(r"(?<![A-Z])(?<!\bNo)(?<!\bart)(?<!\bArt)[.;!?](?=\s+[A-Z(“\"]|\s*$)|\n+", text)
    ]
    spans, start = [], 0
    for end in [*ends, len(text)]:
        if text[start:end].strip():
            spans.append((start, end))
        start = end
    return spans
