"""The Markdown report: what is quoted comes out as it was written."""

from __future__ import annotations

import dataclasses

import pytest
from made_review import made_review

from mougen.report import render_report
from mougen.report.as_markdown import escaped


def test_markup_in_a_passage_does_not_act() -> None:
    report = render_report(made_review(), "markdown").decode()
    assert r"\<b\>where possible\</b\> \& report \*promptly\* \| monthly" in report


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("![](http://x)", r"!\[\](http://x)"),
        ("a\n\n# b", r"a  \# b"),
        ("plain 1.2 text", "plain 1.2 text"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_file_name_cannot_add_structure() -> None:
    review = made_review("x\n# y <script>.docx")
    report = render_report(review, "markdown").decode()
    assert report.startswith("# Review of x \\# y \\<script\\>.docx\n")


def test_where_nothing_is_noted_there_is_no_empty_section() -> None:
    report = render_report(dataclasses.replace(made_review(clean=True), notes=()), "markdown").decode()
    assert "## Notes" not in report
    assert "## Red flags" not in report
