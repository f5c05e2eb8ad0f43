"""Passages in, obligations out: who is bound by each sentence, to what, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..reading.plain import literal_label
from ..review.features import plain
from ..review.lexicon import Lexicon
from ..review.manner import manner_of
from ..review.parties import named_in
from ..review.structure import Passage
from .deadlines import Deadlines, Time
from .duty import Interval, Kind, Who

WHO: dict[str, Who] = {"force": "Force", "company": "Company", "both": "both"}
# A sentence ends at a mark before a space, unless that ends an abbreviation or a single letter ("No. 5", "S. A. C.").
END = re.compile(r"(?<=[.!?])\s+(?=[\"“«(¿¡]?\w)")
SHORT = re.compile(
    r"(?:\b(?:No|Nos|N|art|arts|Art|para|Sr|Sra|Dr|Mr|Ms|Lt|Gen|Col|Cap|e\.g|i\.e|vs|p|núm|n)|\b[A-Z])\.$"
)
OPENING = 3  # words in which a text that has a subject of its own names it
TRAILING = re.compile(r" \w{1,3}\s*$")  # "and" before the verb that follows
LONGEST = 120  # characters of the words that say when


@dataclass(frozen=True, slots=True)
class Frame:
    """One obligation as it is worded, with the words that say when, and the first time that they name."""

    passage: Passage
    who: Who
    what: str
    when: str
    kind: Kind
    time: Time | None


@dataclass(frozen=True, slots=True)
class _Bound:
    """A sentence that binds, and whom."""

    text: str
    who: Who


class Frames:
    """Finds the obligations in the passages of one agreement, or part of one, in one language."""

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon, deadlines: Deadlines) -> None:
        """`passages` are all of them, because the first say who the parties are."""
        self.passages = [p for p in passages if p.speaks]
        self.lexicon, self.deadlines = lexicon, deadlines
        self.parties = named_in((p.text for p in self.passages), lexicon)
        self.before: Who = "other"  # whom the sentence before bound

    def __iter__(self) -> Iterator[Frame]:
        index, kept = 0, [p for p in self.passages if p.kind in ("clause", "annex", "row")]
        while index < len(kept):
            passage = kept[index]
            items = []
            while index + 1 < len(kept) and kept[index + 1].lead and kept[index + 1].lead == passage.text:
                index += 1
                items.append(kept[index])
            yield from self._passage(passage, items)
            index += 1

    def _passage(self, passage: Passage, items: Sequence[Passage]) -> Iterator[Frame]:
        """Yield the obligations of a passage and of the list that it leads in."""
        sentences = list(sentences_of(unnumbered(passage.text)))
        opening = sentences.pop() if items and sentences else ""
        for sentence in sentences:
            yield from self._framed(passage, self._bound(sentence))
        if opening:
            yield from self._listed(passage, opening, items)

    def _listed(self, passage: Passage, opening: str, items: Sequence[Passage]) -> Iterator[Frame]:
        """Yield a list as one obligation, but apart each item that binds by itself or has a time of its own."""
        bound = self._bound(opening)
        alone, together = [], []
        for item in items:
            text = unnumbered(item.text)
            subject = self._names(text)
            own = self._bound(text) if subject or bound is None or bound.who == "other" else None
            if own and (bound is None or own.who in ("Force", "Company") or (own.who == "both" and not subject)):
                alone.append((item, own))
            elif bound and self.deadlines.times(text):
                alone.append((item, _Bound(f"{opening} {text}", bound.who)))
            elif bound:
                together.append(text)
        if bound and together:
            yield from self._framed(passage, _Bound(f"{opening} {' '.join(together)}", bound.who))
        elif bound and not alone:
            yield from self._framed(passage, bound)
        for item, own in alone:
            yield from self._framed(item, own)

    def _names(self, text: str) -> bool:
        """Tell whether a text begins by naming a party, and so has a subject of its own."""
        return any(self.parties.get(word) in ("force", "company") for word in plain(text).split()[:OPENING])

    def _bound(self, sentence: str) -> _Bound | None:
        """Return whom a sentence binds, or None where it binds nobody."""
        manner = manner_of(sentence, self.parties, self.lexicon)
        if manner.strength != "binding":
            return None
        who = WHO.get(manner.obligor, "other")
        if not manner.obligor and self._carried_on(sentence):
            who = self.before
        self.before = who
        return _Bound(sentence, who)

    def _carried_on(self, sentence: str) -> bool:
        """Tell whether the subject of a sentence is that of the one before: a pronoun, or none ("deberá informar")."""
        found = (
            self.lexicon.modality["binding"].search(sentence),
            self.lexicon.patterns["indicative"].search(sentence),
        )
        starts = [match.start() for match in found if match]
        subject = plain(sentence[: min(starts)]).split() if starts else ["?"]
        if not subject or subject[-1] in self.deadlines.plurals:
            return True
        # One cannot stand for both.
        return subject[-1] in self.deadlines.pronouns and self.before != "both"

    def _framed(self, passage: Passage, bound: _Bound | None) -> Iterator[Frame]:
        """Yield a frame for each kind of time that a sentence names, or one without a time."""
        if bound is None:
            return
        what = " ".join(bound.text.split())
        times = self.deadlines.times(what)
        grouped: dict[tuple[Kind, Interval | None], list[Time]] = {}
        for time in times:
            grouped.setdefault((kind_of(time), time.every), []).append(time)
        if not grouped:
            yield Frame(passage, bound.who, what, "", "standing", None)
        for (kind, _), group in grouped.items():
            when = "; ".join(dict.fromkeys(self._said(what, time) for time in group))
            yield Frame(passage, bound.who, what, when, kind, group[0])

    def _said(self, what: str, time: Time) -> str:
        """Return the words that say when, without a subject that follows them ("… of signature the Force shall")."""
        end, core = time.end, time.core or time.end
        verbs = [self.lexicon.modality[name].search(what, core) for name in ("binding", "soft")]
        verb = min((match.start() for match in verbs if match), default=len(what) + 2)
        if verb <= end + 1:
            subjects = [m.start() for m in self.deadlines.determiners.finditer(what, core, min(verb, end))]
            # Something must be left of the event itself.
            whole = [start for start in subjects if len(what[core:start].split()) > 1]
            end = whole[-1] if whole else verb
            what = TRAILING.sub("", what[:end])
        words = what[time.start : end].strip(" ,")
        if what[end:].lstrip().startswith(":"):
            words += " …"  # the events are a list that follows
        if len(words) > LONGEST:
            words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
        return words[:1].lower() + words[1:] if words[1:2].islower() else words


def kind_of(time: Time) -> Kind:
    """Return of which kind an obligation with that time is."""
    if time.every:
        return "recurring"
    return "once" if time.date or time.signed else "event"


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a passage."""
    start = 0
    for mark in END.finditer(text):
        if text[mark.start() - 1] == "." and SHORT.search(text[start : mark.start()]):
            continue
        yield text[start : mark.start()].strip()
        start = mark.end()
    if text[start:].strip():
        yield text[start:].strip()


def unnumbered(text: str) -> str:
    """Return the text of a passage without a number typed before it."""
    label = literal_label(text)
    rest = text.lstrip()[len(label) :].strip() if label and text.lstrip().startswith(label) else ""
    return rest or text
