"""Drafting: deal → plan → memorandum. Never imports reviewing."""
