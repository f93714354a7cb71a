"""Progress of long work, told stage by stage to whoever watches it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from hrplan.core import runs
from training_calendar.solver.solution import Progress

Watch = Callable[[float, str], bool]


class Told:
    """Passes progress on, stage by stage, and stops the work when it is asked to."""

    def __init__(self, watch: Watch | None) -> None:
        self.watch, self.first, self.last = watch, 0.0, 100.0

    def stage(self, first: float, last: float) -> None:
        self.first, self.last = first, last

    def tell(self, percent: float, message: str) -> None:
        if self.watch and not self.watch(percent, message):
            raise runs.Stopped

    def share(self, share: float, message: str) -> None:
        """How far the stage is [0..1]."""
        self.tell(self.first + (self.last - self.first) * share, message)

    def solver(self, progress: Progress) -> bool:
        if self.watch is None:
            return True
        share = self.first + (self.last - self.first) * progress.share
        return self.watch(share, _("choosing sessions, pass %(number)d") % {
            "number": progress.passes
        })  # fmt: skip
