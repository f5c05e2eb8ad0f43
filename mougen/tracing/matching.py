"""Which line of the draft is which unit of what came back: by bookmark, by the same words, by similar ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from .record import Drafted
from .units import Unit
from .words import Key, key_of, likeness

Line = tuple[int, int]  # a clause of the draft and a line of it
ALIKE, ALIKE_AFAR = 0.45, 0.7  # likeness from which a line is the same one edited: in its place, or anywhere
TELLING = 5  # words of a line that is known again wherever it stands
SHARE = 0.3  # of the words of a clause without heading that must be found for it to be there
BESIDE = 400  # pairs of lines that are compared one by one
BEST = 5  # candidates of most words in common that are compared when a line is looked for anywhere


class Matching:
    """Matches clauses with units. `pairs` maps a line to its unit, `starts` a clause to the unit of its heading."""

    def __init__(self, clauses: Sequence[Drafted], units: Sequence[Unit], aside: Iterable[int]) -> None:
        """`aside` are the units that are no text of a clause, because the draft had them elsewhere."""
        self.clauses, self.units = clauses, units
        self.keys = [[key_of(line) for line in clause.lines] for clause in clauses]
        self.pairs: dict[Line, int] = {}
        self.joined: dict[int, list[int]] = {}  # units that go on with the one that a line was paired with
        self.whole: set[int] = set()  # clauses whose words are all there, in paragraphs divided otherwise
        self.free = {unit.index for unit in units} - set(aside)
        self.starts: dict[int, int] = {}
        self._by_bookmark()
        self._by_title()
        self._whole()
        self._same_in_place()
        self._same_anywhere()
        self._relocate()
        self._alike_in_place()
        self._alike_anywhere()
        self._headings()
        self._join()

    def lines(self, clause: int) -> list[Line]:
        return [(clause, line) for line in range(len(self.keys[clause]))]

    def loose(self, clause: int) -> list[Line]:
        """Return the lines of a clause that have no unit yet."""
        return [line for line in self.lines(clause) if line not in self.pairs]

    def key(self, line: Line) -> Key:
        return self.keys[line[0]][line[1]]

    def share(self, clause: int) -> float:
        """Return the share of the words of a clause, its title apart, that are found."""
        lines = self.lines(clause)[1:] or self.lines(clause)
        total = sum(len(self.key(line)) for line in lines)
        return sum(len(self.key(line)) for line in lines if line in self.pairs) / max(total, 1)

    def segment(self, clause: int) -> range:
        """Return the units from the heading of a clause to the next heading that is known, or to none without one."""
        if clause not in self.starts:
            return range(0)
        start = self.starts[clause]
        return range(start, min((s for s in self.starts.values() if s > start), default=len(self.units)))

    def _pair(self, line: Line, unit: int) -> None:
        self.pairs[line] = unit
        self.free.discard(unit)

    def _by_bookmark(self) -> None:
        known = {clause.bookmark: number for number, clause in enumerate(self.clauses)}
        for unit in self.units:
            for anchor in unit.anchors:
                if anchor in known and unit.index not in self.starts.values():
                    self.starts.setdefault(known[anchor], unit.index)

    def _by_title(self) -> None:
        """Find the heading of a clause whose bookmark is gone: the words of its title, with its text after it."""
        taken = set(self.starts.values())
        titles = defaultdict[Key, list[int]](list)
        for unit in self.units:
            if unit.index in self.free and unit.index not in taken:
                titles[unit.key].append(unit.index)
        for clause in range(len(self.clauses)):
            if clause in self.starts:
                continue
            found = [i for i in titles[self.keys[clause][0]] if i not in taken and self._leads(i, clause)]
            if found:
                self.starts[clause] = found[-1]
                taken.add(found[-1])

    def _leads(self, unit: int, clause: int) -> bool:
        """Tell whether the unit after `unit` is text of `clause`, or `unit` is a heading."""
        following = self.units[unit + 1].key if unit + 1 < len(self.units) else ()
        return self.units[unit].first.level > 0 or any(
            likeness(key, following, ALIKE) >= ALIKE for key in self.keys[clause][1:3]
        )

    def _whole(self) -> None:
        """Take a clause whose words are all there in order, wherever its paragraphs were divided or joined."""
        for clause in list(self.starts):
            lines, segment = self.lines(clause), [i for i in self.segment(clause) if i in self.free]
            ours, theirs = [self.key(line) for line in lines], [self.units[i].key for i in segment]
            if ours == theirs or not segment or sum(ours, ()) != sum(theirs, ()):
                continue
            for line in lines:
                self._pair(line, segment[min(line[1], len(segment) - 1)])
            self.free.difference_update(segment)
            self.whole.add(clause)

    def _same_in_place(self) -> None:
        for clause in range(len(self.clauses)):
            self._same(self.loose(clause), [i for i in self.segment(clause) if i in self.free])

    def _same(self, lines: Sequence[Line], units: Sequence[int]) -> None:
        """Pair what is the same in the same order."""
        if not lines or not units:
            return
        ours, theirs = [self.key(line) for line in lines], [self.units[i].key for i in units]
        for i, j, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
            for step in range(size):
                self._pair(lines[i + step], units[j + step])

    def _same_anywhere(self) -> None:
        """Pair lines long enough to be known again, then the short ones of clauses without heading, beside those."""
        places = defaultdict[Key, list[int]](list)
        for unit in self.units:
            if unit.index in self.free:
                places[unit.key].append(unit.index)
        for clause in range(len(self.clauses)):
            for line in self.loose(clause):
                key = self.key(line)
                found = [i for i in places[key] if i in self.free] if len(key) >= TELLING else []
                if found:
                    home = self.pairs.get((clause, line[1] - 1), self.starts.get(clause, 0))
                    self._pair(line, min(found, key=lambda i: abs(i - home)))
        for clause in range(len(self.clauses)):
            if clause not in self.starts:
                self._same(self.loose(clause), self.around(clause))

    def around(self, clause: int) -> list[int]:
        """Return the free units among and next to those of a clause that is known by its text alone."""
        paired = sorted(self.pairs[line] for line in self.lines(clause) if line in self.pairs)
        if not paired or self.share(clause) < SHARE:
            return []
        low, high, headings = paired[0], paired[-1], set(self.starts.values())
        while low > 0 and low - 1 in self.free and low - 1 not in headings:
            low -= 1
        while high + 1 < len(self.units) and high + 1 in self.free and high + 1 not in headings:
            high += 1
        return [i for i in range(low, high + 1) if i in self.free]

    def _relocate(self) -> None:
        """Give up a heading under which nothing of a clause is left where its text stands elsewhere."""
        for clause, start in list(self.starts.items()):
            segment = self.segment(clause)
            paired = [self.pairs[line] for line in self.lines(clause)[1:] if line in self.pairs]
            if paired and not any(i in segment for i in paired) and self.share(clause) >= SHARE:
                del self.starts[clause]
                if self.pairs.get((clause, 0)) == start:
                    del self.pairs[clause, 0]
                    self.free.add(start)

    def _headings(self) -> None:
        """Pair the title of each clause with the heading that bears its bookmark, whatever it says now."""
        for clause, start in self.starts.items():
            if (clause, 0) not in self.pairs and start in self.free:
                self._pair((clause, 0), start)

    def _alike_in_place(self) -> None:
        for clause in range(len(self.clauses)):
            start = self.starts.get(clause)
            units = [i for i in self.segment(clause) if i in self.free and i != start] or self.around(clause)
            lines = [line for line in self.loose(clause) if line[1] or start is None]
            if len(lines) * len(units) > BESIDE:
                self._likest(self._candidates(lines, units), ALIKE)
            else:
                self._likest([(line, unit) for line in lines for unit in units], ALIKE)

    def _alike_anywhere(self) -> None:
        lines = [line for clause in range(len(self.clauses)) for line in self.loose(clause)]
        lines = [line for line in lines if len(self.key(line)) > TELLING]
        headings = set(self.starts.values())
        self._likest(self._candidates(lines, [i for i in sorted(self.free) if i not in headings]), ALIKE_AFAR)

    def _candidates(self, lines: Sequence[Line], units: Sequence[int]) -> Iterator[tuple[Line, int]]:
        """Yield for each line the units that share most of its words, words that are everywhere left out."""
        users = defaultdict[str, list[int]](list)
        for unit in units:
            for word in set(self.units[unit].key):
                users[word].append(unit)
        often = max(10, len(units) // 10)
        for line in lines:
            shared = Counter(i for word in set(self.key(line)) if len(users[word]) <= often for i in users[word])
            yield from ((line, unit) for unit, _ in shared.most_common(BEST))

    def _likest(self, pairs: Iterable[tuple[Line, int]], least: float) -> None:
        """Pair the most alike first, as far as they are alike enough."""
        rated = [(likeness(self.key(line), self.units[unit].key, least), line, unit) for line, unit in pairs]
        for likely, line, unit in sorted(rated, key=lambda r: (-r[0], r[1], r[2])):
            if likely >= least and line not in self.pairs and unit in self.free:
                self._pair(line, unit)

    def _join(self) -> None:
        """Take a unit that goes on with the one before it as part of the same line, where one paragraph became two."""
        for line, unit in self.pairs.items():
            whole = self.units[unit].key
            while (following := unit + 1 + len(self.joined.get(unit, ()))) in self.free:
                longer = whole + self.units[following].key
                if likeness(self.key(line), longer) <= likeness(self.key(line), whole) + 0.02:
                    break
                self.joined.setdefault(unit, []).append(following)
                self.free.discard(following)
                whole = longer
