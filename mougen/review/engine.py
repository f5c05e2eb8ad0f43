"""An agreement in, a review out: the one place where the steps of reviewing are put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..agreement import Agreement
from ..errors import ReviewError
from ..language import SOURCE, Language, load_language
from ..library import Library
from ..requirement import FACTS, Requirement
from .facts import facts_used
from .finding import Evidence, Finding, FlagRaised, Nearest, Review
from .flags import Said, raised
from .judge import NAMED, Judged, Statement, Thresholds, judge
from .part import Part
from .sections import sections_of
from .structure import Passage
from .suggest import suggestion
from .unread import not_applicable, unread
from .wording import message_of

UNREAD = "Part of the text is in a language that mougen cannot review ({language}); what is missing may be there."
SHOWN, CLOSEST = 6, 2  # passages quoted for a finding; passages shown that came closest to a missing one


def review_agreement(
    agreement: Agreement, *, facts: Mapping[str, bool], library: Library, language: str = SOURCE
) -> Review:
    """Return the review of `agreement`, said in `language`; `facts` are known, the others are inferred or assumed.

    Each section is read in its own language. A text in a language without a lexicon comes back with every verdict
    undetermined. Raises ReviewError for a fact that does not exist, and where there are no words.
    """
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise ReviewError(f"`{unknown[0]}` is not a fact; known: {', '.join(FACTS)}")
    spoken = load_language(language)
    sections = sections_of(agreement)
    if not sections.read:
        return unread(agreement, library, sections.main, facts, spoken)
    parts = [Part(section, code, Thresholds()) for code, section in sections.read.items()]
    return _Reviewer(agreement, library, sections.main, parts, sections.unread, spoken).review(facts)


class _Reviewer:
    """Holds the parts of one agreement and puts what they state together."""

    limits = Thresholds()

    def __init__(
        self,
        agreement: Agreement,
        library: Library,
        main: str,
        parts: Sequence[Part],
        unread: Sequence[str],
        spoken: Language,
    ) -> None:
        self.agreement, self.library, self.main = agreement, library, main
        self.parts, self.unread, self.spoken = parts, unread, spoken

    def review(self, given: Mapping[str, bool]) -> Review:
        used = facts_used([(p.passages, p.lexicon) for p in self.parts], given)
        true = frozenset(name for name, fact in used.items() if fact.value)
        findings = []
        for requirement in self.library.requirements.values():
            if not requirement.applies_to(true):
                findings.append(not_applicable(requirement, self.spoken))
                continue
            statements = [s for part in self.parts for s in part.statements(requirement)]
            judged = judge(requirement, statements, true, self.limits)
            if judged.verdict == "missing" and self.unread:
                judged = replace(judged, verdict="undetermined")  # it may be in what could not be read
            findings.append(self.finding(requirement, statements, judged, true))
        said = [Said(p.passages, p.scores, p.heads, p.bears, tuple(findings), p.absent) for p in self.parts]
        flags = [f for flag in self.library.red_flags for f in self.flags(flag, said)]
        clauses = dict.fromkeys(f.clause for f in findings if f.gap and f.clause)
        return Review(
            agreement=self.agreement,
            language=self.main,
            facts=used,
            findings=tuple(findings),
            red_flags=tuple(flags),
            suggestions={id: s for id in clauses if (s := suggestion(self.library, id, self.main))},
            notes=(*self.agreement.notes, *map(self.unread_note, self.unread)),
            digest=self.library.digest,
            spoken=self.spoken,
        )

    def unread_note(self, language: str) -> str:
        said = (
            "A part of the text is in a language that mougen cannot review ({language}); what is missing may be there."
        )
        return self.spoken.say(said, language=language)

    def flags(self, id: str, said: Sequence[Said]) -> list[FlagRaised]:
        """Return the red flag `id` once, with the passages of all parts that raise it, or nothing."""
        flag = self.library.red_flags[id]
        found = [passage for part in said for passage in raised(flag, part)]
        if not found:
            return []
        says = self.spoken.say(flag.says)
        return [
            FlagRaised(
                id,
                self.spoken.say(flag.title),
                flag.severity,
                f"{says[:1].upper()}{says[1:]}.",
                self.spoken.say(flag.why),
                tuple(map(self.quoted, found)),
                flag.contradicts,
            )
        ]

    def finding(
        self, requirement: Requirement, statements: Sequence[Statement], judged: Judged, facts: frozenset[str]
    ) -> Finding:
        shown = judged.contrary if judged.verdict == "contradicted" else judged.relevant
        ranked = sorted(shown, key=lambda s: (-len(s.limbs), -s.relevance))[:SHOWN]
        return Finding(
            requirement=requirement.id,
            title=self.spoken.say(requirement.title),
            category=requirement.category,
            verdict=judged.verdict,
            severity=requirement.severity_for(facts),
            core=requirement.core,
            message=message_of(requirement, judged, self.spoken),
            evidence=tuple(self.evidence(s, judged) for s in sorted(ranked, key=lambda s: s.passage.start)),
            has=tuple(limb.id for limb in requirement.limbs if limb.id in judged.has),
            lacks=judged.lacks if judged.verdict != "met" else (),
            contrary=tuple(dict.fromkeys(h for s in judged.contrary for h, p in s.harms.items() if p >= NAMED)),
            nearest=self.nearest(statements) if judged.verdict == "missing" else (),
            clause=requirement.clause if judged.verdict != "met" else "",
            cites=tuple(str(c) for c in requirement.citations),
        )

    def evidence(self, statement: Statement, judged: Judged | None) -> Evidence:
        passage = statement.passage
        doubts = judged.doubts.get(passage.start, ()) if judged else ()
        led = len(passage.whole) - len(passage.text)  # spans of doubts count from what leads into the passage
        spans = {
            (a - led + passage.start, b - led + passage.start)
            for d in doubts
            if d.span
            for a, b in (d.span,)
            if a >= led
        }
        return Evidence(
            quote=self.agreement.text[passage.start : passage.end],
            where=passage.where,
            start=passage.start,
            end=passage.end,
            limbs=tuple(statement.limbs),
            doubts=tuple(dict.fromkeys(d.said(self.spoken) for d in doubts)),
            deciding=tuple(sorted(spans)),
        )

    def quoted(self, passage: Passage) -> Evidence:
        return self.evidence(Statement(passage, 1.0, {}, {}), None)

    def nearest(self, statements: Sequence[Statement]) -> tuple[Nearest, ...]:
        """Return the passages that came closest to a missing requirement, each with why it does not count."""
        closest = sorted(statements, key=lambda s: -s.relevance)[:CLOSEST]
        touches, other = "touches the subject and states nothing of it", "is on another subject"
        return tuple(
            Nearest(self.evidence(s, None), self.spoken.say(touches if s.relevance > 0.2 else other))
            for s in closest
            if s.relevance >= self.limits.named
        )
