"""Charts of the years ahead: the stock of staff, and the levels that run short."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from competencies.usecases.forecast import Forecast
from competencies.usecases.skills import SkillsAhead
from hrplan.core.figures import month, number
from hrplan.documents.nodes import BarChart, LineChart, Series

MOST = 10  # levels shown in one chart


def stock_chart(seen: Forecast) -> LineChart | None:
    """People at the end of each year: at the usual rate, and if small groups lose none or two."""
    if not seen.people:
        return None
    now = float(seen.people)
    lines = [Series(_("fewest"), (now, *seen.low)), Series(_("most"), (now, *seen.high))]
    if seen.usual:
        lines.insert(1, Series(_("at the usual rate"), (now, *seen.usual)))
    days = (seen.as_of, *seen.ends)
    words = _(
        "Of %(now)s people today between %(low)s and %(high)s are left in %(end)s, retirements, "
        "leavers and planned intake counted."
    ) % {
        "now": number(now),
        "low": number(seen.low[-1]),
        "high": number(seen.high[-1]),
        "end": date_format(seen.ends[-1], "F Y"),
    }
    return LineChart(
        caption=_("The stock of staff in the years ahead"),
        unit=_("people"),
        alternative=words,
        label_title=_("On"),
        labels=tuple(month(day) for day in days),
        series=tuple(lines),
    )


def skills_chart(seen: SkillsAhead) -> BarChart | None:
    """The widest shortages at the end of the outlook: who still meets the level, who is needed."""
    short = [line for line in seen.lines if line.able[-1] < line.needed]
    widest = sorted(short, key=lambda line: line.able[-1] - line.needed)[:MOST]
    if not widest:
        return None
    first, end = widest[0], date_format(seen.days[-1], "F Y")
    words = _(
        "The widest: %(title)s at level %(level)d, %(able)d people where %(needed)d places ask."
    )
    return BarChart(
        caption=_("Widest shortages in %(end)s") % {"end": end},
        unit=_("people who meet the level"),
        alternative=words
        % {
            "title": first.title,
            "level": first.level,
            "able": first.able[-1],
            "needed": first.needed,
        },
        label_title=_("Competency and level"),
        labels=tuple(f"{line.title}, {line.level}" for line in widest),
        values=tuple(float(line.able[-1]) for line in widest),
        marks=Series(_("places that ask for it"), tuple(float(line.needed) for line in widest)),
    )
