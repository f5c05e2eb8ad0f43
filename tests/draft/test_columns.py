"""Column widths: no word is broken, nothing is wasted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mougen.draft.columns import LONGEST_WORD, PADDING, widths_of
from mougen.draft.prose import Run

TOTAL = 9070
TABLES = st.integers(1, 9).flatmap(
    lambda columns: st.lists(
        st.lists(st.text("abc WMi-é字 ", max_size=80), min_size=columns, max_size=columns), min_size=1, max_size=6
    )
)


def rows_of(*rows: tuple[str, ...]) -> list[list[list[Run]]]:
    return [[[Run(cell)] if cell else [] for cell in row] for row in rows]


@settings(deadline=None)
@given(TABLES)
def test_widths_fill_the_page_exactly(table: list[list[str]]) -> None:
    widths = widths_of(rows_of(*map(tuple, table)), TOTAL)
    assert sum(widths) == TOTAL
    assert all(width > 0 for width in widths)


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    rows = rows_of(("No.", "Minimum hours", "Company"), ("1", "2", "x " * 300))
    number, hours, _ = widths_of(rows, TOTAL)
    assert hours >= len("Minimum") * 100 + PADDING
    assert number < hours


def test_a_short_entry_keeps_its_line_beside_a_long_text() -> None:
    at_least, agenda = widths_of(rows_of(("At least", "Agenda"), ("Once a month", "word " * 200)), TOTAL)
    assert at_least >= len("Once a month") * 90
    assert agenda > 2 * at_least


def test_a_column_to_fill_in_gets_what_is_left() -> None:
    number, entry = widths_of(rows_of(("No.", "Entry"), ("1", ""), ("2", "")), TOTAL)
    assert entry > 10 * number


def test_the_address_of_a_page_may_break() -> None:
    text, address = widths_of(rows_of(("Text", "Address"), ("word " * 60, "https://" + "x" * 200)), TOTAL)
    assert address >= LONGEST_WORD + PADDING
    assert text > 2000


def test_more_words_than_the_page_holds_share_it_evenly() -> None:
    widths = widths_of(rows_of(("Responsibilities",) * 9, ("x",) * 9), TOTAL)
    assert max(widths) - min(widths) < 10
