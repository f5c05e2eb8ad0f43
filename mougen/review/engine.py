"""An agreement in, a review out: the one place where the steps of reviewing are put in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from ..agreement import Agreement
from ..errors import ReviewError
from ..library import Library
from ..requirement import FACTS, Requirement
from .facts import facts_used
from .finding import Evidence, Finding, Nearest, Review
from .flags import Said, raised
from .judge import NAMED, Judged, Statement, Thresholds, judge
from .language import language_of, languages
from .lexicon import Lexicon, load_lexicon
from .manner import Manner, Span
from .model import blend
from .override import overridden
from .parties import named_in
from .structure import Passage, passages_of
from .suggest import suggestion
from .unread import not_applicable, unread
from .wording import message_of

DENIED = 0.2  # below this the model denies that a sentence is soft, whatever words it has
WEAK = ("soft", "recital", "past-fact")
MANNERS = ("soft", "recital", "company-only", "carve-out", "past-fact")


def review_agreement(agreement: Agreement, *, facts: Mapping[str, bool], library: Library) -> Review:
    """Return the review of `agreement`; `facts` are those that are known, the others are inferred or assumed.

    A text in a language without a lexicon comes back with every verdict undetermined. Raises ReviewError for a fact
    that does not exist, and where there are no words.
    """
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise ReviewError(f"`{unknown[0]}` is not a fact; known: {', '.join(FACTS)}")
    language = language_of(agreement)
    if language not in languages():
        return unread(agreement, library, language, facts)
    return _Reviewer(agreement, library, language).review(facts)


class _Reviewer:
    """Holds what all requirements are judged on: passages, sentences and their scores."""

    limits = Thresholds()

    def __init__(self, agreement: Agreement, library: Library, language: str) -> None:
        from .pipeline import bundled_model, parse  # here, because spaCy takes half a second to import

        self.agreement, self.library, self.language = agreement, library, language
        self.lexicon, self.heads = load_lexicon(language), bundled_model().heads
        everything = passages_of(agreement, self.lexicon)
        self.passages = tuple(p for p in everything if p.speaks)
        parties = named_in((p.text for p in everything), self.lexicon)
        docs = parse((p.whole for p in self.passages), parties, language)
        self.sentences = [list(doc.sents) for doc in docs]
        self.scores = np.stack([doc._.scores for doc in docs]) if docs else np.zeros((0, len(self.heads)), np.float32)
        self.by_sentence = [np.stack([s._.scores for s in sentences]) for sentences in self.sentences]
        # What does not depend on the requirement is worked out once, not once for each of them.
        self.said = [{m: float(row[self.heads["manner", m]]) for m in MANNERS} for row in self.scores]
        self.annexes = _annexes(everything, self.lexicon)
        self.reached = overridden(self.passages, self.lexicon)

    def review(self, given: Mapping[str, bool]) -> Review:
        used = facts_used(self.passages, given, self.lexicon)
        true = frozenset(name for name, fact in used.items() if fact.value)
        findings = []
        for requirement in self.library.requirements.values():
            if not requirement.applies_to(true):
                findings.append(not_applicable(requirement))
                continue
            statements = self.statements(requirement)
            judged = judge(requirement, statements, true, self.limits)
            findings.append(self.finding(requirement, statements, judged, true))
        said = Said(self.passages, self.scores, self.heads, tuple(findings), self.absent)
        flags = tuple(f for flag in self.library.red_flags.values() if (f := raised(flag, said, self.quoted)))
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
        head = self.heads
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
                    said=self.said[index],
                    contrary=float(contrary[index]),
                    harms=harms,
                    absent_annex=self.absent.get(index, ""),
                    applied=index in self.applied,
                    taught=float(self.scores[index, head["relevant", "training-hr-ihl"]]),
                )
            )
        return self.override(self.spread(requirement, found))

    def override(self, statements: list[Statement]) -> list[Statement]:
        """Let a passage that switches off a clause speak against the requirement which that clause states."""
        for index, reached in self.reached.items():
            if any(statements[i].limbs and statements[i].relevance >= self.limits.credit for i in reached):
                statements[index] = replace(statements[index], relevance=1.0, contrary=1.0)
        return statements

    def spread(self, requirement: Requirement, statements: list[Statement]) -> list[Statement]:
        """Add the limbs that passages state together and none alone: the levels of a contact matrix, row by row."""
        on_it = [i for i, s in enumerate(statements) if s.relevance >= self.limits.credit]
        together = "\n".join(self.passages[i].whole for i in on_it)
        for limb in requirement.limbs:
            patterns = self.lexicon.spread.get(f"{requirement.id}/{limb.id}", ())
            if not patterns or not all(p.search(together) for p in patterns):
                continue
            index = max(on_it, key=lambda i: sum(bool(p.search(self.passages[i].whole)) for p in patterns))
            sentence = self.sentences[index][0]
            stated = {limb.id: (sentence._.manner, (sentence.start_char, sentence.end_char))}
            statements[index] = replace(statements[index], limbs={**statements[index].limbs, **stated})
        return statements

    def limbs(self, requirement: Requirement, index: int) -> dict[str, tuple[Manner, Span]]:
        """Return the limbs that a passage states, each with the manner and span of the sentence that states it best."""
        stated = {}
        for limb in requirement.limbs:
            column = self.heads["limb", requirement.id, limb.id]
            by_sentence = self.by_sentence[index][:, column]
            if max(self.scores[index, column], by_sentence.max()) < self.limits.limb:
                continue
            if not self.worded(f"{requirement.id}/{limb.id}", self.passages[index]):
                continue
            which = int(by_sentence.argmax())
            best = self.sentences[index][which]
            manner = best._.manner
            said = self.by_sentence[index][which]
            if manner.soft and max(said[self.heads["manner", m]] for m in WEAK) < DENIED:
                manner = replace(manner, soft=None)  # "knew or should have known" softens nothing
            stated[limb.id] = (manner, (best.start_char, best.end_char))
        return stated

    def worded(self, limb: str, passage: Passage) -> bool:
        """Tell whether `passage` has the words without which `limb` cannot be stated, and none that rule it out."""
        needs, unless = self.lexicon.needs.get(limb), self.lexicon.unless.get(limb)
        text = f"{passage.heading}\n{passage.whole}"
        return not (needs and not needs.search(text)) and not (unless and unless.search(passage.whole))

    @cached_property
    def applied(self) -> frozenset[int]:
        """The definitions whose term an operative passage has followed ("shall act in keeping with the Texts")."""
        text = "\n".join(p.whole for p in self.passages if p.kind == "clause")
        followed = self.lexicon.modality["compliance"].pattern
        objects = "\n".join(m[1] for m in re.finditer(rf"{followed}([^.;\n]{{0,90}})", text))
        terms = {
            i: self.lexicon.patterns["defined"].match(p.text)
            for i, p in enumerate(self.passages)
            if p.kind == "definition"
        }
        return frozenset(i for i, term in terms.items() if term and term[1] in objects)

    @cached_property
    def absent(self) -> dict[int, str]:
        """The annex that is not in the file, by the passage that refers to it."""
        named = (
            (i, name) for i, p in enumerate(self.passages) for name in self.lexicon.patterns["annexed"].findall(p.text)
        )
        return {i: name for i, name in named if name.lower() not in self.annexes}

    def finding(
        self, requirement: Requirement, statements: Sequence[Statement], judged: Judged, facts: frozenset[str]
    ) -> Finding:
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
            doubts=tuple(dict.fromkeys(d.says for d in doubts)),
            deciding=tuple(sorted(spans)),
        )

    def quoted(self, passage: Passage) -> Evidence:
        return self.evidence(Statement(passage, 1.0, {}, {}), None)

    def nearest(self, statements: Sequence[Statement]) -> tuple[Nearest, ...]:
        """Return the passages that came closest to a missing requirement, each with why it does not count."""
        closest = sorted(statements, key=lambda s: -s.relevance)[:2]
        touches, other = "touches the subject and states nothing of it", "is on another subject"
        return tuple(
            Nearest(self.evidence(s, None), touches if s.relevance > 0.2 else other)
            for s in closest
            if s.relevance >= 0.02
        )


def _annexes(passages: Sequence[Passage], lexicon: Lexicon) -> frozenset[str]:
    """Return the annexes that are in the file, by their headings."""
    annexed = lexicon.patterns["annexed"]
    found = (m[1].lower() for p in passages if p.kind == "heading" and (m := annexed.match(p.heading.title())))
    return frozenset(found)
