"""How a sentence binds: by a table of sentences, each with what a careful reader sees in it."""

from __future__ import annotations

import pytest
from reviewing import ENGLISH

from mougen.review.manner import Manner, manner_of

PARTIES = {**ENGLISH.parties, "corps": "force", "tamarind": "company"}


def manner(sentence: str) -> Manner:
    return manner_of(sentence, PARTIES, ENGLISH)


BINDING = (
    "The Corps shall warn before it fires.",
    "Officers must carry a name tag.",
    "Tamarind will hand over the list each Monday.",
    "The Police undertake to answer within a day.",
    "The commander is required to keep a log.",
    "The Police agree to open the log to inspection.",
    "Every officer is bound by these rules.",
    "It is the duty of every officer to help the wounded.",
    "Striking a detainee is forbidden.",
    # The first verb governs, and what a condition says does not soften.
    "The Corps shall answer any question that the Company may put.",
    "The Corps shall report each wound, whatever the reporter may think of it.",
    "Where a crowd may turn violent, the Corps shall first speak with its leaders.",
    "If the officer can retreat, the officer must retreat.",
    "Should a person be hurt, the Corps shall call a doctor.",
    "An officer may not enter the camp.",
    "Firearms may not be carried unless the governor orders it.",
)


@pytest.mark.parametrize("sentence", BINDING)
def test_a_duty_is_binding(sentence: str) -> None:
    found = manner(sentence)
    assert (found.strength, found.soft, found.past) == ("binding", None, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Corps may be called only by written order.",
        "No officer may question a worker alone.",
        "Nobody may be kept on the Company's land.",
        "Neither may be sold.",
    ],
)
def test_what_looks_like_leave_is_a_bound(sentence: str) -> None:
    found = manner(sentence)
    assert found.strength != "soft"
    assert (found.soft, found.permits) == (None, False)


SOFT = {
    "The Corps should warn before it fires.": "should",
    "The Police may give first aid.": "may",
    "The commander could keep a log.": "could",
    "Officers are encouraged to carry a name tag.": "encouraged",
    "The Corps shall endeavour to answer within a day.": "endeavour",
    "The Police will use reasonable efforts to find a doctor.": "reasonable efforts",
    "The Corps shall consider opening the log.": "consider",
    "The parties intend to meet each quarter.": "intend to",
    "The Corps is expected to train its men.": "is expected",
    "The Police would keep a log.": "would",
    "It is recommended that officers wear tags.": "recommended",
    "The Police have regard to the Voluntary Principles.": "have regard to",
}


@pytest.mark.parametrize("sentence", SOFT)
def test_soft_wording_is_shown(sentence: str) -> None:
    found = manner(sentence)
    assert found.strength == "soft"
    assert found.soft is not None
    assert sentence[slice(*found.soft)] == SOFT[sentence]


@pytest.mark.parametrize(
    ("sentence", "permits"),
    [
        ("The Company may end this agreement at once.", True),
        ("Workers can complain without giving a name.", True),
        ("The Company might end this agreement.", False),
        ("The Company should end this agreement.", False),
        ("The Company shall end this agreement.", False),
    ],
)
def test_may_gives_a_right(sentence: str, permits: bool) -> None:
    assert manner(sentence).permits is permits


CARVED = {
    "The Corps shall, as far as possible, warn before it fires.": "as far as possible",
    "Wherever possible the Police shall call a doctor.": "Wherever possible",
    "Officers shall be trained, subject to the availability of funds.": "subject to the availability of funds",
    "The Corps shall report in a day unless the commander decides otherwise.": "unless the commander",
    "Visits shall be allowed when the security situation permits.": "security situation permits",
    "The Police shall withdraw the officer, subject to superior orders.": "subject to superior orders",
    "The log shall be shown, operational requirements allowing.": "operational requirements",
    "Detainees shall be fed, circumstances permitting.": "circumstances permitting",
}


@pytest.mark.parametrize("sentence", CARVED)
def test_a_way_out_is_shown(sentence: str) -> None:
    found = manner(sentence)
    assert found.carve_out is not None
    assert sentence[slice(*found.carve_out)] in CARVED[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Corps shall report every shot within a day.",
        "The Corps shall withdraw the officer until the inquiry ends.",
        "Operations at night require a written order.",
    ],
)
def test_a_plain_duty_has_no_way_out(sentence: str) -> None:
    assert manner(sentence).carve_out is None


@pytest.mark.parametrize(
    ("sentence", "past"),
    [
        ("In March forty officers were trained in human rights.", True),
        ("The Corps has trained its men.", True),
        ("A course has already been held.", True),
        ("Officers who were trained shall carry a card.", False),
        ("The Corps shall train its men.", False),
        ("The Corps trains its men.", False),
    ],
)
def test_what_was_done_is_past(sentence: str, past: bool) -> None:
    assert manner(sentence).past is past


OBLIGORS = (
    ("The Corps shall warn before it fires.", "force"),
    ("Officers must carry a name tag.", "force"),
    ("Tamarind shall train its watchmen.", "company"),
    ("The guards shall hand over any person they hold.", "guards"),
    ("The parties shall meet each quarter.", "both"),
    ("Both sides shall keep minutes.", "both"),
    ("The Corps and the Company shall meet each quarter.", "both"),
    ("A report shall be made by the Corps within a day.", "force"),
    ("The list shall be handed over by Tamarind.", "company"),
    ("Training shall take place each year.", ""),
    ("After a call from the Company, the Corps shall send a patrol.", "force"),
    ("Fuel shall be delivered by truck.", ""),
)


@pytest.mark.parametrize(("sentence", "obligor"), OBLIGORS)
def test_who_is_bound(sentence: str, obligor: str) -> None:
    assert manner(sentence).obligor == obligor


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("The Corps shall not fire on a crowd.", True),
        ("Nobody is held on the Company's land.", True),
        ("The Corps shall refrain from questioning workers.", True),
        ("The Corps shall warn before it fires.", False),
        ("If no doctor is near, the Corps shall call one.", False),
    ],
)
def test_a_negation_in_the_main_part(sentence: str, negated: bool) -> None:
    assert manner(sentence).negated is negated


@pytest.mark.parametrize("sentence", ["", " ", "If need be,", "?"])
def test_nothing_said_binds_nobody(sentence: str) -> None:
    found = manner(sentence)
    assert (found.strength, found.obligor, found.soft) == ("none", "", None)
