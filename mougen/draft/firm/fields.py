"""A story of a firm's template in, the same with its fields filled in by docxtpl out; what is no field is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from ...errors import DraftError
from ...opc import W
from ...schema import nearest
from ..wml import UNPRINTABLE

# What a template may print, and what it is.
FIELDS: Mapping[str, str] = {
    "title": "short title and site, as for a header",
    "full_title": "full title of the agreement and site",
    "parties": "company and lead force, in short",
    "company": "name of the company",
    "site": "name of the site",
    "country": "name of the country",
    "date": "date of the agreement, empty where it is open",
    "status": "“Draft” where fields are missing, else empty",
    "page": "the word “Page” in the language of the agreement",
    "of": "the word “of” in the language of the agreement",
}
BODY = "body"
MARKER = "<!--mougen:body-->"  # no value can hold it: what is filled in is escaped
MOST_TAGS, LONGEST_TAG = 500, 300
_OPENERS, _CLOSERS = ("{{", "{%", "{#"), {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW = re.compile(r"\{\{(p|r|tr|tc)\s|\{%\s*(colspan|cellbg|vm|hm)\b")  # tags of docxtpl that put in what is no text
_TEXTS = {W + tag for tag in ("t", "instrText", "delText", "delInstrText")}
_LOOKS = "looks inside a value; fields have no parts"
_NODES = {
    "For": "is a loop; templates have none",
    "Call": "is a call; templates have none",
    "Getattr": _LOOKS,
    "Getitem": _LOOKS,
}


def fields_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields from the values of a shell, each on one line and with nothing that Word could not hold."""
    found = {
        **{name: values[name] for name in ("title", "parties", "company", "site", "country", "date", "status")},
        "full_title": values["core"]["title"],
        "page": values["words"]["page"],
        "of": values["words"]["of"],
    }
    return {name: UNPRINTABLE.sub("", " ".join(found[name].split())) for name in FIELDS}


def filled(story: etree._Element, place: str, fields: Mapping[str, str]) -> str:
    """Return the XML of `story` with `fields` in their places; raises DraftError without the name of the file."""
    _scan(story, place)
    environment, render = _engine()
    source = render.patch_xml(etree.tostring(story, encoding="unicode"))
    _check(environment, source, place)
    try:
        made = str(render.render_xml_part(source, None, dict(fields), environment))
    except (RecursionError, SyntaxError):  # from Python, which compiles what Jinja makes of them
        raise DraftError(f"{place}: its conditions stand too deep in one another; take some out") from None
    try:
        leaks = next(_leaks(etree.fromstring(made.encode())), "")
    except etree.XMLSyntaxError:
        leaks = "a condition begins in one paragraph and ends in another"
    if leaks:
        raise DraftError(f"{place}: the fields break the document ({leaks}); keep each within the text of a paragraph")
    return made


def used(story: etree._Element) -> set[str]:
    """Return the names of the fields that `story` prints."""
    found = (
        re.findall(r"[a-z_]+", tag) for p in story.iter(f"{W}p") for tag in re.findall(r"\{[{%][^{}]*\}", words(p))
    )
    return {name for names in found for name in names} & set(FIELDS)


def words(paragraph: etree._Element) -> str:
    """Return the text of a paragraph without that of boxes in it, which have paragraphs of their own."""
    texts = (t for t in paragraph.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is paragraph)
    return "".join(t.text or "" for t in texts)


@cache
def _engine() -> tuple[Any, Any]:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    # Only its two functions from text to text are used, so that our own gate opens the package.
    return environment, DocxTemplate(None)


def _scan(story: etree._Element, place: str) -> None:
    """Raise DraftError where braces do not pair up in their paragraph, on which the regexes of docxtpl rely."""
    count = 0
    for paragraph in story.iter(f"{W}p"):
        text = words(paragraph)
        count += sum(1 for tag in _tags(text, place) if tag)
    raw = etree.tostring(story, encoding="unicode")
    if count > MOST_TAGS:
        raise DraftError(f"{place}: it has more than {MOST_TAGS} fields; a template has a few")
    if sum(map(raw.count, _OPENERS)) > count:
        raise DraftError(f"{place}: a field stands where no text is (a picture or a code); move it into a paragraph")


def _tags(text: str, place: str) -> Iterator[str]:
    """Yield each tag of a paragraph."""
    at = 0
    while (start := min((i for i in (text.find("{", at), text.find("}", at)) if i >= 0), default=-1)) >= 0:
        opener = text[start : start + 2]
        end = text.find(_CLOSERS[opener], start + 2, start + LONGEST_TAG) if opener in _CLOSERS else -1
        tag = text[start : end + 2] if end >= 0 else ""
        if not tag or "{" in tag[2:-2] or "}" in tag[2:-2]:
            raise DraftError(f"{place}, {_quoted(text)}: a brace belongs to no field; write {{{{ title }}}} or so")
        if _RAW.match(tag):
            raise DraftError(f"{place}, {_quoted(text)}: `{tag}` does not print text; write it as {{{{ title }}}}")
        yield tag
        at = end + 2


def _check(environment: Any, source: str, place: str) -> None:
    """Raise DraftError where `source`, which is what will be rendered, holds more than fields and conditions."""
    from jinja2 import TemplateError, nodes

    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)  # as docxtpl does, so that a line is a paragraph
    allowed = (
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or),
        *(nodes.Compare, nodes.Operand, nodes.Const, nodes.Filter),
    )

    def fault(line: int | None, said: str) -> DraftError:
        text = html.unescape(re.sub("<[^>]*>", "", lines.split("\n")[(line or 1) - 1]))
        return DraftError(f"{place}, {_quoted(text)}: {said}")

    try:
        for node in environment.parse(lines).find_all(nodes.Node):
            if isinstance(node, nodes.Name) and node.name not in FIELDS:
                raise fault(node.lineno, _unknown(node.name))
            if isinstance(node, nodes.Filter) and node.name not in ("upper", "lower"):
                raise fault(node.lineno, f"`{node.name}` is not allowed after a field; upper and lower are")
            if not isinstance(node, allowed):
                kind, within = type(node).__name__, (node, *node.find_all(nodes.Node))
                line = next((inner.lineno for inner in within if inner.lineno), 1)
                raise fault(line, f"it {_NODES.get(kind, 'is more than a field or a condition')}; take it out")
    except (TemplateError, RecursionError, SyntaxError) as error:
        raise fault(
            getattr(error, "lineno", 1) or 1, f"it cannot be read ({str(error).rstrip('.')}); write {{{{ title }}}}"
        ) from None


def _unknown(name: str) -> str:
    if name == BODY:
        return "`body` must be alone in a paragraph of the body that is in no table, box or control, and there once"
    offer = nearest(name, FIELDS) or f"there are {', '.join(FIELDS)}"
    return f"`{name}` is not a field; {offer}"


def _leaks(root: etree._Element) -> Iterator[str]:
    """Yield what stands between elements of WordprocessingML, where Word allows no text."""
    for element in root.iter(f"{W}*"):
        for text in ("" if element.tag in _TEXTS else element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield _quoted(text)


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"
