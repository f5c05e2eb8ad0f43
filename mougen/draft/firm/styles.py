"""A firm's styles and lists in, a style for each of ours out: the firm's own where one has the role, else one added.

What is added takes fonts and colours from the firm: headings from its heading of a clause, text from its default style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli
from lxml import etree

from ...data import data_root
from ...opc import W
from ..package import added
from ..parts import HEAD, WML
from ..shell import MAIN_PART, house
from ..wml import MAIN
from .dress import HEADINGS, Dresser
from .lists import Lists, Place, value, whole

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
_DEFAULTS = {"Normal": "paragraph", "DefaultParagraphFont": "character", "TableNormal": "table", "NoList": "numbering"}
_UNUSED = ("Header", "Footer")  # the body of a draft has neither
_RENAMED = {"Normal": "Agreement Text", "Heading1": "Clause Heading"}
_TIGHT = 60  # space after a paragraph, in twentieths of a point, below which clauses would run together


@dataclass(frozen=True, slots=True)
class Role:
    """What has a role: the name of the style, whether it is the firm's, its level and label, and why not another."""

    says: str
    style: str
    own: bool
    level: str
    note: str


@cache
def _roles() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomli.loads((data_root("template") / "roles.toml").read_text(encoding="utf-8"))["roles"])


def fit(parts: dict[str, bytes], values: Mapping[str, Any], width: int) -> tuple[Mapping[str, str], list[Role]]:
    """Add to the styles and lists in `parts` what a draft needs; return style by our style, and who has which role.

    `values` are those of a shell, of which the words before numbers decide whether a list fits; `width` is the text's.
    """
    fitting = _Fitting(parts, values, width)
    fitting.run()
    parts[STYLES] = etree.tostring(fitting.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    content = etree.tostring(fitting.lists.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if NUMBERING in parts:
        parts[NUMBERING] = content
    else:
        added(parts, NUMBERING, content, f"{WML}.numbering+xml", "numbering")
    return fitting.ids, list(fitting.report())


class _Fitting:
    """The work on one template: `ids` gets the style for each of ours, `based` on which style of the firm one builds,
    `numbered` where in a list an added one stands, `notes` why the firm's list is not the one that numbers.
    """

    def __init__(self, parts: Mapping[str, bytes], values: Mapping[str, Any], width: int) -> None:
        ours = house(values).parts
        self.house = {s.get(f"{W}styleId", ""): s for s in etree.fromstring(ours[STYLES]).iter(f"{W}style")}
        self.schemes = list(etree.fromstring(ours[NUMBERING]).iter(f"{W}abstractNum"))
        self.root = etree.fromstring(parts[STYLES])
        self.styles = {id: s for s in self.root.iter(f"{W}style") if (id := s.get(f"{W}styleId", ""))}
        numbering = parts.get(NUMBERING, f'{HEAD}<w:numbering xmlns:w="{MAIN}"/>'.encode())
        self.lists = Lists(etree.fromstring(numbering), self.styles)
        document = etree.fromstring(parts[MAIN_PART])
        self.printed = {s.get(f"{W}val") for s in document.iter(f"{W}pStyle")}
        self.counted = {n.get(f"{W}val") for n in document.iter(f"{W}numId")}
        self.named: dict[tuple[str, str], str] = {}
        for id, style in self.styles.items():
            for name in (value(style, "name"), *value(style, "aliases").split(",")):
                self.named.setdefault((style.get(f"{W}type", ""), _plain(name)), id)
        self.ids: dict[str, str] = {}
        self.based: dict[str, str] = {}
        self.numbered: dict[str, Place] = {}
        self.notes: dict[str, str] = {}
        self.clauses: set[str] = set()  # styles on a list that is taken from the firm
        self.own = tuple(self.styles)
        self.width = width
        self.default = self.look = ""  # the style of text, and that of headings, from which ours take their letters

    def run(self) -> None:
        """Decide about every style of ours, then add what is missing."""
        self._defaults()
        missing = [scheme for scheme in self.schemes if not self._reused(scheme)]
        chained = {id for scheme in missing for id in _roles_of(scheme).values()}
        for id in self.house:
            decided = id in chained or id in self.ids or id in self.based or id in self.numbered
            found = [] if decided else self._candidates(id)
            if found and self._leader(id):
                self.ids |= {id: found[0]} if self._follows(id, found[0]) else {}
            elif found:
                (self.based if self._intrudes(id, found[0]) else self.ids)[id] = found[0]
        self.look = self.ids.get("Heading1") or next(iter(self._candidates("Heading1")), "")
        wanted = [id for id in self.house if id not in self.ids and id not in _UNUSED]
        for id in wanted:
            self.ids[id] = self._free_id(id)
        for scheme in missing:
            list = self.lists.add(scheme, self.ids)
            self.numbered |= {id: Place(list, level) for level, id in _roles_of(scheme).items()}
        dresser = Dresser(self.root, self.styles, self.lists, self.default, self.width)
        for id in wanted:
            self._add(id, dresser)

    def _defaults(self) -> None:
        """Find the default styles, which Word marks, whatever they are called."""
        for id, kind in _DEFAULTS.items():
            marked = (s for s, e in self.styles.items() if e.get(f"{W}type") == kind and e.get(f"{W}default") == "1")
            if found := next(marked, ""):
                self.ids[id] = found
        self.default = self.ids.get("Normal", "")
        if self.default and self._space_after(self.default) < _TIGHT:
            self.based["Normal"] = self.ids.pop("Normal")

    def _space_after(self, style: str) -> int:
        chain = [self.styles[id] for id in self.lists.chain(style)]
        defaults = self.root.find(f"{W}docDefaults/{W}pPrDefault")
        for element in (*chain, *(() if defaults is None else (defaults,))):
            spacing = element.find(f"{W}pPr/{W}spacing")
            after = "" if spacing is None else spacing.get(f"{W}after", "")
            if (space := whole(after)) is not None:
                return space
        return 0

    def _candidates(self, id: str) -> list[str]:
        """Return the styles of the firm that bear a name of the role, those with the most telling names first."""
        kind = self.house[id].get(f"{W}type", "")
        names = next((role["names"] for role in _roles() if role["id"] == id), ())
        keys = dict.fromkeys((kind, _plain(name)) for name in (*names, value(self.house[id], "name")))
        return list(dict.fromkeys(self.named[key] for key in keys if key in self.named))

    def _reused(self, scheme: etree._Element) -> bool:
        """Take the firm's styles and list for those of `scheme`; False where ours has to be added."""
        roles = _roles_of(scheme)
        head, *_ = roles.values()
        found = self._candidates(head)
        if len(roles) == 1 and found and not self._intrudes(head, found[0]):
            self.ids[head] = found[0]  # no cross-reference prints these numbers, so the firm numbers as it likes
            return True
        faults = {id: self._misfit(id, scheme) for id in found}
        fitting = next((id for id, fault in faults.items() if not fault), "")
        if fitting:
            self._take(fitting, roles)
            return True
        if found:
            self.based[head], self.notes[head] = found[0], faults[found[0]]
            for id in list(roles.values())[1:]:
                self._base(id)
        return False

    def _intrudes(self, id: str, style: str) -> bool:
        """Tell whether `style` would count in a list of clauses or annexes, or be a heading with a number too much."""
        place = self.lists.place(style)
        return place is not None and (id in HEADINGS or style in self.clauses)

    def _leader(self, id: str) -> str:
        """Return the numbered style of ours that `id` builds on, "" where it builds on none."""
        leader = value(self.house[id], "basedOn")
        return leader if value(self.house.get(leader), "pPr/numPr/numId") else ""

    def _follows(self, id: str, style: str) -> bool:
        """Tell whether `style` is numbered like the leader of `id`, as a lead-in to limbs must be."""
        leader = self.ids.get(self._leader(id), "")
        return bool(leader) and self.lists.place(style) == self.lists.place(leader)

    def _base(self, id: str) -> None:
        """Build our style `id` on the firm's that has the role, if there is one."""
        if found := self._candidates(id):
            self.based[id] = found[0]

    def _misfit(self, style: str, scheme: etree._Element) -> str:
        """Say why the list of `style` cannot number what `scheme` numbers, "" where it can."""
        place = self.lists.place(style)
        if place is None:
            return "it is not numbered"
        first = scheme.find(f"{W}lvl")
        ours, kind = value(first, "lvlText"), value(first, "numFmt")
        text, theirs = self.lists.label(place)
        if theirs != kind or _plain(text).rstrip(".") != _plain(ours.replace("%1", f"%{place.level + 1}")).rstrip("."):
            wanted = ours.replace("%1", "A" if kind == "upperLetter" else "1").rstrip(".")
            return f"it prints “{self.lists.shown(place)}”, where the text says “{wanted}”"
        for below in range(place.level + 1, place.level + len(_roles_of(scheme))):
            if self.lists.label(Place(place.list, below))[1] in ("none", "bullet") or below > 8:
                return f"level {below + 1} of its list has no numbers"
        if self.printed & self.lists.styles_of(place.list) or place.list in self.counted:
            return "the template prints numbers of its list already, so that the draft would not begin with the first"
        return ""

    def _take(self, style: str, roles: Mapping[int, str]) -> None:
        """Give the roles of a list to the styles on the levels of the firm's list."""
        place = self.lists.place(style) or Place("0", 0)
        for below, id in roles.items():
            level = Place(place.list, place.level + below)
            linked = style if below == 0 else self._on(level, id)
            if not linked:
                self.numbered[id] = level
                self._base(id)
            elif below and self._outlined(linked):  # whole sub-clauses would fill the contents
                self.numbered[id], self.based[id] = level, linked
            else:
                self.ids[id] = linked
        self.clauses |= self.lists.styles_of(place.list)
        if not self._outlined(style):
            outline = value(self.house[roles[0]], "pPr/outlineLvl")
            Dresser.outline(self.styles[style], outline)

    def _on(self, level: Place, id: str) -> str:
        """Return the style that the firm has on a level: the one tied to it, or, as LibreOffice saves, one that is set
        to it; "" where there is none.
        """
        set_to_it = (s for s in (*self._candidates(id), *self.own) if value(self.styles[s], "pPr/numPr/numId"))
        return self.lists.linked(level) or next((s for s in set_to_it if self.lists.place(s) == level), "")

    def _outlined(self, style: str) -> bool:
        levels = (value(self.styles[id], "pPr/outlineLvl") for id in self.lists.chain(style))
        return next(filter(None, levels), "9") != "9"

    def _free_id(self, id: str) -> str:
        taken = {found.casefold() for found in (*self.styles, *self.ids.values())}
        return next(made for n in range(len(taken) + 2) if (made := _variant(id, n)).casefold() not in taken)

    def _add(self, id: str, dresser: Dresser) -> None:
        """Add our style `id`, based on and numbered as decided, under a name that the firm does not use."""
        names = {name for _, name in self.named}
        own = value(self.house[id], "name")
        offers = (
            own,
            _RENAMED.get(id, f"{own} (draft)"),
            f"{own} (draft)",
            *(f"{own} (draft {n})" for n in range(2, 99)),
        )
        name = next(offer for offer in offers if _plain(offer) not in names)
        base = self.based.get(id, self.look if id in HEADINGS else "")
        style = dresser.dressed(self.house[id], self.ids, name, base, self.numbered.get(id), renamed=name != own)
        self.root.append(style)
        self.styles[self.ids[id]] = style
        self.named[style.get(f"{W}type", ""), _plain(name)] = self.ids[id]
        place = self.numbered.get(id)
        if place and not self.lists.linked(place):
            self.lists.tie(place, self.ids[id])

    def report(self) -> Iterator[Role]:
        """Yield who has which role, in the order of the roles."""
        for role in _roles():
            id = self.ids[role["id"]]
            place = self.lists.place(id)
            level = f"level {place.level + 1}, “{self.lists.shown(place)}”" if place else ""
            own = id in self.own
            based = value(self.styles[id], "basedOn")
            like = f"added, like {value(self.styles[based], 'name')}" if based in self.styles else "added"
            note = "; ".join(filter(None, ("" if own else like, self.notes.get(role["id"], ""))))
            yield Role(role["says"], value(self.styles[id], "name"), own, level, note)


def _roles_of(scheme: etree._Element) -> dict[int, str]:
    """Return our styles by their level in a scheme of ours."""
    linked = ((int(level.get(f"{W}ilvl", "0")), value(level, "pStyle")) for level in scheme.iter(f"{W}lvl"))
    return {level: style for level, style in linked if style}


def _variant(id: str, number: int) -> str:
    return (id, f"Mougen{id}")[number] if number < 2 else f"Mougen{id}{number}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
