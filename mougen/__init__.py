"""Draft and review agreements between companies and public security forces."""

__version__ = "0.1.0"
