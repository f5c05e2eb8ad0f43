"""An agreement in, a review out: the one place where the steps of reviewing are put in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ..agreement import Agreement
from ..data import data_root
from ..errors import ReviewError
from ..library import Library
from ..requirement import FACTS, RedFlag, Requirement
from .facts import facts_used
from .finding import Evidence, Finding, FlagRaised, Nearest, Review
from .judge import Judged, Statement, Thresholds, is_contrary, judge
from .language import language_of
from .lexicon import Lexicon, load_lexicon
from .manner import manner_of, sentences
from .model import Model, Scores, blend, load_model
from .parties import aliases, party_words
from .structure import Passage, passages_of
from .suggest import suggestion
from .wording import message_of

MANNERS = ("soft", "recital", "company-only", "carve-out", "past-fact")


@cache
def bundled_model() -> Model:
    """Return the model that ships with mougen."""
    return load_model(data_root("model"))


def review_agreement(agreement: Agreement, *, facts: Mapping[str, bool], library: Library) -> Review:
    """Return the review of `agreement`; `facts` are those that are known, the others are inferred or assumed.

    Raises ReviewError for a fact that does not exist, and where the agreement is in a language that has no lexicon.
    """
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise ReviewError(f"`{unknown[0]}` is not a fact; known: {', '.join(FACTS)}")
    language = language_of(agreement)
    return _Reviewer(agreement, load_lexicon(language), bundled_model(), library, language).review(facts)


class _Reviewer:
    """Holds what all requirements are judged on: passages, sentences and their scores."""

    limits = Thresholds()

    def __init__(self, agreement: Agreement, lexicon: Lexicon, model: Model, library: Library, language: str) -> None:
        self.agreement, self.lexicon, self.model, self.library = agreement, lexicon, model, library
        self.language = language
        everything = passages_of(agreement, lexicon)
        self.passages = tuple(p for p in everything if p.kind not in ("heading", "aside") and p.text.strip())
        self.parties = party_words(aliases((p.text for p in everything[:60]), lexicon), lexicon)
        self.spans = [sentences(p.whole) for p in self.passages]
        self.scores = model.score([p.whole for p in self.passages], self.parties)
        self.sentence_scores = [self._sentence_scores(i) for i in range(len(self.passages))]
        self.annexes = _annexes(everything)

    def _sentence_scores(self, index: int) -> Scores:
        """Return the scores of the sentences of a passage; those of the passage where it is but one sentence."""
        spans, whole = self.spans[index], self.passages[index].whole
        if len(spans) < 2:
            return self.scores[index : index + 1]
        return self.model.score([whole[a:b] for a, b in spans], self.parties)

    def review(self, given: Mapping[str, bool]) -> Review:
        used = facts_used(self.agreement, self.passages, given, self.lexicon)
        true = frozenset(name for name, fact in used.items() if fact.value)
        findings, all_contrary = [], dict[str, tuple[Statement, ...]]()
        for requirement in self.library.requirements.values():
            if not requirement.applies_to(true):
                findings.append(self.not_applicable(requirement))
                continue
            judged = judge(requirement, self.statements(requirement), true, self.limits)
            all_contrary[requirement.id] = judged.contrary
            findings.append(self.finding(requirement, judged, true))
        flags = tuple(f for flag in self.library.red_flags.values() if (f := self.flag(flag)))
        clauses = dict.fromkeys(f.clause for f in findings if f.gap and f.clause)
        return Review(
            agreement=self.agreement,
            language=self.language,
            facts=used,
            findings=tuple(findings),
            red_flags=flags,
            suggestions={id: s for id in clauses if (s := suggestion(self.library, id, self.language))},
            notes=self.agreement.notes,
            digest=self.library.digest,
        )

    def statements(self, requirement: Requirement) -> list[Statement]:
        """Return each passage as it bears on `requirement`."""
        head = self.model.heads
        relevance = self.scores[:, head["relevant", requirement.id]]
        contrary = blend(
            (self.scores[:, head["contrary", requirement.id]], 1), (self.scores[:, head["manner", "contrary"]], 2)
        )
        found = []
        for index, passage in enumerate(self.passages):
            harms = {h.id: float(self.scores[index, head["harm", requirement.id, h.id]]) for h in requirement.harms}
            found.append(
                Statement(
                    passage=passage,
                    relevance=float(relevance[index]),
                    limbs=self.limbs(requirement, index),
                    said={m: float(self.scores[index, head["manner", m]]) for m in MANNERS},
                    contrary=float(contrary[index]),
                    harms=harms,
                    absent_annex=self.absent_annex(passage),
                )
            )
        return found

    def limbs(self, requirement: Requirement, index: int) -> dict[str, tuple]:  # type: ignore[type-arg]
        """Return the limbs that a passage states, each with the manner and span of the sentence that states it best."""
        stated = {}
        for limb in requirement.limbs:
            column = self.model.heads["limb", requirement.id, limb.id]
            by_sentence = self.sentence_scores[index][:, column]
            if max(float(self.scores[index, column]), float(by_sentence.max())) < self.limits.limb:
                continue
            start, end = self.spans[index][int(by_sentence.argmax())] if self.spans[index] else (0, 0)
            sentence = self.passages[index].whole[start:end]
            if not self.worded(f"{requirement.id}/{limb.id}", self.passages[index]):
                continue
            stated[limb.id] = (manner_of(sentence, self.parties, self.lexicon), (start, end))
        return stated

    def worded(self, limb: str, passage: Passage) -> bool:
        """Tell whether `passage` has the words without which `limb` cannot be stated, and none that rule it out."""
        needs, unless = self.lexicon.needs.get(limb), self.lexicon.unless.get(limb)
        text = f"{passage.heading}\n{passage.whole}"
        return not (needs and not needs.search(text)) and not (unless and unless.search(passage.whole))

    def absent_annex(self, passage: Passage) -> str:
        """Return the annex that `passage` refers to and that is not in the file, or nothing."""
        for name in ANNEX.findall(passage.text):
            if name.lower() not in self.annexes:
                return name
        return ""

    def not_applicable(self, requirement: Requirement) -> Finding:
        return Finding(
            requirement=requirement.id,
            title=requirement.title,
            category=requirement.category,
            verdict="not-applicable",
            severity=requirement.severity,
            core=requirement.core,
            message="Does not apply, because " + " and ".join(f"{f} is no" for f in requirement.applies) + ".",
        )

    def finding(self, requirement: Requirement, judged: Judged, facts: frozenset[str]) -> Finding:
        shown = judged.contrary if judged.verdict == "contradicted" else judged.relevant
        ranked = sorted(shown, key=lambda s: (-len(s.limbs), -s.relevance))[:6]
        return Finding(
            requirement=requirement.id,
            title=requirement.title,
            category=requirement.category,
            verdict=judged.verdict,
            severity=requirement.severity_for(facts),
            core=requirement.core,
            message=message_of(requirement, judged),
            evidence=tuple(self.evidence(s, judged) for s in sorted(ranked, key=lambda s: s.passage.start)),
            has=tuple(limb.id for limb in requirement.limbs if limb.id in judged.has),
            lacks=judged.lacks if judged.verdict != "met" else (),
            contrary=tuple(h for s in judged.contrary for h, p in s.harms.items() if p >= self.limits.harm),
            nearest=self.nearest(requirement) if judged.verdict == "missing" else (),
            clause=requirement.clause if judged.verdict != "met" else "",
            cites=tuple(str(c) for c in requirement.citations),
        )

    def evidence(self, statement: Statement, judged: Judged | None) -> Evidence:
        passage = statement.passage
        doubts = judged.doubts.get(passage.start, ()) if judged else ()
        return Evidence(
            quote=self.agreement.text[passage.start : passage.end],
            where=passage.where,
            start=passage.start,
            end=passage.end,
            limbs=tuple(statement.limbs),
            doubts=tuple(dict.fromkeys(d.says for d in doubts)),
        )

    def nearest(self, requirement: Requirement) -> tuple[Nearest, ...]:
        """Return the passages that came closest to a missing requirement, each with why it does not count."""
        statements = sorted(self.statements(requirement), key=lambda s: -s.relevance)[:2]
        return tuple(
            Nearest(
                self.evidence(s, None),
                "it is on another subject" if s.relevance < 0.1 else "it touches the subject and states nothing of it",
            )
            for s in statements
            if s.relevance >= 0.02
        )

    def flag(self, flag: RedFlag) -> FlagRaised | None:
        """Return the red flag if a passage raises it."""
        columns = [
            self.model.heads["harm", *pair.split("/")]
            for pair in flag.harms
            if ("harm", *pair.split("/")) in self.model.heads
        ]
        if ("flag", flag.id) in self.model.heads:
            columns.append(self.model.heads["flag", flag.id])
        if not columns or not len(self.passages):
            return None
        likely = self.scores[:, columns].max(1)
        raised = [i for i in range(len(self.passages)) if likely[i] >= self.limits.harm]
        if not raised:
            return None
        evidence = tuple(self.evidence(Statement(self.passages[i], 1.0, {}, {}), None) for i in raised[:6])
        return FlagRaised(
            flag.id,
            flag.title,
            flag.severity,
            f"{flag.says[:1].upper()}{flag.says[1:]}.",
            flag.why,
            evidence,
            flag.contradicts,
        )


ANNEX = re.compile(r"\b((?:Annex|Appendix|Schedule|Attachment)\s+[A-Z\d]{1,3})\b")


def _annexes(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the annexes that are in the file, by their headings."""
    found = (m[1].lower() for p in passages if p.kind == "heading" and (m := ANNEX.match(p.text.title())))
    return frozenset(found)


__all__ = ["Thresholds", "is_contrary", "review_agreement"]
