"""What the HR officer keeps by forms: units, posts, staff members and job profiles."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies import rules
from competencies.forms import rows as forms
from competencies.forms.campaigns import CampaignForm
from competencies.models import Campaign, JobProfile, Post, StaffMember, Unit
from competencies.usecases import campaigns, organisation, people
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
