"""Sections of the documents that come from the strategy, by what they tell."""
