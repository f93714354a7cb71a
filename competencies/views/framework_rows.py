"""What is kept by forms of a framework version: versions, groups, competencies, crosswalk."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies import rules
from competencies.forms import framework as forms
from competencies.models import Competency, CompetencyGroup, Crosswalk, Framework
from competencies.usecases import framework_rows, versions
from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind


def _versions(owner: Administration, row: Framework | None) -> str:
    if row is not None:
        return row.get_absolute_url()
    return reverse("competencies:version_list", args=[owner.slug])


def _framework(owner: Administration, row: CompetencyGroup | None) -> str:
    return _versions(owner, row.framework if row else None)


def _competency(owner: Administration, row: Competency | None) -> str:
    return row.get_absolute_url() if row else _versions(owner, None)


def _report(owner: Administration, row: Crosswalk | None) -> str:
    if row is None:
        return _versions(owner, None)
    ends = (row.source.framework, row.target.framework)
    other = next(one for one in ends if one.state != Framework.State.IN_FORCE)
    return reverse("competencies:version_report", args=[owner.slug, other.pk])


def _kind(**more: Any) -> RowKind:
    return RowKind(may=rules.can_change_framework, **more)


KINDS = {
    "frameworks": _kind(
        model=Framework,
        form=forms.VersionForm,
        new_form=forms.NewVersionForm,
        title=_("Versions of the framework"),
        new=_("Begin a new version"),
        gone=_("Drop this draft"),
        goes=_("All that was written in the draft goes with it. Ratings stay."),
        add=versions.begin_version,
        change=versions.change_version,
        remove=versions.remove_version,
        back=_versions,
    ),
    "groups": _kind(
        model=CompetencyGroup,
        form=forms.GroupForm,
        new_form=forms.NewGroupForm,
        title=_("Groups of competencies"),
        new=_("Add a group"),
        gone=_("Remove this group"),
        goes=_("Only an empty group of a draft can be removed."),
        add=framework_rows.add_group,
        change=framework_rows.change_group,
        remove=framework_rows.remove_group,
        back=_framework,
        first=("framework",),
    ),
    "competencies": _kind(
        model=Competency,
        form=forms.CompetencyForm,
        new_form=forms.NewCompetencyForm,
        title=_("Competencies"),
        new=_("Add a competency"),
        gone=_("Remove this competency"),
        goes=_("What profiles ask of it in this draft goes with it."),
        add=framework_rows.add_competency,
        change=framework_rows.change_competency,
        remove=framework_rows.remove_competency,
        back=_competency,
        first=("group",),
    ),
    "crosswalk": _kind(
        model=Crosswalk,
        form=forms.CrosswalkForm,
        title=_("Crosswalk"),
        new=_("Say how two competencies stand to each other"),
        gone=_("Take this back"),
        goes=_("What follows from it for ratings goes with it."),
        add=framework_rows.add_pair,
        change=framework_rows.change_pair,
        remove=framework_rows.remove_pair,
        back=_report,
        first=("source", "target", "relation"),
    ),
}
TOP = frozenset({"competencies", "frameworks"})  # kinds whose addresses lie under no folder
