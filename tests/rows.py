"""A row for every argument of every route, taken from a furnished administration."""

from typing import Any

from django.db.models import Model

from competencies.models import (
    Appeal,
    Assessment,
    Campaign,
    Candidacy,
    Competency,
    CompetencyGroup,
    Crosswalk,
    Exemption,
    Framework,
    FrameworkImport,
    IndividualPlan,
    JobProfile,
    LearningPath,
    PlannedIntake,
    Post,
    PromotionRound,
    Proposal,
    StaffMember,
    Unit,
    Workload,
)
from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Exercise,
    Finding,
    Interview,
    Participant,
    Questionnaire,
    ReferenceDocument,
    Round,
    SwotItem,
    Workshop,
)
from hrplan.core.models import Administration, AuditEntry, Holiday, Import, Member, Role, Run
from hrplan.deliverables.models import (
    ChainStep,
    Comment,
    Delegation,
    DocumentKind,
    DocumentVersion,
    ReviewLink,
    Submission,
    Verdict,
    WordTemplate,
)
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner
from hrplan.strategy.models import (
    Consultation,
    Indicator,
    Initiative,
    Milestone,
    Objective,
    Obligation,
    PolicyRule,
    Principle,
    RequestedDecision,
    Responsibility,
    Risk,
    Strategy,
    StrategyCost,
)
from training_calendar.models import (
    BudgetLine,
    Calendar,
    Certificate,
    Enrolment,
    ExchangeRate,
    Feed,
    FundingSource,
    Intervention,
    Message,
    Module,
    NeedRuling,
    Outcome,
    PathStep,
    Plan,
    Programme,
    Release,
    TrainingSession,
)

MODELS: dict[str, type[Model]] = {
    "activities": Activity,
    "aid-recommendations": AidRecommendation,
    "consultations": Consultation,
    "costs": StrategyCost,
    "corporate-objectives": CorporateObjective,
    "decisions": RequestedDecision,
    "development": StaffMember,
    "framework": Framework,
    "frameworks": Framework,
    "groups": CompetencyGroup,
    "competency-groups": CompetencyGroup,
    "crosswalk": Crosswalk,
    "campaigns": Campaign,
    "appeals": Appeal,
    "exemptions": Exemption,
    "proposals": Proposal,
    "ratings": Assessment,
    "framework-imports": FrameworkImport,
    "incoming": FrameworkImport,
    "overlap-rulings": OverlapRuling,
    "own-sessions": TrainingSession,
    "exchange-rates": ExchangeRate,
    "funding-sources": FundingSource,
    "budget-lines": BudgetLine,
    "policy-rules": PolicyRule,
    "requested-decisions": RequestedDecision,
    "responsibilities": Responsibility,
    "rules": PolicyRule,
    "rulings": NeedRuling,
    "strategy": Strategy,
    "strategy-costs": StrategyCost,
    "assessments": Assessment,
    "audit": AuditEntry,
    "calendars": Calendar,
    "certificates": Certificate,
    "chain-steps": ChainStep,
    "candidacies": Candidacy,
    "comments": Comment,
    "competencies": Competency,
    "delegations": Delegation,
    "documents-register": ReferenceDocument,
    "exercises": Exercise,
    "feeds": Feed,
    "findings": Finding,
    "holidays": Holiday,
    "imports": Import,
    "indicators": Indicator,
    "initiatives": Initiative,
    "intakes": PlannedIntake,
    "interventions": Intervention,
    "interviews": Interview,
    "learning-paths": LearningPath,
    "links": ReviewLink,
    "need-rulings": NeedRuling,
    "path-steps": PathStep,
    "messages": Message,
    "milestones": Milestone,
    "modules": Module,
    "objectives": Objective,
    "obligations": Obligation,
    "partners": Partner,
    "posts": Post,
    "principles": Principle,
    "plans": Plan,
    "profiles": JobProfile,
    "programmes": Programme,
    "promotions": PromotionRound,
    "questionnaires": Questionnaire,
    "recommendations": AidRecommendation,
    "releases": Release,
    "reviews": DocumentReview,
    "risks": Risk,
    "runs": Run,
    "sessions": TrainingSession,
    "staff": StaffMember,
    "strategies": Strategy,
    "submissions": Submission,
    "swot": SwotItem,
    "templates": WordTemplate,
    "units": Unit,
    "unplaced": Module,
    "versions": DocumentVersion,
    "word-templates": WordTemplate,
    "workloads": Workload,
    "workshops": Workshop,
}


def rows_of(administration: Administration) -> dict[str, Any]:
    """(segment before the argument) -> a value for it."""
    rows: dict[str, Any] = {
        name: first.pk
        for name, model in MODELS.items()
        if (first := model._default_manager.filter(administration=administration).first())
    }
    workshop = Workshop.objects.filter(administration=administration).order_by("starts_on").first()
    asked = Round.objects.filter(workshop=workshop).first()
    if workshop and asked:
        person = Participant.objects.filter(workshop=workshop).first()
        rows |= {"exercises": workshop.exercise_id, "workshops": workshop.pk, "rounds": asked.pk}
        rows |= {"questions": asked.question_id, "participants": person.pk}
        item = workshop.agenda.first()
        rows |= {"agenda": item.pk} if item else {}
    draft = Questionnaire.objects.filter(administration=administration, is_draft=True).first()
    if draft:
        domain = draft.domains.first()
        rows |= {"drafts": draft.pk, "domain": domain.code, "question": f"{domain.code}.1"}
        rows["item"] = "B01"
    forms = Questionnaire.objects.filter(administration=administration)
    rows["tables"] = forms.filter(kind="table").values_list("pk", flat=True).first()
    rows["questionnaires"] = forms.exclude(kind="table").values_list("pk", flat=True).first()
    rows["baseline"] = "B01"
    agreed = IndividualPlan.objects.filter(administration=administration).first()
    if agreed:
        rows |= {"individual-plans": agreed.pk, "staff": agreed.staff_member_id}
    places = Enrolment.objects.filter(calendar__administration=administration)
    ahead = places.filter(session__status="planned", starts_on__gt=administration.as_of)
    rows["places"] = ahead.values_list("pk", flat=True).first()
    rows["enrolments"] = places.values_list("pk", flat=True).first()
    lifts = Outcome.objects.filter(module__administration=administration)
    rows["outcomes"] = lifts.values_list("pk", flat=True).first()
    runs = Run.objects.filter(administration=administration, kind="export")
    rows["export"] = runs.values_list("pk", flat=True).first()
    rows["as"] = "self"
    key = Post.objects.filter(administration=administration, is_key=True).first()
    rows |= {"key-posts": key.pk} if key else {}
    rows["documents"] = rows["outlines"] = DocumentKind.STRATEGY.value
    reviewers = Member.objects.filter(administration=administration, role=Role.REVIEWER)
    rows["voices"] = reviewers.values_list("pk", flat=True).first()
    beside = Plan.objects.filter(administration=administration, state=Plan.State.PROPOSED).first()
    rows |= {"plans": beside.pk} if beside else {}
    calendars = Calendar.objects.filter(administration=administration, plan__is_current=True)
    rows["calendars"] = calendars.values_list("pk", flat=True).first()
    said = Verdict.objects.filter(step__administration=administration).exclude(paper="")
    rows["papers"] = said.values_list("pk", flat=True).first()
    rows |= {"checks": 1, "overrides": 1}  # numbers of rules
    return rows
