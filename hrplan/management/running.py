"""What commands about one administration share: finding it, and a bar while long work runs."""

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hrplan.core.models import Administration

Watch = Callable[[float, str], bool]


def administration(slug: str) -> Administration:
    """The administration of that name. Refused with those there are."""
    found = Administration.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Administration.objects.values_list("slug", flat=True)) or "-"
        words = _("There is no administration “%(slug)s”; there are: %(known)s.")
        raise CommandError(words % {"slug": slug, "known": known})
    return found


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(_("a whole number from 1"))
    return int(text)


def add_limits(parser: CommandParser) -> None:
    """The limits of a search: by the clock, or by passes, which gives the same everywhere."""
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=positive, help="stop by the clock")
    limit.add_argument("--effort", type=positive, help="stop after so many passes")


def console(stream: Any) -> Console:
    return Console(file=cast(IO[str], stream), highlight=False)


@contextmanager
def watched(stream: Any, title: str) -> Iterator[Watch]:
    """A progress bar on the stream; what is refused becomes the command's message."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console(stream)
    )
    with bar:
        task = bar.add_task(title, total=100)

        def watch(percent: float, message: str) -> bool:
            bar.update(task, completed=percent, description=message or title)
            return True

        try:
            yield watch
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
