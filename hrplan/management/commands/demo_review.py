"""Take the demonstration's documents through a review: returned once, then approved in part."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.deliverables.models import Comment
from hrplan.demonstration.review import hold_the_review
from hrplan.management import running


class Command(BaseCommand):
    help = "Take the demonstration's documents through a review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        administration = running.administration(options["slug"])
        try:
            with transaction.atomic():
                done = hold_the_review(administration)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        words = _("Submission %(n)d: %(state)s; %(lines)d lines decided, %(comments)d comments.")
        told = {
            "n": done.number,
            "state": done.get_state_display(),
            "lines": done.line_decisions.count(),
            "comments": Comment.objects.of(administration).count(),
        }
        self.stdout.write(words % told)
