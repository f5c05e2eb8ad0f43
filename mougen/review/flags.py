"""Red flags: harmful terms that are there, whatever else the agreement says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..requirement import RedFlag
from .finding import Finding
from .judge import states_something
from .model import Head, Scores, blend
from .structure import Passage

BY_HARM, BY_ITSELF = 0.6, 0.8  # probabilities from which a passage raises a flag
# Below this a passage does not concern a requirement. It is low, because a flag missed is worse than one too many.
CONCERNED = 0.05
SHOWN = 4  # passages quoted
MECHANISMS = ("violations-", "monitoring-", "training-")  # what a label alone does not bring


@dataclass(frozen=True, slots=True)
class Said:
    """What the flags look at: passages with their scores, the findings, and references to annexes that are absent.

    `bears` says by requirement how likely each passage bears on it, where it stands or by its words alone.
    """

    passages: Sequence[Passage]
    scores: Scores
    heads: Mapping[Head, int]
    bears: Mapping[str, Scores]
    findings: Sequence[Finding]
    absent: Mapping[int, str]


def raised(flag: RedFlag, said: Said) -> list[Passage]:
    """Return the passages that raise `flag`, the first few in reading order."""
    derive = DERIVED.get(flag.id, _by_passages)
    return [said.passages[i] for i in sorted(derive(flag, said)[:SHOWN])]


def _by_passages(flag: RedFlag, said: Said) -> list[int]:
    """Return the passages that state a harm of the flag against the sense of what is asked, or raise it themselves.

    A harm to what the passage surely does not concern is none.
    """
    likely = np.zeros(len(said.passages), np.float32)
    against = said.scores[:, said.heads["manner", "contrary"]]
    for pair in flag.harms:
        requirement, harm = pair.split("/")
        stated = blend((said.scores[:, said.heads["harm", requirement, harm]], 2), (against, 1)) / BY_HARM
        likely = np.maximum(likely, np.where(said.bears[requirement] >= CONCERNED, stated, 0))
    if (own := said.heads.get(("flag", flag.id))) is not None:
        likely = np.maximum(likely, said.scores[:, own] / BY_ITSELF)
    ranked = np.argsort(-likely, kind="stable")
    return [int(i) for i in ranked if likely[i] >= 1 and states_something(said.passages[i])]


def _label_only(flag: RedFlag, said: Said) -> list[int]:
    """Return where the Voluntary Principles are cited in an agreement that has none of their mechanisms (J6)."""
    verdicts = {f.requirement: f for f in said.findings}
    cited = verdicts["conduct-vps"]
    missing = all(f.verdict == "missing" for id, f in verdicts.items() if id.startswith(MECHANISMS))
    if cited.verdict not in ("met", "partial") or not missing:
        return []
    starts = {e.start for e in cited.evidence}
    return [i for i, passage in enumerate(said.passages) if passage.start in starts]


def _absent_annex(flag: RedFlag, said: Said) -> list[int]:
    """Return the passages that refer to an annex which is not in the file (J9)."""
    return list(said.absent)


DERIVED: Mapping[str, Callable[[RedFlag, Said], list[int]]] = {
    "vps-label": _label_only,
    "unsupported-annex": _absent_annex,
}
