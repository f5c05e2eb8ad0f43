"""Reviews as Markdown: the whole report, for a file note, an issue or a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import markdown
from ..review.finding import Evidence, Finding, FlagRaised, Review
from .summary import DISCLAIMER, SPOKEN, Summary, by_basis, told
from .terminal import plain
from .wire import Unread

CONCATENABLE = True


def render(outcomes: Sequence[Review | Unread], *, color: bool = False) -> bytes:
    """Return the Markdown report on each file, one after the other."""
    return "".join("\n\n".join(_parts(outcome)) + "\n\n" for outcome in outcomes).encode()


def escaped(text: str) -> str:
    """Return `text` such that Markdown prints it as it is."""
    return markdown.escaped(plain(text))


def _parts(outcome: Review | Unread) -> Iterator[str]:
    if isinstance(outcome, Unread):
        yield f"# {escaped(outcome.file)}"
        yield f"**Not reviewed.** {escaped(outcome.error)}"
        return
    summary, say = Summary.of(outcome), outcome.spoken.say
    yield f"# {say('Review of {name}', name=escaped(outcome.agreement.name))}"
    yield f"**{summary.headline}** {summary.core_line}"
    yield say("{n} requirements: {counts}.", n=len(outcome.findings), counts=summary.counts)
    yield say("Language: {language}. Library: `{library}`.", language=outcome.language, library=outcome.digest[:12])
    yield from _section(say("Red flags"), (_flag(outcome, flag) for flag in summary.raised))
    required, recommended = "Gaps in required items", "Gaps in recommended items"
    for title, gaps in ((required, summary.required), (recommended, summary.recommended)):
        yield from _section(say(title), (_gap(outcome, finding) for finding in gaps))
    for title, verdict in (("Met", "met"), ("Not applicable", "not-applicable")):
        rows = [_row(finding) for finding in outcome.findings if finding.verdict == verdict]
        yield from _section(say(title), ["\n".join(rows)] if rows else [])
    facts = [
        f"- {say(basis)}: "
        + (say("{fact}, from “{passage}”", fact=escaped(fact), passage=escaped(passage)) if passage else escaped(fact))
        for basis, facts in by_basis(outcome).items()
        for fact, passage in facts
    ]
    yield from _section(say("Facts"), ["\n".join(facts)] if facts else [])
    notes = [f"- {escaped(note)}" for note in outcome.notes]
    yield from _section(say("Notes"), ["\n".join(notes)] if notes else [])
    yield f"*{say(DISCLAIMER)}*"


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    entries = list(entries)
    if entries:
        yield f"## {title}"
        yield from entries


def _row(finding: Finding) -> str:
    places = ", ".join(dict.fromkeys(escaped(e.where) for e in finding.evidence))
    return f"- {escaped(finding.title)} (`{finding.requirement}`){f': {places}' if places else ''}"


def _flag(review: Review, flag: FlagRaised) -> str:
    say = review.spoken.say
    parts = [f"### {say(flag.severity).upper()}: {escaped(flag.title)} (`{flag.flag}`)", escaped(flag.message)]
    parts += map(_passage, flag.evidence)
    parts.append(say("Why it matters: {why}", why=escaped(flag.why)))
    if flag.contradicts:
        parts.append(say("Contradicts: {ids}", ids=_ids(flag.contradicts)))
    return "\n\n".join(parts)


def _gap(review: Review, finding: Finding) -> str:
    say = review.spoken.say
    core = f", {say('core')}" if finding.core else ""
    head = f"### {say(SPOKEN[finding.verdict]).capitalize()}: {escaped(finding.title)} (`{finding.requirement}`{core})"
    parts = [head, escaped(finding.message), *map(_passage, finding.evidence)]
    for word, limbs in told(finding, review.spoken):
        parts.append(f"{say(word).capitalize()}:\n\n" + "\n".join(f"- {escaped(limb)}" for limb in limbs))
    for near in finding.nearest:
        parts.append(f"{say('Nearest passage')}: {escaped(near.why)}\n\n{_passage(near.evidence)}")
    if suggestion := review.suggestions.get(finding.clause):
        text = "\n".join(f"> {line}".rstrip() for line in suggestion.text.splitlines())  # is Markdown, and is ours
        parts.append(f"{say('Clause to insert')}, `{finding.clause}`:\n\n> **{escaped(suggestion.title)}**\n>\n{text}")
    elif finding.clause:
        parts.append(f"{say('Clause to insert')}: `{finding.clause}`")
    if finding.cites:
        parts.append(say("Sources: {sources}", sources=escaped("; ".join(finding.cites))))
    return "\n\n".join(parts)


def _passage(passage: Evidence) -> str:
    doubts = f"; {'; '.join(passage.doubts)}" if passage.doubts else ""
    return f"> {escaped(passage.quote)}\n>\n> — {escaped(passage.where + doubts)}"


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
