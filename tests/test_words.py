"""What mougen says in English it can say in each of its languages, with the same places for values."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest
from deals import LIBRARY, ROOT

from mougen.language import languages, load_language
from mougen.requirement import TITLES

PACKAGE = ROOT / "mougen"


def literals() -> Iterator[str]:
    """Yield each text that the code hands to `say`, and each doubt, which is said later."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "reading":
            continue  # there a run says what it prints
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in {"say": node.args[:1], "Doubt": node.args[1:2]}.get(name, []):
                if isinstance(argument, ast.JoinedStr):
                    continue  # built from a name of the data, which is asked of the catalogue below
                yield from (c.value for c in ast.walk(argument) if isinstance(c, ast.Constant) and c.value)
    for page in (PACKAGE / "report").glob("*.html"):
        yield from re.findall(r'say\("([^"]+)"', page.read_text("utf-8"))


def catalogue() -> Iterator[str]:
    yield from TITLES.values()
    for requirement in LIBRARY.requirements.values():
        yield requirement.title
        yield from (limb.asks for limb in requirement.limbs)
        yield from (harm.says for harm in requirement.harms)
    for flag in LIBRARY.red_flags.values():
        yield from (flag.title, flag.says, flag.why)
    yield from (f"the {instrument.name}" for instrument in LIBRARY.instruments.values())


SAID = sorted({text for text in (*literals(), *catalogue()) if isinstance(text, str) and re.search(r"[^\W\d_]", text)})


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", languages()[1:])
def test_every_text_has_its_words(code: str) -> None:
    words = load_language(code).words
    assert [
        text for text in SAID if re.search(r"[^\W\d_]{2}", re.sub(r"\{.*?\}", "", text)) and text not in words
    ] == []


@pytest.mark.parametrize("code", languages()[1:])
def test_words_have_the_same_places_for_values(code: str) -> None:
    words = load_language(code).words.items()
    assert [english for english, said in words if places(english) != places(said)] == []


@pytest.mark.parametrize("code", languages()[1:])
def test_a_country_that_is_drafted_in_a_language_has_its_words(code: str) -> None:
    spoken = [country.id for country in LIBRARY.jurisdictions.values() if code in country.languages]
    assert [id for id in spoken if f"{id}.{code}.toml" not in LIBRARY.words] == []
    for id in spoken:
        country, said = LIBRARY.jurisdictions[id], LIBRARY.spoken(LIBRARY.jurisdictions[id], code)
        same = [must.text for must, own in zip(country.must, said.must, strict=True) if must.provision and must == own]
        assert same == [], f"jurisdictions/{id}.{code}.toml"
