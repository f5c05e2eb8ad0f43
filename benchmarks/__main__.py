"""Every figure of speed and memory in one table: `make bench`, or `python -m benchmarks`."""

from __future__ import annotations

import os
import platform
import sys

from . import drafting, reading, reviewing
from .measure import Row, table


def main() -> None:
    """Print the table; exit 0 whatever it says, for a figure on a busy machine is no test."""
    found: list[Row] = []
    for module in (drafting, reading, reviewing):
        print(f"{module.__name__} …", file=sys.stderr, flush=True)
        found += module.rows()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; processor time, medians")
    print(table(found))
    short = sum(row.holds is False for row in found)
    print(f"\n{sum(row.holds is True for row in found)} targets hold, {short} do not.")


if __name__ == "__main__":
    main()
