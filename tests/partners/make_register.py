"""Makers of partners, activities and recommendations."""

from datetime import date
from typing import Any

from hrplan.core.models import Administration
from hrplan.partners.models import Activity, AidRecommendation, Partner


def partner(administration: Administration, code: str = "WCO") -> Partner:
    return Partner.objects.create(administration=administration, code=code, name=f"Body {code}")


def activity(administration: Administration, code: str = "TA-1", **fields: Any) -> Activity:
    defaults = {
        "title": f"Activity {code}",
        "kind": "mission",
        "status": "implementation",
        "starts_on": date(2016, 2, 8),
        "ends_on": date(2016, 2, 12),
        "competencies": ["O1"],
        "role_groups": ["auditors"],
    }
    return Activity.objects.create(
        administration=administration, code=code, **{**defaults, **fields}
    )


def recommendation(activity: Activity, number: int = 1, **fields: Any) -> AidRecommendation:
    return AidRecommendation.objects.create(
        administration=activity.administration,
        activity=activity,
        number=number,
        **{"text": "Adapt the audit manual.", "due_on": date(2016, 1, 31), **fields},
    )
