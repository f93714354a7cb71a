"""One indicator of the catalogue, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the catalogue.

    better : higher, lower, band or monitored; level : what it measures: input, process, outcome ...
    source : where its data come from; limits : how far it can be trusted, what it leaves out
    """

    code: str
    title: str
    formula: str
    unit: str
    better: str
    level: str
    source: str
    limits: str
