"""Reading Word against parsing it without understanding: `python -m benchmarks.reading`."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mougen.api import compose
from mougen.draft.plan import make_plan
from mougen.draft.wml import MAIN
from mougen.library import bundled_library
from mougen.reading import from_docx

from .measure import Row, main, medians, ratio
from .texts import deal, write_agreement

RUNS = 25
# What holds text or decides how it is numbered; pictures, themes and fonts do neither.
READ = re.compile(r"word/(document|styles|numbering|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def parsed(data: bytes) -> str:
    """Return the text of a Word file as it falls out of the parts that we read: no numbers, no places, no gate."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if READ.fullmatch(name):
                tree = etree.fromstring(package.read(name))
                found += ["".join(t.text or "" for t in p.iter(f"{{{MAIN}}}t")) for p in tree.iter(f"{{{MAIN}}}p")]
    return "\n".join(found)


def rows() -> Iterator[Row]:
    """Yield the rows on reading."""
    drafted = compose(make_plan(deal(), bundled_library()), allow_blanks=True).data
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ten.docx"
        write_agreement(file, 10)
        foreign = file.read_bytes()
    for what, data in (("read a drafted file, automatic numbers", drafted), ("read a 10-page agreement", foreign)):
        ours, floor = medians(RUNS, lambda data=data: from_docx.read(data, "a.docx"), lambda data=data: parsed(data))  # type: ignore[misc]
        yield ratio(what, "raw lxml parse and text", ours, floor, 6, "(word.md)")


if __name__ == "__main__":
    main(rows)
