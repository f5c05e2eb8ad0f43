"""Text for a terminal: wrapped, painted only if asked, and free of what could steer the terminal."""

from __future__ import annotations

import textwrap
import unicodedata

WIDTH = 80
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they can show a quote back to front
_CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "magenta": 35, "cyan": 36}


def plain(text: str) -> str:
    """Return `text` on one line without control and direction characters, which a quoted file may hold to mislead."""
    kept = (" " if c in "\n\t\r" else c for c in text if c in "\n\t\r" or not _steers(c))
    return "".join(kept)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in DIRECTIONS


def wrapped(text: str, indent: str = "", first: str | None = None, width: int = WIDTH) -> str:
    """Return `text` in lines of at most `width`; `first` is the beginning of the first line where it differs."""
    return textwrap.fill(
        plain(text),
        width=width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,  # an id such as `conduct-vps` must stay whole, so that it can be searched for
    )


def shortened(text: str, most: int) -> str:
    """Return `text` cut at a word to about `most` characters, with an ellipsis where something was cut."""
    text = plain(text)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def paint(text: str, style: str, color: bool) -> str:
    """Return `text` between ANSI codes; `style` is words such as "bold red"."""
    if not color:
        return text
    return "".join(f"\x1b[{_CODES[word]}m" for word in style.split()) + text + "\x1b[0m"
