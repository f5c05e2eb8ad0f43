"""Reviews as text for a terminal of 80 columns: what is wrong first, what is in order last and short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..review.finding import Evidence, Finding, FlagRaised, Review
from .summary import DISCLAIMER, SPOKEN, Summary, by_basis, told
from .terminal import WIDTH, paint, plain, shortened, wrapped
from .wire import Unread

CONCATENABLE = True
QUOTE = 420  # characters of a quote; beyond, the place is enough to find it
VERDICT_STYLES = {"contradicted": "bold red", "missing": "red", "partial": "yellow", "undetermined": "magenta"}
FLAG_STYLES = {"high": "bold red", "medium": "yellow", "low": "cyan"}


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return the text report on each file, one after the other."""
    return "".join(
        f"{outcome.file}\n{wrapped(outcome.error, '  ')}\n\n"
        if isinstance(outcome, Unread)
        else _Report(outcome, color).text()
        for outcome in outcomes
    ).encode()


class _Report:
    """Writes the report on one agreement, part by part."""

    def __init__(self, review: Review, color: bool) -> None:
        self.review, self.color, self.summary = review, color, Summary.of(review)
        self.say = review.spoken.say

    def text(self) -> str:
        parts = (
            self.head(),
            self.part("Red flags", map(self.flag, self.summary.raised)),
            self.part("Gaps in required items", map(self.gap, self.summary.required)),
            self.part("Gaps in recommended items", map(self.gap, self.summary.recommended)),
            self.part("Met", (self.met(),)),
            self.part("Not applicable", (self.ids("not-applicable"),)),
            self.part("Facts", self.facts(), gap="\n"),
            self.part("Notes", (wrapped(note, "    ", "  - ") for note in self.review.notes), gap="\n"),
            wrapped(self.say("`mougen explain ID` shows a requirement, a clause or a red flag in full.")),
            wrapped(self.say(DISCLAIMER)),
        )
        return "\n\n".join(part for part in parts if part) + "\n\n"

    def head(self) -> str:
        style = "bold green" if self.summary.ok else "bold red"
        lines = (
            paint(plain(self.review.agreement.name), "bold", self.color),
            paint(wrapped(self.summary.headline), style, self.color),
            wrapped(self.summary.core_line),
            wrapped(self.say("{n} requirements: {counts}.", n=len(self.review.findings), counts=self.summary.counts)),
            paint(self.source(), "dim", self.color),
        )
        return "\n".join(lines)

    def source(self) -> str:
        values = {"language": self.review.language, "library": self.review.digest[:12]}
        return self.say("language {language}, library {library}", **values)

    def part(self, title: str, entries: Iterable[str], gap: str = "\n\n") -> str:
        body = gap.join(entry for entry in entries if entry)
        if not body:
            return ""
        line = f"{self.say(title).upper()} ".ljust(WIDTH, "─")
        return f"{paint(line, 'bold', self.color)}\n{body}"

    def flag(self, flag: FlagRaised) -> str:
        lines = [
            self.title(self.say(flag.severity), FLAG_STYLES[flag.severity], flag.title, flag.flag),
            wrapped(flag.message, "    "),
            *self.passages(flag.evidence),
            wrapped(self.say("Why it matters: {why}", why=flag.why), "    "),
        ]
        if flag.contradicts:
            lines.append(wrapped(self.say("Contradicts: {ids}", ids=", ".join(flag.contradicts)), "    "))
        return "\n".join(lines)

    def gap(self, finding: Finding) -> str:
        style = VERDICT_STYLES[finding.verdict]
        core = f" · {self.say('core')}" if finding.core else ""
        lines = [
            self.title(self.say(SPOKEN[finding.verdict]), style, finding.title, finding.requirement + core),
            wrapped(finding.message, "    "),
            *self.passages(finding.evidence),
        ]
        for word, limbs in told(finding, self.review.spoken):
            if untold := [limb for limb in limbs if limb not in finding.message]:
                lines.append(wrapped(f"{self.say(word).capitalize()}: {'; '.join(untold)}", "    "))
        for near in finding.nearest:
            quote = shortened(near.evidence.quote, QUOTE // 2)
            said = self.say("Nearest, {where}: “{quote}”: {why}", where=near.evidence.where, quote=quote, why=near.why)
            lines.append(wrapped(said, "    "))
        if finding.clause:
            mend = self.say("Mend: insert clause `{clause}`", clause=finding.clause)
            lines.append(paint(f"    {mend}", "cyan", self.color))
        return "\n".join(lines)

    def title(self, word: str, style: str, title: str, id: str) -> str:
        """Return the first lines of an entry; painted after wrapping, because codes have length but no width."""
        lines = wrapped(f"{word.upper()}  {title} [{id}]", "    ", "  ")
        return lines.replace(word.upper(), paint(word.upper(), style, self.color), 1)

    def passages(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        for passage in evidence:
            yield wrapped(f"“{shortened(passage.quote, QUOTE)}”", "    │ ")
            doubts = f"; {'; '.join(passage.doubts)}" if passage.doubts else ""
            yield wrapped(f"{passage.where}{doubts}", "    │   ", "    │ — ")

    def met(self) -> str:
        met = [f for f in self.review.findings if f.verdict == "met"]
        entries = (f"{f.requirement} ({', '.join(dict.fromkeys(e.where for e in f.evidence))})" for f in met)
        return "\n".join(wrapped(entry.replace(" ()", ""), "    ", "  ") for entry in entries)

    def ids(self, verdict: str) -> str:
        found = ", ".join(f.requirement for f in self.review.findings if f.verdict == verdict)
        return wrapped(found, "  ") if found else ""

    def facts(self) -> Iterator[str]:
        for basis, facts in by_basis(self.review).items():
            if basis != "inferred":
                yield wrapped(f"{self.say(basis)}: {', '.join(fact for fact, _ in facts)}", "    ", "  ")
                continue
            for fact, passage in facts:
                said = self.say("{fact}, from “{passage}”", fact=fact, passage=shortened(passage, QUOTE // 4))
                yield wrapped(f"{self.say(basis)}: {said}", "    ", "  ")
