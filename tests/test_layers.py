"""Who may import whom: drafting and reviewing never meet, and each third-party package has one home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mougen"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What a part of the package may not import; a part is a module or a package directly below `mougen`.
DRAFTING, REVIEWING, FRONT = {"draft"}, {"reading", "review", "report"}, {"cli", "api", "tracing", "duties", "parity"}
BELOW = {
    "errors",
    "agreement",
    "schema",
    "data",
    "requirement",
    "jurisdiction",
    "clause",
    "library",
    "coherence",
    "deal",
    "phrasing",
}
FORBIDDEN = {
    **dict.fromkeys(BELOW, DRAFTING | REVIEWING | FRONT),
    "draft": REVIEWING | FRONT,
    "reading": DRAFTING | FRONT | {"review", "report", "library"},
    "review": DRAFTING | FRONT | {"reading", "report"},
    "report": DRAFTING | FRONT | {"reading"},
    # These two stand above both: one compares what is read with what was drafted, one lists what either says.
    "tracing": {"cli", "api", "review", "report", "duties", "parity"},
    "duties": {"cli", "api", "report", "tracing", "parity"},
    # This one compares the languages of what is read, with the lexicons of review.
    "parity": DRAFTING | {"cli", "api", "report", "tracing", "duties", "library"},
}
# Where a third-party package may be used.
HOMES = {
    "click": {"cli"},
    "docx": {"draft"},
    "docxtpl": {"draft"},
    "jinja2": {"draft.firm", "report.as_html"},
    "lxml": {"draft", "opc"},
    "numpy": {"review"},
    "pypdfium2": {"draft.pages", "reading.from_pdf"},
    "spacy": {"review"},
    "tomli": {"schema", "review.language", "draft.firm"},
}


def name_of(path: Path) -> str:
    """Return the module at `path` without the name of the package: "draft.plan"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> Iterator[str]:
    """Yield every module that `path` imports, wherever in it, absolute: "mougen.draft.plan", "click"."""
    inside = ["mougen", *path.relative_to(PACKAGE).with_suffix("").parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    forbidden = FORBIDDEN.get(name_of(path).split(".")[0], set())
    used = {name.split(".")[1] for name in imports(path) if name.startswith("mougen.")}
    assert not used & forbidden


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_third_party_packages_stay_at_home(path: Path) -> None:
    here = name_of(path)
    for name in {name.split(".")[0] for name in imports(path)} - {"mougen", "__future__"} - sys.stdlib_module_names:
        assert any(here == home or here.startswith(f"{home}.") for home in HOMES.get(name, ())), f"{here} uses {name}"
