"""French: how the sentences of police, army, ministries and companies bind, and how their agreements are built."""

from __future__ import annotations

import pytest
from reviewing import agreement_of, made, paragraph

from mougen.review.lexicon import load_lexicon
from mougen.review.manner import manner_of
from mougen.review.override import overridden
from mougen.review.parties import aliases
from mougen.review.structure import passages_of

FRENCH = load_lexicon("fr")
PARTIES = {**FRENCH.parties, "brousse": "company"}
# A sentence, how it binds, whom, and the words that soften it or let it off.
MANNERS = """
La Police informe la Société dans les six heures. | binding | force |
La Gendarmerie s’engage à retirer l’agent mis en cause. | binding | force |
La Société transmettra chaque mois un rapport au Commandement. | binding | company |
LES GENDARMES SONT TENUS DE SUIVRE LA FORMATION. | binding | force |
Le compte rendu est adressé sans délai à la Société par la Gendarmerie. | binding | force |
Aucun vigile ne pourra être armé sans ce certificat. | binding | guards |
Seuls les gendarmes peuvent procéder à une arrestation. | binding | force |
Si la situation peut dégénérer, la Police négocie d'abord. | binding | force |
La Police répond à toute question que la Société pourrait poser. | binding | force |
À la demande de la Société, le Commandant les retire du site. | binding | force |
Il est interdit de détenir quiconque dans les locaux de l'exploitant. | binding | |
La Police devrait informer la Société. | soft | force | devrait
Les Parties s’efforceront de se réunir. | soft | both | s’efforceront
La Gendarmerie s'engage à s'efforcer de prévenir les familles. | soft | force | s'efforcer
Les gendarmes qui assurent la garde devraient être formés. | soft | force | devraient
La Police renforce ses patrouilles et tâchera de prévenir la Société. | soft | force | tâchera
Les Parties reconnaissent que la Police devrait former ses hommes. | soft | both | devrait
La Police avertit, dans la mesure du possible, avant de tirer. | binding | force | dans la mesure du possible
Sous réserve des impératifs opérationnels, la Police rend compte. | binding | force | impératifs opérationnels
L'agent est retiré, sauf instruction contraire de la hiérarchie. | binding | | sauf instruction contraire
"""


@pytest.mark.parametrize("row", MANNERS.strip().splitlines())
def test_a_sentence_binds_or_is_soft(row: str) -> None:
    sentence, strength, obligor, words = (part.strip() for part in row.split("|"))
    found = manner_of(sentence, PARTIES, FRENCH)
    span = found.soft or found.carve_out or (0, 0)
    assert (found.strength, found.obligor, sentence[slice(*span)]) == (strength, obligor, words)


TRAITS = {
    "La Société peut suspendre son appui.": "permits",
    "Nul n'est retenu sur le site.": "negated",
    "La Police informe sans délai la Société.": "",
    "Quarante gendarmes ont été formés en mars.": "past",
    "L'agent qui a été formé reçoit une carte.": "",
}


@pytest.mark.parametrize("sentence", TRAITS)
def test_leave_negation_and_the_past(sentence: str) -> None:
    found = manner_of(sentence, PARTIES, FRENCH)
    assert "".join(name for name in ("permits", "negated", "past") if getattr(found, name)) == TRAITS[sentence]


def test_an_alias_stands_for_the_party_before_it() -> None:
    for text, found in {
        "la société Oriole SA, ci-après dénommée « l’Investisseur »": {"investisseur": "company"},
        "la Police nationale, ci-après LE CORPS, et cette force (la Force)": {"corps": "force", "force": "force"},
        "Bastion, société de gardiennage (« Bastion »)": {"bastion": "guards"},
        "la Police et la Société, ci-après ensemble les « Parties » et chacune la « Partie »": {},
    }.items():
        assert aliases([text], FRENCH) == found


AGREEMENT = (
    "# PRÉAMBULE|La paix.|IL A ÉTÉ CONVENU :|Attendu que la loi ;|ARTICLE PREMIER – DÉFINITIONS|Le Site.|"
    "Article 2 : Objet|Il est créé :|1° un comité ;|ANNEXE II|Deux [à préciser]."
)


def test_an_agreement_is_taken_apart() -> None:
    found = passages_of(made(*AGREEMENT.split("|")), FRENCH)
    assert "".join(p.kind[0] for p in found) == "hrcrhdhccha"
    assert (found[5].where, found[8].lead, bool(found[10].doubtful)) == ("article 1", "Il est créé :", True)


@pytest.mark.parametrize("says", ["ne s’applique pas.", "est sans effet.", "prime."])
def test_a_clause_that_switches_off_another(says: str) -> None:
    said = paragraph(f"La nuit, l'article 4 {says}", label="20.1")
    found = passages_of(agreement_of([paragraph("La Police avertit.", label="4.1"), said]), FRENCH)
    assert bool(overridden(found, FRENCH)) is (says != "prime.")
