"""A plan as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..draft.plan import Plan, PlannedClause
from ..report.terminal import WIDTH, wrapped


def render_plan(plan: Plan, format: str) -> bytes:
    """Return `plan` in one of the formats text, json and markdown."""
    if format == "json":
        return (json.dumps(_wire(plan), ensure_ascii=False, indent=2) + "\n").encode()
    return ("\n".join(_markdown(plan) if format == "markdown" else _text(plan)) + "\n").encode()


def _text(plan: Plan) -> Iterator[str]:
    yield wrapped(f"{plan.title}: {plan.deal.site.name or '[site name]'}, {plan.country.name}")
    yield wrapped(_counts(plan))
    for item in plan.items:
        yield ""
        number = item.number.replace("Annex ", "")
        yield wrapped(f"{item.title} [{item.id}]", " " * 6, f"{number:>4}  ")
        yield from (wrapped(reason, " " * 8, " " * 6 + "- ") for reason in item.reasons)
        if conceded := _conceded(item):
            yield wrapped(conceded, " " * 8, " " * 6 + "- ")
        if item.blanks:
            yield wrapped(f"missing: {', '.join(item.blanks)}", " " * 8, " " * 6 + "- ")
    if plan.missing:
        yield f"\n{'MISSING FIELDS '.ljust(WIDTH, '─')}"
        for missing in plan.missing:
            yield wrapped(f"{missing.path}: {missing.asks} ({', '.join(missing.clauses)})", "    ", "  ")
    if plan.unmet:
        yield f"\n{'NOT COVERED '.ljust(WIDTH, '─')}"
        yield wrapped(", ".join(plan.unmet), "  ")
    if plan.notes:
        yield f"\n{'TO VERIFY '.ljust(WIDTH, '─')}"
        yield from (wrapped(str(note), "    ", "  ") for note in plan.notes)


def _markdown(plan: Plan) -> Iterator[str]:
    from ..report.as_markdown import escaped

    yield f"# Plan: {escaped(plan.title)}, {escaped(plan.deal.site.name or '[site name]')}, {plan.country.name}"
    yield f"\n{_counts(plan)}\n"
    yield "| No. | Clause | Why it is in | Missing |\n| --- | --- | --- | --- |"
    for item in plan.items:
        blanks = ", ".join(f"`{path}`" for path in item.blanks)
        reasons = escaped("; ".join(filter(None, (*item.reasons, _conceded(item)))))
        yield f"| {item.number} | {escaped(item.title)} (`{item.id}`) | {reasons} | {blanks} |"
    if plan.missing:
        yield "\n## Missing fields\n"
        yield from (f"- `{m.path}`: {escaped(m.asks)}" for m in plan.missing)
    if plan.unmet:
        yield "\n## Not covered\n"
        yield from (f"- `{requirement}`" for requirement in plan.unmet)
    if plan.notes:
        yield "\n## To verify\n"
        yield from (f"- {escaped(str(note))}" for note in plan.notes)


def _conceded(item: PlannedClause) -> str:
    """Return on which rung of its ladder a clause stands and what that gives up, empty for the first."""
    if item.clause.rung == "preferred":
        return ""
    return f"{item.clause.rung} wording; it gives up: {item.clause.gives_up}".removesuffix(".")


def _counts(plan: Plan) -> str:
    clauses = sum(item.clause.kind in ("clause", "definitions") for item in plan.items)
    annexes = sum(item.clause.kind == "annex" for item in plan.items)
    return f"{clauses} clauses, {annexes} annexes, {len(plan.missing)} missing fields; library {plan.digest[:12]}."


def _wire(plan: Plan) -> dict[str, object]:
    return {
        "version": 1,
        "title": plan.title,
        "jurisdiction": plan.country.id,
        "library": plan.digest,
        "clauses": [_item(item) for item in plan.items],
        "missing": [{"path": m.path, "asks": m.asks, "clauses": list(m.clauses)} for m in plan.missing],
        "unmet": list(plan.unmet),
        "notes": list(map(str, plan.notes)),
    }


def _item(item: PlannedClause) -> dict[str, object]:
    return {
        "clause": item.id,
        "number": item.number,
        "title": item.title,
        "kind": item.clause.kind,
        "rung": item.clause.rung,
        "gives_up": item.clause.gives_up,
        "meets": list(item.clause.meets),
        "reasons": list(item.reasons),
        "missing": list(item.blanks),
    }
