"""What each field of a deal file asks, and the JSON Schema that editors complete and check it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import schema
from .deal import Deal

ASKS: Mapping[str, str] = {
    "version": "Version of this file format; always 1.",
    "jurisdiction": "Country of the site, as `mougen list jurisdictions` spells it.",
    "language": "Language of the draft.",
    "register": "Form of the draft: `agreement`, `mou` or `letter` (of understanding, countersigned).",
    "date": "Date of the agreement; leave it out to have it filled in at signature.",
    "company.name": "Full corporate name of the company.",
    "company.law": "Law under which the company is incorporated.",
    "company.number": "Registration number of the company.",
    "company.address": "Registered office of the company.",
    "company.parent": "Ultimate parent, where there is one.",
    "company.policy": "Title of the human rights or security policy that the force receives.",
    "company.policy_url": "Where that policy is published.",
    "forces": "The forces that are parties; the first one leads.",
    "forces.institution": "Id of an institution of the jurisdiction.",
    "forces.unit": "Unit, division or command that protects the site.",
    "forces.address": "Address for notices to the force.",
    "site.name": "Name of the site.",
    "site.location": "District and region of the site.",
    "site.description": "What there is to protect: pits, plant, pipeline, roads.",
    "project.activity": "What the company does there, as in `open-pit gold mining`.",
    "project.title": "Lease, licence or concession under which it does so.",
    "facts": "Facts that decide which requirements apply; be honest, in doubt say true.",
    "facts.armed_conflict": "There is an armed conflict in the area, or one may well break out.",
    "facts.army_deployed": "Soldiers are or may be deployed at the site.",
    "facts.in_kind_support": "The company gives lodging, food, fuel, transport or other support in kind.",
    "facts.equipment_transfer": "The company lends or hands over vehicles, radios or other equipment.",
    "facts.payments_to_personnel": "Money flows from the company for the force or its personnel.",
    "facts.firearms": "Personnel carry firearms.",
    "facts.gbv_risk": "There is a risk of sexual or gender-based violence (in doubt there is).",
    "facts.private_security": "Company or contracted guards work at the site.",
    "facts.vulnerable_groups": "Indigenous people, women, children or artisanal miners are affected.",
    "facts.personnel_rights_risk": "The personnel's own rights are at risk: pay, housing, abuse.",
    "facts.investment_contract": "An investment contract with the State has security duties.",
    "support": "Each item of support, closed list.",
    "support.item": "What is given.",
    "support.quantity": "How much of it, or the amount of money.",
    "support.period": "For which time, as in `each month of the term`.",
    "support.purpose": "What it is given for.",
    "support.recipient": "Unit that receives it.",
    "support.equipment": "The item is equipment that is lent or handed over.",
    "contacts": "Focal points of both sides at site, regional and national level.",
    "contacts.level": "Where the focal point works.",
    "contacts.side": "Whose focal point it is.",
    "contacts.office": "Office of the focal point.",
    "contacts.name": "Name of the person who holds the office.",
    "contacts.contact": "Telephone and e-mail.",
    "signatories": "Who signs for each side; the office must have power to bind.",
    "signatories.side": "For whom the person signs.",
    "signatories.office": "Office of the signatory.",
    "signatories.name": "Name of the signatory.",
    "signatories.institution": "Id of the institution for which the person signs; the lead force unless stated.",
    "investment.title": "Title and date of the investment contract.",
    "clauses.drop": "Ids of clauses to leave out; the plan says what is then unmet.",
    "clauses.fallback": "Ids of clauses in their second wording, which gives way and still meets the requirement.",
    "clauses.weak": "Ids of clauses in their weakest wording, which no longer meets it; the brief says the cost.",
    "clauses.attach": "Ids of forms to attach that else stand alone (`mougen list forms`).",
    "terms": "Blanks that belong to single clauses; `mougen plan` lists them with their defaults.",
}


def deal_schema(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of the deal file; `terms` maps clause-specific blanks to their `clause.Field`."""
    published = schema.json_schema(Deal, ASKS)
    types = {"text": {"type": "string"}, "integer": {"type": "integer"}, "date": {"type": "string", "format": "date"}}
    properties = {}
    for name, blank in sorted(terms.items()):
        properties[name] = {**types[blank.type], "description": blank.ask}
        if blank.type == "integer":
            properties[name] |= {"minimum": blank.least, "maximum": blank.most}
        if blank.default is not None:
            properties[name]["default"] = blank.default
    published["title"] = "mougen deal file"
    published["properties"]["forces"]["minItems"] = 1
    published["properties"]["terms"] |= {"additionalProperties": False, "properties": properties}
    return published
