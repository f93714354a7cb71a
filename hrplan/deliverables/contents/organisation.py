"""The organisation as an annex: units under each other with posts and people."""

from django.utils.translation import gettext as _

from competencies.models import Unit
from hrplan.core.figures import number
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Section, Table

INDENT = "\u2003"  # em space: a unit stands to the right of the one above it


def organisation_annex(evidence: Evidence) -> Section | None:
    """Every unit below the one it belongs to; establishment is public and never withheld."""
    units = list(Unit.objects.filter(administration=evidence.administration))
    if not units:
        return None
    known = {one.unit: one for one in evidence.competence.workforce.units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    rows: list[tuple[str, ...]] = []

    def add(parent: int | None, depth: int) -> None:
        for unit in below.get(parent, []):
            one = known.get(unit.code)
            figures = (one.posts, one.filled, one.vacant, one.strength) if one else (0, 0, 0, 0)
            shown = (number(figure) for figure in figures) if any(figures) else ("",) * 4
            rows.append((f"{INDENT * depth}{unit.title}", unit.region, *shown))
            add(unit.pk, depth + 1)

    add(None, 0)
    seen = evidence.competence.workforce
    sums = (seen.posts, seen.filled, seen.vacant, seen.strength)
    rows.append((_("All units"), "", *(number(figure) for figure in sums)))
    table = Table(
        _("Units, posts and people"),
        (_("Unit"), _("Region"), _("Posts"), _("Filled"), _("Vacant"), _("In service")),
        tuple(rows),
        align=("left", "left", "right", "right", "right", "right"),
        widths=(5, 2, 1, 1, 1, 1.2),
        note=_("A unit without figures has no posts of its own, only units under it."),
        total=True,
        key="organisation-table",
    )
    return Section(_("Organisation"), (table,), annex=True, key="organisation")
