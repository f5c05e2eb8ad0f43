"""Reviewing: cold, warm, memory, length, and the same verdicts every time: `python -m benchmarks.reviewing`."""

from __future__ import annotations

import hashlib
import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .measure import PEAK, THREADS, Row, main, medians, mougen, one_thread, python, ratio, shown
from .texts import PAGE, write_agreement

COLD_RUNS, RUNS = 9, 7

WARM = (
    PEAK
    + """
import json, os, sys, time
if hasattr(os, "sched_setaffinity"): os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
from mougen import read_agreement, review_agreement
from mougen.library import bundled_library
library = bundled_library()
runs = [(path, int(count)) for path, count in zip(sys.argv[1::2], sys.argv[2::2])]
review_agreement(read_agreement(runs[0][0]), library=library)
for path, count in runs:
    taken = []
    for _ in range(count):
        began = time.process_time()
        review_agreement(read_agreement(path), library=library)
        taken.append(time.process_time() - began)
    print(json.dumps(taken))
print(peak())
"""
)
MEMORY = (
    PEAK
    + """
import os, sys
from mougen.cli import main
sys.stdout = open(os.devnull, "w")
main(["review", sys.argv[1], "--format", "json", "--exit-zero"], standalone_mode=False)
print(peak(), file=sys.__stdout__)
"""
)


def rows() -> Iterator[Row]:
    """Yield the rows on reviewing."""
    with tempfile.TemporaryDirectory() as folder:
        files = {pages: Path(folder) / f"{pages}.docx" for pages in (10, 30, 300)}
        words = {pages: write_agreement(file, pages) for pages, file in files.items()}
        ten = str(files[10])
        cold, spacy = medians(
            COLD_RUNS, lambda: mougen("review", ten, "--format", "json"), lambda: python("import spacy")
        )
        yield ratio("cold review, 10 pages", "python -c 'import spacy'", cold, spacy, 2, "(issue 3)")
        yield from _warm(files, words)
        peak = int(statistics.median(int(python(MEMORY, ten)) for _ in range(3))) / 1e6
        yield Row("peak memory of a review, 10 pages", "", f"{peak:.0f} MB", "<= 250 MB (issue 3)", peak <= 250)
        yield _same(ten)


def _warm(files: dict[int, Path], words: dict[int, int]) -> Iterator[Row]:
    """Yield pages a second on one core, and a long file against ten times a shorter one; reading included."""
    plan = [(10, RUNS), (30, 3), (300, 2), (30, 3)]  # the 30 pages before and after the 300
    printed = python(WARM, *(x for pages, runs in plan for x in (str(files[pages]), str(runs))), **one_thread())
    *lines, peak = printed.splitlines()
    taken = [json.loads(line) for line in lines]
    seconds = statistics.median(taken[0])
    pages = words[10] / PAGE / seconds
    figure = f"{pages:.1f} pages/s ({shown(seconds)})"
    yield Row("warm review, 10 pages, one core", "page = 500 words", figure, ">= 20 pages/s (issue 3)", pages >= 20)
    short, long = statistics.median(taken[1] + taken[3]), statistics.median(taken[2])
    times = words[300] / words[30]
    yield ratio("300 pages, one core", f"30 pages, times {times:.1f}", long, short * times, 1.15, "linear (issue 3)")
    yield Row("peak memory of reviews up to 300 pages", "", f"{int(peak) / 1e6:.0f} MB", "", None)


def _same(file: str) -> Row:
    """Tell whether runs agree to the byte: two runs, other hash seeds, one thread and two."""
    seen = set()
    for threads, seed in (("1", "0"), ("1", "7"), ("2", "0"), ("2", "7")):
        environment = {**dict.fromkeys(THREADS, threads), "PYTHONHASHSEED": seed}
        seen.add(hashlib.sha256(mougen("review", file, "--format", "json", **environment).encode()).hexdigest())
    figure = "same bytes" if len(seen) == 1 else f"{len(seen)} different outputs"
    return Row("4 runs: hash seeds 0, 7; threads 1, 2", "each other", figure, "the same (issue 3)", len(seen) == 1)


if __name__ == "__main__":
    main(rows)
