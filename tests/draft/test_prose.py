"""Clause text to blocks: values stay data whatever they hold, and a body can do no more than it should."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mougen.draft.prose import Blank, Block, Rendering, Run, blocks_of, compile_body, runs_of
from mougen.errors import DraftError
from mougen.language import load_language

VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=60)

ENGLISH = load_language("en")


def rendered(body: str, **values: object) -> tuple[Block, ...]:
    return blocks_of(compile_body(body, "x.md")(Rendering(values, frozenset({"there"}))), ENGLISH)


def levels(blocks: tuple[Block, ...]) -> list[int]:
    return [block.level for block in blocks]


def test_paragraphs_limbs_and_flush_text_become_levels() -> None:
    blocks = rendered("Lead:\n- one;\n    - inner; and\n- two\n  goes on.\n\n> Flush.\n\nNext.")
    assert levels(blocks) == [2, 3, 4, 3, 0, 2]
    assert [block.text for block in blocks] == ["Lead:", "one;", "inner; and", "two goes on.", "Flush.", "Next."]


def test_a_table_keeps_its_empty_cells() -> None:
    (block,) = rendered("| a | b |\n| --- | --- |\n| 1 | |")
    assert [[("".join(r.text for r in cell)) for cell in row] for row in block.rows] == [["a", "b"], ["1", ""]]
    assert block.text == "a\tb\n1\t"


def test_terms_references_and_blanks_become_runs() -> None:
    printed: set[str] = set()
    (block,) = rendered('**Term** in clause {{ ref("there") }} at {{ x }}', x=Blank("a.b", "a place", printed))
    kinds = [(run.kind, run.text, run.target) for run in block.runs if run.kind != "text"]
    assert kinds == [("term", "Term", ""), ("ref", "there", "there"), ("blank", "[a place]", "a.b")]
    assert printed == {"a.b"}


def test_a_blank_inside_a_term_stays_a_blank() -> None:
    (block,) = rendered("**{{ x }}** ends", x=Blank("company.name", "company name", set()))
    assert block.runs[0] == Run("[company name]", "blank", "company.name")


def test_a_blank_that_is_only_tested_is_not_missing() -> None:
    printed: set[str] = set()
    rendered("{% if x %}yes{% endif %}No.", x=Blank("a", "b", printed))
    assert printed == set()


def test_quotes_and_spaces_are_typeset() -> None:
    (run,) = runs_of("The Company's \"own\" rule ('x') of clause 5, article 7 and No. 3", ENGLISH)
    assert run.text == "The Company’s “own” rule (‘x’) of clause\u00a05, article\u00a07 and No.\u00a03"


def test_an_article_is_not_said_twice() -> None:
    assert rendered("the {{ x | bare }}", x="The Minister")[0].text == "the Minister"
    assert rendered("the {{ x | bare }}", x="Theatre Guard")[0].text == "the Theatre Guard"


HOSTILE = (
    "{{7*7}}", "{% for x in y %}", "**x**", "| a |", "- x", "    - x", "> x", "a\n\nb", "\n- x\n", "+++", "# x", "`x`",
    "|", "**", "<w:p>&amp;</w:p>", "A & B <x>", "a\tb", "[[body]]", "👮🏽‍♀️", "שלום", "Æø", "\u200f",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("body", ["The {{ x }} ends.", "{{ x }}", "Lead:\n- {{ x }}; and", "**{{ x }}**", "> {{ x }}"])
def test_a_value_never_becomes_structure(body: str, value: str) -> None:
    plain = rendered(body, x="Plain")
    blocks = rendered(body, x=value)
    assert levels(blocks) == levels(plain)
    assert [run.kind for block in blocks for run in block.runs] == [run.kind for block in plain for run in block.runs]
    assert " ".join(value.split()) in " ".join(block.text for block in blocks)


@settings(deadline=None)
@given(VALUES.filter(str.strip))
def test_any_value_is_one_run_of_text(value: str) -> None:
    (block,) = rendered("Start {{ x }} end.", x=value)
    (run,) = block.runs
    plain = run.text.replace("\u00a0", " ").translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    shown = " ".join(value.split()).translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    assert plain == f"Start {shown} end."


@settings(deadline=None)
@given(VALUES, VALUES)
def test_any_value_keeps_the_cells_of_a_table(one: str, two: str) -> None:
    (block,) = rendered("| a | b |\n| {{ x }} | {{ y }} |", x=one, y=two)
    assert [len(row) for row in block.rows] == [2, 2]


@pytest.mark.parametrize(
    "body",
    [
        "{{ x.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ range(3) }}",
        "{{ x.format(1) }}",
        "{{ x() }}",
        "{% set y = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{{ 7 * 7 }}",
        "{{ x ~ x }}",
        "{{ x | upper }}",
        "{{ lipsum }}",
        "{{ nowhere }}",
        "{{ x",
        "{% if x %}",
    ],
)
def test_a_body_may_hold_values_if_and_for_alone(body: str) -> None:
    with pytest.raises(DraftError, match=r"^clauses/x\.md"):
        rendered(body, x="value")


def test_a_clause_asks_whether_another_is_in() -> None:
    assert rendered('{% if has("there") %}in{% else %}out{% endif %}')[0].text == "in"
    assert rendered('{% if has("away") %}in{% else %}out{% endif %}')[0].text == "out"
