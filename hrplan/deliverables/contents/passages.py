"""The administration's own passages as blocks of a document, their figures written out."""

from collections.abc import Mapping

from hrplan.deliverables.analysis.staleness import Known
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.live_figures import BY_NAME, read, written
from hrplan.documents import markup


def passage(text: str, evidence: Evidence) -> tuple[markup.Passage, ...]:
    """The passage with its figures as the data stand, in the language that is active."""

    def figure(name: str) -> str | None:
        if name not in BY_NAME:
            return None
        value = read(BY_NAME[name], evidence)
        return written(BY_NAME[name], value, evidence.administration.currency)

    return markup.blocks(text, figure)


def passage_of(text: str, values: Mapping[str, Known], currency: str) -> tuple[markup.Passage, ...]:
    """The passage with figures as they were kept; one that was never read stays in its braces."""

    def figure(name: str) -> str | None:
        if name not in BY_NAME or name not in values:
            return None
        return written(BY_NAME[name], values[name], currency)

    return markup.blocks(text, figure)
