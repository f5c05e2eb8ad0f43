"""What spoils a clause in French, Spanish and Portuguese: a smaller set than in English, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mougen.duties.deadlines import load_deadlines

from .pieces import HEADING, Piece, Pieces, each

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """How a language lifts a duty, softens it, names the company's side alone, and opens a recital.

    `opening` has the title, what stands before and after the name of the company, the heading that follows, and what
    personnel is.
    """

    opening: tuple[str, str, str, str, str]
    negated: Pairs
    softened: Pairs
    swapped: Pairs
    recitals: str
    whereas: str


FRENCH = Words(
    opening=(
        "Protocole d’accord",
        "Le présent Accord est conclu entre la Police nationale de l’État (la « Force ») et",
        "Quartz Hill Mining SA (la « Société »).",
        "Dispositions générales",
        "Dans le présent Accord, Personnel désigne tout membre de la Force affecté au Site.",
    ),
    negated=(
        (r"\bNul ne (?:doit|peut)\b", "Chacun peut"),
        (r"\b[Aa]ucune? ((?:[\w’-]+ ){1,6}?)ne (?:doit|peut)\b", r"Tout \1peut"),
        (r"\b(?:ne|n’en) doit (?:pas|jamais|en aucun cas|ni)\b", "peut"),
        (r"\b(?:ne|n’en) doivent (?:pas|jamais|en aucun cas|ni)\b", "peuvent"),
        (r", ni (?=\w+(?:er|ir|re)\b)", " ou "),
        (r"\b(est|sont) interdit(e?s?)\b", r"\1 autorisé\2"),
        (r"(?<!ne )\bdoit (?=[aeiouyéèêàh])", "n’est pas tenu d’"),
        (r"(?<!ne )\bdoit\b", "n’est pas tenu de"),
        (r"(?<!ne )\bdoivent (?=[aeiouyéèêàh])", "ne sont pas tenus d’"),
        (r"(?<!ne )\bdoivent\b", "ne sont pas tenus de"),
        (r"\best (tenue?)\b", r"n’est pas \1"),
        (r"\bsont (tenue?s)\b", r"ne sont pas \1"),
    ),
    softened=(
        (r"\bne doit (pas|jamais|en aucun cas|ni)\b", r"devrait s’efforcer, dans la mesure du possible, de ne \1"),
        (r"\bne doivent (pas|jamais|en aucun cas|ni)\b", r"devraient s’efforcer, dans la mesure du possible, de ne \1"),
        (r"(?<!ne )\bdoit (?=[aeiouyéèêàh])", "devrait s’efforcer, dans la mesure du possible, d’"),
        (r"(?<!ne )\bdoit\b", "devrait s’efforcer, dans la mesure du possible, de"),
        (r"(?<!ne )\bdoivent (?=[aeiouyéèêàh])", "devraient s’efforcer, dans la mesure du possible, d’"),
        (r"(?<!ne )\bdoivent\b", "devraient s’efforcer, dans la mesure du possible, de"),
        (r"\bne doi(?:t|vent)\b", "ne devrait, dans la mesure du possible,"),
        (r"\best tenue?\b", "devrait s’efforcer, dans la mesure du possible,"),
        (r"\bsont tenue?s\b", "devraient s’efforcer, dans la mesure du possible,"),
        (r"\b(?:est|sont) interdite?s?\b", "devrait, dans la mesure du possible, être évité"),
    ),
    swapped=(
        (r"\b[Ll]’État\b", "la Société"),
        (r"\bForces?\b", "société de gardiennage de la Société"),
        (r"\bPersonnel\b", "personnel de gardiennage de la Société"),
        (r"\bCommandant\b", "chef de la sûreté de la Société"),
        (r"\b(?:agents publics|[Oo]fficiers?)\b", "gardiens de la Société"),
        (r"\b(?:l’armée|la police|la gendarmerie)\b", "la société de gardiennage"),
        (r"\b[Aa]ucune Partie\b", "Aucun salarié de la Société"),
        (r"\b(?:[Ll]es Parties|[Cc]haque Partie|[Uu]ne Partie)\b", "la Société"),
    ),
    recitals="Préambule",
    whereas="Considérant que",
)

SPANISH = Words(
    opening=(
        "Convenio",
        "Este Acuerdo se celebra entre la Policía Nacional del Estado (la “Fuerza”) y",
        "Quartz Hill Mining S.A. (la “Empresa”).",
        "Disposiciones generales",
        "En este Acuerdo, Personal significa todo miembro de la Fuerza destinado al Sitio.",
    ),
    negated=(
        (r"\bNadie (?:podrá|deberá)\b", "Cualquiera podrá"),
        (r"\b[Nn]ingun?[oa]? ((?:[\w-]+ ){1,6}?)(?:podrá|deberá)\b", r"Todo \1podrá"),
        (r"\b[Nn]ingún ((?:[\w-]+ ){1,6}?)(?:podrá|deberá)\b", r"Todo \1podrá"),
        (r"\b[Nn]o (?:podrá|deberá)(n?)\b", r"podrá\1"),
        (r"\b([Ee]stán?|[Qq]uedan?) prohibid(\w+)(?: en todo caso)?", r"\1 permitid\2"),
        (r"\b(?<!no )(?<!podrá )[Dd]eberá(n?)\b", r"no tendrá\1 la obligación de"),
        (r"\b(está|están) (obligad\w+)", r"no \1 \2"),
    ),
    softened=(
        (r"\b[Nn]o (?:podrá|deberá)(n?)\b", r"procurará\1, en lo posible, no"),
        (r"\b[Dd]eberá(n?)\b", r"procurará\1, en lo posible,"),
        (r"\b[Ee]stá prohibido(?: en todo caso)?,? (?=\w+r\b)", "se procurará, en lo posible, no "),
        (r"\b(?:[Ee]stán?|[Qq]uedan?) prohibid\w+(?: en todo caso)?", "se procurará evitar, en lo posible,"),
        (r"\bestán? obligad\w+ a\b", "procurará, en lo posible,"),
    ),
    swapped=(
        (r"\b[Ee]l Estado\b", "la Empresa"),
        (r"\b([Dd]e|[Aa])l Estado\b", r"\1 la Empresa"),
        (r"\bFuerzas?\b", "empresa de vigilancia de la Empresa"),
        (r"\bPersonal\b", "personal de vigilancia de la Empresa"),
        (r"\bComandante\b", "jefe de seguridad de la Empresa"),
        (r"\b(?:funcionarios públicos|[Oo]ficial(?:es)?)\b", "vigilantes de la Empresa"),
        (r"\b(?:la policía|el ejército)\b", "la empresa de vigilancia"),
        (r"\b[Nn]inguna (?:de las Partes|Parte)\b", "Ningún empleado de la Empresa"),
        (r"\b(?:[Ll]as Partes|[Cc]ada Parte|[Uu]na Parte|[Aa]mbas Partes)\b", "la Empresa"),
    ),
    recitals="Considerandos",
    whereas="Considerando que",
)

PORTUGUESE = Words(
    opening=(
        "Memorando de Entendimento",
        "O presente Acordo é celebrado entre a Polícia Nacional do Estado (a “Força”) e",
        "Quartz Hill Mining, S.A. (a “Empresa”).",
        "Disposições gerais",
        "No presente Acordo, Pessoal designa todo o membro da Força afetado ao Local.",
    ),
    negated=(
        (r"\bNinguém (?:pode|deve)\b", "Qualquer pessoa pode"),
        (r"\b[Nn]enhuma? ((?:[\w-]+ ){1,6}?)(?:pode|deve)\b", r"Todo o \1pode"),
        (r"\b[Nn]ão (?:pode|deve)(m?)\b", r"pode\1"),
        (r"\b(é|são|fica|ficam|está|estão) proibid(\w+)(?: em caso algum)?", r"\1 permitid\2"),
        (r"\bÉ proibid(\w+)", r"É permitid\1"),
        (r"(?<!não )\b[Dd]eve\b", "não tem a obrigação de"),
        (r"(?<!não )\b[Dd]evem\b", "não têm a obrigação de"),
        (r"\b(está|estão) (obrigad\w+)", r"não \1 \2"),
    ),
    softened=(
        (r"\b[Nn]ão (?:pode|deve)\b", "procurará, na medida do possível, não"),
        (r"\b[Nn]ão (?:podem|devem)\b", "procurarão, na medida do possível, não"),
        (r"\b[Dd]eve\b", "procurará, na medida do possível,"),
        (r"\b[Dd]evem\b", "procurarão, na medida do possível,"),
        (r"\b(?:[ÉéSs]ão|[Éé]|fica|ficam|está|estão) proibid\w+", "procurar-se-á evitar, na medida do possível,"),
        (r"\best(?:á|ão) obrigad\w+ a\b", "procurará, na medida do possível,"),
    ),
    swapped=(
        (r"\b[Oo] Estado\b", "a Empresa"),
        (r"\b([Dd]|[Pp]el|[Nn])o Estado\b", r"\1a Empresa"),
        (r"\bForças?\b", "empresa de vigilância da Empresa"),
        (r"\bPessoal\b", "pessoal de vigilância da Empresa"),
        (r"\bComandante\b", "chefe de segurança da Empresa"),
        (r"\b(?:agentes públicos|[Oo]fici(?:al|ais))\b", "vigilantes da Empresa"),
        (r"\b(?:a polícia|o exército)\b", "a empresa de vigilância"),
        (r"\b[Nn]enhuma (?:das Partes|Parte)\b", "Nenhum trabalhador da Empresa"),
        (r"\b(?:[Aa]s Partes|[Cc]ada Parte|[Uu]ma Parte|[Aa]mbas as Partes)\b", "a Empresa"),
    ),
    recitals="Considerandos",
    whereas="Considerando que",
)
WORDS = {"fr": FRENCH, "es": SPANISH, "pt": PORTUGUESE}
OPENINGS: Mapping[str, Pieces] = {
    language: (
        Piece(words.opening[0], HEADING),
        Piece(words.opening[1]),
        Piece(words.opening[2]),
        Piece(words.opening[3], HEADING, "1"),
        Piece(words.opening[4], label="1.1"),
    )
    for language, words in WORDS.items()
}


def spoiling_in(language: str) -> Mapping[str, Callable[[Pieces], Pieces]]:
    """Return the mutations of one language."""
    words = WORDS[language]
    return {
        "negated": lambda pieces: each(pieces, lambda text: _changed(words.negated, text)),
        "softened": lambda pieces: each(pieces, lambda text: _changed(words.softened, text)),
        "of the company alone": lambda pieces: each(pieces, lambda text: _changed(words.swapped, text)),
        "in a recital": lambda pieces: _in_a_recital(words, pieces),
        "without times": lambda pieces: each(pieces, lambda text: without_times(language, text)),
    }


def _changed(pairs: Pairs, text: str) -> str:
    for pattern, by in pairs:
        text = re.sub(pattern, lambda found, by=by: _expanded(found, by), text)  # type: ignore[misc]
    return text


def _expanded(found: re.Match[str], by: str) -> str:
    """Return what stands for a match, with a capital where a sentence begins."""
    begins = re.search(r"(?:^|[.!?]\s)$", found.string[: found.start()])
    return _cased(found[0], found.expand(by)) if begins else found.expand(by)


def _cased(was: str, text: str) -> str:
    """Return `text` with a capital where `was` has one."""
    return text[:1].upper() + text[1:] if was[:1].isupper() else text


def _in_a_recital(words: Words, pieces: Pieces) -> Pieces:
    told = (
        replace(p, text=f"{words.whereas} {p.text[:1].lower()}{p.text[1:]}", label="")
        for p in pieces
        if p.level != HEADING
    )
    return (Piece(words.recitals, HEADING), *told)


def without_times(language: str, text: str) -> str:
    """Return `text` without the times by which something is due ("within 24 hours", "at once"); intervals stay."""
    for time in reversed(load_deadlines(language).times(text)):
        if time.within or not (time.every or time.date):
            before = re.sub(r"[ ,]*(?: (?:et|y|e))?[ ,]*$", "", text[: time.start])
            after = text[time.end :]
            if not before or before[-1] in ".:;":
                after = _cased("A", after.lstrip(" ,"))
            text = before + ("" if not before or re.match(r"[\s.,;:]|$", after) else " ") + after
    return text
