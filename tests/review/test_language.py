"""Which language an agreement is in; what cannot be reviewed is said, never judged."""

from __future__ import annotations

import pytest
from reviewing import LIBRARY, made, reviewed

import mougen
from mougen.errors import ReviewError
from mougen.review.language import UNKNOWN, language_of, languages
from mougen.review.sections import sections_of

OTHERS = {
    "fr": "La police doit avertir toute personne avant de tirer, et les agents sont formés aux droits de "
    "l'homme dans la région où ils servent. Le rapport est remis par le commandant à la société dans un "
    "délai de vingt-quatre heures.",
    "es": "La policía debe advertir a toda persona antes de disparar, y los agentes son formados en derechos "
    "humanos por la institución. El informe se entrega por el comandante a la empresa en un plazo de "
    "veinticuatro horas.",
    "pt": "A polícia deve avertir todas as pessoas antes de disparar, e os agentes são formados em direitos "
    "humanos por uma instituição do Estado. O relatório é entregue pelo comandante à empresa no prazo de "
    "vinte e quatro horas.",
    "id": "Kepolisian wajib memberi peringatan kepada setiap orang sebelum menembak, dan para anggota yang "
    "bertugas akan dilatih tentang hak asasi manusia oleh lembaga ini. Laporan itu diserahkan dari "
    "komandan untuk perusahaan pada hari yang sama dengan surat.",
    "sw": "Polisi wa kituo hiki watatoa onyo kwa kila mtu kabla ya kufyatua risasi, na maafisa wa polisi katika "
    "mkataba huu watafunzwa haki za binadamu. Ripoti ya tukio hiyo ni ya kampuni kama ilivyo kwa kamanda "
    "au msimamizi.",
    "de": "Die Polizei warnt jede Person, bevor sie schießt, und die Beamten werden in den Menschenrechten "
    "geschult. Der Bericht ist von dem Kommandanten mit der Post zu senden und nicht auf dem Amt zu "
    "lassen.",
    "nl": "De politie waarschuwt elke persoon voor het schieten, en de agenten worden door het ministerie met "
    "zorg in de rechten van de mens opgeleid. Het verslag is op dezelfde dag van de commandant aan de "
    "onderneming te zenden.",
    "it": "La polizia deve avvertire ogni persona prima di sparare, e gli agenti sono formati nel campo dei "
    "diritti umani con la cura del ministero. Il rapporto è consegnato dalla guardia alla società, e non "
    "più tardi di un giorno.",
}
SCRIPTS = {
    "Arabic": "تلتزم الشرطة بتحذير كل شخص قبل إطلاق النار، ويُدرَّب جميع الأفراد على حقوق الإنسان.",
    "Russian": "Полиция обязана предупредить каждого человека перед выстрелом и обучает сотрудников правам человека.",
    "Chinese": "警方开枪前应当警告每一个人，并对全体人员进行人权培训。",
    "Amharic": "ፖሊስ ከመተኮሱ በፊት ማንኛውንም ሰው ማስጠንቀቅ አለበት።",
}
ENGLISH = (
    "The Police shall warn every person before they fire, and all officers are trained in human rights by the State."
)


def test_english_is_reviewed() -> None:
    assert language_of(ENGLISH) == "en"
    assert "en" in languages()


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_a_language_is_told_by_its_function_words(language: str) -> None:
    assert language_of(OTHERS[language]) == language


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_scripts_are_unknown(script: str) -> None:
    assert language_of(SCRIPTS[script]) == UNKNOWN


@pytest.mark.parametrize("text", [*(t for code, t in OTHERS.items() if code not in languages()), *SCRIPTS.values()])
def test_what_cannot_be_read_is_said_and_nothing_is_called_missing(text: str) -> None:
    review = mougen.review_agreement(made(text, name="accord.pdf"), facts={"armed_conflict": False})
    assert review.agreement.name == "accord.pdf"
    assert {f.verdict for f in review.findings} <= {"undetermined", "not-applicable"}
    judged = {f.requirement for f in review.findings if f.verdict == "undetermined"}
    true = frozenset(name for name, fact in review.facts.items() if fact.value)
    assert judged == {r.id for r in LIBRARY.requirements.values() if r.applies_to(true)}
    assert not review.ok
    assert (review.red_flags, dict(review.suggestions)) == ((), {})
    for finding in review.findings:
        assert finding.verdict != "undetermined" or "nothing was judged" in finding.message
    assert any("cannot review" in note and "reviews en, es, fr, pt" in note for note in review.notes)


@pytest.mark.parametrize("text", ["", " \n ", "12 34 / 56", "□□□ ☐ ____ 2026", "…"])
def test_no_words_are_said(text: str) -> None:
    with pytest.raises(ReviewError, match=r"^scan\.pdf: there are no words"):
        sections_of(made(text, name="scan.pdf"))


def test_words_that_are_no_running_text_are_in_no_language() -> None:
    assert language_of("Toyota Hilux Motorola Garmin Stihl Honda Yamaha Panasonic") == UNKNOWN


def test_an_english_agreement_may_quote_another_language() -> None:
    sections = sections_of(made(*[ENGLISH] * 3, " ".join(OTHERS["es"].split()[:14])))
    assert (sections.main, list(sections.read), list(sections.unread)) == ("en", ["en"], [])


def test_each_section_is_read_in_its_own_language() -> None:
    sections = sections_of(made(*[ENGLISH] * 3, *[OTHERS["es"]] * 2, *[OTHERS["de"]] * 2))
    assert set(sections.read) == {"en", "es"}
    assert [OTHERS["es"]] * 2 == [p.text for p in sections.read["es"].paragraphs]
    assert list(sections.unread) == ["de"]


def test_what_is_missing_may_be_in_the_part_that_cannot_be_read() -> None:
    review = mougen.review_agreement(made(*[ENGLISH] * 3, *[OTHERS["de"]] * 2))
    assert not [f.requirement for f in review.findings if f.verdict == "missing"]
    assert any("cannot review (de)" in note for note in review.notes)


def test_no_words_are_said_through_the_front_too() -> None:
    with pytest.raises(mougen.MougenError, match=r"^none\.txt"):
        mougen.review_agreement(made(name="none.txt"))
    assert reviewed(ENGLISH).language == "en"
