"""The one sentence that says why: what a finding tells the reader."""

from __future__ import annotations

from ..requirement import Requirement
from .judge import NAMED, Judged


def message_of(requirement: Requirement, judged: Judged) -> str:
    """Return the reason for the verdict in one sentence."""
    asks = {limb.id: limb.asks for limb in requirement.limbs}
    if judged.verdict == "met":
        return "Stated as a duty, with every limb."
    if judged.verdict == "missing":
        return "No passage was found that deals with it."
    if judged.verdict == "contradicted":
        return _contrary(requirement, judged)
    if judged.verdict == "undetermined":
        annex = next((s.absent_annex for s in judged.relevant if s.absent_annex), "")
        if annex:
            return f"It may be in {annex}, which is not in the file; supply it."
        return "The text on it is struck through or left open; read the passage."
    doubts = dict.fromkeys(d.says for found in judged.weak.values() for d in found)
    if doubts and not judged.has:
        return f"Stated, but {', '.join(doubts)}."
    absent = [asks[limb] for limb in judged.lacks if limb not in judged.weak]
    softened = [f"{asks[limb]} ({judged.weak[limb][0].says})" for limb in judged.lacks if limb in judged.weak]
    parts = []
    if absent:
        parts.append("does not say that: " + "; ".join(absent))
    if softened:
        parts.append("says only weakly that: " + "; ".join(softened))
    return f"The text {', and '.join(parts)}."


def _contrary(requirement: Requirement, judged: Judged) -> str:
    says = {harm.id: harm.says for harm in requirement.harms}
    best = max(((p, h) for s in judged.contrary for h, p in s.harms.items()), default=(0.0, ""))
    if best[0] >= NAMED:
        return f"A term says the opposite: {says[best[1]]}."
    return "A term takes away or reverses what is asked."
