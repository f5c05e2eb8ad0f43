"""The tables of docs/judgement.md, each made of what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .corpus import LABELLED, NAMES, Judgement
from .figures import confusion
from .result import Result

GOLD = ("met", "partial", "missing", "contradicted")
CORNER = "right \\ said"
SAID = (*GOLD, "undetermined", "not-applicable")
COLUMNS = ("labels", "exact", "macro_f1", "met_precision", "false_met", "gap_recall", "evidence_hit", "flag_f1")
# What issue 3 asks of agreements kept out, and what a second careful reader reaches there.
TARGETS = {
    "exact": (">=", 0.85),
    "met_precision": (">=", 0.95),
    "false_met": ("<=", 0.02),
    "gap_recall": (">=", 0.95),
    "evidence_hit": (">=", 0.92),
    "flag_f1": (">=", 0.80),
}
WORST, LOST = 12, 20  # requirements and lost verdicts that are shown for each language


def table(head: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """Return a Markdown table; all columns but the first `left` are aligned to the right."""
    marks = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, marks, *rows))


def figures_table(by_set: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the figures of all groups of one language, with the 95 % interval of those that have one."""
    return table(("group", *COLUMNS), ([name, *(_figure(found, c) for c in COLUMNS)] for name, found in by_set.items()))


def _figure(found: Mapping[str, Any], column: str) -> str:
    if column not in found:
        return ""
    if column == "labels":
        return str(found[column])
    low, high = found.get(f"{column}_95", (None, None))
    return f"{found[column]:.3f}" + ("" if low is None else f" ({low:.2f}–{high:.2f})")


def against(by_language: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the agreements that set nothing, against what is asked of them."""
    groups = {
        LABELLED[code]: run["figures"]["agreements, kept out" if code == "en" else "agreements"]
        for code, run in by_language.items()
    }

    def cell(found: Mapping[str, Any], name: str) -> str:
        sign, target = TARGETS[name]
        if name not in found:
            return ""
        holds = found[name] >= target if sign == ">=" else found[name] <= target
        return f"{found[name]:.3f}" if holds else f"**{found[name]:.3f}**"

    rows = ([n, f"{s} {t:.2f}", *(cell(found, n) for found in groups.values())] for n, (s, t) in TARGETS.items())
    return table(("figure", "target", *groups), rows)


def changed(by_language: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was gained and lost against the run before, by language and group."""
    rows = [
        [LABELLED[code], name, c["gained"], c["lost"], c["new false met"]]
        for code, run in by_language.items()
        for name, c in sorted(run["changes"]["sets"].items())
    ]
    for code, run in by_language.items():
        since = run["changes"]["since"]
        yield f"{LABELLED[code]}: {f'against {since}' if since else 'this is the first run'}.  "
    yield ""
    if rows:
        yield table(("language", "group", "became right", "became wrong", "new false met"), rows, left=2)
        yield ""
    for code, run in by_language.items():
        if lost := run["changes"]["lost"]:
            yield f"{LABELLED[code]}, became wrong ({len(lost)}, at most {LOST} shown):\n"
            yield from (f"- {line}" for line in lost[:LOST])
            yield ""


def said(name: str, members: Sequence[Judgement]) -> str:
    """Return how often each verdict was said for each that is right."""
    counts = confusion(members)
    rows = ([gold, *(counts.get((gold, said), 0) for said in SAID)] for gold in GOLD)
    return f"{name}:\n\n{table((CORNER, *SAID), rows)}\n"


def worst_requirements(judged: Sequence[Judgement]) -> str:
    """Return the requirements with the most errors, the worst errors first."""
    by_requirement: dict[str, list[Judgement]] = {}
    for j in judged:
        by_requirement.setdefault(j.requirement, []).append(j)
    ranked = sorted(by_requirement.items(), key=lambda r: (-_errors(r[1]), r[0]))[:WORST]
    return table(
        ("requirement", "agreements", "passages", "false met", "errors (right → said)"),
        (
            [
                requirement,
                _right(j for j in own if not j.kind),
                _right(j for j in own if j.kind),
                sum(j.false_met for j in own) or "",
                _wrong(own),
            ]
            for requirement, own in ranked
        ),
    )


def _errors(own: Sequence[Judgement]) -> float:
    """Return the share that is wrong; what is falsely met counts three times."""
    return sum((not j.right) + 2 * j.false_met for j in own) / len(own)


def _right(own: Iterable[Judgement]) -> str:
    found = [j.right for j in own]
    return f"{sum(found)}/{len(found)}" if found else ""


def _wrong(own: Sequence[Judgement]) -> str:
    wrong = Counter(f"{j.gold} → {j.said}" for j in own if not j.right)
    return ", ".join(f"{kind} ({n})" if n > 1 else kind for kind, n in wrong.most_common())


def false_met(results: Sequence[Result]) -> list[str]:
    """Return every false met in the agreements."""
    found = [f"- {j.text}, {j.requirement}: {j.gold}" for r in results for j in r.judged if j.false_met and not j.kind]
    return found or ["None."]


def flags(results: Sequence[Result], left_out: Sequence[str]) -> str:
    """Return the red flags of each agreement but those `left_out`."""
    rows = []
    for flag in (flag for r in results for flag in r.flags if flag.text not in left_out):
        cells = (flag.gold & flag.said, flag.gold - flag.said, flag.said - flag.gold)
        rows.append([flag.text, *(", ".join(sorted(cell)) for cell in cells)])
    return table(("agreement", "raised rightly", "not raised", "raised wrongly"), rows, left=4)


def kinds(results: Sequence[Result]) -> str:
    """Return how many passages of each kind were judged rightly in each language, and how many were falsely met."""
    head, rows = ["kind"], []
    for r in results:
        head += [LABELLED[r.language], "false met"]
    for kind in sorted({j.kind for r in results for j in r.judged if j.kind}):
        row: list[object] = [kind]
        for r in results:
            own = [j for j in r.judged if j.kind == kind]
            share = f" ({sum(j.right for j in own) / len(own):.2f})" if own else ""
            row += [_right(own) + share, sum(j.false_met for j in own) or ""]
        rows.append(row)
    return table(head, rows)


def calibration(results: Sequence[Result], kind: str) -> str:
    """Return for one kind of head, by language, how often it was true at each probability, of how many passages."""
    by_language = {r.language: {where: row for where, *row in r.calibration[kind]} for r in results}
    bins = sorted({where for found in by_language.values() for where in found})
    rows = [
        [
            where,
            *(
                f"{found[where][2]:.2f} of {found[where][0]}" if where in found else ""
                for found in by_language.values()
            ),
        ]
        for where in bins
    ]
    rows.append(["mean distance", *(f"{_distance(r.calibration[kind]):.3f}" for r in results)])
    return table(("probability", *(LABELLED[code] for code in by_language)), rows)


def _distance(bins: Sequence[tuple[str, int, float, float]]) -> float:
    """Return the expected calibration error: how far the said probability lies from what was true, on average."""
    count = sum(n for _, n, _, _ in bins)
    return sum(n * abs(mean - true) for _, n, mean, true in bins) / count if count else 0.0


def shares(by_language: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    """Return counts (so many of so many) by language."""
    found = dict.fromkeys(name for counts in by_language.values() for name in counts)
    rows = (
        [name, *("{} of {}".format(*counts[name]) if name in counts else "" for counts in by_language.values())]
        for name in sorted(found, key=lambda name: name.startswith("all"))
    )
    return table(("", *(NAMES[code] for code in by_language)), rows)
