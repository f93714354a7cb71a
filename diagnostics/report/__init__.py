"""Sections of the documents that come from a diagnostic, by what they tell."""
