"""Forms of what lies ahead: workloads, planned recruits, rounds of promotion and candidates."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.forms.person_field import PersonField
from competencies.models import (
    Candidacy,
    JobProfile,
    PlannedIntake,
    PromotionRound,
    Workload,
)
from hrplan.core.row_forms import DayInput, ListField, RowForm


class WorkloadForm(RowForm):
    """An activity of a unit: counted, or as a share of everybody's time."""

    class Meta:
        model = Workload
        fields = ("unit", "profile", "activity", "volume", "minutes", "share", "source")
        labels = {"profile": _("Done by")}
        help_texts = {
            "activity": _("Such as: examine a container; release a declaration."),
            "volume": _("Leave empty where the activity is given as a share."),
            "share": _("0.10 for a tenth of everybody's working time, such as meetings; in place "
                       "of volume and minutes."),
            "source": _("A register, a count of a month, an estimate of the section head."),
        }  # fmt: skip


class IntakeForm(RowForm):
    """Recruits who are planned."""

    class Meta:
        model = PlannedIntake
        fields = ("unit", "profile", "starts_on", "people", "basis")
        widgets = {"starts_on": DayInput()}
        labels = {"profile": _("Job profile")}
        help_texts = {"basis": _("An approved post, a letter of the ministry, a budget line.")}


class RoundForm(RowForm):
    """The rules of a round of promotion."""

    courses = ListField(
        label=_("Mandatory courses"),
        required=False,
        help_text=_("Codes or names of courses, parted by semicolons."),
    )

    class Meta:
        model = PromotionRound
        fields = (
            *("code", "title", "profile", "posts", "vacancy_on", "counted_on"),
            *("minimum_service", "courses", "threshold"),
            *("competency_weight", "performance_weight", "panel_weight", "weights_published_on"),
            *("rule_on", "protected_until"),
        )
        labels = {"profile": _("Role to be filled")}
        widgets = {
            name: DayInput()
            for name in (
                *("vacancy_on", "counted_on", "weights_published_on"),
                *("rule_on", "protected_until"),
            )
        }
        help_texts = {
            "counted_on": _("Usually the day of the vacancy."),
            "threshold": _("0.75 asks for three quarters of the critical levels of the role."),
            "competency_weight": _("The three weights add up to 1."),
            "weights_published_on": _("Before the day of the vacancy, or the rules don't bind."),
            "rule_on": _("The day from which mandatory courses are asked for."),
            "protected_until": _("Until then officers who are protected need no mandatory course."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=JobProfile.State.APPROVED)


class CandidacyForm(RowForm):
    """What is known of one candidate; what is left empty counts as not known."""

    staff_member = PersonField(label=_("Officer"))

    class Meta:
        model = Candidacy
        fields = (
            *("round", "staff_member", "live_sanction", "courses_met", "performance", "panel"),
            "is_protected",
        )
        labels = {"round": _("Round")}
        help_texts = {
            "performance": _("0 to 100, the mean of three years; empty is not known."),
            "panel": _("0 to 100; empty is not known."),
            "is_protected": _("Served before the day of the rule, as the rule names it."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name == "round":
            return rows.exclude(state=PromotionRound.State.CLOSED)
        return rows.filter(left_on=None)
