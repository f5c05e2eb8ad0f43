"""The deal file that `mougen new deal` writes."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from mougen.api import compose
from mougen.deal import Deal, Facts, read_deal
from mougen.draft.plan import make_plan
from mougen.draft.scaffold import new_deal
from mougen.errors import DataError, DraftError
from mougen.library import bundled_library

LIBRARY = bundled_library()


def loaded(text: str, folder: Path) -> Deal:
    (folder / "deal.toml").write_text(text, encoding="utf-8")
    return read_deal(folder / "deal.toml")


DRAFTED = [country.id for country in LIBRARY.jurisdictions.values() if not country.refusal]


@pytest.mark.parametrize("country", DRAFTED)
def test_a_new_deal_loads_and_stays_blank(country: str, tmp_path: Path) -> None:
    plan = make_plan(loaded(new_deal(country, LIBRARY), tmp_path), LIBRARY)
    missing = {m.path for m in plan.missing}
    assert missing >= {"date", "company.name", "site.name", "forces.1.unit", "contacts.1.name", "terms.clearance_date"}
    with pytest.raises(DraftError, match=r"`company\.name` is missing"):
        compose(plan)
    assert compose(plan, allow_blanks=True).data


@pytest.mark.parametrize("country", LIBRARY.jurisdictions)
def test_it_lists_institutions_facts_and_every_blank_with_its_default(country: str) -> None:
    text = new_deal(country, LIBRARY)
    for institution in LIBRARY.jurisdiction(country).institutions:
        assert (f"#   {institution.id}: " in text) == (institution.models[0] != "restricted" and institution.may_sign)
    table = tomllib.loads(text)
    assert set(table["facts"]) == {field.name for field in dataclasses.fields(Facts)}
    for name, field in LIBRARY.fields().items():
        assert f"#   {field.ask}\n" in text
        assert re.search(rf"^(# )?{name} = ", text, re.M)


@pytest.mark.parametrize("country", DRAFTED)
def test_every_commented_line_is_good_when_its_mark_is_taken_away(country: str, tmp_path: Path) -> None:
    text = new_deal(country, LIBRARY)
    written = re.sub(r"^# ((\[+\w+\]+|\w+ = .*))$", r"\1", text, flags=re.M)
    assert written.count("\n[") > text.count("\n[")
    written = written.replace("in_kind_support = false", "in_kind_support = true")
    deal = loaded(written, tmp_path)
    assert deal.date is not None
    assert make_plan(deal, LIBRARY).unmet == ()
    assert set(deal.terms) == set(LIBRARY.fields())


def test_a_country_that_is_not_there_is_said() -> None:
    with pytest.raises(DataError, match="did you mean `ghana`"):
        new_deal("gahna", LIBRARY)


def test_the_code_of_a_country_will_do() -> None:
    assert new_deal("GH", LIBRARY) == new_deal("ghana", LIBRARY)
