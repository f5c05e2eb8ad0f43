"""Spanish as agreements write it: duties in the future, ordinals for numbers, "en adelante" for the parties."""

from __future__ import annotations

import pytest
from reviewing import made

from mougen.review.lexicon import load_lexicon
from mougen.review.manner import Manner, manner_of
from mougen.review.override import overridden
from mougen.review.parties import aliases
from mougen.review.structure import Passage, passages_of

SPANISH = load_lexicon("es")
MANNER = (  # sentence, strength, who is bound, what softens or lets out
    ("La Fuerza informará a la Empresa dentro de las doce horas.", "binding", "force", ""),
    ("LA PNP brinda el servicio con sujeción a los Principios Voluntarios.", "binding", "force", ""),
    ("LA EMPRESA se obliga a no entregar munición a la Policía.", "binding", "company", ""),
    ("Se prohíbe al personal toda forma de violencia sexual.", "binding", "", ""),
    ("QUEDA PROHIBIDO EL USO DE LA FUERZA CONTRA REUNIONES PACIFICAS.", "binding", "", ""),
    ("La Policía no podrá detener a nadie en el campamento.", "binding", "force", ""),
    ("No se podrán usar los vehículos sin orden escrita.", "binding", "", ""),
    ("Ningún efectivo de la Policía podrá interrogar a los trabajadores.", "binding", "force", ""),
    ("La fuerza sólo podrá usarse cuando sea estrictamente necesario.", "binding", "", ""),
    ("El Jefe de Servicio llevará un libro foliado, que podrá ser digital.", "binding", "force", ""),
    ("Si la multitud pudiera tornarse violenta, la Policía dialogará con ella.", "binding", "force", ""),
    ("El Comandante y el Gerente levantarán acta.", "binding", "both", ""),
    ("El costo será cubierto íntegramente por la Empresa.", "binding", "company", ""),
    ("Corresponde a la Policía la seguridad exterior.", "binding", "force", ""),
    ("La Policía procurará contar con un médico.", "soft", "force", "procurará"),
    ("El Ejército debería capacitar a sus soldados.", "soft", "force", "debería"),
    ("El comando recibirá el pedido y procurará atenderlo.", "soft", "force", "procurará"),
    ("LA FUERZA PUBLICA PODRA AVISAR A LA EMPRESA.", "soft", "force", "PODRA"),
    ("El comandante evaluará la conveniencia de reubicar al uniformado.", "soft", "force", "evaluará la conveniencia"),
    ("LA EMPRESA podrá suspender los aportes de inmediato.", "soft", "company", "podrá"),
    ("La Policía advertirá, de ser posible, antes de actuar.", "binding", "force", "de ser posible"),
    ("El mando retirará al efectivo, salvo necesidades operativas.", "binding", "force", "necesidades operativas"),
)  # fmt: skip


def manner(sentence: str) -> Manner:
    return manner_of(sentence, {**SPANISH.parties, "pnp": "force", "fuerza": "force"}, SPANISH)


def passages(*lines: str) -> tuple[Passage, ...]:
    return passages_of(made(*lines), SPANISH)


@pytest.mark.parametrize(("sentence", "strength", "obligor", "shown"), MANNER)
def test_how_a_sentence_binds(sentence: str, strength: str, obligor: str, shown: str) -> None:
    found = manner(sentence)
    said = "".join(sentence[slice(*span)] for span in (found.soft, found.carve_out) if span)
    assert (found.strength, found.obligor, said) == (strength, obligor, shown)


def test_a_right_a_negation_and_the_past() -> None:
    assert manner("LA EMPRESA podrá terminar el convenio.").permits
    assert manner("La Policía no disparará contra la multitud.").negated
    assert manner("En marzo se capacitaron cuarenta efectivos en derechos humanos.").past
    assert manner("El texto ha sido publicado por el Ministerio.").past
    assert not manner("Los efectivos que fueron capacitados llevarán un carné.").past


ALIASES: tuple[tuple[str, dict[str, str]], ...] = (
    ("la Policía Nacional del Perú, en adelante «LA PNP», y", {"pnp": "force"}),
    ("GAS DEL SUR S.A., NIT 1028, que en adelante se denominará GCS.", {"gcs": "company"}),
    ("Ejército de Bolivia (en lo sucesivo, el “Comando Conjunto”)", {"comando": "force"}),
    ("Minera Azul S.A.C., a quien en adelante se le denominará LA TITULAR MINERA,", {"titular": "company"}),
    ('y en conjunto "LAS PARTES"; en adelante LAS PARTES', {}),
)


@pytest.mark.parametrize(("text", "found"), ALIASES)
def test_names_of_the_parties(text: str, found: dict[str, str]) -> None:
    assert aliases([text], SPANISH) == found


def test_what_each_paragraph_is() -> None:
    body = ("CONSIDERANDO", "Que la Policía valora la paz;", "CLÁUSULA DÉCIMA SEGUNDA. OBJETO", "La Policía avisará.")
    found = passages(*body, "ANEXO I", "Radios.")
    assert [p.kind for p in found] == ["heading", "recital", "heading", "clause", "heading", "annex"]
    assert found[3].where == "cláusula 12"
    assert passages("NOVENA.- La Policía avisará.")[0].where == "cláusula 9"
    assert passages("El plazo es de [por definir] días.")[0].doubtful


@pytest.mark.parametrize("says", ["La cláusula novena no rige de noche.", "No se aplicará la cláusula 9 de noche."])
def test_a_clause_is_switched_off(says: str) -> None:
    found = passages("NOVENA.- La Policía avisará antes de disparar.", f"DÉCIMA.- {says}")
    assert overridden(found, SPANISH) == {1: frozenset({0})}
