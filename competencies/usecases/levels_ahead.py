"""Levels worked out at the end of a load, so that the first page that shows gaps need not.

By short steps with a pause between: whoever else writes waits for one step at most. See
docs/decisions/0006-batches.md.
"""

import time

from django.db.models import Q
from django.utils.translation import gettext as _

from competencies import frames
from competencies.models import StaffMember
from competencies.models.derived import STALE
from competencies.usecases import derived
from competencies.usecases.cycles import last_cycle
from hrplan.core.models import Administration
from hrplan.core.watching import Watch, quiet, steps

STEP = 250  # people worked out in one transaction
PAUSE = 0.05  # s between two of them, in which others that wait get their turn


def work_out(administration: Administration, watch: Watch = quiet) -> int:
    """Work out the levels, of today and of the last cycle, whose row is missing or stale. [people]

    Of those in service.

    Not to be called within a transaction, which would hold everybody's rows to its end.
    """
    framework = frames.current_framework(administration)
    if framework is None:
        return 0
    day, before = administration.as_of, last_cycle(administration)
    topics = list(frames.competencies(framework)["pk"])
    missing = Q(kept=None) | Q(kept__stamp=STALE) | Q(kept__earlier_from=None)
    late = frames.serving(administration, day).filter(missing)
    people = list(late.order_by("pk").values_list("pk", flat=True))
    parts = [people[start : start + STEP] for start in range(0, len(people), STEP)]
    for part in steps(parts, watch, _("Working out levels"), within=(0, 100)):
        some = StaffMember.objects.filter(pk__in=part)
        derived.read(administration, framework, topics, some, as_of=day, before=before)
        time.sleep(PAUSE)
    return len(people)
