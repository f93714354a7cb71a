"""What a campaign can be narrowed to: titles by code, in the order of lists."""

from competencies.models import IN_FORCE, Campaign, CompetencyGroup, JobProfile, Unit
from hrplan.core.models import Administration


def units(administration: Administration) -> dict[str, str]:
    """All units."""
    return dict(Unit.objects.of(administration).values_list("code", "title"))


def profiles(administration: Administration) -> dict[str, str]:
    """All job profiles."""
    return dict(JobProfile.objects.of(administration).values_list("code", "title"))


def groups(administration: Administration) -> dict[str, str]:
    """The groups of the framework in force."""
    rows = CompetencyGroup.objects.of(administration).filter(framework__state=IN_FORCE)
    return dict(rows.values_list("code", "title"))


def titles_of(campaign: Campaign) -> dict[str, list[str]]:
    """What a campaign is narrowed to, by titles; nothing where it is for all."""
    known = {"units": units, "profiles": profiles, "groups": groups}
    found = {}
    for name, of in known.items():
        codes = getattr(campaign, name)
        titles = of(campaign.administration) if codes else {}
        found[name] = [titles.get(code, code) for code in codes]
    return found
