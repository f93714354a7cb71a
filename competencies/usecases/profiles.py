"""What looks wrong with the demands of a job profile, read from the rows."""

from django.db.models import Count

from competencies import frames
from competencies.analysis.profile_warnings import Demand, Warning, profile_warnings
from competencies.models import JobProfile, Requirement


def warnings_of(profile: JobProfile) -> tuple[Warning, ...]:
    """What to look at again in a profile, with the titles of the competencies."""
    owner, top = profile.administration, frames.top_level(profile.framework)
    asked = list(profile.requirements.select_related("competency"))
    serving = frames.serving(owner, owner.as_of)
    holders = dict(serving.order_by().values_list("profile").annotate(Count("pk")))
    rows = Requirement.objects.filter(
        profile__in=[pk for pk in holders if pk is not None], level=top,
        competency__in=[one.competency_id for one in asked if one.level == top],
        competency__group__in_gap_totals=True,
    )  # fmt: skip
    experts: dict[str, int] = {}
    for title, held in rows.values_list("competency__title", "profile"):
        experts[title] = experts.get(title, 0) + holders[held]
    demands = [Demand(one.competency.title, one.level, one.critical) for one in asked]
    return profile_warnings(demands, top=top, experts=experts, serving=sum(holders.values()))
