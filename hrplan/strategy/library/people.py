"""The catalogue of indicators on posts, people, competencies and careers."""

from django.utils.translation import gettext as _

from hrplan.strategy.library.entry import Entry


def of_people() -> tuple[Entry, ...]:
    """Those on posts, people and competencies (K01 to K14) and on careers (K32 to K38)."""
    return (*_posts(), *_competence(), *_careers())


def _posts() -> tuple[Entry, ...]:
    return (
        Entry(
            "K01",
            _("Vacancy rate"),
            _("vacant posts / established posts × 100"),
            "%",
            "lower",
            _("input"),
            _("Establishment list"),
            _("A post counts as vacant where nobody holds it, funded or not."),
        ),
        Entry(
            "K02",
            _("Acting rate"),
            _("people acting in a post on the day / established posts × 100"),
            "%",
            "lower",
            _("process"),
            _("Establishment list"),
            _("How long somebody has been acting isn't looked at."),
        ),
        Entry(
            "K03",
            _("Turnover"),
            _("leavers of twelve months / mean strength × 100"),
            "%",
            "lower",
            _("outcome"),
            _("Staff list"),
            _("Who retires and who resigns count alike."),
        ),
        Entry(
            "K04",
            _("Retirement exposure"),
            _(
                "people who reach the age of retirement within the years of the outlook / people "
                "whose age is known × 100"
            ),
            "%",
            "lower",
            _("risk"),
            _("Staff list"),
            _("Early retirement isn't foreseen."),
        ),
        Entry(
            "K05",
            _("Time to fill"),
            _("days from vacancy to first day in post, summed / posts filled"),
            _("days"),
            "lower",
            _("process"),
            _("Register of vacancies"),
            _("Posts that are still open don't count, so that the slowest are missing."),
        ),
        Entry(
            "K06",
            _("Posts with an approved job profile"),
            _("posts whose job profile is approved / established posts × 100"),
            "%",
            "higher",
            _("process"),
            _("Establishment list"),
            _("Whether the work is still done as the profile says isn't known."),
        ),
        Entry(
            "K07",
            _("Job profile coverage"),
            _("people with an approved job profile / strength × 100"),
            "%",
            "higher",
            _("process"),
            _("Staff list"),
            _("It says nothing of how well a profile fits the work."),
        ),
    )


def _competence() -> tuple[Entry, ...]:
    return (
        Entry(
            "K08",
            _("Assessment coverage"),
            _("people with a validated rating of the last 18 months / strength × 100"),
            "%",
            "higher",
            _("process"),
            _("Record of assessments"),
            _("One validated rating is enough for a person to count."),
        ),
        Entry(
            "K09",
            _("Validation rate"),
            _("validated ratings / all ratings in force × 100"),
            "%",
            "higher",
            _("quality"),
            _("Record of assessments"),
            _("A rating that was validated can still be wrong."),
        ),
        Entry(
            "K10",
            _("Competency gap index"),
            _("sum of weight × gap / sum of weight × required level × 100, over assessed pairs"),
            "%",
            "lower",
            _("outcome"),
            _("Record of assessments"),
            _(
                "It moves when other people are assessed, or a profile is changed, as well as when "
                "skills change."
            ),
        ),
        Entry(
            "K11",
            _("Critical gap closure"),
            _(
                "critical gaps of the last cycle that are closed today / those assessed at both "
                "times × 100"
            ),
            "%",
            "higher",
            _("outcome"),
            _("Record of assessments"),
            _(
                "Of people who serve today, against what is asked today; a gap that opened since "
                "doesn't count."
            ),
        ),
        Entry(
            "K12",
            _("Role readiness"),
            _(
                "people who miss no critical competency / people whose critical competencies are "
                "all assessed × 100"
            ),
            "%",
            "higher",
            _("outcome"),
            _("Record of assessments"),
            _("People assessed in part are left out."),
        ),
        Entry(
            "K13",
            _("Single-point competencies"),
            _("competencies asked for that fewer than two people hold at level 3"),
            _("competencies"),
            "lower",
            _("risk"),
            _("Record of assessments"),
            _("Skills that nobody was assessed in are left out."),
        ),
        Entry(
            "K14",
            _("Station technical cover"),
            _("shifts with all required competencies present / shifts × 100"),
            "%",
            "higher",
            _("outcome"),
            _("Rosters of the stations"),
            _("The product keeps no rosters of past shifts; the stations count them."),
        ),
    )


def _careers() -> tuple[Entry, ...]:
    return (
        Entry(
            "K32",
            _("Appraisal completion"),
            _("appraisals done in time / appraisals due × 100"),
            "%",
            "higher",
            _("process"),
            _("Register of appraisals"),
            _("The product keeps no appraisals; a form in time can be an empty one."),
        ),
        Entry(
            "K33",
            _("Development plan coverage"),
            _("people with an agreed individual plan / strength × 100"),
            "%",
            "higher",
            _("process"),
            _("Individual plans"),
            _("Whether the plan is carried out isn't looked at."),
        ),
        Entry(
            "K34",
            _("Succession cover"),
            _("key posts with somebody ready now / key posts × 100"),
            "%",
            "higher",
            _("risk"),
            _("Record of assessments"),
            _("One person ready for several posts counts for each."),
        ),
        Entry(
            "K35",
            _("Merit promotion"),
            _("promotions decided on published competency criteria / promotions × 100"),
            "%",
            "higher",
            _("outcome"),
            _("Minutes of promotion boards"),
            _(
                "The product records no decisions of boards; criteria can be published and not "
                "followed."
            ),
        ),
        Entry(
            "K36",
            _("Appeals upheld"),
            _("appeals upheld / promotions × 100"),
            "%",
            "lower",
            _("fairness"),
            _("Register of appeals"),
            _("The product keeps no appeals; few of them can also mean that nobody dares."),
        ),
        Entry(
            "K38",
            _("Rotation"),
            _("vulnerable posts held under the longest term / vulnerable posts × 100"),
            "%",
            "higher",
            _("integrity"),
            _("Establishment list"),
            _("The product doesn't know since when a post is held."),
        ),
    )
