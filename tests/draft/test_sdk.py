"""Drafts of every kind are without fault to Microsoft's Open XML SDK, where its validator is installed.

`npm install --prefix tests/validator` installs it; .ci/run does so where npm is there.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from deals import LEADS, ROOT, SAMPLES, complete
from firms import firm

import mougen
from mougen.library import bundled_library

VALIDATOR = ROOT / "tests" / "validator" / "node_modules" / ".bin" / "ooxml-validator"
INSTALL = "run `npm install --prefix tests/validator` to install it"
pytestmark = pytest.mark.skipif(not VALIDATOR.exists(), reason=INSTALL)
FORMS = ("incident-report", "allegation-register", "support-schedule", "notice-of-concern")


def whole(deal: object, **options: object) -> bytes:
    return mougen.compose(deal, **options).data  # type: ignore[arg-type]


def with_blanks(country: str, register: str = "mou", **options: object) -> bytes:
    """Return a draft that lacks a name and the date, with drafting notes as comments."""
    deal = {**complete(country), "register": register}
    del deal["date"], deal["company"]["name"]
    return whole(deal, allow_blanks=True, comments=True, **options)


def kinds() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield what a document is, and how to make it."""
    for path in SAMPLES:
        yield path.stem, partial(whole, path)
    for index, country in enumerate(LEADS):
        register, contents = ("agreement", "mou", "letter")[index % 3], ("ask", "none", "plain")[index % 3]
        yield f"{country}, {register}, contents {contents}", partial(with_blanks, country, register, contents=contents)
        if len(pair := bundled_library().jurisdictions[country].languages[:2]) == 2:
            yield f"{country}, {'-'.join(pair)}", partial(with_blanks, country, register, bilingual=pair)
    for form in FORMS:
        yield form, partial(whole, mougen.make_plan(complete(), form=form))
    yield "template of a firm", partial(with_blanks, "ghana", template=firm())
    yield "brief", lambda: mougen.brief(complete()).docx()


KINDS = dict(kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_the_sdk_finds_no_fault(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    file.write_bytes(KINDS[kind]())
    said = subprocess.run([VALIDATOR, file], capture_output=True, text=True, timeout=120).stdout
    assert json.loads(said)["errors"] == []


def test_the_sdk_finds_a_fault_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    file.write_bytes(mougen.compose(SAMPLES[0]).data[:-100])
    said = subprocess.run([VALIDATOR, file], capture_output=True, text=True, timeout=120).stdout
    assert json.loads(said)["ok"] is False
