"""Drafting against its floor and against what it replaces: `python -m benchmarks.drafting`."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mougen.api import compose
from mougen.draft.body import STYLES
from mougen.draft.plan import Plan, make_plan
from mougen.draft.shell import house, values_of
from mougen.draft.wml import MAIN
from mougen.library import bundled_library

from .measure import NOW, Row, main, medians, mougen, python, ratio
from .texts import DEAL, deal

RUNS, COLD_RUNS, DRAFTS = 25, 11, 1000
FLAT = 0.05  # growth of memory that is called flat

MINIMAL = """
import json, sys
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[1])
template.render(json.load(open(sys.argv[2])), autoescape=True)
template.save(sys.argv[3])
"""
MANY = (
    NOW
    + """
import gc, sys
from mougen.deal import read_deal
from mougen.api import compose
from mougen.draft.plan import make_plan
from mougen.library import bundled_library
deal, library = read_deal(sys.argv[1]), bundled_library()
def drafts(count):
    for _ in range(count): compose(make_plan(deal, library), allow_blanks=True)
    gc.collect()
    return now()
before = drafts(100)
print(before, drafts(int(sys.argv[2])))
"""
)


def deflated(parts: dict[str, bytes]) -> bytes:
    """Return the parts zipped: what no writer of Word files can do without."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def clauses_of(plan: Plan) -> dict[str, Any]:
    """Return the finished texts of a plan as plain data: what a template would be given to loop over."""
    clauses = []
    for item in plan.items:
        blocks = [
            {"rows": [["".join(run.text for run in cell) for cell in row] for row in block.rows]}
            if block.rows
            else {
                "style": STYLES.get(item.clause.kind, STYLES["clause"]).get(block.level, "Normal"),
                "text": block.text,
            }
            for block in item.blocks
        ]
        clauses.append({"title": item.title, "blocks": blocks})
    return {"clauses": clauses}


def looping_template(plan: Plan) -> bytes:
    """Return a plain docxtpl template in the house styles, which loops over clauses, paragraphs, rows and cells."""
    values = values_of(plan)
    values["core"]["comments"] = ""
    shell = house(values)
    styles = sorted({style for levels in STYLES.values() for style in levels.values()})

    def paragraph(text: str, style: str = "Normal") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

    def mark(tag: str) -> str:
        return f"<w:tc>{paragraph(tag)}</w:tc>"

    cell = f"<w:tc>{paragraph('{{ cell }}', 'TableText')}</w:tc>"
    cells = f"{mark('{%tc for cell in row %}')}{cell}{mark('{%tc endfor %}')}"
    rows = (
        f"<w:tr>{mark('{%tr for row in block.rows %}')}</w:tr><w:tr>{cells}</w:tr><w:tr>{mark('{%tr endfor %}')}</w:tr>"
    )
    grid = '<w:tblPr><w:tblStyle w:val="ScheduleTable"/></w:tblPr><w:tblGrid><w:gridCol w:w="9070"/></w:tblGrid>'
    body = [
        paragraph("{%p for clause in clauses %}"),
        paragraph("{{ clause.title }}", "Heading1"),
        paragraph("{%p for block in clause.blocks %}"),
        paragraph("{%p if block.rows %}"),
        f"<w:tbl>{grid}{rows}</w:tbl>",
        *(paragraph(f"{{%p elif block.style == '{s}' %}}") + paragraph("{{ block.text }}", s) for s in styles),
        *(paragraph(f"{{%p {end} %}}") for end in ("endif", "endfor", "endfor")),
    ]
    return deflated({**shell.parts, "word/document.xml": f"{shell.before}{''.join(body)}{shell.after}".encode()})


def through_docxtpl(template: bytes, values: dict[str, Any]) -> bytes:
    """Return the document that docxtpl makes of the template."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template))
    document.render(values, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rows() -> Iterator[Row]:
    """Yield the rows on drafting."""
    library = bundled_library()
    plan = make_plan(deal(), library)
    count = sum(item.clause.kind == "clause" for item in plan.items)
    with zipfile.ZipFile(io.BytesIO(compose(plan, allow_blanks=True).data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    template, values = looping_template(plan), clauses_of(plan)
    _same_words(through_docxtpl(template, values), parts["word/document.xml"])
    whole, composed, floor, loop = medians(
        RUNS,
        lambda: compose(make_plan(deal(), library), allow_blanks=True),
        lambda: compose(plan, allow_blanks=True),
        lambda: deflated(parts),
        lambda: through_docxtpl(template, values),
    )
    what = f"draft, {count} clauses, plan and Word"
    yield ratio(what, "zip-deflate of the same parts", whole, floor, 12, "(issue 4)")
    yield ratio(what, "docxtpl template that loops over them", whole, loop, 0.6, "(issue 4)")
    yield ratio("  of which Word alone, the texts given", "zip-deflate of the same parts", composed, floor, None)
    yield ratio("  of which Word alone, the texts given", "docxtpl template that loops over them", composed, loop, None)
    yield from _cold(template, values)
    yield _memory()


def _same_words(document: bytes, ours: bytes) -> None:
    """Make sure that the template wrote what we write: nearly as many characters of text, our notes and dates apart."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(document)) as package:
        theirs = package.read("word/document.xml")
    lengths = [sum(len(t.text or "") for t in etree.fromstring(x).iter(f"{{{MAIN}}}t")) for x in (theirs, ours)]
    if not 0.85 < lengths[0] / lengths[1] < 1.15:
        raise RuntimeError(f"the looping template writes {lengths[0]} characters, mougen {lengths[1]}")


def _cold(template: bytes, values: dict[str, Any]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "loop.docx").write_bytes(template)
        (place / "values.json").write_text(json.dumps(values), "utf-8")
        ours, same, bare = medians(
            COLD_RUNS,
            lambda: mougen("draft", str(DEAL), "--allow-blanks", "-o", str(place / "draft.docx"), "--force"),
            lambda: python(MINIMAL, *(str(place / name) for name in ("loop.docx", "values.json", "out.docx"))),
            lambda: python("import docxtpl, jinja2, docx"),
        )
    yield ratio("cold `mougen draft`", "minimal docxtpl script, same clauses", ours, same, 1.2, "(issue 4)")
    yield ratio("cold `mougen draft`", "python -c 'import docxtpl'", ours, bare, None)


def _memory() -> Row:
    before, after = map(int, python(MANY, str(DEAL), str(DRAFTS)).split())
    growth = after / before - 1
    figure = f"{growth:+.1%} ({before / 2**20:.1f} -> {after / 2**20:.1f} MB)"
    return Row(
        f"memory of {DRAFTS} drafts", "after 100 drafts", figure, f"flat: <= {FLAT:+.0%} (issue 4)", growth <= FLAT
    )


if __name__ == "__main__":
    main(rows)
