"""The wire form: version 1, all keys always there, spans that index the text."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

from made_review import made_review, passage

from mougen.report import Unread, render_report, render_reports

FINDING = "requirement title category verdict severity core message evidence has lacks contrary nearest clause"
FINDING += " suggestion cites"
TOP = "version file language library facts findings red_flags summary notes disclaimer"


def wire() -> dict:
    return json.loads(render_report(made_review(), "json"))


def test_keys_are_those_of_version_1_in_order() -> None:
    document = wire()
    assert list(document) == TOP.split()
    assert document["version"] == 1
    for finding in document["findings"]:
        assert list(finding) == FINDING.split()
    for flag in document["red_flags"]:
        assert list(flag) == ["flag", "title", "severity", "message", "why", "contradicts", "evidence"]


def test_spans_index_the_text_of_the_agreement() -> None:
    text = made_review().agreement.text
    passages = [passage for finding in wire()["findings"] for passage in finding["evidence"]]
    assert passages
    for passage_ in passages:
        assert text[passage_["start"] : passage_["end"]] == passage_["quote"]


def test_summary_counts_what_is_there() -> None:
    summary = wire()["summary"]
    assert summary["verdicts"]["missing"] == 2
    assert (summary["required_gaps"], summary["recommended_gaps"]) == (4, 1)
    assert (summary["core"], summary["core_gaps"]) == (2, ["governing-made-law"])
    assert summary["red_flags"] == {"high": 1, "medium": 0, "low": 0}
    assert summary["ok"] is False


def test_suggestion_is_the_text_of_the_clause_and_only_for_gaps() -> None:
    findings = {finding["requirement"]: finding for finding in wire()["findings"]}
    assert findings["conduct-made-aid"]["suggestion"].startswith("The [Force] shall:")
    assert findings["conduct-made-force"]["suggestion"] == ""


def test_json_of_several_files_is_a_list_in_order() -> None:
    outcomes = (made_review("a.docx"), Unread("b.docx", "b.docx is empty."), made_review("c.docx"))
    assert [entry["file"] for entry in json.loads(render_reports(outcomes, "json"))] == ["a.docx", "b.docx", "c.docx"]


def test_jsonl_is_one_line_a_file_whatever_is_quoted() -> None:
    review = made_review()
    odd = dataclasses.replace(passage(1, "clause 1.1"), quote="one\u2028two\x85three\x0bfour\nfive")
    finding = dataclasses.replace(review.findings[0], evidence=(odd,))
    outcomes = (dataclasses.replace(review, findings=(finding,)), Unread("b.docx", "b.docx is empty."))
    lines = render_reports(outcomes, "jsonl").decode().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["findings"][0]["evidence"][0]["quote"] == odd.quote
    assert json.loads(lines[1]) == {"version": 1, "file": "b.docx", "error": "b.docx is empty."}


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "wire-schema.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", page))
    document = wire()
    finding = next(f for f in document["findings"] if f["nearest"])
    with_evidence = next(f for f in document["findings"] if f["evidence"])
    keys = [
        document,
        finding,
        finding["nearest"][0],
        with_evidence["evidence"][0],
        document["red_flags"][0],
        document["summary"],
    ]
    assert {key for table in keys for key in table} | {"error", "basis", "value", "passage"} <= documented
