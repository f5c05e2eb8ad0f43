"""The text report: 80 columns, worst first, colours only if asked, and nothing that steers a terminal."""

from __future__ import annotations

import dataclasses
import re

from made_review import made_review, passage

from mougen.report import render_report, render_reports
from mougen.report.terminal import plain, shortened, wrapped


def report(**options: bool) -> str:
    return render_reports((made_review(),), "text", **options).decode()


def test_no_line_is_wider_than_80_columns() -> None:
    assert max(map(len, report().splitlines())) <= 80


def test_order_is_flags_then_gaps_worst_first_then_met() -> None:
    text = report()
    order = [
        "RED FLAGS",
        "GAPS IN REQUIRED ITEMS",
        "governing-made-law",
        "training-made-rights",
        "conduct-made-aid",
        "remedy-made-channel",
        "GAPS IN RECOMMENDED ITEMS",
        "MET",
        "NOT APPLICABLE",
        "FACTS",
        "NOTES",
    ]
    places = [
        text.index(f"\n{word} ─" if word.isupper() else f"[{word}", text.index("RED FLAGS") - 1) for word in order
    ]
    assert places == sorted(places)


def test_a_passage_comes_with_its_place_and_doubt() -> None:
    assert "— clause 1.2; soft verb: should" in report()


def test_colour_changes_nothing_but_colour() -> None:
    painted = report(color=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[\d+m", "", painted) == report()


def test_control_characters_of_a_file_do_not_reach_the_terminal() -> None:
    review = made_review()
    hostile = dataclasses.replace(passage(1, "clause 1.1"), quote="a\x1b[2Jb\x07c\u202ed\x00")
    finding = dataclasses.replace(review.findings[1], evidence=(hostile,))
    text = render_report(dataclasses.replace(review, findings=(finding,)), "text").decode()
    assert "a[2Jbcd" in text
    assert not set(text) & set("\x1b\x07\u202e\x00")


def test_plain_keeps_words_apart_and_letters_of_all_scripts() -> None:
    assert plain("a\nb\tc é 警 \u202eم") == "a b c é 警 م"


def test_wrapped_never_breaks_an_id() -> None:
    assert "conduct-force-necessity" in wrapped(f"{'x ' * 30}conduct-force-necessity")


def test_shortened_says_that_something_was_cut() -> None:
    assert shortened("one two three", 100) == "one two three"
    assert shortened("one two three", 9) == "one two …"
