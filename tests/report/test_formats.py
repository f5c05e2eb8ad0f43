"""What holds for every report format: found by file name, stable, complete, and as accepted in tests/golden/reports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_review import made_review

from mougen.errors import MougenError
from mougen.report import Unread, formats, render_report, render_reports

GOLDEN = Path(__file__).parent.parent / "golden" / "reports"


def test_formats_are_found_by_file_name() -> None:
    assert formats() == ("html", "json", "jsonl", "markdown", "text")


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(MougenError, match="`docx` is not a report format; known: html, json, jsonl, markdown, text"):
        render_report(made_review(), "docx")


@pytest.mark.parametrize("format", formats())
def test_report_is_the_accepted_one(format: str) -> None:
    accepted = GOLDEN / f"review.{format}"
    outcomes = (made_review(), Unread("torn.docx", "torn.docx is damaged; send it again."))
    report = render_reports(outcomes, format)
    if os.environ.get("MOUGEN_ACCEPT"):
        accepted.write_bytes(report)
    assert report == accepted.read_bytes(), f"look at the difference; MOUGEN_ACCEPT=1 accepts it into {accepted}"


@pytest.mark.parametrize("format", formats())
def test_every_finding_is_in_every_report(format: str) -> None:
    report = render_report(made_review(), format).decode()
    for finding in made_review().findings:
        assert finding.requirement in report
    assert "made-immunity" in report
    assert "no legal advice" in report


@pytest.mark.parametrize("format", formats())
def test_a_clean_review_says_so(format: str) -> None:
    report = render_report(made_review(clean=True), format).decode()
    assert "No gap found and no red flag raised." in report or '"ok": true' in report


def test_each_golden_is_of_a_format() -> None:
    assert {path.suffix.removeprefix(".") for path in GOLDEN.iterdir()} == set(formats())
