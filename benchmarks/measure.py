"""Timing that means something on a shared machine: processor time, the baseline in turn, medians, ratios."""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, against what, the figure, the target, whether it holds (or no target)."""

    what: str
    baseline: str
    figure: str
    target: str
    holds: bool | None


def medians(runs: int, *tasks: Callable[[], object]) -> list[float]:
    """Return the median processor seconds of each task; they take turns, so that a busy minute slows all of them."""
    taken: list[list[float]] = [[] for _ in tasks]
    for task in tasks:
        task()  # warm: imports, caches, the file system
    for _ in range(runs):
        for task, seconds in zip(tasks, taken, strict=True):
            began = spent()
            task()
            seconds.append(spent() - began)
    return [statistics.median(seconds) for seconds in taken]


def spent() -> float:
    """Return the processor seconds of this process and of those it has run, which other programs do not lengthen."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ratio(what: str, baseline: str, seconds: float, floor: float, most: float | None, source: str = "") -> Row:
    """Return the row for a time against that of its baseline; `most` is the target."""
    figure = f"{seconds / floor:.2f}x ({shown(seconds)} / {shown(floor)})"
    target = "" if most is None else f"<= {most:g}x {source}".rstrip()
    return Row(what, baseline, figure, target, None if most is None else seconds / floor <= most)


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def process(arguments: Sequence[str], codes: Iterable[int], environment: Mapping[str, str]) -> str:
    """Run a program in a process of its own and return its stdout; anything but an expected exit code is an error."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings |= {"PYTHONPYCACHEPREFIX": _byte_code(), **environment}
    done = subprocess.run(arguments, cwd=ROOT, env=settings, capture_output=True, text=True)
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(arguments)[:200]}: exit {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


@cache
def _byte_code() -> str:
    """Return a folder for byte code, which whatever is installed has; a checkout may be told to write none."""
    folder = tempfile.mkdtemp(prefix="mougen-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def python(code: str, *arguments: str, **environment: str) -> str:
    """Run a few lines of Python in a process of their own and return what they print."""
    return process([sys.executable, "-c", code, *arguments], (0,), environment)


def mougen(*arguments: str, **environment: str) -> str:
    """Run the command `mougen` as a user would; it exits 1 where an agreement has gaps."""
    command = Path(sys.executable).with_name("mougen")
    start = [str(command)] if command.exists() else [sys.executable, "-m", "mougen"]
    return process([*start, *arguments], (0, 1), environment)


def one_thread() -> Mapping[str, str]:
    """Return the environment in which numeric libraries use one thread."""
    return dict.fromkeys(THREADS, "1")


def table(rows: Iterable[Row]) -> str:
    """Return the rows as one table of text."""
    cells = [("measured", "against", "figure", "target", "holds")]
    cells += [(r.what, r.baseline, r.figure, r.target, {True: "yes", False: "NO", None: ""}[r.holds]) for r in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def main(rows: Callable[[], Iterable[Row]]) -> None:
    """Print the table of one module."""
    print(table(rows()))


# Lines for a child process: the most memory that the process has had since it began, in bytes (Linux).
PEAK = (
    "def peak():\n"
    "    for line in open('/proc/self/status'):\n"
    "        if line.startswith('VmHWM:'): return int(line.split()[1]) * 1024\n"
)
NOW = (
    "def now():\n"
    "    import os\n"
    "    return int(open('/proc/self/statm').read().split()[1]) * os.sysconf('SC_PAGE_SIZE')\n"
)
