"""What `mougen explain` says about one id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..clause import Clause
from ..errors import MougenError
from ..jurisdiction import Jurisdiction
from ..library import Library
from ..report.terminal import wrapped
from ..requirement import Citation, RedFlag, Requirement, Sourced, Work
from ..review.suggest import proposal
from ..schema import nearest


def explained(id: str, library: Library) -> str:
    """Return all that is known under `id`; a name that is both a requirement and another thing gives both.

    Raises MougenError with the nearest spelling where there is nothing.
    """
    parts = [part for part in _parts(id, library) if part]
    if parts:
        return "\n\n".join(parts)
    known = [*library.requirements, *library.clauses, *library.red_flags, *library.jurisdictions, *library.works]
    raise MougenError(f"`{id}` is not the id of anything; {nearest(id, known)}".rstrip("; "))


def _parts(id: str, library: Library) -> Iterator[str]:
    if requirement := library.requirements.get(id):
        yield "\n".join(_requirement(requirement, library))
    for clause in library.clauses.get(id, ()):
        yield "\n".join(_clause(clause, library))
    if flag := library.red_flags.get(id):
        yield "\n".join(_flag(flag, library))
    if country := library.jurisdictions.get(id):
        yield "\n".join(_jurisdiction(country))
    if work := library.works.get(id):
        yield "\n".join(_work(work))


def _requirement(requirement: Requirement, library: Library) -> Iterator[str]:
    core = ", core" if requirement.core else ""
    title = f"Requirement {requirement.number}: {requirement.title}"
    yield from _head(title, f"{requirement.id}; {requirement.severity}{core}")
    if requirement.applies:
        yield wrapped(f"Applies if: {' or '.join(requirement.applies)}")
    if requirement.required:
        yield wrapped(f"Required if: {' or '.join(requirement.required)}")
    yield from _titled("Why", requirement.why)
    yield from _titled("Met", requirement.met)
    yield from _titled("Partial", requirement.partial)
    yield from _titled("Contradicted", requirement.contradicted)
    yield from _list("What it asks", (f"{limb.asks}{_condition(limb.needed, limb.when)}" for limb in requirement.limbs))
    yield from _list("What contradicts it", (harm.says for harm in requirement.harms))
    meeting = [c.id for variants in library.clauses.values() for c in variants[:1] if requirement.id in c.meets]
    yield from _list("Clauses that meet it", meeting)
    flags = [flag.id for flag in library.red_flags.values() if requirement.id in flag.contradicts]
    yield from _list("Red flags that contradict it", flags)
    yield from _list("Sources", _sources(requirement.citations, library))


def _condition(needed: bool, when: Iterable[str]) -> str:
    condition = f"if {' or '.join(when)}" if when else ""
    return f" ({condition or 'helpful, not needed'})" if when or not needed else ""


def _clause(clause: Clause, library: Library) -> Iterator[str]:
    variant = f", variant for {', '.join(clause.qualifiers)}" if clause.qualifiers else ""
    yield from _head(f"Clause: {clause.title}", f"{clause.id}{variant}; clauses/{clause.path}")
    if clause.when:
        yield wrapped(f"In if: {' or '.join(clause.when)}")
    if clause.unless:
        yield wrapped(f"Out if: {' or '.join(clause.unless)}")
    if clause.support:
        yield wrapped(f"In where support flows by: {', '.join(clause.support)}")
    yield from _titled("Drafting note", clause.note)
    yield from _list("Meets", clause.meets)
    yield from _list("Asks for", (f"terms.{f.name}: {f.ask}{_default(f.default)}" for f in clause.fields))
    yield "\nText, with blanks in square brackets"
    yield from (wrapped(line, "  ") for line in proposal(clause.body, library).splitlines())
    yield from _list("Sources", _sources(clause.citations, library))


def _default(value: object) -> str:
    return "" if value is None else f" (default: {value})"


def _flag(flag: RedFlag, library: Library) -> Iterator[str]:
    recalled = "" if flag.verified else "; recalled, verify"
    yield from _head(f"Red flag: {flag.title}", f"{flag.id}; {flag.severity}{recalled}")
    yield from _titled("Raised when", flag.says)
    yield from _titled("Not raised when", flag.guard)
    yield from _titled("Why", flag.why)
    yield from _list("Contradicts", (f"{name}: {library.requirements[name].title}" for name in flag.contradicts))
    yield from _list("Sources", flag.cites)


def _jurisdiction(country: Jurisdiction) -> Iterator[str]:
    yield from _head(f"Jurisdiction: {country.name}", f"{country.id}; {country.code}; {country.constitution}")
    yield from _titled("Support", country.summary)
    institutions = (
        _fact(f"{i.id}: {i.name}, {i.ministry}; {', '.join(i.models)}. {i.note}", i) for i in country.institutions
    )
    yield from _list("Institutions", institutions)
    treaties = (_fact(f"{t.instrument}: {t.status} {t.year or ''}. {t.note}", t) for t in country.treaties)
    yield from _list("Treaties", treaties)
    yield from _list("Oversight", (_fact(f"{o.name}. {o.note}", o) for o in country.oversight))
    yield from _list("Statutes", (_fact(f"{s.title}: {s.subject}. {s.note}", s) for s in country.statutes))
    yield from _list("Approvals", (_fact(f"{a.what}. {a.note}", a) for a in country.approvals))
    conflicts = (_fact(f"{c.region}: {c.status}, as of {c.as_of}. {c.note}", c) for c in country.conflicts)
    yield from _list("Armed conflict", conflicts)
    yield from _list("An agreement must contain", (_fact(f"{m.text} [{m.clause}]. {m.why}", m) for m in country.must))
    yield from _list("A draft may not say", (_fact(f"“{m.phrase}”: {m.why}", m) for m in country.must_not))
    yield from _list("Sources", (f"{s.id}: {s.title}. {s.url} {s.note}" for s in country.sources))


def _fact(text: str, fact: Sourced) -> str:
    source = f"{fact.source}, " if fact.source else ""
    said = " ".join(text.replace(" .", ".").split()).rstrip(" .")
    return f"{said} ({source}{fact.confidence.replace('-', ', ')}, checked {fact.checked})"


def _work(work: Work) -> Iterator[str]:
    author = ", ".join(str(part) for part in (work.author, work.year) if part)
    yield from _head(f"Work: {work.title}", f"{work.key}; {author}")
    yield from _titled("Address", work.url)
    yield from _titled("Note", work.note)


def _head(title: str, line: str) -> Iterator[str]:
    yield wrapped(title)
    yield wrapped(line)


def _titled(title: str, text: str) -> Iterator[str]:
    if text:
        yield f"\n{title}"
        yield wrapped(text, "  ")


def _list(title: str, entries: Iterable[str]) -> Iterator[str]:
    entries = list(entries)
    if entries:
        yield f"\n{title}"
        yield from (wrapped(entry, "    ", "  - ") for entry in entries)


def _sources(citations: Iterable[Citation], library: Library) -> Iterator[str]:
    for citation in citations:
        yield f"{citation}; {library.works[citation.work].title}"
