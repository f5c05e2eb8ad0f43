"""The one sentence that says why: what a finding tells the reader, in the reader's language."""

from __future__ import annotations

from ..language import Language
from ..requirement import Requirement
from .judge import NAMED, Judged


def message_of(requirement: Requirement, judged: Judged, language: Language) -> str:
    """Return the reason for the verdict in one sentence."""
    say = language.say
    asks = {limb.id: say(limb.asks) for limb in requirement.limbs}
    if judged.verdict == "met":
        return say("Stated as a duty, with every limb.")
    if judged.verdict == "missing":
        return say("No passage was found that deals with it.")
    if judged.verdict == "contradicted":
        return _contrary(requirement, judged, language)
    if judged.verdict == "undetermined":
        return _undetermined(judged, language)
    doubts = dict.fromkeys(d.said(language) for found in judged.weak.values() for d in found)
    if doubts and not judged.has:
        return say("Stated, but {doubts}.", doubts=", ".join(doubts))
    absent = [asks[limb] for limb in judged.lacks if limb not in judged.weak]
    softened = [f"{asks[limb]} ({judged.weak[limb][0].said(language)})" for limb in judged.lacks if limb in judged.weak]
    if absent and softened:
        both = "The text does not say that: {absent}, and says only weakly that: {softened}."
        return say(both, absent="; ".join(absent), softened="; ".join(softened))
    if softened:
        return say("The text says only weakly that: {softened}.", softened="; ".join(softened))
    return say("The text does not say that: {absent}.", absent="; ".join(absent))


def _undetermined(judged: Judged, language: Language) -> str:
    annex = next((s.absent_annex for s in judged.relevant if s.absent_annex), "")
    if annex:
        return language.say("It may be in {annex}, which is not in the file; supply it.", annex=annex)
    if not judged.relevant:
        return language.say("It may be in the part of the text that could not be read.")
    return language.say("The text on it is struck through or left open; read the passage.")


def _contrary(requirement: Requirement, judged: Judged, language: Language) -> str:
    says = {harm.id: harm.says for harm in requirement.harms}
    best = max(((p, h) for s in judged.contrary for h, p in s.harms.items()), default=(0.0, ""))
    if best[0] >= NAMED:
        return language.say("A term says the opposite: {harm}.", harm=language.say(says[best[1]]))
    return language.say("A term takes away or reverses what is asked.")
