"""Sections of the documents on plan and calendar, one module a subject."""
