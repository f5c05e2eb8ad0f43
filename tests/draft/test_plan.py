"""The plan: which clauses are in and why, under which number, and what is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from deals import ALL, COUNTRIES, NONE, complete, planned, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mougen.deal import read_deal
from mougen.draft.plan import Plan, make_plan
from mougen.draft.prose import Run
from mougen.errors import DealError, DraftError
from mougen.library import bundled_library
from mougen.requirement import FACTS

LIBRARY = bundled_library()
FACT_SETS = st.fixed_dictionaries({fact: st.booleans() for fact in FACTS})
HOSTILE = (
    "A & B <x>",
    "{{7*7}}",
    "{% if x %}",
    "**x**",
    "| a |",
    "- x",
    "> x",
    "one\ntwo",
    "\n\n- x",
    "👮🏽",
    "שלום",
    '"q"',
)


def runs_of(plan: Plan) -> list[Run]:
    cells = [cell for item in plan.items for block in item.blocks for row in block.rows for cell in row]
    lines = [block.runs for item in plan.items for block in item.blocks]
    return [run for runs in (*lines, *cells) for run in runs]


def ids_of(facts: dict[str, bool], country: str = "ghana", lead: str = "") -> set[str]:
    return {item.id for item in planned(complete(country, lead, facts)).items}


def spread(country: str, lead: str, facts: dict[str, bool]) -> Plan:
    return planned({**complete(country, lead, facts), "register": "agreement"})


@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
@settings(max_examples=8, deadline=None)
@given(facts=FACT_SETS)
def test_a_complete_deal_covers_every_requirement_that_applies(country: str, lead: str, facts: dict[str, bool]) -> None:
    plan = spread(country, lead, facts)
    assert plan.unmet == ()
    assert plan.missing == ()
    assert "[omitted]" not in text_of(plan)


@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
@settings(max_examples=8, deadline=None)
@given(facts=FACT_SETS)
def test_what_a_country_asks_is_in_and_what_it_bans_is_out(country: str, lead: str, facts: dict[str, bool]) -> None:
    plan = spread(country, lead, facts)
    text, present = text_of(plan), {item.id for item in plan.items}
    holding = plan.deal.facts.true  # with an army in the lead it is deployed, whatever was drawn
    for must in plan.country.must:
        clause = LIBRARY.clause(must.clause, country)
        model = plan.country.institutions_by_id[lead].models[0]
        assert clause is not None
        assert (must.clause in present) == clause.applies_to(holding, model)
        if must.provision and "{%" not in must.provision and must.clause in present:
            assert " ".join(must.provision.split()[:6]) in text.replace("\u00a0", " ").replace("’", "'")
    for banned in plan.country.must_not:
        assert not re.search(rf"(?<!\w){re.escape(banned.phrase)}(?!\w)", text, re.I), banned.phrase


@settings(max_examples=8, deadline=None)
@given(case=st.sampled_from(COUNTRIES), facts=FACT_SETS)
def test_numbers_follow_each_other_and_every_reference_leads_to_one(
    case: tuple[str, str], facts: dict[str, bool]
) -> None:
    plan = spread(*case, facts)
    clauses = [item.number for item in plan.items if item.number.isdigit()]
    annexes = [item.number for item in plan.items if item.number.startswith("Annex ")]
    assert clauses == [str(n) for n in range(1, len(clauses) + 1)]
    assert annexes == [f"Annex {chr(ord('A') + n)}" for n in range(len(annexes))]
    for run in runs_of(plan):
        if run.kind == "ref":
            assert run.text == plan[run.target].number


@settings(max_examples=12, deadline=None)
@given(
    value=st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")), min_size=1, max_size=40)
)
def test_no_value_changes_the_structure(value: str) -> None:
    check_structure(value)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_hostile_value_changes_the_structure(value: str) -> None:
    check_structure(value)


def check_structure(value: str) -> None:
    if not value.strip():
        return
    plain, deal = complete(), complete()
    for table in ("company", "site", "project", "investment"):
        deal[table] = dict.fromkeys(deal[table], value)
    for rows in ("support", "contacts", "signatories"):
        deal[rows] = [
            {k: v if k in ("level", "side", "equipment") else value for k, v in row.items()} for row in deal[rows]
        ]
    deal["forces"] = [{**deal["forces"][0], "unit": value, "address": value}]
    deal["terms"] = {**deal["terms"], "survivor_services": value, "clearance_office": value}
    shape = [(item.id, item.number, [(b.level, len(b.rows)) for b in item.blocks]) for item in planned(plain).items]
    plan = planned(deal)
    assert shape == [(item.id, item.number, [(b.level, len(b.rows)) for b in item.blocks]) for item in plan.items]
    shown = re.sub(r"['\"]", "", " ".join(value.split()))
    assert shown in re.sub(r"[‘’“”]", "", text_of(plan)).replace("\u00a0", " ")


def test_the_order_does_not_depend_on_the_order_of_the_deal() -> None:
    deal = complete()
    turned = dict(reversed(deal.items())) | {"facts": dict(reversed(deal["facts"].items()))}
    assert planned(deal).items == planned(turned).items


def test_every_item_says_why_it_is_in() -> None:
    plan = planned(complete("kenya"))
    assert all(item.reasons for item in plan.items)
    reasons = plan["use-of-force"].reasons
    assert "meets conduct-force-necessity (required)" in reasons
    assert "worded for Kenya" in reasons
    assert any(reason.startswith("Kenya: section 61") for reason in reasons)
    assert "because of army_deployed" in plan["army-support"].reasons


SUPPORT = {"support-items", "support-conditions", "no-lethal-support", "payments", "support-schedule"}


@pytest.mark.parametrize("fact", ["in_kind_support", "equipment_transfer", "payments_to_personnel"])
def test_support_of_any_kind_brings_all_its_rules(fact: str) -> None:
    present = ids_of({**NONE, fact: True})
    assert present >= SUPPORT
    assert "no-support" not in present
    assert ("equipment-controls" in present) == (fact == "equipment_transfer")


def test_without_support_the_agreement_says_so() -> None:
    present = ids_of(NONE)
    assert "no-support" in present
    assert not present & SUPPORT


@pytest.mark.parametrize(("country", "lead"), COUNTRIES)
def test_a_lone_transfer_of_equipment_leaves_no_loose_reference(country: str, lead: str) -> None:
    assert "[omitted]" not in text_of(spread(country, lead, {**NONE, "equipment_transfer": True}))


def test_firearms_or_their_absence_is_always_said() -> None:
    assert "firearms" in ids_of(ALL)
    assert "no-firearms" not in ids_of(ALL)
    assert "no-firearms" in ids_of(NONE)


def test_a_clause_left_out_is_named_with_what_it_met() -> None:
    plan = planned({**complete(), "clauses": {"drop": ["use-of-force", "support-schedule"]}})
    assert plan.unmet == ("conduct-force-necessity",)
    assert "[omitted]" in text_of(plan)


def test_missing_fields_are_listed_with_what_they_ask_and_where() -> None:
    deal = complete()
    del deal["date"], deal["company"]["number"], deal["terms"]["clearance_date"]
    deal["forces"][0]["unit"] = "  "
    deal["support"][0]["quantity"] = ""
    missing = {m.path: m for m in planned(deal).missing}
    assert set(missing) == {"date", "company.number", "terms.clearance_date", "forces.1.unit", "support.1.quantity"}
    assert missing["company.number"].asks == "Registration number of the company."
    assert missing["terms.clearance_date"].asks == "On what date was the clearance given?"
    assert missing["support.1.quantity"].clauses == ("support-schedule", "equipment-register")
    assert all(m.asks for m in missing.values())


def test_an_office_that_nobody_names_is_a_blank_and_never_an_empty_place() -> None:
    deal = complete(facts=ALL)
    deal["forces"].append({"institution": "armed-forces", "unit": "U", "address": "A"})
    plan = planned(deal)
    assert [m.path for m in plan.missing] == ["signatories"]
    assert "[office that signs for the Ghana Armed Forces]" in text_of(plan)
    deal["signatories"].append({"side": "force", "office": "Minister", "name": "N", "institution": "armed-forces"})
    assert planned(deal).missing == ()


def test_who_signs_for_a_force_is_who_the_deal_names() -> None:
    deal = complete()
    deal["signatories"].append({"side": "force", "office": "The Minister", "name": "N"})
    assert "represented by the Commander-in-Chief and the Minister;" in text_of(planned(deal))
    deal["signatories"] = []
    assert "represented by the Inspector-General of Police;" in text_of(planned(deal))


@pytest.mark.parametrize(
    ("country", "phrase"), [("papua-new-guinea", "Rome Statute"), ("ghana", "Operation Halt"), ("kenya", "hourly rate")]
)
def test_a_deal_cannot_bring_in_what_no_draft_may_say(country: str, phrase: str) -> None:
    deal = complete(country)
    deal["site"]["description"] = f"the works of the {phrase.upper()}"
    with pytest.raises(DraftError, match=f'would say "{phrase}", which no draft for') as caught:
        planned(deal)
    assert caught.value.problems[0].startswith("clause `definitions` ")
    deal["site"]["description"] = f"the works of the {phrase}s"
    assert planned(deal).items


def test_only_treaties_in_force_are_named() -> None:
    text = text_of(planned(complete("papua-new-guinea")))
    assert "International Covenant on Civil and Political Rights" in text
    assert "Torture and Other Cruel" not in text
    assert "Protocol Additional" not in text
    assert "Protocol Additional" in text_of(planned(complete("ghana")))


def test_notes_name_only_what_the_draft_uses() -> None:
    notes = list(map(str, planned(complete("papua-new-guinea", facts=NONE)).notes))
    assert not any("Rome Statute" in note for note in notes)
    assert not any("Defence Force" in note for note in notes if note.startswith("office"))
    assert any("Ombudsman Commission" in note for note in notes)
    assert any("National Executive Council (found in a secondary source; checked" in note for note in notes)


def test_an_own_library_may_refuse_a_country(tmp_path: Any) -> None:
    deal = read_deal({"jurisdiction": "kenya", "forces": [{"institution": "mining-police-unit"}]})
    with pytest.raises(DealError, match="mougen drafts no agreement with the Mining Police Unit"):
        make_plan(deal, LIBRARY)


def test_a_reference_to_no_clause_is_a_fault_of_the_clause(tmp_path: Any) -> None:
    from mougen.library import load_library

    own = tmp_path / "clauses" / "conduct"
    own.mkdir(parents=True)
    (own / "own.md").write_text('+++\ntitle = "Own"\norder = 5\n+++\nSee {{ ref("firearm") }}.\n', encoding="utf-8")
    with pytest.raises(DraftError, match=r"clauses/conduct/own\.md: it refers to `firearm`.*did you mean `firearms`"):
        make_plan(read_deal(complete()), load_library(tmp_path))
