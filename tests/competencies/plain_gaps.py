"""Totals of gaps read cell by cell over frames: what the dense tables must say."""

from competencies.analysis.gaps import gap_totals


def narrowed(
    analysis, *, unit="", profile="", group="", grade="", only_critical=False, values=False
):
    """Totals, to be asked for by groupings, of some people and of some competencies."""
    cells, topics, people = analysis.cells, analysis.competencies, analysis.people
    left_out = set(topics["competency"]) - analysis.left_out if values else analysis.left_out
    if group:
        left_out = set(topics.loc[topics["group"] != group, "competency"])
    if unit:
        cells = cells[cells["unit"].isin(analysis.units_below(unit))]
    if profile:
        cells = cells[cells["profile"] == profile]
    if grade:
        graded = people.loc[people["grade"].astype(str) == grade, "staff"]
        cells = cells[cells["staff"].isin(graded)]
    if only_critical:
        cells = cells[cells["critical"]]
    return lambda *by: gap_totals(cells, by, left_out=left_out)
