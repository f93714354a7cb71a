"""The tables and methods behind figures, in words."""

from django.utils.translation import gettext as _

from hrplan.core.figures import number
from hrplan.documents.nodes import Source


def told(source: Source) -> str:
    """A source in one line: table, number of rows, method."""
    words = counted(source)
    return f"{words}; {method(source.method)}" if source.method else words


def counted(source: Source) -> str:
    """The table and how many of its rows stand behind; few people are not told."""
    n = _("few") if source.n is None else number(source.n)
    return _("%(table)s: %(n)s") % {"table": _part(source) or table(source.table), "n": n}


def _part(source: Source) -> str:
    """What the rows are, where they are a part of a table that has a name; else nothing."""
    names = {
        ("staff_members", "competencies:workforce", ""): _("People who left in twelve months"),
        ("posts", "competencies:succession", ""): _("Key posts"),
        ("interventions", "training_calendar:intervention_list", "kind=training"): _(
            "Training interventions"
        ),
        ("interventions", "training_calendar:intervention_list", "kind=other"): _(
            "Measures other than training"
        ),
    }
    return names.get((source.table, source.page, source.query), "")


def table(name: str) -> str:
    """What a table holds; its own name where it has no other."""
    names = {
        "activities": _("Activities of partners"),
        "administration": _("Settings of the administration"),
        "agreements": _("Ratings agreed in the workshop"),
        "aid_recommendations": _("Recommendations of partners"),
        "baseline_answers": _("Answers of the baseline form"),
        "budget_lines": _("Chart of accounts"),
        "calendar_changes": _("Changes of the calendar"),
        "closures": _("Closures"),
        "comments": _("Comments on documents"),
        "consultations": _("Consultations"),
        "corporate_objectives": _("Corporate objectives"),
        "document_reviews": _("Reviews of documents"),
        "evaluations": _("Evaluations due"),
        "finding_causes": _("Causes of findings"),
        "finding_recommendations": _("Recommendations"),
        "findings": _("Findings"),
        "framework_competencies": _("Competencies"),
        "framework_levels": _("Levels of the scale"),
        "holidays": _("Holidays"),
        "indicators": _("Indicators"),
        "initiatives": _("Initiatives"),
        "interventions": _("Interventions"),
        "interviews": _("Interviews"),
        "line_decisions": _("Decisions line by line"),
        "job_profiles": _("Job profiles"),
        "learning_paths": _("Learning paths"),
        "measurements": _("Values of indicators"),
        "milestones": _("Milestones"),
        "needs": _("Needs"),
        "objectives": _("Objectives"),
        "obligations": _("Duties in law and reform"),
        "offers": _("Courses with fixed dates"),
        "outcomes": _("What modules lift"),
        "overlap_rulings": _("Overlaps concluded"),
        "plan_costs": _("Cost lines of the plan"),
        "planned_intakes": _("Planned intakes"),
        "planning_parameters": _("Planning parameters"),
        "policy_rules": _("Rules"),
        "posts": _("Posts"),
        "principles": _("Principles"),
        "quarter_budgets": _("Budget by quarter"),
        "questions": _("Questions of the questionnaire"),
        "ratings": _("Ratings of people's competencies"),
        "reference_documents": _("Reference documents"),
        "requested_decisions": _("Decisions requested"),
        "requirements": _("Requirements of job profiles"),
        "responsibilities": _("Responsibilities"),
        "risks": _("Risks"),
        "rounds": _("Rounds of voting"),
        "scenarios": _("Budget scenarios"),
        "seats": _("Places given to people"),
        "sessions": _("Training sessions"),
        "staff_leave": _("Leave"),
        "staff_members": _("People"),
        "strategy": _("The strategy"),
        "strategy_costs": _("Cost lines of initiatives"),
        "swot": _("Strengths, weaknesses, opportunities and threats"),
        "target_changes": _("Moved targets"),
        "trainers": _("Trainers"),
        "training_modules": _("Modules on offer"),
        "training_venues": _("Venues"),
        "trips": _("Trips between regions"),
        "units": _("Units"),
        "votes": _("Votes"),
        "workshops": _("Workshops"),
    }
    return names.get(name, name)


def method(key: str) -> str:
    """What a page of the methods is on; its own name where it has no other."""
    names = {
        "agreement": _("agreement of votes"),
        "bench": _("bench depth"),
        "calibration": _("calibration of raters"),
        "comparison": _("comparison of exercises"),
        "costs": _("costs"),
        "cover": _("cover of stations"),
        "evaluation": _("evaluation"),
        "findings": _("ranking of findings"),
        "gaps": _("competency gaps"),
        "held-level": _("held levels"),
        "indicators": _("indicators"),
        "learning-paths": _("learning paths"),
        "maturity-score": _("maturity score"),
        "modes": _("ways of learning"),
        "needs": _("needs and their reasons"),
        "outlook": _("workforce outlook"),
        "overlap": _("overlap of activities"),
        "planning": _("planning"),
        "priorities": _("priorities"),
        "releases": _("releases"),
        "scenarios": _("budget scenarios"),
        "suppression": _("withholding of small counts"),
        "working-days": _("working days"),
    }
    return names.get(key, key)
