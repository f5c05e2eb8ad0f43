"""PDF files written by hand: paragraphs, page furniture, scans, passwords."""

from __future__ import annotations

import pytest
from reading_files import pdf

from mougen.errors import ReadError
from mougen.reading.from_pdf import read

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed, so PDF files cannot be read")


def page(number: int, *lines: tuple[float, str]) -> list[tuple[float, str]]:
    return [(800, "Abrawa Mine - Confidential"), *lines, (40, f"Page {number} of 3")]


THREE = pdf(
    [
        page(
            1,
            (740, "4. TRAINING"),
            (720, "4.1 The Police shall give every officer training in hu-"),
            (707, "man rights before"),
            (694, "posting."),
            (670, "A second paragraph stands apart from the first by a gap and"),
            (657, "goes on here and"),
        ),
        page(2, (740, "ends on the second page."), (716, "4.2 The Company shall report each month.")),
        page(3, (740, "5. TERM"), (720, "5.1 This Memorandum lasts two years and may be renewed.")),
    ]
)


def test_paragraphs_labels_levels_pages() -> None:
    agreement = read(THREE, "a.pdf")
    assert [(p.label, p.level, p.page, p.text) for p in agreement.paragraphs if p.place == "body"] == [
        ("4.", 1, 1, "4. TRAINING"),
        ("4.1", 0, 1, "4.1 The Police shall give every officer training in human rights before posting."),
        (
            "",
            0,
            1,
            "A second paragraph stands apart from the first by a gap and goes on here and ends on the second page.",
        ),
        ("4.2", 0, 2, "4.2 The Company shall report each month."),
        ("5.", 1, 3, "5. TERM"),
        ("5.1", 0, 3, "5.1 This Memorandum lasts two years and may be renewed."),
    ]


def test_furniture_once_and_last() -> None:
    agreement = read(THREE, "a.pdf")
    assert [(p.place, p.text) for p in agreement.paragraphs[-2:]] == [
        ("header", "Abrawa Mine - Confidential"),
        ("footer", "Page 1 of 3"),
    ]
    assert agreement.text.count("Confidential") == agreement.text.count("Page ") == 1
    assert all(agreement.text[p.start : p.end] == p.text for p in agreement.paragraphs)


def test_furniture_may_precede_the_text_in_the_file() -> None:
    pages = [[(800, "Abrawa Mine"), (40, f"{n}"), (700, f"{n}. The Police shall do thing {n}.")] for n in (1, 2, 3)]
    agreement = read(pdf(pages), "a.pdf")
    assert [(p.place, p.text) for p in agreement.paragraphs if p.place != "body"] == [
        ("header", "Abrawa Mine"),
        ("footer", "1"),
    ]
    assert [p.label for p in agreement.paragraphs if p.place == "body"] == ["1.", "2.", "3."]


def test_sentence_at_the_foot_of_one_page_is_no_furniture() -> None:
    pages = [[(700, "The Police shall train."), (660, f"Clause {n} ends.")] for n in (1, 2)]
    pages[1][0] = (690, "The Police shall train.")
    assert read(pdf(pages), "a.pdf").text.count("shall train") == 2


def test_one_page_has_no_furniture() -> None:
    agreement = read(pdf([[(700, "The only line of this small agreement.")]]), "a.pdf")
    assert [(p.place, p.text) for p in agreement.paragraphs] == [("body", "The only line of this small agreement.")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[], []]), "needs OCR"),
        (pdf([[(40, "1")], [(40, "2")], [(40, "3")]]), "needs OCR"),
        (pdf([[(700, "secret")]], encrypt=True), "password"),
        (THREE[:300], "not a sound PDF"),
        (b"%PDF-1.4", "not a sound PDF"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data, "a.pdf")


def test_page_cap() -> None:
    with pytest.raises(ReadError, match="1,000 pages"):
        read(pdf([[]] * 1_001), "a.pdf")


def test_page_without_text_is_noted() -> None:
    text = [(700.0 - 14 * i, f"{i + 1}. The Police shall do the thing number {i}.") for i in range(9)]
    assert any(
        "Pages without text" in note and note.endswith("2.") for note in read(pdf([text, [], text]), "a.pdf").notes
    )
