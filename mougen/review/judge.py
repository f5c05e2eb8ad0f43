"""The judging rules J1-J10 as small functions, and the verdict that follows from what they leave.

The model says what a passage states; these rules say what that is worth. Nothing is met by a score alone: every needed
limb must be stated by a passage that binds the right party, in the operative text, without a way out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..language import Language
from ..requirement import Requirement
from .finding import Verdict
from .manner import Manner, Span
from .structure import Passage


@dataclass(frozen=True, slots=True)
class Statement:
    """One passage as it bears on one requirement: how likely it does where it stands, or at all (`bears`).

    `limbs` maps each limb that it states to the manner of the sentence that states it and that sentence's span in the
    passage; `said` holds the probabilities of the model for the passage's manner; `contrary` and `harms` what it says
    against the requirement. `applied` tells that a binding passage has the term followed which this one defines,
    `taught` how likely it is that the passage says what people are trained in.
    """

    passage: Passage
    relevance: float
    limbs: Mapping[str, tuple[Manner, Span]]
    said: Mapping[str, float]
    bears: float = 0.0
    contrary: float = 0.0
    harms: Mapping[str, float] = field(default_factory=dict)
    absent_annex: str = ""
    applied: bool = False
    taught: float = 0.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a statement does not count in full: the rule, one phrase, and the deciding words (offsets in the passage).

    `says` has a place for the `words` that decided, where there are any.
    """

    rule: str
    says: str
    span: Span | None = None
    words: str = ""

    def said(self, language: Language) -> str:
        return language.say(self.says, words=self.words) if self.words else language.say(self.says)


Rule = Callable[[Requirement, Statement, Manner, Span], Doubt | None]
LEAST_WORDS = 6  # fewer words state no harm, whatever they remind the model of
# From here the model alone says so, and from here it agrees with a rule that says so.
SURE = {"soft": 0.3, "recital": 0.3, "company-only": 0.3, "carve-out": 0.45, "past-fact": 0.45, "taught": 0.6}
LIKELY = 0.2
NAMED = 0.3  # a harm that a contrary passage states is named from here


def obligor(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """J1: a duty that the company alone bears, where the force should."""
    if requirement.obligor not in ("force", "both"):
        return None
    said = statement.said["company-only"]
    if manner.obligor == "force":
        return None  # its grammar tells more surely than the model does
    alone = manner.obligor in ("company", "guards")
    if said >= SURE["company-only"] or (alone and (said >= LIKELY or not manner.names_force)):
        return Doubt("J1", "binds the company alone")
    return None


def modality(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """J2: a soft verb binds nobody."""
    if manner.soft and not (manner.permits and manner.obligor != "force"):
        where = (span[0] + manner.soft[0], span[0] + manner.soft[1])
        words = statement.passage.whole[where[0] : where[1]]
        return Doubt("J2", "soft wording: “{words}”", where, words)
    if statement.said["soft"] >= SURE["soft"] and manner.strength != "binding":
        return Doubt("J2", "soft wording")
    return None


def location(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """J3: recitals, definitions and headings create no duty, nor do the rows of a form or table."""
    if statement.passage.kind == "definition" and not (requirement.defined and statement.applied):
        return Doubt("J3", "stated in a definition only")
    if statement.passage.kind == "row" and not requirement.tabular:
        return Doubt("J3", "named in a table or form only")
    if statement.passage.kind == "recital" or statement.said["recital"] >= SURE["recital"]:
        return Doubt("J3", "stated in a recital only")
    return None


def carve_out(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """J7: a way out for operations, orders, security or funds."""
    if manner.carve_out:
        where = (span[0] + manner.carve_out[0], span[0] + manner.carve_out[1])
        return Doubt("J7", "a way out: “{words}”", where, statement.passage.whole[where[0] : where[1]])
    if statement.said["carve-out"] >= SURE["carve-out"]:
        return Doubt("J7", "an exception takes back what is granted")
    return None


def sense(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """J8: a rule that is named as a subject of training is not thereby laid down."""
    if requirement.category != "training" and statement.taught >= SURE["taught"]:
        return Doubt("J8", "named as a subject of training only")
    return None


def past_fact(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """A statement of what was done creates no duty (real-agreements.md, phrase 24)."""
    if statement.said["past-fact"] >= SURE["past-fact"] or (manner.past and statement.said["past-fact"] >= LIKELY):
        return Doubt("past", "tells what was done and binds nobody")
    return None


def open_text(requirement: Requirement, statement: Statement, manner: Manner, span: Span) -> Doubt | None:
    """Struck or open text is not agreed (real-agreements.md, phrase 26)."""
    return Doubt("open", statement.passage.doubtful) if statement.passage.doubtful else None


RULES: tuple[Rule, ...] = (obligor, modality, location, carve_out, sense, past_fact, open_text)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a requirement, with what each statement was worth."""

    verdict: Verdict
    has: frozenset[str]
    weak: Mapping[str, tuple[Doubt, ...]]
    lacks: tuple[str, ...]
    contrary: tuple[Statement, ...]
    relevant: tuple[Statement, ...]
    doubts: Mapping[int, tuple[Doubt, ...]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which the model is believed; calibrated on whole agreements for few false "met"."""

    relevant: float = 0.3
    named: float = 0.02
    limb: float = 0.25
    whole: float = 0.3
    seconded: float = 0.2
    contrary: float = 0.5
    harm: float = 0.8


def judge(
    requirement: Requirement, statements: Sequence[Statement], facts: frozenset[str], limits: Thresholds
) -> Judged:
    """Return the verdict on `requirement` from all `statements` of an agreement that bear on it."""
    relevant = [s for s in statements if s.relevance >= limits.relevant]
    contrary = [s for s in statements if is_contrary(s, limits)]
    against = {s.passage.start for s in contrary}
    has: set[str] = set()
    weak: dict[str, tuple[Doubt, ...]] = {}
    doubts: dict[int, tuple[Doubt, ...]] = {}
    shared = _shared(requirement, relevant)
    theirs = {limb.id for limb in requirement.limbs if shared or limb.by == "company"}
    for statement in relevant:
        if statement.passage.start in against:
            continue
        for limb, (manner, span) in statement.limbs.items():
            rules = (rule for rule in RULES if rule is not obligor or limb not in theirs)
            found = tuple(d for rule in rules if (d := rule(requirement, statement, manner, span)))
            if found:
                weak.setdefault(limb, found)
                doubts.setdefault(statement.passage.start, found)
            else:
                has.add(limb)
    needed = [limb.id for limb in requirement.needed_limbs(facts)]
    lacks = tuple(limb for limb in needed if limb not in has)
    verdict = _verdict(relevant, contrary, lacks, has | set(weak))
    if verdict == "missing" and (named := [s for s in statements if s.absent_annex and s.relevance >= limits.named]):
        verdict, relevant = "undetermined", named  # J9: it may be in the annex that was not supplied
    return Judged(verdict, frozenset(has), weak, lacks, tuple(contrary), tuple(relevant), doubts)


def _shared(requirement: Requirement, statements: Iterable[Statement]) -> bool:
    """Tell whether a duty that may fall on either side falls on more than the company."""
    return requirement.obligor == "both" and any(
        not obligor(requirement, s, manner, span) for s in statements for manner, span in s.limbs.values()
    )


def states_something(passage: Passage) -> bool:
    """Tell whether a passage has enough words to state a harm, is agreed text, and lays something down."""
    least = 2 * LEAST_WORDS if passage.text.rstrip().endswith(":") else LEAST_WORDS  # a short lead-in says nothing yet
    enough = len(re.findall(r"\w+", passage.text)) >= least
    return enough and passage.kind not in ("definition", "recital") and not passage.doubtful


def is_contrary(statement: Statement, limits: Thresholds) -> bool:
    """J4: the passage says the opposite, or states a harm; under whichever heading it does so."""
    likely = max(statement.harms.values(), default=0.0)
    against = statement.contrary >= limits.contrary or likely >= limits.harm
    return against and statement.bears >= limits.relevant and states_something(statement.passage)


def _verdict(
    relevant: Sequence[Statement],
    contrary: Sequence[Statement],
    lacks: tuple[str, ...],
    stated: set[str],
) -> Verdict:
    if contrary:
        return "contradicted"
    if not relevant:
        return "missing"
    if not lacks:
        return "met"
    if all(s.passage.doubtful for s in relevant):
        return "undetermined"
    if not stated and any(s.absent_annex for s in relevant):
        return "undetermined"  # J9: it may be in the annex that was not supplied
    return "partial"
