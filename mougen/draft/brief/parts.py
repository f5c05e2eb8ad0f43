"""Brief in, its parts in reading order and in the language of the deal out, before they are Markdown or Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..prose import Run, runs_of
from .positions import LEFT_OUT, Asked, Brief, Position, Row

TITLE = "Negotiation brief"
CONFIDENTIAL = "Confidential"
FOR_WHOM = (
    "For the company's negotiating team only. Do not send this brief to the force or to anybody who speaks for it."
)
DISCLAIMER = (
    "Made with mougen, which informs and gives no legal advice. “Required” is this project's severity for an agreement "
    "aligned with the Voluntary Principles, not a legal duty. Ask a lawyer admitted in the country before anything is "
    "conceded."
)
NOTHING_LOST = "none."
OUTSIDE = "The library has no advice on this: settle in the team what the company does by itself, and who does it."
LADDERS = (
    "Ask for the preferred wording first. The fallback answers an objection and still meets the requirement. The weak "
    "wording no longer meets it: it needs the consent of those who gave the mandate."
)
RED_LINES = (
    "No wording of the ladder crosses these lines, and none of them is given for something else. Where the other side "
    "asks for one, end the session and tell those who gave the mandate."
)
TRACKER = (
    "“In the text” says that a clause of the draft was written to meet the requirement. Where the other side has put "
    "its own words in, only a review of those words can tell."
)
APPROVALS = "Approvals and registrations under national law"
Cells = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the brief; a table has `rows`, the first of which is its heading, and a `caption`.

    `shares` are the widths of its columns in hundredths; without them the words in the columns decide.
    """

    kind: Literal["title", "subtitle", "notice", "heading", "subheading", "text", "lead", "table"]
    runs: Cells = ()
    rows: tuple[tuple[Cells, ...], ...] = ()
    caption: str = ""
    shares: tuple[int, ...] = ()


def parts_of(brief: Brief) -> Iterator[Part]:
    """Yield the parts of `brief`; a "lead" stands with the part that follows it."""
    page = _Page(brief)
    yield from page.head()
    yield from page.given_up()
    yield from page.ladders()
    yield from page.red_lines()
    yield from page.open()
    yield from page.tracker()


@dataclass(frozen=True, slots=True)
class _Page:
    """Says the sections of one brief in its language."""

    brief: Brief

    def say(self, english: str, **values: Any) -> str:
        return self.brief.plan.language.say(english, **values)

    def runs(self, text: str) -> Cells:
        return runs_of(" ".join(text.split()), self.brief.plan.language)

    def label(self, english: str, text: str) -> Cells:
        """Return `text` after what it is, in bold."""
        lead = self.say("{label}: ", label=self.say(english))
        return (*(Run(run.text, "term") for run in self.runs(lead.rstrip())), Run(" "), *self.runs(text))

    def heading(self, english: str, kind: Literal["heading", "subheading"] = "heading") -> Part:
        return Part(kind, self.runs(self.say(english)))

    def text(self, english: str, kind: Literal["text", "lead"] = "text") -> Part:
        return Part(kind, self.runs(self.say(english)))

    def table(
        self, caption: str, heads: Iterable[str], rows: Iterable[Iterable[str | Cells]], shares: tuple[int, ...] = ()
    ) -> Part:
        """Return a table; a cell that is text is typeset, one that is runs is left as it is."""
        first = tuple(self.runs(self.say(head)) for head in heads)
        body = (tuple(self.runs(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
        return Part("table", rows=(first, *body), caption=self.say(caption), shares=shares)

    def named(self, position: Position) -> str:
        """Return the title of a clause after its number, as the draft has it."""
        number = f"{position.number}." if position.number.isdigit() else position.number and f"{position.number} –"
        return f"{number} {position.title}".strip()

    def positions(self, ids: Iterable[str]) -> Iterator[Position]:
        by_id = {position.id: position for position in self.brief.positions}
        yield from (by_id[id] for id in ids)

    def required(self, asked: Asked) -> str:
        core = f", {self.say('core')}" if asked.core else ""
        return f"{asked.title} ({self.say(asked.severity)}{core})"

    def head(self) -> Iterator[Part]:
        plan, brief = self.brief.plan, self.brief
        company = plan.deal.company.name.strip() or self.say("[company name]")
        site = plan.deal.site.name.strip() or self.say("[site name]")
        yield Part("title", self.runs(self.say(TITLE)))
        yield Part("subtitle", (Run(" ".join(f"{plan.short_title}: {company}, {site}".split())),))
        notice = tuple((self.runs(self.say(line)),) for line in (CONFIDENTIAL, FOR_WHOM, DISCLAIMER))
        yield Part("notice", rows=notice, shares=(100,))
        required = sum(asked.severity == "required" for asked in brief.lost)
        core = sum(asked.core for asked in brief.lost)
        counts = (
            ("Clauses left out", sum(p.rung == LEFT_OUT for p in brief.concessions)),
            ("Clauses below their first wording", sum(p.rung != LEFT_OUT for p in brief.concessions)),
            ("Requirements that the text does not meet", len(brief.lost)),
            ("Of these, required", required),
            ("Of these, core", core),
            ("Facts to verify", len(plan.notes)),
            ("Blanks", len(plan.missing)),
        )
        yield self.table(
            "At a glance", ("At a glance", "Number"), ((self.say(name), str(n)) for name, n in counts), (85, 15)
        )

    def given_up(self) -> Iterator[Part]:
        yield self.heading("What the deal as it stands gives up")
        if not self.brief.concessions:
            yield self.text("Nothing: no clause is left out, and each stands in its first wording.")
        for position in self.brief.concessions:
            yield Part("subheading", self.runs(f"{self.named(position)}: {self.say(position.rung)}"))
            yield from self._cost(position)

    def _cost(self, position: Position) -> Iterator[Part]:
        now, out = position.now, position.rung == LEFT_OUT
        asks = "; ".join(ask for asked in position.lost for ask in asked.asks)
        yield Part("lead", self.label("Gives up", self.say("The whole clause.") if out else now.gives_up))
        if position.referred:
            yield Part(
                "text",
                self.label("Clauses that refer to it", "; ".join(map(self.named, self.positions(position.referred)))),
            )
        lost = "; ".join(map(self.required, position.lost)) or self.say(NOTHING_LOST)
        yield Part("text", self.label("Requirements no longer met", lost))
        if out and asks:
            yield Part("text", self.label("What the text then does not say", f"{asks}."))
        if position.rung != "fallback" and now.risk:
            yield Part("text", self.label("Residual risk", now.risk))
        if position.rung != "fallback" and (now.outside or position.lost):
            yield Part("text", self.label("Outside the agreement", now.outside or self.say(OUTSIDE)))

    def ladders(self) -> Iterator[Part]:
        yield self.heading("The ladder of each contested clause")
        yield self.text(LADDERS)
        for position in self.brief.contested:
            yield Part("subheading", self.runs(self.named(position)))
            red = (Run(" "), *self.label("Red line", position.red_line)) if position.red_line else ()
            yield Part("lead", (*self.label("Now", f"{self.say(position.rung)}."), *red))
            rows = []
            for rung in position.ladder:
                name = self.runs(self.say(rung.name))
                taken = tuple(Run(run.text, "term") for run in name) if rung.name == position.rung else name
                rows.append((taken, rung.gives_up or self.say("Nothing."), rung.note))
            heads = ("Wording", "What it gives up", "Objection, answer and limits")
            yield self.table(position.title, heads, rows, (14, 30, 56))

    def red_lines(self) -> Iterator[Part]:
        yield self.heading("Red lines")
        yield self.text(RED_LINES, "lead")
        rows = ((self.named(position), position.red_line) for position in self.brief.red_lines)
        yield self.table("Red lines", ("Clause", "Red line"), rows, (37, 63))

    def open(self) -> Iterator[Part]:
        plan, brief = self.brief.plan, self.brief
        yield self.heading("Forces, approvals, facts to verify and blanks")
        yield self.heading("Forces", "subheading")
        parties = ((p.name, (Run(" ".join(p.unit.split())),), (Run(p.signatory),)) for p in brief.parties)
        yield self.table("Forces", ("Force", "Unit", "Office that signs"), parties)
        if brief.approvals:
            yield self.heading(APPROVALS, "subheading")
            when = {True: self.say("before signature"), False: self.say("after signature")}
            yield self.table(
                APPROVALS,
                ("What", "When", "Reference and date"),
                ((approval.what, when[approval.before], "") for approval in brief.approvals),
            )
        listed = {self.say("approval"), self.say("registration")} if brief.approvals else set()
        notes = [(note.topic, note.fact) for note in plan.notes if note.topic not in listed]
        if notes:
            yield self.heading("Facts to verify", "subheading")
            yield self.table("Facts to verify", ("Subject", "Fact"), notes, (25, 75))
        if plan.missing:
            yield self.heading("Blanks", "subheading")
            rows = ((self.say(m.asks), (Run(m.path),), ", ".join(self._places(m.clauses))) for m in plan.missing)
            yield self.table("Blanks", ("To be filled in", "In the deal file", "Clauses"), rows, (50, 22, 28))

    def _places(self, ids: Iterable[str]) -> Iterator[str]:
        yield from (self.brief.plan[id].number or self.brief.plan[id].title for id in ids)

    def tracker(self) -> Iterator[Part]:
        yield self.heading("Requirements, owners and dates")
        yield self.text(TRACKER, "lead")
        rows = []
        for row in self.brief.rows:
            names = "; ".join(map(self.named, row.positions))
            rows.append(
                (f"{row.asked.number}. {self.required(row.asked)}", names, self._rung(row), self._status(row), "", "")
            )
        heads = ("Requirement", "Clause", "Wording", "Status", "Owner", "Date")
        yield self.table("Requirements, owners and dates", heads, rows)

    def _rung(self, row: Row) -> str:
        return self.say(row.rung) if row.rung else ""

    def _status(self, row: Row) -> Cells:
        if not row.carried:
            return (Run(self.say("not met"), "term"),)
        blanks = self.say("; blanks: {n}", n=row.blanks) if row.blanks else ""
        return self.runs(f"{self.say('in the text')}{blanks}")
