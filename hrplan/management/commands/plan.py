"""Make the development plan of an administration, with its draft calendar, bound and reasons."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from rich.table import Table

from hrplan.core.models import Administration
from hrplan.management import running
from hrplan.strategy.models import Obligation
from training_calendar.usecases import calendars, plan_overview, plans
from training_calendar.usecases.making import Duty


class Command(BaseCommand):
    help = "Make the development plan with its draft calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--budget", type=_share, default=1.0, metavar="SHARE")
        running.add_limits(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        administration = running.administration(options["slug"])
        with running.watched(self.stderr, _("Planning")) as watch:
            plan = plans.make_plan(
                administration,
                by=None,
                budget_share=options["budget"],
                seconds=options["seconds"],
                effort=options["effort"],
                duties=duties(administration),
                watch=watch,
            )
        shown = plan_overview.plan_overview(plan)
        running.console(self.stdout).print(_table(shown))
        words = _(
            "%(title)s: %(interventions)d interventions, %(sessions)d sessions, %(seats)d places;"
            " %(closed)s of the weighted gap closed; conflicts: %(conflicts)d."
        )
        given = {
            "title": plan.title,
            "interventions": shown.interventions,
            "sessions": shown.sessions,
            "seats": shown.seats,
            "closed": f"{shown.closed_share:.0%}",
            "conflicts": len(calendars.conflicts(plan.calendar)),
        }
        self.stdout.write(words % given)


def duties(administration: Administration) -> tuple[Duty, ...]:
    """The obligations of the administration as duties of a plan."""
    rows = Obligation.objects.filter(administration=administration)
    return tuple(
        Duty(competency, row.title, row.due_on) for row in rows for competency in row.competencies
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 10:
        raise ArgumentTypeError(_("a share above 0, such as 0.8"))
    return value


def _table(shown: plan_overview.PlanOverview) -> Table:
    table = Table(_("Figure"), _("Value"))
    better = "-" if shown.better is None else f"{shown.better:.0%}"
    rows = [
        (_("Gap points closed"), f"{shown.plan.closed_gap:,.0f} / {shown.plan.total_gap:,.0f}"),
        (_("Cash and budget"), f"{shown.cost:,.0f} / {shown.budget:,.0f}"),
        (_("People in training"), f"{shown.people:,}"),
        (_("Places outside the sessions"), f"{shown.outside_enrolments:,}"),
        (_("Measures other than training"), f"{shown.other_measures:,}"),
        (_("At most so much better is possible"), better),
        *(
            (_("Left open: %(reason)s") % {"reason": count.words}, f"{count.needs:,}")
            for count in shown.reasons
        ),
    ]
    for row in rows:
        table.add_row(*row)
    return table
