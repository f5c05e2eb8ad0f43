"""Which language an agreement is in; what cannot be reviewed is said with the name of the file, never judged."""

from __future__ import annotations

import pytest
from reviewing import made, reviewed

import mougen
from mougen.errors import ReviewError
from mougen.review.language import language_of, languages

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
    assert language_of(made(ENGLISH)) == "en"
    assert "en" in languages()


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_a_language_without_a_lexicon_is_said(language: str) -> None:
    if language in languages():
        assert language_of(made(OTHERS[language])) == language
        return
    with pytest.raises(ReviewError, match=r"^accord\.pdf: .*not in a language.*\(.*en.*\); nothing was judged"):
        language_of(made(OTHERS[language], name="accord.pdf"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_scripts_are_said(script: str) -> None:
    with pytest.raises(ReviewError, match=r"^doc\.docx: .*not in a language"):
        language_of(made(SCRIPTS[script], name="doc.docx"))


@pytest.mark.parametrize("text", ["", " \n ", "12 34 / 56", "□□□ ☐ ____ 2026", "…"])
def test_no_words_are_said(text: str) -> None:
    with pytest.raises(ReviewError, match=r"^scan\.pdf: there are no words"):
        language_of(made(text, name="scan.pdf"))


def test_words_that_are_no_running_text_are_said() -> None:
    with pytest.raises(ReviewError, match=r"^list\.txt: "):
        language_of(made("Toyota Hilux Motorola Garmin Stihl Honda Yamaha Panasonic", name="list.txt"))


def test_an_english_agreement_may_quote_another_language() -> None:
    assert language_of(made(*[ENGLISH] * 3, OTHERS["es"])) == "en"


def test_nothing_is_judged_through_the_front_either() -> None:
    with pytest.raises(mougen.MougenError, match="nothing was judged"):
        mougen.review_agreement(made(OTHERS["fr"], name="accord.docx"))
    with pytest.raises(mougen.MougenError, match=r"^none\.txt"):
        mougen.review_agreement(made(name="none.txt"))
    assert reviewed(ENGLISH).language == "en"
