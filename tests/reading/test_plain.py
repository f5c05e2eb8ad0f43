"""Typed numbers, headings, and lines joined to paragraphs; plain text and Markdown files."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mougen.errors import ReadError
from mougen.reading import from_md, from_txt
from mougen.reading.plain import Line, heading_level, literal_label, paragraphs


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("4.2 The Police shall", "4.2"),
        ("4.2.1. The Police", "4.2.1."),
        ("4. Training", "4."),
        ("12) Notices", "12)"),
        ("(a) an officer", "(a)"),
        ("(iv) four", "(iv)"),
        ("(12) twelve", "(12)"),
        ("a) first", "a)"),
        ("iv. fourth", "iv."),
        ("A. Background", "A."),
        ("IV. Objet", "IV."),
        ("C1. There are Posts", "C1."),
        ("G8 Notices are", "G8"),
        ("3/1 The First Party", "3/1"),
        ("1 – The Guard", "1"),
        ("4\tTraining", "4"),
        ("4 TRAINING", "4"),
        ("§ 5 Zweck", "§ 5"),
        ("Article 5", "Article 5"),
        ("Article 22 – Portée", "Article 22"),
        ("ARTICLE 5: TRAINING", "ARTICLE 5"),
        ("Article (3) Number", "Article (3)"),
        ("Article 1er. Objet", "Article 1er"),
        ("ANNEX A", "ANNEX A"),
        ("Schedule 4: Contacts", "Schedule 4"),
        ("Section 5.1 Training", "Section 5.1"),
        ("Article premier", "Article premier"),
        ("CLÁUSULA SEGUNDA. REFERENTES", "CLÁUSULA SEGUNDA"),
        ("PRIMERA (PARTES)", "PRIMERA"),
        ("DECIMONOVENA: Impuesto", "DECIMONOVENA"),
        ("Artículo 3.- Objeto", "Artículo 3"),
        ("Cláusula 3.ª", "Cláusula 3"),
        ("2.5 million dollars", ""),
        ("30 days after", ""),
        ("12 March 2025", ""),
        ("2024. The year", ""),
        ("Article 5 applies", ""),
        ("article 5 of", ""),
        ("Articles 5 and 6 apply", ""),
        ("The Police", ""),
        ("(see clause 4)", ""),
        ("A party", ""),
        ("I agree", ""),
        ("Primero el texto", ""),
        ("Part of the site", ""),
        ("", ""),
        ("4.2", ""),
    ],
)
def test_literal_label(text: str, label: str) -> None:
    assert literal_label(text) == label


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("TRAINING", 1),
        ("4. TRAINING", 1),
        ("Article 5", 1),
        ("Article 5 – Training", 1),
        ("ANNEX A", 1),
        ("PRIMERA (PARTES)", 1),
        ("Article 5. The Police shall train.", 0),
        ("The Police", 0),
        ("A. B.", 0),
        ("____", 0),
        ("A" * 90, 0),
        ("4.2 The Police", 0),
    ],
)
def test_heading_level(text: str, level: int) -> None:
    assert heading_level(text) == level


def joined(text: str) -> list[str]:
    return [p.text for p in paragraphs([Line(line) for line in text.splitlines()])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo\n\nthree", ["one two", "three"]),
        ("respect hu-\nman rights", ["respect human rights"]),
        ("a well-known and well-\nknown case", ["a well-known and well-known case"]),
        ("the Anglo-\nGold mine", ["the Anglo-Gold mine"]),
        ("hu\u00ad\nman", ["human"]),
        ("as set out in clause\n4.2 The rest", ["as set out in clause 4.2 The rest"]),
        ("4.1 One ends.\n4.2 Two\ngoes on", ["4.1 One ends.", "4.2 Two goes on"]),
        ("shall:\n(a) train; and\n(b) report", ["shall:", "(a) train; and", "(b) report"]),
        ("under clause 4 and the item\n(b) above it", ["under clause 4 and the item (b) above it"]),
        ("MEMORANDUM OF\nUNDERSTANDING\nbetween the two", ["MEMORANDUM OF UNDERSTANDING", "between the two"]),
        ("Article 5\nThe Police shall", ["Article 5", "The Police shall"]),
        ("between the\nGHANA POLICE SERVICE\nand the mine", ["between the GHANA POLICE SERVICE and the mine"]),
        ("x" * 70 + "\nshort end.\nNext begins", ["x" * 70 + " short end.", "Next begins"]),
        ("a" * 200 + "\n" + "b" * 200 + "\nc", ["a" * 200, "b" * 200, "c"]),
        ("• one\n• two", ["• one", "• two"]),
    ],
)
def test_lines_are_joined(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.one_of(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), st.sampled_from("\n\n -a1(.)A")),
        max_size=400,
    )
)
def test_no_character_is_lost(text: str) -> None:
    assume(text.strip())
    agreement = from_txt.read(text.encode(), "a.txt")

    def solid(value: str) -> str:
        return "".join(value.replace("-", "").replace("\u00ad", "").split())

    assume(text.strip("-\u00ad \n"))
    assert solid(agreement.text) == solid(text)
    assert all(agreement.text[p.start : p.end] == p.text for p in agreement.paragraphs)


@pytest.mark.parametrize(
    ("data", "text", "noted"),
    [
        ("Sûreté".encode(), "Sûreté", False),
        ("Sûreté".encode("utf-8-sig"), "Sûreté", False),
        ("Sûreté".encode("utf-16"), "Sûreté", False),
        ("Sûreté".encode("cp1252"), "Sûreté", True),
        ("Sûreté".encode("utf-16-be").join((b"\xfe\xff", b"")), "Sûreté", False),
    ],
)
def test_encodings(data: bytes, text: str, noted: bool) -> None:
    agreement = from_txt.read(data, "a.txt")
    assert (agreement.text, bool(agreement.notes)) == (text, noted)


@pytest.mark.parametrize(
    "data", [b"a\x00b", "x".encode("utf-16")[:-1], "text".encode("utf-16-le"), "x".encode("utf-32")]
)
def test_no_text_encoding(data: bytes) -> None:
    with pytest.raises(ReadError):
        from_txt.read(data, "a.txt")


def test_text_keeps_number_and_gives_label() -> None:
    (heading, clause) = from_txt.read(b"4. TRAINING\n4.1 The Police\nshall train.\n", "a.txt").paragraphs
    assert (heading.label, heading.level, heading.text) == ("4.", 1, "4. TRAINING")
    assert (clause.label, clause.level, clause.text) == ("4.1", 0, "4.1 The Police shall train.")


MARKDOWN = r"""---
language: en
---
# MEMORANDUM of *understanding*

Between **the Police** and __the Company__, see [the law](https://example.org) and snake_case_name.
Second line <!-- not
visible --> ends\
here &amp; now.

## 4 Training ##
4.1 The Police shall ~~not~~ train.
4.2 They report.
- first item
* second `item`
1. ordered

Old
---

~~All struck~~

| Item | Count |
|:-----|------:|
| Cars \| vans | 4 |
| Fuel | **9** |

a | b
--|--
c | d

> quoted \*stars\*
***
Signed: ________ Date: ________
"""


def test_markdown() -> None:
    agreement = from_md.read(MARKDOWN.encode(), "a.md")
    assert [(p.label, p.level, p.text) for p in agreement.paragraphs if p.place == "body"] == [
        ("", 1, "MEMORANDUM of understanding"),
        ("", 0, "Between the Police and the Company, see the law and snake_case_name. Second line  ends here & now."),
        ("4", 2, "4 Training"),
        ("4.1", 0, "4.1 The Police shall  train."),
        ("4.2", 0, "4.2 They report."),
        ("•", 0, "first item"),
        ("•", 0, "second item"),
        ("1.", 0, "1. ordered"),
        ("", 2, "Old"),
        ("", 0, "All struck"),
        ("", 0, "quoted *stars*"),
        ("", 0, "Signed: ________ Date: ________"),
    ]
    assert [(p.row, p.cell, p.text) for p in agreement.paragraphs if p.place == "table"] == [
        ((1, 1), 0, "Item"),
        ((1, 1), 1, "Count"),
        ((1, 2), 0, "Cars | vans"),
        ((1, 2), 1, "4"),
        ((1, 3), 0, "Fuel"),
        ((1, 3), 1, "9"),
        ((2, 1), 0, "a"),
        ((2, 1), 1, "b"),
        ((2, 2), 0, "c"),
        ((2, 2), 1, "d"),
    ]
    assert {p.text: p.marks for p in agreement.paragraphs if p.marks} == {
        "4.1 The Police shall  train.": ("deletions",),
        "All struck": ("struck",),
    }
    assert any("settings" in note for note in agreement.notes)
    assert all(agreement.text[p.start : p.end] == p.text for p in agreement.paragraphs)


@pytest.mark.parametrize(
    "unit", ["**a ", "~~a ", "[a](", "<!-- ", "a-", "_a ", "| a ", "(a) ", "`", "# ", "1. x\n", "A B\n", "a-\n"]
)
def test_repetition_takes_linear_time(unit: str) -> None:
    began = time.perf_counter()
    for read in (from_txt.read, from_md.read):
        with contextlib.suppress(ReadError):
            read((unit * 60_000).encode(), "a")
    assert time.perf_counter() - began < 6
