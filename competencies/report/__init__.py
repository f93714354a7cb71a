"""Sections of the documents on people and competence, one module a subject."""
