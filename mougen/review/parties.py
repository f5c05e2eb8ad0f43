"""Who is who: the names that an agreement itself gives to the force, the company and the guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from .features import TOKEN, plain
from .lexicon import Lexicon

OPENING = 60  # passages in which an agreement says what it calls its parties
REACH = 160  # characters before an alias in which what it stands for is named


def aliases(texts: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """Return the kind of party of each one-word alias that the `texts` define, in plain lower case."""
    found: dict[str, str] = {}
    for text in texts:
        for match in lexicon.patterns["alias"].finditer(text):
            name = (match["quoted"] or match["bare"] or "").strip()
            words = [w for w in TOKEN.findall(plain(name)) if w.isalpha()]
            kind = _kind(name, text[max(0, match.start() - REACH) : match.start()], lexicon)
            if kind and words and len(words[-1]) > 2 and words[-1] != "parties":
                found.setdefault(words[-1], kind)
    return found


def _kind(name: str, before: str, lexicon: Lexicon) -> str:
    """Tell what a name stands for: by the name, else by the nearest party before it."""
    for kind, pattern in lexicon.party_patterns.items():
        if pattern.fullmatch(name):
            return kind
    nearest = {
        kind: max((m.start() for m in p.finditer(before)), default=-1) for kind, p in lexicon.party_patterns.items()
    }
    nearest["company"] = max(
        nearest["company"], max((m.start() for m in lexicon.company_forms.finditer(before)), default=-1)
    )
    kind = max(nearest, key=lambda k: nearest[k])
    return kind if nearest[kind] >= 0 else ""


def party_words(found: Mapping[str, str], lexicon: Lexicon) -> dict[str, str]:
    """Return the kind of party of each word: the lexicon's, with what the agreement defines on top."""
    return {**lexicon.parties, **found}


def named_in(texts: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """Return the kind of party of each word as the agreement that has `texts`, in reading order, uses it."""
    return party_words(aliases(islice(texts, OPENING), lexicon), lexicon)
