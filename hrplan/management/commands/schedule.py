"""Improve the dates and seats of the calendar in force; what is pinned is kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.table import Table

from hrplan.management import running
from training_calendar.usecases import calendars, improving


class Command(BaseCommand):
    help = "Improve the calendar in force, and check it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        running.add_limits(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        administration = running.administration(options["slug"])
        calendar = calendars.current_calendar(administration)
        if calendar is None:
            words = _("There is no plan yet: manage.py plan %(slug)s makes one.")
            raise CommandError(words % {"slug": administration.slug})
        before = calendars.judged(calendar).objective
        with running.watched(self.stderr, _("Scheduling")) as watch:
            improving.improve_calendar(
                calendar,
                seconds=options["seconds"],
                effort=options["effort"],
                watch=watch,
            )
        after = calendars.judged(calendar)
        table = Table(_("Figure"), _("before"), _("now"))
        for title, one, two in (
            (_("Objective"), before.z, after.objective.z),
            (_("Gap points closed"), before.closed, after.objective.closed),
            (_("Cash of sessions"), before.cost, after.objective.cost),
        ):
            table.add_row(title, f"{one:,.0f}", f"{two:,.0f}")
        running.console(self.stdout).print(table)
        words = _("%(sessions)d sessions; conflicts: %(conflicts)d.")
        sessions = len(calendars.calendar_rows(calendar))
        self.stdout.write(words % {"sessions": sessions, "conflicts": len(after.violations)})
        if after.violations:
            raise CommandError(_("The calendar has conflicts; see its page."))
