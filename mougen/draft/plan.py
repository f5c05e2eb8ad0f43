"""Deal and library in, plan out: which clauses, in which order, under which number, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..asks import ASKS
from ..clause import Clause
from ..deal import Deal, deal_faults
from ..errors import DataError, DealError, DraftError
from ..jurisdiction import Jurisdiction
from ..language import Language
from ..library import Library
from ..schema import nearest
from .context import context_of, deal_misfits
from .notes import Note, notes_of
from .prose import Block, Rendering, Run, blocks_of, compile_body

# Where each kind stands in the document; clauses and definitions share one run of numbers.
PLACES = {
    "title": 0, "parties": 1, "recitals": 2, "definitions": 3, "clause": 3, "signature": 4, "annex": 5, "letter": 5
}  # fmt: skip

compiled = lru_cache(maxsize=512)(compile_body)


@dataclass(frozen=True, slots=True)
class PlannedClause:
    """A clause in its place, under "12", "Annex A" or no number; `reasons` say why it is in, `blanks` what it lacks."""

    clause: Clause
    number: str
    title: str
    blocks: tuple[Block, ...]
    reasons: tuple[str, ...]
    blanks: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.clause.id


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without a value: its dotted path in the deal file, what it asks, and the clauses that print it."""

    path: str
    asks: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole document before it is Word. `unmet` are applicable requirements that no clause in the plan carries."""

    deal: Deal
    country: Jurisdiction
    language: Language
    items: tuple[PlannedClause, ...]
    missing: tuple[Missing, ...]
    unmet: tuple[str, ...]
    notes: tuple[Note, ...]
    digest: str

    def __getitem__(self, id: str) -> PlannedClause:
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)

    @property
    def title(self) -> str:
        """The document title: the first line of the title clause."""
        for item in self.items:
            if item.clause.kind == "title" and item.blocks:
                return item.blocks[0].text
        return self.short_title

    @property
    def short_title(self) -> str:
        """What the document calls itself, for headers."""
        return next((item.title for item in self.items if item.clause.kind == "title"), self.items[0].title)


def make_plan(deal: Deal, library: Library, only: str = "") -> Plan:
    """Return the plan for `deal`; raises DealError or DraftError with all faults.

    With `only` the plan is for that form alone, filled in as in the whole and numbered as there.
    """
    form = library.clause(only, language=deal.language) if only else None
    if only and (form is None or form.kind not in ("annex", "letter")):
        offer = nearest(only, (id for id in library.clauses if library.clauses[id][0].kind in ("annex", "letter")))
        raise DealError(f"`{only}` is not a form that mougen has; {offer}".rstrip("; "))
    country = _checked(deal, library, refused=form is not None and form.refused)
    language = library.language(deal.language)
    facts, model = deal.facts.true, country.institutions_by_id[deal.forces[0].institution].models[0]
    chosen = _select(library, country, deal, facts, model)
    numbers = _numbered(chosen, language)
    values, printed = context_of(deal, country, library, language)
    present = frozenset(c.id for c in chosen if not country.refusal)
    if form is not None:
        chosen = tuple(c for c in chosen if c.id == only) or (library.clause(only, country.id, deal.language) or form,)
    setting = Setting(values, present, language, deal.register)
    items, users = [], dict[str, list[str]]()
    for clause in chosen:
        printed.clear()
        blocks = _resolve(clause, setting.blocks(clause, country), numbers, setting, library, alone=form is not None)
        for path in sorted(printed):
            users.setdefault(path, []).append(clause.id)
        reasons = tuple(_reasons(clause, library, country, facts))
        title = setting.title(clause)
        number = numbers.get(clause.id, "")
        items.append(PlannedClause(clause, number, title, blocks, reasons, tuple(sorted(printed))))
    DraftError.raise_if(_forbidden(items, country))
    carried = {id for clause in chosen for id in clause.meets}
    return Plan(
        deal=deal,
        country=country,
        language=language,
        items=tuple(items),
        missing=tuple(_missing(users, library, deal.language)),
        unmet=tuple(r.id for r in library.requirements.values() if r.applies_to(facts) and r.id not in carried),
        notes=tuple(notes_of(deal, country, items, library, language)),
        digest=library.digest,
    )


def _checked(deal: Deal, library: Library, *, refused: bool) -> Jurisdiction:
    """Return the country of a deal that fits the library, a `refused` one too; raises DealError with all faults."""
    country, faults = None, list(deal_faults(deal))
    try:
        country = library.spoken(library.jurisdiction(deal.jurisdiction), deal.language)
    except DataError as error:
        faults += [f"{deal.at('jurisdiction')}: {problem}" for problem in error.problems]
    DealError.raise_if([*faults, *deal_misfits(deal, country, library, refused=refused)])
    assert country is not None  # or there was a fault
    return country


def _forbidden(items: Sequence[PlannedClause], country: Jurisdiction) -> Iterable[str]:
    """Yield where a draft would say what must not be said in the country, by whomever it was written."""

    def loose(text: str) -> str:
        return text.replace("\u00a0", " ").replace("\u202f", " ")  # spaces that do not break

    texts = ["\n".join([block.text for block in item.blocks]) for item in items]
    whole = loose("\n".join(texts)).lower()
    for banned in country.must_not:
        if (phrase := banned.phrase.lower()) not in whole:
            continue
        for item, text in zip(items, texts, strict=True):
            if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", loose(text), re.IGNORECASE):
                said = f'would say "{banned.phrase}", which no draft for {country.name} may'
                yield f"clause `{item.id}` {said}: {banned.why}"


def _select(
    library: Library, country: Jurisdiction, deal: Deal, facts: frozenset[str], model: str
) -> tuple[Clause, ...]:
    fitting = (
        library.clause(id, country.id, deal.language, deal.clauses.rung(id))
        for id in library.clauses
        if id not in deal.clauses.drop
    )
    attached = (c for c in fitting if c and (c.attached or c.id in deal.clauses.attach) and c.kind != "letter")
    chosen = [c for c in attached if c.applies_to(facts, model)]
    return tuple(sorted(chosen, key=lambda c: (PLACES[c.kind], c.key)))


def _numbered(chosen: Iterable[Clause], language: Language) -> dict[str, str]:
    """Return the number of each clause by id: 1, 2, 3 for clauses, A, B, C for annexes, none for the frame."""
    numbers, clauses, annexes = {}, 0, 0
    for clause in chosen:
        if PLACES[clause.kind] == 3:
            clauses += 1
            numbers[clause.id] = language.clause.format(n=clauses)
        elif clause.kind == "annex":
            numbers[clause.id] = f"{language.say('Annex')} {_letter(annexes)}"
            annexes += 1
        else:
            numbers[clause.id] = ""
    return numbers


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every text of one document is rendered with."""

    values: Mapping[str, Any]
    present: frozenset[str]
    language: Language
    register: str

    def blocks(self, clause: Clause, country: Jurisdiction) -> tuple[Block, ...]:
        """Return the blocks of a clause, and of the provisions that the country adds to it."""
        blocks = self._rendered(clause.body, clause.path)
        for must in country.must:
            if must.clause == clause.id and must.provision:
                blocks += self._rendered(must.provision, f"{clause.path} ({country.id})")
        return blocks

    def title(self, clause: Clause) -> str:
        (block,) = self._rendered(clause.title, clause.path)
        return block.text

    def _rendered(self, text: str, path: str) -> tuple[Block, ...]:
        # The verbs that bind are set in the text of the library alone, so that no name of a deal is touched.
        text = _in_register(text, self.register, self.language)
        return blocks_of(compiled(text, path)(Rendering(self.values, self.present)), self.language)


@lru_cache(maxsize=1024)
def _in_register(text: str, register: str, language: Language) -> str:
    for usual, verb in language.modals.get(register, {}).items():
        if usual in text:
            text = re.sub(rf"\b{usual}\b", verb, text)
    return text


def _resolve(
    clause: Clause,
    blocks: tuple[Block, ...],
    numbers: Mapping[str, str],
    setting: Setting,
    library: Library,
    *,
    alone: bool,
) -> tuple[Block, ...]:
    """Put numbers into references; one to a clause that is out becomes a visible blank, one to nothing is an error.

    In a form that stands `alone` there is nothing that a reference could lead to, and its number is text.
    """

    def resolved(run: Run) -> Run:
        if run.kind != "ref":
            return run
        if run.target not in library.clauses:
            offer = nearest(run.target, library.clauses)
            raise DraftError(f"clauses/{clause.path}: it refers to `{run.target}`, which is not a clause; {offer}")
        number = numbers.get(run.target)
        if not number:
            return Run(f"[{setting.language.say('omitted')}]", "blank", "")
        return Run(number) if alone else Run(number, "ref", run.target)

    def whole(block: Block) -> Block:
        if not block.refers:
            return block  # which is shared with every draft that has the same words
        rows = tuple(tuple(tuple(map(resolved, cell)) for cell in row) for row in block.rows)
        return Block(block.level, tuple(map(resolved, block.runs)), rows)

    return tuple(map(whole, blocks))


def _reasons(clause: Clause, library: Library, country: Jurisdiction, facts: frozenset[str]) -> Iterable[str]:
    for id in clause.meets:
        requirement = library.requirements[id]
        if requirement.applies_to(facts):
            yield f"meets {id} ({requirement.severity_for(facts)})"
    if because := sorted(facts.intersection(clause.when)):
        yield f"because of {', '.join(because)}"
    if clause.jurisdiction:
        yield f"worded for {country.name}"
    for must in country.must:
        if must.clause == clause.id:
            yield f"{country.name}: {must.text}"
    preferred = library.clause(clause.id, country.id, clause.language) or clause
    for id in preferred.meets:
        if id not in clause.meets and library.requirements[id].applies_to(facts):
            yield f"no longer meets {id} ({library.requirements[id].severity_for(facts)})"
    if not preferred.meets:
        yield "frames the agreement" if clause.kind != "annex" else "form that the clauses refer to"


def _missing(users: Mapping[str, list[str]], library: Library, language: str) -> Iterable[Missing]:
    fields = library.fields(language)
    for path, clauses in sorted(users.items()):
        general = ".".join(step for step in path.split(".") if not step.isdigit())
        name = path.removeprefix("terms.")
        asks = fields[name].ask if name in fields else ASKS.get(general, "")
        yield Missing(path, asks, tuple(clauses))
