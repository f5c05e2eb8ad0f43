"""What all report formats say in the same words: the verdict in one line, the core items, and the disclaimer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..language import Language
from ..review.finding import VERDICTS, Evidence, Finding, FlagRaised, Review

DISCLAIMER = (
    "mougen informs; it gives no legal advice and certifies nothing. “Required” is this project's severity for an "
    "agreement aligned with the Voluntary Principles on Security and Human Rights, not a legal duty. A lawyer must "
    "read the agreement itself before anyone relies on this report."
)
SPOKEN: Mapping[str, str] = {verdict: verdict.replace("-", " ") for verdict in VERDICTS}
SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a review; `required` and `recommended` are its gaps and `raised` its red flags, worst first."""

    verdicts: Mapping[str, int]
    required: tuple[Finding, ...]
    recommended: tuple[Finding, ...]
    core: int
    core_gaps: tuple[Finding, ...]
    raised: tuple[FlagRaised, ...]
    flags: Mapping[str, int]
    ok: bool
    language: Language

    @classmethod
    def of(cls, review: Review) -> Summary:
        """Count the findings and red flags of `review`."""
        said = [finding.verdict for finding in review.findings]
        raised = sorted(review.red_flags, key=lambda flag: SEVERITIES.index(flag.severity))
        return cls(
            verdicts={verdict: said.count(verdict) for verdict in VERDICTS},  # type: ignore[arg-type]
            required=tuple(f for f in review.gaps if f.severity == "required"),
            recommended=tuple(f for f in review.gaps if f.severity == "recommended"),
            core=sum(f.core and f.verdict != "not-applicable" for f in review.findings),
            core_gaps=tuple(f for f in review.gaps if f.core),
            raised=tuple(raised),
            flags={severity: sum(flag.severity == severity for flag in raised) for severity in SEVERITIES},
            ok=review.ok,
            language=review.spoken,
        )

    @property
    def headline(self) -> str:
        """The outcome in one sentence."""
        say, gaps, flags = self.language.say, len(self.required), len(self.raised)
        if not any((self.required, self.recommended, self.raised)):
            return say("No gap found and no red flag raised.")
        # One text for none, for one and for several, since languages build them differently.
        none, one, several = "No gap in required items", "1 gap in required items", "{n} gaps in required items"
        said = say(several, n=gaps) if gaps > 1 else say(one if gaps else none)
        if self.recommended:
            said += say(", {n} in recommended items", n=len(self.recommended))
        none, one, several = "; no red flag", "; 1 red flag", "; {n} red flags"
        said += say(several, n=flags) if flags > 1 else say(one if flags else none)
        if self.flags["high"]:
            said += say(" ({n} high)", n=self.flags["high"])
        return f"{said}."

    @property
    def core_line(self) -> str:
        """How the core items stand, in one sentence."""
        say, met = self.language.say, self.core - len(self.core_gaps)
        said = say("{met} of {core} core items are met", met=met, core=self.core)
        if self.core_gaps:
            said += say("; gaps in {ids}", ids=", ".join(f.requirement for f in self.core_gaps))
        return f"{said}."

    @property
    def counts(self) -> str:
        """How often each verdict was given: "12 met, 3 partial"."""
        say = self.language.say
        counted = ((number, say(SPOKEN[verdict])) for verdict, number in self.verdicts.items() if number)
        return ", ".join(say("{n} {verdict}", n=number, verdict=verdict) for number, verdict in counted)


def segments(review: Review, passage: Evidence) -> tuple[tuple[str, bool], ...]:
    """Return the quote in pieces, each with whether its words decided; joined they are the quote."""
    text = passage.quote
    if review.agreement.text[passage.start : passage.end] != text:
        return ((text, False),)
    pieces, at = [], 0
    for start, end in sorted(passage.deciding):
        first, last = max(start - passage.start, at), min(end - passage.start, len(text))
        if first < last:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:], False))
    return tuple(piece for piece in pieces if piece[0])


@cache
def _limbs() -> Mapping[tuple[str, str], str]:
    # Reviews name limbs by id. Their words stand in the catalogue, which a user's folder cannot change in meaning.
    from ..library import bundled_library

    requirements = bundled_library().requirements.values()
    return {(r.id, limb.id): limb.asks for r in requirements for limb in r.limbs} | {
        (r.id, harm.id): harm.says for r in requirements for harm in r.harms
    }


def limb_words(requirement: str, limb: str) -> str:
    """Return what a limb asks or a harm says; for one that the catalogue lacks, its id as words."""
    return _limbs().get((requirement, limb), limb.replace("-", " "))


def told(finding: Finding, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the text of a gap says the contrary of, lacks and says, in words."""
    # Of a missing or contradicted requirement all limbs are lacking as a rule, which is no news.
    lacks = () if finding.verdict in ("missing", "contradicted") else finding.lacks
    for word, limbs in (("says the contrary", finding.contrary), ("lacks", lacks), ("says", finding.has)):
        if limbs and finding.gap:
            yield word, tuple(dict.fromkeys(language.say(limb_words(finding.requirement, limb)) for limb in limbs))


def by_basis(review: Review) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the facts used under given, inferred and assumed, each as "firearms: yes" with the passage it rests on."""
    say = review.spoken.say
    found: dict[str, list[tuple[str, str]]] = {"given": [], "inferred": [], "assumed": []}
    for name, fact in review.facts.items():
        found[fact.basis].append((f"{name}: {say('yes' if fact.value else 'no')}", fact.passage))
    return {basis: tuple(facts) for basis, facts in found.items() if facts}
