"""The parts of a document in the order of the administration's own, each on or off."""

from hrplan.core.models import Administration
from hrplan.deliverables.analysis.arrangement import arranged
from hrplan.deliverables.contents.parts import Part, Placed
from hrplan.deliverables.models import SectionPlace


def arrangement(
    parts: tuple[Part, ...], administration: Administration, kind: str
) -> tuple[Placed, ...]:
    """The sections before the annexes, both in the order stated; what must stand is always on."""
    rows = SectionPlace.objects.filter(administration=administration, kind=kind)
    stated = {row.section: row for row in rows}
    places = {key: row.position for key, row in stated.items()}
    by_key = {part.key: part for part in parts}
    order = [by_key[key] for key in arranged(list(by_key), places)]
    return tuple(
        Placed(part, bool(part.needed) or part.key not in stated or stated[part.key].is_on)
        for part in sorted(order, key=lambda part: part.annex)
    )
