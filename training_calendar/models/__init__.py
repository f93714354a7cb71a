"""Modules, supply, plan and calendar, releases and who is told, rulings, scenarios, paths."""

from training_calendar.models.accounts import BudgetLine
from training_calendar.models.attending import Feedback, SignIn
from training_calendar.models.calendars import (
    Attendance,
    Calendar,
    CalendarChange,
    Enrolment,
    Evaluation,
    TrainingSession,
)
from training_calendar.models.catalogue import (
    SESSION_MODES,
    Mode,
    Module,
    Outcome,
    Prerequisite,
    Programme,
    ProgrammeAward,
    Provider,
)
from training_calendar.models.certificates import Certificate
from training_calendar.models.consents import Consent
from training_calendar.models.evaluating import BehaviourReport, TeachBack
from training_calendar.models.feeds import Feed
from training_calendar.models.funding import FundingSource
from training_calendar.models.hand_changes import HandChange
from training_calendar.models.invitations import Invitation, Message, Method
from training_calendar.models.needs import NeedRuling
from training_calendar.models.nominations import Nomination
from training_calendar.models.paths import PathStep
from training_calendar.models.plans import CostLine, Intervention, Need, Plan
from training_calendar.models.rates import ExchangeRate
from training_calendar.models.releases import Release, ReleasedPlace, ReleasedSession
from training_calendar.models.remedies import Remedy
from training_calendar.models.scenarios import Scenario
from training_calendar.models.supply import (
    Budget,
    Closure,
    Leave,
    Offer,
    PlanningParameters,
    Trainer,
    TrainerAbsence,
    Travel,
    Venue,
    VenueClosure,
)

__all__ = [
    "Attendance",
    "BehaviourReport",
    "Budget",
    "BudgetLine",
    "Calendar",
    "CalendarChange",
    "Certificate",
    "Closure",
    "Consent",
    "CostLine",
    "Enrolment",
    "Evaluation",
    "Feed",
    "Feedback",
    "ExchangeRate",
    "FundingSource",
    "HandChange",
    "Intervention",
    "Invitation",
    "Leave",
    "Message",
    "Method",
    "Mode",
    "Module",
    "Need",
    "NeedRuling",
    "Nomination",
    "Offer",
    "Outcome",
    "PathStep",
    "Plan",
    "PlanningParameters",
    "Prerequisite",
    "Programme",
    "ProgrammeAward",
    "Provider",
    "Release",
    "ReleasedPlace",
    "ReleasedSession",
    "Remedy",
    "SESSION_MODES",
    "Scenario",
    "SignIn",
    "TeachBack",
    "Trainer",
    "TrainerAbsence",
    "TrainingSession",
    "Travel",
    "Venue",
    "VenueClosure",
]
