"""Each country is proved by its own case: what its draft must hold, what it may never say, or that it is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from deals import LIBRARY, ROOT, text_of

from mougen.deal import Deal, read_deal
from mougen.draft.plan import Plan, make_plan
from mougen.errors import DealError

CASES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests" / "cases").iterdir())}
DRAFTED = [name for name, case in CASES.items() if not case.get("refused")]


def deal_of(case: dict[str, Any], language: str) -> Deal:
    path: Path = ROOT / "samples" / "deals" / case["deal"]
    return read_deal({**tomllib.loads(path.read_text("utf-8")), "language": language})


def plan_of(name: str, language: str = "en") -> Plan:
    return make_plan(deal_of(CASES[name], language), LIBRARY)


def test_each_country_has_a_case() -> None:
    assert set(CASES) == set(LIBRARY.jurisdictions)


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_has_the_clauses_that_the_country_needs(name: str) -> None:
    for language in LIBRARY.jurisdictions[name].languages:
        ids = {item.id for item in plan_of(name, language).items}
        assert ids.issuperset(CASES[name]["clauses_in"])
        assert ids.isdisjoint(CASES[name]["clauses_out"])


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_says_what_it_must_and_nothing_that_it_may_not(name: str) -> None:
    text = " ".join(text_of(plan_of(name)).replace("’", "'").replace("\u00a0", " ").split())
    assert [said for said in CASES[name]["says"] if said not in text] == []
    assert [said for said in CASES[name]["never"] if re.search(rf"(?<!\w){re.escape(said)}", text)] == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.get("refused")])
def test_where_no_agreement_may_be_made_the_draft_is_refused_and_a_letter_offered(name: str) -> None:
    deal = deal_of(CASES[name], "en")
    with pytest.raises(DealError, match="drafts no agreement") as refused:
        make_plan(deal, LIBRARY)
    assert "--annex disengagement-letter" in str(refused.value)
    text = text_of(make_plan(deal, LIBRARY, "disengagement-letter"))
    assert deal.company.name in text
