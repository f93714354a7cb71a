"""Figures of two plans or calendars side by side, in words."""

from dataclasses import dataclass

from hrplan.core.figures import number, percent, signed
from training_calendar import wording

SHARE = "share"
UNITS = {
    **dict.fromkeys(("share", "closed_share", "better"), SHARE),
    **dict.fromkeys(("closed", "closed_in_sessions", "worth", "calendar_worth"), "points"),
    **dict.fromkeys(("cost", "session_cost", "opportunity"), "money"),
}
"""The units of figures that are no counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of two plans; None where it is not known."""

    key: str
    before: float | None
    after: float | None

    @property
    def unit(self) -> str:
        """Share [0..1], money, points, or nothing for a count."""
        return UNITS.get(self.key, "")

    @property
    def words(self) -> str:
        return wording.plan_figure(self.key)

    @property
    def change(self) -> float | None:
        """What it grows by; None where one side is not known."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def before_words(self) -> str:
        return self._written(self.before)

    @property
    def after_words(self) -> str:
        return self._written(self.after)

    @property
    def change_words(self) -> str:
        return signed(self.change, self._written)

    def _written(self, value: float | None) -> str:
        return percent(value, 1) if self.unit == SHARE else number(value)
