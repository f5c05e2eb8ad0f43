"""What each paragraph is, where it stands and what leads into it."""

from __future__ import annotations

import pytest
from reviewing import ENGLISH, agreement_of, paragraph, passages

from mougen.review.structure import passages_of

DUTY = "The Police shall patrol the ridge road at night."


@pytest.mark.parametrize("title", ["# Recitals", "# Background", "# PREAMBLE", "# A. Background"])
def test_paragraphs_below_a_recital_heading_are_recitals(title: str) -> None:
    assert [p.kind for p in passages(title, "The parties value human rights.", "# Duties", DUTY)] == [
        "heading",
        "recital",
        "heading",
        "clause",
    ]


def test_whereas_is_a_recital_wherever_it_stands() -> None:
    kinds = [p.kind for p in passages("WHEREAS the Police keep order;", DUTY)]
    assert kinds == ["recital", "clause"]


def test_recitals_end_where_the_parties_agree() -> None:
    kinds = [p.kind for p in passages("# Recitals", "Trust is good.", "It is agreed as follows:", DUTY)]
    assert kinds == ["heading", "recital", "clause", "clause"]


@pytest.mark.parametrize("title", ["# Definitions", "# 1. Definitions", "# Article 2 Interpretation", "# GLOSSARY"])
def test_paragraphs_below_a_definition_heading_are_definitions(title: str) -> None:
    found = passages(title, "Guard means a watchman of the Company.", "# Duties", DUTY)
    assert [p.kind for p in found] == ["heading", "definition", "heading", "clause"]


@pytest.mark.parametrize("title", ["# Annex B", "# Schedule 1: Support", "# APPENDIX II"])
def test_annexes_reach_to_the_end(title: str) -> None:
    found = passages("# Duties", DUTY, title, "The Company lends two radios.", "## Fuel", "Ten litres a day.")
    assert [p.kind for p in found] == ["heading", "clause", "heading", "annex", "heading", "annex"]
    assert found[3].where.startswith(title.lstrip("# ").split(":")[0])


def test_a_row_is_one_passage_in_its_columns_order() -> None:
    head, row = passages("| Item | Number |", "| Radios | 4 |")
    assert (head.kind, row.kind) == ("row", "row")
    assert row.text == "Radios\t4"
    assert row.where.endswith("table row 2")


def test_rows_of_two_tables_are_counted_apart() -> None:
    found = passages("| Item |", "| Radios |", DUTY, "| Name |", "| A. Person |")
    assert [p.where.partition("table ")[2] for p in found if p.kind == "row"] == ["row 1", "row 2", "row 1", "row 2"]


def test_what_opens_a_list_leads_into_each_of_its_items() -> None:
    found = passages(
        "4.1 The Police shall in every case:",
        "(a) warn before firing;",
        "(b) give first aid.",
        "4.2 Radios are returned at the end.",
    )
    assert found[1].whole == "4.1 The Police shall in every case: (a) warn before firing;"
    assert found[2].lead == found[1].lead
    assert found[3].lead == ""
    assert found[3].whole == found[3].text


@pytest.mark.parametrize("mark", ["(a)", "(iv)", "b)", "-", "•", "3)"])
def test_items_are_told_by_their_mark(mark: str) -> None:
    assert passages("The Police shall:", f"{mark} warn before firing.")[1].lead == "The Police shall:"


def test_automatic_numbers_mark_items_too() -> None:
    read = agreement_of(
        [paragraph("The Police shall:", label="4.1"), paragraph("warn before firing.", label="(a)")],
    )
    lead, item = passages_of(read, ENGLISH)
    assert item.whole == "The Police shall: warn before firing."
    assert (lead.where, item.where) == ("clause 4.1", "clause 4.1(a)")


def test_a_heading_ends_a_list() -> None:
    assert passages("The Police shall:", "(a) warn.", "# Aid", "(b) help.")[3].lead == ""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("7.2 The Police shall patrol at night.", "clause 7.2"),
        ("Article 9 The Police shall patrol at night.", "clause 9"),
        ("12. The Police shall patrol at night.", "clause 12"),
    ],
)
def test_a_number_typed_by_hand_says_where(text: str, where: str) -> None:
    assert passages(text)[0].where == where


def test_an_unnumbered_paragraph_is_counted() -> None:
    assert [p.where for p in passages(DUTY, DUTY)] == ["paragraph 1", "paragraph 2"]


def test_an_unnumbered_paragraph_stands_under_the_clause_before_it() -> None:
    assert passages("5.1 The Police shall patrol at night.", "They shall go on foot.")[1].where == "clause 5.1"


@pytest.mark.parametrize("title", ["CONDUCT OF THE POLICE", "Article 4", "Section 3 Use of force", "ANNEX C"])
def test_headings_are_told_without_styles(title: str) -> None:
    heading, below = passages(title, DUTY)
    assert heading.kind == "heading"
    assert below.heading == title


@pytest.mark.parametrize(
    "text",
    [
        "THE POLICE SHALL PATROL THE RIDGE ROAD AT NIGHT.",
        "Article 4 binds the Police and the Company alike.",
        "The Police",
        "THE POLICE SHALL PATROL THE ROAD AND THE RIDGE AND THE TOWN AND THE MARKET EVERY NIGHT",
    ],
)
def test_what_is_no_heading_is_read(text: str) -> None:
    assert passages(text)[0].kind == "clause"


@pytest.mark.parametrize("place", ["header", "footer", "comment"])
def test_what_stands_beside_the_text_is_an_aside(place: str) -> None:
    (found,) = passages_of(agreement_of([paragraph(DUTY, place=place)]), ENGLISH)  # type: ignore[arg-type]
    assert (found.kind, found.where) == ("aside", place)


@pytest.mark.parametrize("place", ["footnote", "endnote", "text box"])
def test_notes_and_text_boxes_are_text(place: str) -> None:
    (found,) = passages_of(agreement_of([paragraph(DUTY, place=place)]), ENGLISH)  # type: ignore[arg-type]
    assert found.kind == "clause"


@pytest.mark.parametrize(
    "text", ["They meet [to be agreed].", "Within [TBC] hours.", "By [●].", "At [____] of each month.", "Of [...] men."]
)
def test_open_brackets_are_doubtful(text: str) -> None:
    assert passages(text)[0].doubtful == "left open in square brackets"


def test_struck_text_is_doubtful_and_filled_brackets_are_not() -> None:
    (struck,) = passages_of(agreement_of([paragraph(DUTY, "struck")]), ENGLISH)
    assert struck.doubtful == "struck through"
    assert passages("The Police [of the Ridge] shall patrol.")[0].doubtful == ""


def test_spans_index_the_text() -> None:
    lines = ("# Duties", "The Police shall:", "(a) warn;", "| Item | Number |", "| Radios | 4 |", "Übung: “shall”.")
    from reviewing import made

    agreement = made(*lines)
    for passage in passages_of(agreement, ENGLISH):
        shown = agreement.text[passage.start : passage.end]
        assert shown == (passage.text.replace("\t", "\n") if passage.kind == "row" else passage.text)


def test_an_entry_of_the_contents_is_an_aside_and_opens_no_part() -> None:
    made = agreement_of([paragraph("1. Definitions", "contents"), paragraph(DUTY)])
    assert [p.kind for p in passages_of(made, ENGLISH)] == ["aside", "clause"]


@pytest.mark.parametrize("title", ["# Article 1 – Definitions", "# – Definitions", "# 1: Definitions"])
def test_a_dash_or_colon_before_a_title_is_no_part_of_it(title: str) -> None:
    assert [p.kind for p in passages(title, "Site means the mine.")] == ["heading", "definition"]


def test_a_table_of_approvals_is_no_term_of_the_agreement() -> None:
    found = passages("# Approvals and registrations under national law", "| What | When |", "| the visa | before |")
    assert [p.kind for p in found] == ["heading", "aside", "aside"]
