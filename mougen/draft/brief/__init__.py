"""The negotiation brief: what a deal gives up, the ladder of what is contested, and what is still open."""

from .positions import Brief, make_brief

__all__ = ["Brief", "make_brief"]
