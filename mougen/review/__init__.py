"""Reviewing: agreement → passages → limbs and harms → verdicts. Never imports drafting."""
