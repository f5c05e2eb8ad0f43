"""The part of an agreement that is in one language: its passages, how they bind, and what they state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from ..agreement import Agreement
from ..requirement import Requirement
from .context import in_context, odds
from .judge import Statement, Thresholds
from .lexicon import Lexicon, load_lexicon
from .manner import Manner, Span
from .model import Model, Scores, blend
from .override import overridden
from .parties import named_in
from .structure import Passage, passages_of

DENIED = 0.2  # below this the model denies that a sentence is soft, whatever words it has
WEAK = ("soft", "recital", "past-fact")
MANNERS = ("soft", "recital", "company-only", "carve-out", "past-fact")


class Part:
    """Holds what all requirements are judged on: passages, sentences and their scores."""

    def __init__(self, agreement: Agreement, language: str, limits: Thresholds) -> None:
        from .pipeline import bundled_model, parse  # here, because spaCy takes half a second to import

        self.language, self.limits = language, limits
        model = bundled_model(language)
        self.lexicon, self.heads = load_lexicon(language), model.heads
        everything = passages_of(agreement, self.lexicon)
        self.passages = tuple(p for p in everything if p.speaks)
        parties = named_in((p.text for p in self.passages), self.lexicon)
        docs = parse((p.whole for p in self.passages), parties, language)
        self.sentences = [list(doc.sents) for doc in docs]
        empty = np.zeros((0, len(self.heads)), np.float32)
        self.scores: Scores = np.stack([doc._.scores for doc in docs]) if docs else empty
        alone = {head[1]: self.scores[:, column] for head, column in self.heads.items() if head[0] == "relevant"}
        self.relevance = self._in_context(model, parties, alone) if docs else alone
        self.bears = {subject: np.maximum(alone[subject], found) for subject, found in self.relevance.items()}
        self.by_sentence = [np.stack([s._.scores for s in sentences]) for sentences in self.sentences]
        # What does not depend on the requirement is worked out once, not once for each of them.
        self.said = [{m: float(row[self.heads["manner", m]]) for m in MANNERS} for row in self.scores]
        self.annexes = _annexes(everything, self.lexicon)
        self.reached = overridden(self.passages, self.lexicon)

    def _in_context(self, model: Model, parties: Mapping[str, str], alone: Mapping[str, Scores]) -> dict[str, Scores]:
        """Return by requirement how likely each passage bears on it, where it stands."""
        columns = [self.heads["relevant", subject] for subject in alone]
        headings = sorted({p.heading for p in self.passages if p.heading})
        if len(headings) == 1:
            headings = []  # it is the title of the whole, and tells nothing of the passages under it
        read = dict(zip(headings, odds(model.score(headings, parties)[:, columns]), strict=True))
        unheaded = np.full(len(columns), np.nan)
        headed = np.stack([read.get(p.heading, unheaded) for p in self.passages])
        own = odds(np.stack(list(alone.values()), axis=-1))
        likely = in_context(own, headed, [p.heading for p in self.passages], model.context)
        return dict(zip(alone, likely.T, strict=True))

    def statements(self, requirement: Requirement) -> list[Statement]:
        """Return each passage as it bears on `requirement`."""
        head = self.heads
        relevance, bears = self.relevance[requirement.id], self.bears[requirement.id]
        contrary = blend(
            (self.scores[:, head["contrary", requirement.id]], 1), (self.scores[:, head["manner", "contrary"]], 2)
        )
        named = [harm.id for harm in requirement.harms]
        harms = self.scores[:, [head["harm", requirement.id, harm] for harm in named]]
        found = [
            Statement(
                passage=passage,
                relevance=float(relevance[index]),
                bears=float(bears[index]),
                # What is surely on another subject is not asked what it states.
                limbs=self._limbs(requirement, index) if bears[index] >= self.limits.named else {},
                said=self.said[index],
                contrary=float(contrary[index]),
                harms=dict(zip(named, harms[index].tolist(), strict=True)),
                absent_annex=self.absent.get(index, ""),
                applied=index in self._applied,
                taught=float(self.scores[index, head["relevant", "training-hr-ihl"]]),
            )
            for index, passage in enumerate(self.passages)
        ]
        return self._override(self._spread(requirement, found))

    def _override(self, statements: list[Statement]) -> list[Statement]:
        """Let a passage that switches off a clause speak against the requirement which that clause states."""
        for index, reached in self.reached.items():
            if any(statements[i].limbs and statements[i].relevance >= self.limits.relevant for i in reached):
                statements[index] = replace(statements[index], relevance=1.0, bears=1.0, contrary=1.0)
        return statements

    def _spread(self, requirement: Requirement, statements: list[Statement]) -> list[Statement]:
        """Add the limbs that passages state together and none alone: the levels of a contact matrix, row by row."""
        on_it = [i for i, s in enumerate(statements) if s.relevance >= self.limits.relevant]
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

    def _limbs(self, requirement: Requirement, index: int) -> dict[str, tuple[Manner, Span]]:
        """Return the limbs that a passage states, each with the manner and span of the sentence that states it best."""
        stated = {}
        # Where the passage as a whole meets the requirement, a limb that is said in other words is believed sooner.
        seconded = self.scores[index, self.heads["whole", requirement.id]] >= self.limits.whole
        least = self.limits.seconded if seconded else self.limits.limb
        for limb in requirement.limbs:
            column = self.heads["limb", requirement.id, limb.id]
            by_sentence = self.by_sentence[index][:, column]
            if max(self.scores[index, column], by_sentence.max()) < least:
                continue
            if not self._worded(f"{requirement.id}/{limb.id}", self.passages[index]):
                continue
            which = int(by_sentence.argmax())
            best = self.sentences[index][which]
            manner = best._.manner
            said = self.by_sentence[index][which]
            if manner.soft and max(said[self.heads["manner", m]] for m in WEAK) < DENIED:
                manner = replace(manner, soft=None)  # "knew or should have known" softens nothing
            stated[limb.id] = (manner, (best.start_char, best.end_char))
        return stated

    def _worded(self, limb: str, passage: Passage) -> bool:
        """Tell whether `passage` has the words without which `limb` cannot be stated, and none that rule it out."""
        needs, unless = self.lexicon.needs.get(limb), self.lexicon.unless.get(limb)
        text = f"{passage.heading}\n{passage.whole}"
        return not (needs and not needs.search(text)) and not (unless and unless.search(passage.whole))

    @cached_property
    def _applied(self) -> frozenset[int]:
        """The definitions whose term an operative passage has followed ("shall act in keeping with the Texts")."""
        text = "\n".join(p.whole for p in self.passages if p.kind == "clause")
        followed = self.lexicon.modality["compliance"].pattern
        objects = "\n".join(m[1] for m in re.finditer(rf"{followed}([^.;\n]{{0,90}})", text))
        defined = self.lexicon.patterns["defined"]
        terms = {i: defined.match(p.text) for i, p in enumerate(self.passages) if p.kind == "definition"}
        return frozenset(i for i, term in terms.items() if term and term[1] in objects)

    @cached_property
    def absent(self) -> dict[int, str]:
        """The annex that is not in the file, by the passage that refers to it."""
        annexed = self.lexicon.patterns["annexed"]
        named = ((i, name) for i, p in enumerate(self.passages) for name in annexed.findall(p.text))
        return {i: name for i, name in named if name.lower() not in self.annexes}


def _annexes(passages: Sequence[Passage], lexicon: Lexicon) -> frozenset[str]:
    """Return the annexes that are in the file, by their headings."""
    annexed = lexicon.patterns["annexed"]
    found = (m[1].lower() for p in passages if p.kind == "heading" and (m := annexed.match(p.heading.title())))
    return frozenset(found)
