"""What the HR officer keeps by forms: units, posts, people, profiles, and what lies ahead."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies import rules
from competencies.forms import ahead
from competencies.forms import rows as forms
from competencies.forms.campaigns import CampaignForm
from competencies.models import (
    Campaign,
    Candidacy,
    JobProfile,
    PlannedIntake,
    Post,
    PromotionRound,
    StaffMember,
    Unit,
    Workload,
)
from competencies.usecases import campaigns, organisation, people, promotions, workloads
from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind


def _unit(owner: Administration, row: Any) -> str:
    """Of a unit or of what lies in one."""
    unit = row.unit if isinstance(row, Post) else row
    return unit.get_absolute_url() if unit else reverse("competencies:unit_list", args=[owner.slug])


def _listed(name: str) -> Any:
    def back(owner: Administration, row: Any) -> str:
        return row.get_absolute_url() if row else reverse(name, args=[owner.slug])

    return back


KINDS = {
    "units": RowKind(
        model=Unit,
        form=forms.UnitForm,
        title=_("Units and stations"),
        new=_("Add a unit"),
        gone=_("Remove this unit"),
        goes=_("Only a unit without units, posts or people in it can be removed."),
        may=rules.can_keep_people,
        add=organisation.add_unit,
        change=organisation.change_unit,
        remove=organisation.remove_unit,
        back=_unit,
        first=("parent",),
    ),
    "posts": RowKind(
        model=Post,
        form=forms.PostForm,
        title=_("Posts"),
        new=_("Add a post"),
        gone=_("Abolish this post"),
        goes=_("Whoever holds it stays in the unit without a post."),
        may=rules.can_keep_people,
        add=organisation.add_post,
        change=organisation.change_post,
        remove=organisation.remove_post,
        back=_unit,
        first=("unit",),
    ),
    "staff": RowKind(
        model=StaffMember,
        form=forms.PersonForm,
        title=_("Staff"),
        new=_("Add a staff member"),
        may=rules.can_keep_people,
        add=people.add_person,
        change=people.change_person,
        back=_listed("competencies:staff_list"),
        first=("unit",),
    ),
    "campaigns": RowKind(
        model=Campaign,
        form=CampaignForm,
        title=_("Assessments"),
        new=_("Begin a campaign"),
        gone=_("Drop this campaign"),
        goes=_("Only a draft can be dropped."),
        may=rules.can_keep_people,
        add=campaigns.add_campaign,
        change=campaigns.change_campaign,
        remove=campaigns.remove_campaign,
        back=_listed("competencies:campaign_list"),
    ),
    "profiles": RowKind(
        model=JobProfile,
        form=forms.ProfileForm,
        new_form=forms.NewProfileForm,
        title=_("Job profiles"),
        new=_("Begin a job profile"),
        gone=_("Remove this profile"),
        goes=_("Its demands go with it. A profile that people or posts have stays."),
        may=rules.can_change_framework,
        add=organisation.add_profile,
        change=organisation.change_profile,
        remove=organisation.remove_profile,
        back=_listed("competencies:profile_list"),
    ),
}


def _workload(owner: Administration, row: Any) -> str:
    if row:
        return reverse("competencies:unit_staffing", args=[owner.slug, row.unit_id])
    return reverse("competencies:staffing", args=[owner.slug])


def _intake(owner: Administration, row: Any) -> str:
    return reverse("competencies:outlook", args=[owner.slug])


def _candidacy(owner: Administration, row: Any) -> Any:
    return _listed("competencies:promotion_list")(owner, row.round if row else None)


AHEAD = {
    "workloads": RowKind(
        model=Workload,
        form=ahead.WorkloadForm,
        title=_("Staff needed"),
        new=_("Write down an activity"),
        gone=_("Remove this activity"),
        may=rules.can_keep_people,
        add=workloads.add_workload,
        change=workloads.change_workload,
        remove=workloads.remove_workload,
        back=_workload,
        first=("unit", "profile"),
    ),
    "intakes": RowKind(
        model=PlannedIntake,
        form=ahead.IntakeForm,
        title=_("Retirements and stock"),
        new=_("Plan recruits"),
        gone=_("Remove these recruits"),
        may=rules.can_keep_people,
        add=workloads.add_intake,
        change=workloads.change_intake,
        remove=workloads.remove_intake,
        back=_intake,
        first=("unit", "profile"),
    ),
    "promotions": RowKind(
        model=PromotionRound,
        form=ahead.RoundForm,
        title=_("Promotion"),
        new=_("Begin a round"),
        gone=_("Remove this round"),
        goes=_("Those who stand in it go with it. A published round stays."),
        may=rules.can_keep_promotions,
        add=promotions.add_round,
        change=promotions.change_round,
        remove=promotions.remove_round,
        back=_listed("competencies:promotion_list"),
    ),
    "candidacies": RowKind(
        model=Candidacy,
        form=ahead.CandidacyForm,
        title=_("Promotion"),
        new=_("Enter a candidate"),
        gone=_("Take this candidate out"),
        may=rules.can_keep_promotions,
        add=promotions.add_candidacy,
        change=promotions.change_candidacy,
        remove=promotions.remove_candidacy,
        back=_candidacy,
        first=("round",),
    ),
}
