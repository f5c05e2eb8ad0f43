"""The texts of the library say through `phrasing` what they say through Jinja, and may say no more than its part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from deals import SAMPLES
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mougen.deal import read_deal
from mougen.draft.context import context_of
from mougen.draft.prose import bare
from mougen.library import bundled_library
from mougen.phrasing import Unsayable, parsed, said

LIBRARY = bundled_library()
APPLIED: Mapping[str, Any] = {"length": len, "bare": bare, "ref": "<{}>".format, "has": lambda word: len(word) % 2 == 0}
PATHS = sorted(clause.path for variants in LIBRARY.clauses.values() for clause in variants)


@cache
def jinja() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters = {"length": len, "bare": bare}
    return environment


def ours(text: str, values: Mapping[str, Any]) -> str:
    return "".join(said(parsed(text, APPLIED), {**values, **APPLIED}, str))


def theirs(text: str, values: Mapping[str, Any]) -> str:
    return jinja().from_string(text).render({**values, "ref": APPLIED["ref"], "has": APPLIED["has"]})


@cache
def scopes(language: str) -> tuple[dict[str, Any], ...]:
    """Return what the texts of a language see for each of the sample deals."""
    deals = map(read_deal, SAMPLES)
    countries = ((deal, LIBRARY.jurisdiction(deal.jurisdiction)) for deal in deals)
    return tuple(context_of(d, c, LIBRARY, LIBRARY.language(language))[0] for d, c in countries)


@pytest.mark.parametrize("path", PATHS)
def test_a_clause_says_what_it_says_in_jinja(path: str) -> None:
    clause = LIBRARY.clauses.at(path)
    for values in scopes(clause.language):
        for text in (clause.title, clause.body):
            assert ours(text, values) == theirs(text, values)


SMALL = (
    "a{% if yes %}b{% endif %}c",
    "  {% if yes %}\n  b\n  {% endif %}\n\nc\n",
    "a {% if no %}b{% elif yes %} c {% else %}d{% endif %} e",
    "{% if no %}b{% elif no %}c{% else %}d{% endif %}",
    "{% for x in list %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for x in list if x != 'two' %}{% if loop.first %}>{% endif %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in nothing %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in list %}{% for y in list %}{{ y }}{{ loop.index }}{% endfor %};{{ loop.index }}{% endfor %}",
    "{{ list[1] }} {{ record['key'] }} {{ record.key | bare }} {{ list | length }} {{ ref('x') }}",
    "{% if list | length > 2 and (no or yes) and not no %}many{% endif %}{% if 1 < 2 <= 2 %}so{% endif %}",
    "{% if has('ab') %}in{% endif %}{% if has('abc') %}out{% endif %}",
    "{{   record.key   }}{%if yes%}x{%endif%}\n\t{% if yes %}y\n{% endif %}",
    "} }} %} { {a} 100 %",
)  # fmt: skip


@pytest.mark.parametrize("text", SMALL)
def test_marks_and_spaces_are_those_of_jinja(text: str) -> None:
    values = {"yes": True, "no": False, "list": ("one", "two", "three"), "nothing": (), "record": {"key": "the key"}}
    assert ours(text, values) == theirs(text, values)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n{{ x ~ y }}", 2),
        ("a\nb\n{% if x %}", 3),
        ("{% endif %}", 1),
        ("{% for x, y in z %}{% endfor %}", 1),
        ("{% if x %}{% else %}{% else %}{% endif %}", 1),
        ("{# note #}", 1),
        ("a {{ x", 1),
        ("{%- if x -%}{% endif %}", 1),
        ("{{ x | upper }}", 1),
        ("{{ x() }}", 1),
        ("{{ ref('a', 'b') }}", 1),
        ("{{ x[1:2] }}", 1),
        ("{{ lambda: 1 }}", 1),
        ("{{ [y for y in x] }}", 1),
        ("{{ 1.5 }}", 1),
        ("{{ 'a' if x else 'b' }}", 1),
        ("{{ x.y.__class__ }}{{ }}", 1),
        ("{{ " + "not " * 5_000 + "x }}", 1),
        ("{{ " + "(" * 5_000 + "x" + ")" * 5_000 + " }}", 1),
        ("{{ x" + ".y" * 50_000 + " }}", 1),
        ("{{ x\0 }}", 1),
    ],
)
def test_what_is_more_than_values_if_and_for_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unsayable) as refused:
        parsed(text, APPLIED)
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["{{ x.__class__ }}", "{{ x.format }}", "{{ x[0].real }}", "{{ y }}", "{{ x.z }}"])
def test_a_value_gives_its_entries_and_nothing_else(text: str) -> None:
    with pytest.raises(Unsayable):
        ours(text, {"x": (1,)})
