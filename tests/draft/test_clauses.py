"""One golden text for each clause and variant: `MOUGEN_ACCEPT=1` writes them, a person reviews the difference."""

from __future__ import annotations

import os

import pytest
from deals import ROOT, rendered, written

from mougen.library import bundled_library

GOLDEN = ROOT / "tests" / "golden" / "clauses"
LIBRARY = bundled_library()
EVERY = {".".join((c.id, *c.qualifiers)): c for variants in LIBRARY.clauses.values() for c in variants}
# What translations say is held against the English text by test_translations.py.
VARIANTS = {name: clause for name, clause in EVERY.items() if clause.language == "en"}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_clause_reads_as_its_golden_text(name: str) -> None:
    text, golden = written(rendered(VARIANTS[name])), GOLDEN / f"{name}.txt"
    if os.environ.get("MOUGEN_ACCEPT") == "1":
        golden.write_text(text, encoding="utf-8")
    assert golden.exists(), f"no golden text for {name}; run with MOUGEN_ACCEPT=1 and review it"
    assert text == golden.read_text(encoding="utf-8")


def test_each_golden_text_has_a_clause() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(VARIANTS)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_clause_has_no_loose_ends(name: str) -> None:
    text = written(rendered(VARIANTS[name]))
    for flaw in (
        "the the ",
        "a the ",
        " ,",
        " ;",
        "..",
        "()",
        "( ",
        " )",
        ":.",
        "  the",
        "[omitted]",
        ";;",
        " .",
        ",,",
    ):
        lines = [line for line in text.splitlines() if not line.startswith("|") and flaw in line.strip()]
        assert not lines, f"{flaw!r} in {lines}"


@pytest.mark.parametrize("name", [n for n, c in VARIANTS.items() if c.kind == "clause" and c.rung != "weak"])
def test_a_clause_binds_without_an_escape(name: str) -> None:
    text = written(rendered(VARIANTS[name])).lower()
    for escape in ("endeavour", "subject to operational", "as far as possible", "where practicable", "best efforts"):
        assert escape not in text
