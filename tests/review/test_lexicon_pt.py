"""Portuguese as agreements write it: duties with "deve" and in the future, "doravante" for the parties, ordinals."""

from __future__ import annotations

import pytest
from reviewing import made

from mougen.review.lexicon import load_lexicon
from mougen.review.manner import Manner, manner_of
from mougen.review.override import overridden
from mougen.review.parties import aliases
from mougen.review.structure import Passage, passages_of

PORTUGUESE = load_lexicon("pt")
MANNER = (  # sentence, strength, who is bound, what softens or lets out
    ("A Força deve avisar a Empresa por escrito no prazo de doze horas.", "binding", "force", ""),
    ("A PRM presta o serviço com respeito pelos Princípios Voluntários.", "binding", "force", ""),
    ("O Comando compromete-se a retirar o agente.", "binding", "force", ""),
    ("A Empresa obriga-se a não fornecer munições à Polícia.", "binding", "company", ""),
    ("Far-se-á um registo de cada queixa.", "binding", "", ""),
    ("É proibida toda a forma de violência sexual.", "binding", "", ""),
    ("FICA VEDADO O USO DA FORCA CONTRA REUNIOES PACIFICAS.", "binding", "", ""),
    ("A Polícia não poderá deter ninguém no acampamento.", "binding", "force", ""),
    ("As viaturas não podem ser usadas sem ordem escrita.", "binding", "", ""),
    ("Nenhum agente da Polícia pode interrogar os trabalhadores.", "binding", "force", ""),
    ("O Exército só pode intervir a pedido da autoridade civil.", "binding", "force", ""),
    ("O comandante manterá um livro, que pode ser digital.", "binding", "force", ""),
    ("O relatório será enviado pela Polícia no mesmo dia.", "binding", "force", ""),
    ("Cabe à Polícia a segurança exterior.", "binding", "force", ""),
    ("A Polícia procurará dispor de um médico.", "soft", "force", "procurará"),
    ("O Exército deveria formar os seus soldados.", "soft", "force", "deveria"),
    ("A Polícia envidará os melhores esforços para socorrer os feridos.", "soft", "force", "envidará"),
    ("O comando receberá o pedido e procurará atendê-lo.", "soft", "force", "procurará"),
    ("A FORCA PODERA AVISAR A EMPRESA.", "soft", "force", "PODERA"),
    ("A Empresa pode suspender o Apoio de imediato.", "soft", "company", "pode"),
    ("A Polícia advertirá, sempre que possível, antes de agir.", "binding", "force", "sempre que possível"),
    ("O comando retirará o agente, salvo necessidade do serviço.", "binding", "force", "necessidade do serviço"),
)


def manner(sentence: str) -> Manner:
    return manner_of(sentence, {**PORTUGUESE.parties, "prm": "force", "forca": "force"}, PORTUGUESE)


def passages(*lines: str) -> tuple[Passage, ...]:
    return passages_of(made(*lines), PORTUGUESE)


@pytest.mark.parametrize(("sentence", "strength", "obligor", "shown"), MANNER)
def test_how_a_sentence_binds(sentence: str, strength: str, obligor: str, shown: str) -> None:
    found = manner(sentence)
    said = "".join(sentence[slice(*span)] for span in (found.soft, found.carve_out) if span)
    assert (found.strength, found.obligor, said) == (strength, obligor, shown)


def test_a_right_a_negation_and_the_past() -> None:
    assert manner("A Empresa poderá rescindir o acordo.").permits
    assert manner("A Polícia não disparará contra a multidão.").negated
    assert manner("Em Março quarenta agentes receberam formação em direitos humanos.").past
    assert manner("O Ministério publicou o texto.").past
    assert not manner("Os agentes que foram formados deverão usar um cartão.").past


ALIASES: tuple[tuple[str, dict[str, str]], ...] = (
    ("a Polícia da República de Moçambique, doravante designada por «PRM», e", {"prm": "force"}),
    ("Grafite do Norte, Lda., adiante designada abreviadamente por GRANOR,", {"granor": "company"}),
    ("o Exército (a seguir denominado «Comando Conjunto»)", {"comando": "force"}),
    ("Mineração Azul S.A., doravante denominada simplesmente CONCESSIONÁRIA,", {"concessionaria": "company"}),
    ("em conjunto designadas «Partes», doravante as PARTES", {}),
)


@pytest.mark.parametrize(("text", "found"), ALIASES)
def test_names_of_the_parties(text: str, found: dict[str, str]) -> None:
    assert aliases([text], PORTUGUESE) == found


def test_what_each_paragraph_is() -> None:
    body = ("PREÂMBULO", "A Polícia valoriza a paz.", "CLÁUSULA DÉCIMA SEGUNDA – OBJECTO", "A Polícia avisará.")
    found = passages(*body, "ANEXO II", "Rádios.")
    assert [p.kind for p in found] == ["heading", "recital", "heading", "clause", "heading", "annex"]
    assert found[3].where == "cláusula 12"
    assert [p.kind for p in passages("Considerando que há risco;", "Artigo 4.º Avisa-se.")] == ["recital", "clause"]
    assert passages("O prazo é de [a definir] dias.")[0].doubtful


@pytest.mark.parametrize("says", ["A cláusula 9.ª não se aplica de noite.", "Fica suspensa a cláusula nona de noite."])
def test_a_clause_is_switched_off(says: str) -> None:
    found = passages("Cláusula 9.ª A Polícia avisará antes de disparar.", f"Cláusula 10.ª {says}")
    assert overridden(found, PORTUGUESE) == {1: frozenset({0})}
