"""Reviews as Markdown: the whole report, for a file note, an issue or a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..review.finding import Evidence, Finding, FlagRaised, Review
from .summary import DISCLAIMER, SPOKEN, Summary, by_basis, told
from .terminal import plain
from .wire import Unread

CONCATENABLE = True
# Characters that Markdown or HTML inside it would act on; quoted passages must come out as they were written.
ACTIVE = re.compile(r"([\\`*_\[\]<>#|~&$@])")
OPENING = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return the Markdown report on each file, one after the other."""
    return "".join("\n\n".join(_parts(outcome)) + "\n\n" for outcome in outcomes).encode()


def escaped(text: str) -> str:
    """Return `text` such that Markdown prints it as it is."""
    active = ACTIVE.sub(r"\\\1", plain(text))
    return OPENING.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", active)


def _parts(outcome: Review | Unread) -> Iterator[str]:
    if isinstance(outcome, Unread):
        yield f"# {escaped(outcome.file)}"
        yield f"**Not reviewed.** {escaped(outcome.error)}"
        return
    summary = Summary.of(outcome)
    yield f"# Review of {escaped(outcome.agreement.name)}"
    yield f"**{summary.headline}** {summary.core_line}"
    yield f"{len(outcome.findings)} requirements: {summary.counts}."
    yield f"Language: {outcome.language}. Library: `{outcome.digest[:12]}`."
    yield from _section("Red flags", map(_flag, summary.raised))
    for title, gaps in (("required", summary.required), ("recommended", summary.recommended)):
        yield from _section(f"Gaps in {title} items", (_gap(outcome, finding) for finding in gaps))
    for title, verdict in (("Met", "met"), ("Not applicable", "not-applicable")):
        rows = [_row(finding) for finding in outcome.findings if finding.verdict == verdict]
        yield from _section(title, ["\n".join(rows)] if rows else [])
    facts = [
        f"- {basis}: {escaped(fact)}{f', from “{escaped(passage)}”' if passage else ''}"
        for basis, facts in by_basis(outcome).items()
        for fact, passage in facts
    ]
    yield from _section("Facts", ["\n".join(facts)] if facts else [])
    notes = [f"- {escaped(note)}" for note in outcome.notes]
    yield from _section("Notes", ["\n".join(notes)] if notes else [])
    yield f"*{DISCLAIMER}*"


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    entries = list(entries)
    if entries:
        yield f"## {title}"
        yield from entries


def _row(finding: Finding) -> str:
    places = ", ".join(dict.fromkeys(escaped(e.where) for e in finding.evidence))
    return f"- {escaped(finding.title)} (`{finding.requirement}`){f': {places}' if places else ''}"


def _flag(flag: FlagRaised) -> str:
    parts = [f"### {flag.severity.upper()}: {escaped(flag.title)} (`{flag.flag}`)", escaped(flag.message)]
    parts += map(_passage, flag.evidence)
    parts.append(f"Why it matters: {escaped(flag.why)}")
    if flag.contradicts:
        parts.append(f"Contradicts: {_ids(flag.contradicts)}")
    return "\n\n".join(parts)


def _gap(review: Review, finding: Finding) -> str:
    core = ", core" if finding.core else ""
    head = f"### {SPOKEN[finding.verdict].capitalize()}: {escaped(finding.title)} (`{finding.requirement}`{core})"
    parts = [head, escaped(finding.message), *map(_passage, finding.evidence)]
    for word, limbs in told(finding):
        parts.append(f"{word.capitalize()}:\n\n" + "\n".join(f"- {escaped(limb)}" for limb in limbs))
    for near in finding.nearest:
        parts.append(f"Nearest passage: {escaped(near.why)}\n\n{_passage(near.evidence)}")
    if suggestion := review.suggestions.get(finding.clause):
        text = "\n".join(f"> {line}".rstrip() for line in suggestion.text.splitlines())  # is Markdown, and is ours
        parts.append(f"Clause to insert, `{finding.clause}`:\n\n> **{escaped(suggestion.title)}**\n>\n{text}")
    elif finding.clause:
        parts.append(f"Clause to insert: `{finding.clause}`")
    if finding.cites:
        parts.append(f"Sources: {escaped('; '.join(finding.cites))}")
    return "\n\n".join(parts)


def _passage(passage: Evidence) -> str:
    doubts = f"; {'; '.join(passage.doubts)}" if passage.doubts else ""
    return f"> {escaped(passage.quote)}\n>\n> — {escaped(passage.where + doubts)}"


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
