"""The catalogue of indicators on training, its cost and effect, and on assistance."""

from django.utils.translation import gettext as _

from hrplan.strategy.library.entry import Entry


def of_training(currency: str) -> tuple[Entry, ...]:
    """Those on training and its cost (K15 to K31, K37) and on assistance (K39, K40)."""
    return (*_given(), *_money(currency), *_effect(), *_assistance(currency))


def _given() -> tuple[Entry, ...]:
    return (
        Entry(
            "K15",
            _("Training hours per person"),
            _("planned hours, own study included / strength / years of the calendar"),
            _("hours a year"),
            "band",
            _("output"),
            _("Training calendar"),
            _("What is planned, not what was attended; a mean hides who gets nothing."),
        ),
        Entry(
            "K16",
            _("Reach"),
            _("people with a planned place / strength × 100"),
            "%",
            "higher",
            _("output"),
            _("Training calendar"),
            _("One place of any length is enough."),
        ),
        Entry(
            "K17",
            _("Plan execution"),
            _(
                "sessions held in the quarter they were first told for / sessions told for a "
                "quarter that is over × 100"
            ),
            "%",
            "higher",
            _("process"),
            _("Training calendar"),
            _(
                "A session that was moved into another quarter, or cancelled, counts as not held. "
                "What no release told counts by its day as it stands."
            ),
        ),
        Entry(
            "K18",
            _("Attendance"),
            _("hours attended / hours of the module, over places with a record × 100"),
            "%",
            "higher",
            _("process"),
            _("Attendance lists"),
            _("Places whose session is over without a record are missing."),
        ),
        Entry(
            "K19",
            _("Completion"),
            _("places completed / places with a record × 100"),
            "%",
            "higher",
            _("output"),
            _("Attendance lists"),
            _("Each place counts, so that people with several courses weigh more."),
        ),
        Entry(
            "K20",
            _("Seat fill"),
            _("people who came / places of sessions held × 100"),
            "%",
            "higher",
            _("efficiency"),
            _("Attendance lists"),
            _("Sessions with a place that has no record are missing."),
        ),
        Entry(
            "K21",
            _("Cancellation for cover"),
            _("sessions cancelled for want of staff on duty / planned sessions × 100"),
            "%",
            "lower",
            _("process"),
            _("Training calendar"),
            _("Why a session was cancelled is kept in words; somebody has to count the reasons."),
        ),
        Entry(
            "K37",
            _("Equity of access"),
            _("mean planned hours of the gender that gets least / of the one that gets most"),
            _("ratio"),
            "higher",
            _("equity"),
            _("Training calendar"),
            _("Stations and grades aren't compared; people without a stated gender are missing."),
        ),
    )


def _money(currency: str) -> tuple[Entry, ...]:
    return (
        Entry(
            "K22",
            _("Cost per training hour"),
            _("cash cost of the plan / hours of all places"),
            currency,
            "lower",
            _("economy"),
            _("Costs of the development plan"),
            _("Planned costs; the pay of those in training isn't in them."),
        ),
        Entry(
            "K23",
            _("Cost per level gained"),
            _("cash cost of the plan / levels it is planned to gain"),
            currency,
            "lower",
            _("effectiveness"),
            _("Costs of the development plan"),
            _("Levels planned, not levels validated afterwards."),
        ),
        Entry(
            "K24",
            _("Travel share"),
            _("cash on budget lines of travel / cash on lines of the chart of accounts × 100"),
            "%",
            "lower",
            _("economy"),
            _("Costs of the development plan"),
            _("A low share can mean that far stations aren't reached."),
        ),
        Entry(
            "K25",
            _("Training spend ratio"),
            _("training budget of a mean year / personal emoluments of a year × 100"),
            "%",
            "band",
            _("input"),
            _("Estimates"),
            _("The budget, not what is spent; courses that donors pay in kind are missing."),
        ),
        Entry(
            "K26",
            _("External dependence"),
            _("cost funded by donors / cash cost of the plan × 100"),
            "%",
            "monitored",
            _("risk"),
            _("Costs of the development plan"),
            _("Neither way is better by itself: donors help, and can leave."),
        ),
    )


def _effect() -> tuple[Entry, ...]:
    return (
        Entry(
            "K27",
            _("Reaction score"),
            _("mean of the scores of all answers, 1 to 5"),
            _("points"),
            "higher",
            _("reaction"),
            _("Feedback after sessions"),
            _("Sessions with few answers are left out; pleasure is no proof of learning."),
        ),
        Entry(
            "K28",
            _("Learning gain"),
            _("points gained between the tests / points that could be gained × 100"),
            "%",
            "higher",
            _("learning"),
            _("Tests before and after"),
            _("Only people with both results count; tests differ in difficulty."),
        ),
        Entry(
            "K29",
            _("Transfer"),
            _(
                "people of whom the supervisor confirms use at work / people asked about with an "
                "answer × 100"
            ),
            "%",
            "higher",
            _("behaviour"),
            _("Supervisors' answers"),
            _("A supervisor's word; who had no occasion counts as not using it."),
        ),
        Entry(
            "K30",
            _("Results link"),
            _(
                "modules with an indicator measured before and after / modules held that are to "
                "move one and are due × 100"
            ),
            "%",
            "higher",
            _("results"),
            _("Measurements of indicators"),
            _("That both were measured, not that training was the cause."),
        ),
        Entry(
            "K31",
            _("Teach-back"),
            _(
                "people who taught a course outside back within 30 days / people who taught it "
                "back or whose 30 days are over × 100"
            ),
            "%",
            "higher",
            _("process"),
            _("Record of courses outside"),
            _("Whether anybody learnt from it isn't measured."),
        ),
    )


def _assistance(currency: str) -> tuple[Entry, ...]:
    return (
        Entry(
            "K39",
            _("Recommendation follow-through"),
            _("recommendations of assistance carried out / recommendations due × 100"),
            "%",
            "higher",
            _("outcome"),
            _("Register of assistance"),
            _("Says nothing of what a recommendation changed; one without a day is missing."),
        ),
        Entry(
            "K40",
            _("Duplicate spend avoided"),
            _("cost of activities of assistance merged or declined as duplicates"),
            currency,
            "higher",
            _("efficiency"),
            _("Register of assistance"),
            _(
                "What a duplicate would have cost is what was stated for it; one without an "
                "amount is missing."
            ),
        ),
    )
