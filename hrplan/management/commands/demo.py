"""Furnish a demonstration administration; every person in it is invented."""

import os
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from hrplan.demonstration.furnish import Furnished, furnish

ALLOWED = "HRPLAN_DEMONSTRATION"


class Command(BaseCommand):
    help = "Furnish a demonstration administration; one that is there is made anew."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--administration", default="belize", metavar="SLUG")
        parser.add_argument("--seed", type=_seed, default=2016, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and os.environ.get(ALLOWED) != "1":
            words = _("This installation is in earnest; set %(name)s=1 to furnish one here.")
            raise CommandError(words % {"name": ALLOWED})
        try:
            furnished = furnish(options["administration"], options["seed"])
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        self._tell(furnished)

    def _tell(self, furnished: Furnished) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]
        slug = furnished.administration.slug
        accounts = Table(title=_("Accounts; the passwords are shown only now"))
        for heading in (_("role"), _("e-mail address"), _("password")):
            accounts.add_column(heading, no_wrap=True)
        for account in furnished.accounts:
            accounts.add_row(str(account.role.label), account.email, account.password)
        console.print(accounts)
        words = _("%(name)s: %(rows)d rows in %(tables)d tables, %(findings)d findings.")
        console.print(
            words
            % {
                "name": furnished.administration.name,
                "rows": sum(furnished.rows.values()),
                "tables": len(furnished.rows),
                "findings": furnished.findings,
            }
        )
        words = _("A workshop stands open for 12 hours: join at /join/ with %(code)s.")
        console.print(words % {"code": furnished.join_code})
        console.print(_("Next: manage.py plan %(slug)s --effort 40") % {"slug": slug})
        words = _("then:  manage.py deliverables %(slug)s --out deliverables")
        console.print(words % {"slug": slug})


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(_("the seed is a whole number from 0"))
    return int(text)
