"""Two languages side by side: which cell, or which of two paragraphs in a cell, is in which."""

from __future__ import annotations

from reviewing import made

from mougen.agreement import Agreement, Paragraph
from mougen.review.sections import sections_of, spoken

FRENCH = "La Force doit respecter les droits de l'homme de toutes les personnes qui se trouvent sur le site."
ENGLISH = "The Force shall respect the human rights of all the persons who are at the site or around it."
SHORT = (("Conduite", "Conduct"), ("Personnel", "Personnel"))


def test_a_short_cell_is_in_the_language_of_its_column() -> None:
    agreement = made("| Accord | Agreement", *(f"| {a} | {b}" for a, b in [*SHORT, *[(FRENCH, ENGLISH)] * 3]))
    told = spoken(agreement.paragraphs, "fr")
    assert told == ["fr", "en"] * 6
    sections = sections_of(agreement)
    assert [p.text for p in sections.read["en"].paragraphs[:3]] == ["Agreement", "Conduct", "Personnel"]
    assert {p.row for p in sections.read["fr"].paragraphs} == {None}  # each cell stands for itself


def test_cells_that_say_a_thing_twice_stay_rows_of_each_language() -> None:
    paragraphs = [Paragraph(FRENCH, 0), Paragraph(ENGLISH, 0)] * 3
    for row, cells in enumerate(((("Objet", "What"), ("Moment", "When")), (("1",), (FRENCH, ENGLISH))), 1):
        for cell, texts in enumerate(cells):
            paragraphs += [Paragraph(text, 0, "table", row=(1, row), cell=cell) for text in texts]
    told = spoken(paragraphs, "fr")
    assert told[6:] == ["fr", "en", "fr", "en", "fr", "fr", "en"]
    read = sections_of(Agreement("made.docx", tuple(paragraphs))).read
    assert [p.text for p in read["fr"].paragraphs if p.row == (1, 1)] == ["Objet", "Moment"]


def test_the_columns_of_a_title_are_those_of_the_text_below() -> None:
    title = [Paragraph(text, 0, "table", row=(1, 1), cell=cell) for cell, text in enumerate(("Mine X", "Mine X"))]
    body = [Paragraph(t, 0, "table", row=(2, r), cell=c) for r in (1, 2, 3) for c, t in enumerate((FRENCH, ENGLISH))]
    assert spoken([*title, *body], "fr")[:2] == ["fr", "en"]
