"""Words for the keys of the pure rooms: reasons, rules, what is scarce, cost items, evaluation."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import labelled, percent, quarter, shortest
from hrplan.core.titles import told


def reason(key: str) -> str:
    """Why a gap stays open, in a few words."""
    words = {
        "no-module": _("no module leads there for this profile"),
        "prerequisite": _("a module that must come first is not in the plan"),
        "no-trainer": _("no trainer is qualified for the module"),
        "no-venue": _("no venue of the kind needed"),
        "no-offer": _("the provider has announced no dates"),
        "no-date": _("no day on which trainer and venue are free"),
        "small-group": _("fewer people than the smallest group"),
        "money": _("no quarter has the money left"),
        "bound": _("the money left is bound to other modules or other days"),
        "days": _("the person's training days of the year are used up"),
        "leave": _("on leave, or kept by the station, on all dates that remain"),
        "clash": _("in another session on all dates that remain"),
        "pair": _("the only other one at the station who holds a competency is away then"),
        "peak": _("all dates that remain lie in busy months of the station"),
        "week": _("the station has as many in training in each week as it lets go"),
        "cover": _("the station would be uncovered"),
        "worth": _("worth less than it costs at this budget"),
        "later": _("a course outside the sessions leads there, in a later plan"),
        "cause-authority": _("not for training: they know how but may not"),
        "cause-tools": _("not for training: tools, time or system are missing"),
        "cause-supervision": _("not for training: supervision is missing"),
        "cause-person": _("not for training: the wrong person for the post"),
    }
    return words.get(key, key)


def response(cause: str) -> str:
    """What answers a cause; "" is a cause that nobody looked at, and counts as training."""
    words = {
        "": _("training, until somebody looks at the cause"),
        "knowledge": _("training or coaching"),
        "authority": _("delegation or a change of law"),
        "tools": _("equipment, procedure or staffing"),
        "supervision": _("supervision and performance management"),
        "person": _("another post for the person, or recruitment"),
        "absent": _("recruitment, attachment or an expert; training meanwhile"),
    }
    return words[cause]


def band(number: int) -> str:
    """A band of priorities."""
    words = {1: _("top band"), 2: _("second band"), 3: _("third band")}
    return words[number]


BAND_SHAPES = {1: "warning", 2: "progress", 3: "neutral"}
TERMS = ("severity", "criticality", "reach", "link", "urgency", "certainty")


def term(key: str) -> str:
    """A term of the priority."""
    words = {
        "severity": _("size of the gap"),
        "criticality": _("weight in the job"),
        "reach": _("share of the staff"),
        "link": _("strategic link"),
        "urgency": _("urgency"),
        "certainty": _("sureness of the ratings"),
    }
    return words[key]


def step_state(key: str) -> str:
    """Where somebody stands with a step of a learning path."""
    words = {
        "done": _("done"),
        "planned": _("planned"),
        "late": _("late"),
        "open": _("not planned yet"),
        "unknown": _("not on record"),
    }
    return words[key]


STEP_SHAPES = {
    "done": "success",
    "planned": "progress",
    "late": "warning",
    "open": "neutral",
    "unknown": "unknown",
}


def progress_state(key: str) -> str:
    """How far somebody is in a programme."""
    words = {
        "finished": _("finished"),
        "under_way": _("under way"),
        "planned": _("planned"),
    }
    return words[key]


PROGRESS_SHAPES = {"finished": "success", "under_way": "progress", "planned": "neutral"}


def advice(key: str) -> str:
    """What could be done about a reason."""
    words = {
        "no-module": _("Buy in or develop a module, recruit, or attach to another unit."),
        "prerequisite": _("Plan the module that must come first."),
        "no-trainer": _("Accredit a trainer or hire one."),
        "no-venue": _("Rent or equip a venue."),
        "no-offer": _("Ask the provider for dates."),
        "no-date": _("Add trainer days or venue days."),
        "small-group": _("Train at the desk, or share a group with a neighbour administration."),
        "money": _("Ask for more money, or for a donor."),
        "bound": _("Ask the source to widen its conditions, or for money without any."),
        "days": _("Spread the person's training over more years."),
        "leave": _("Agree leave and training together."),
        "clash": _("Repeat the session."),
        "pair": _("Send somebody who stands in, or train a third holder first."),
        "peak": _("Hold a session outside the busy months, or agree an exception."),
        "week": _("Repeat the session in another week, or agree an exception."),
        "cover": _("Send relief staff, or repeat the session in smaller groups."),
        "worth": _("Nothing: other training closes more for the same money."),
        "later": _("Enrol when the reserve of the next plan allows it."),
        "cause-authority": _("Delegate, or change the rule."),
        "cause-tools": _("Provide the equipment, the procedure or the staff."),
        "cause-supervision": _("Supervise, and manage performance."),
        "cause-person": _("Redeploy, or recruit."),
    }
    return words.get(key, "")


def remedy(kind: str) -> str:
    """The change that would meet a need, as a kind."""
    words = {
        "seat": _("a free place given: a decision alone"),
        "session": _("one more session: a decision alone"),
        "money": _("more money in a quarter"),
        "place": _("one more place in a full session"),
        "group": _("a group below the smallest"),
        "trainer": _("one more trainer for the days of a session"),
        "venue": _("one more room for the days of a session"),
        "offer": _("one more run by the provider"),
        "days": _("more training days for the person"),
        "leave": _("leave moved"),
        "cover": _("relief at the station"),
        "peak": _("somebody let go in a busy month"),
        "pair": _("somebody who stands in for the last two holders"),
        "week": _("more of a station in one week than its share"),
        "audience": _("a module opened to the profile"),
        "level": _("a module taught to a higher level"),
        "course": _("a course elsewhere"),
        "later": _("a place in a course outside the sessions"),
        "measure": _("no training, another measure"),
    }
    return words[kind]


def way(key: str) -> str:
    """A way of learning; nothing where there is none."""
    words = {
        "": "",
        "elearning": _("e-learning"),
        "briefing": _("half a day of briefing at the station"),
        "classroom": _("class in the country with a job aid"),
        "blended": _("class and e-learning mixed"),
        "rotation": _("mentored job rotation"),
        "attachment": _("attachment to another station"),
        "regional": _("regional course or expert in the country, then a project"),
        "abroad": _("attachment abroad"),
        "accreditation": _("accreditation, degree or committee work"),
        "long-attachment": _("long attachment"),
        "workshop": _("workshop with practice, and coaching"),
        "feedback": _("feedback from all around"),
        "practice": _("live practice only"),
    }
    return words[key]


def scenario(kind: str, share: float, facts: Mapping[str, Any]) -> str:
    """What is different in a scenario of a plan."""
    if kind == "share":
        return _("%(share)s of the budget") % {"share": percent(share)}
    if kind == "no-donor" and facts.get("donor"):
        return _("%(donor)s drops out") % {"donor": facts["donor"]}
    room = venue_kind(str(facts.get("kind", "")))
    known = {"like": facts.get("like", ""), "region": facts.get("region", ""), "room": room}
    words = {
        "no-travel": _("without travel"),
        "no-donor": _("donors drop out"),
        "trainer": _("one more trainer, like %(like)s in %(region)s"),
        "room": _("one more room, like %(like)s (%(room)s, %(region)s)"),
    }
    return words[kind] % known


def coming(people: int, asked: int) -> str:
    """How many of those who need a session that is new can come to it."""
    words = ngettext(
        "%(n)d of %(asked)d person who needs it can come.",
        "%(n)d of %(asked)d people who need it can come.",
        asked,
    )
    return words % {"n": people, "asked": asked}


def kept_away(key: str, n: int) -> str:
    """What keeps so many people from a session that is new."""
    words = {
        "audience": ngettext("%(n)d has a job profile that the module is not for.",
                             "%(n)d have a job profile that the module is not for.", n),
        "before": ngettext("%(n)d has not completed by then what must come first.",
                           "%(n)d have not completed by then what must come first.", n),
        "leave": ngettext("%(n)d is on leave then, or kept by the station.",
                          "%(n)d are on leave then, or kept by their stations.", n),
        "closed": ngettext("%(n)d works at a station that nobody may leave then.",
                           "%(n)d work at stations that nobody may leave then.", n),
        "busy": ngettext("%(n)d is in another session then.",
                         "%(n)d are in other sessions then.", n),
        "year": ngettext("%(n)d has too few training days of the year left.",
                         "%(n)d have too few training days of the year left.", n),
        "cover": ngettext("%(n)d is needed at the station: as many as may be are away.",
                          "%(n)d are needed at their stations: as many as may be are away.", n),
        "full": ngettext("%(n)d finds no place left in the session.",
                         "%(n)d find no place left in the session.", n),
        "money": ngettext("%(n)d cannot be paid for: the quarter has no money left.",
                          "%(n)d cannot be paid for: the quarter has no money left.", n),
    }[key]  # fmt: skip
    return words % {"n": n}


def obstacle(code: str) -> str:
    """What keeps every session from being held, by the rule that alone would let it be."""
    words = {
        "H01": _("no week has as many workdays as it takes"),
        "H02": _("everything is closed on all days on which it could be"),
        "H03": _("no venue of its kind is ever open"),
        "H05": _("no trainer who is qualified is ever free"),
        "H07": _("no run of it is on offer"),
        "H08": _("the smallest group is larger than all who could ever come, or than the room"),
        "H11": _("those who need it are on leave"),
        "H12": _("the stations of those who need it are closed to release"),
        "H13": _("the stations let fewer people go on a day than the smallest group"),
        "H14": _("what must come first cannot be held"),
        "H15": _("no quarter has the money for its smallest group"),
        "H16": _("it takes more training days than a person has in a year"),
        "C1": _("the stations of those who need it can spare too few of their minimum"),
        "C2": _("too few are of the profiles it is for"),
        "F1": _("the stations let fewer people go in a week than the smallest group"),
        "F2": _("all days on which it could be lie in busy months"),
        "F4": _("the money is bound to other modules or other days"),
    }
    return words.get(code, _("several things are in the way at once"))


def rule(code: str) -> str:
    """A rule of the calendar as a sentence."""
    words = {
        "H01": _("A session runs on workdays of one week."),
        "H02": _("Nothing runs while everything is closed."),
        "H03": _("A classroom session has an open venue of the right kind."),
        "H04": _("A venue holds one session a day."),
        "H05": _("A trainer is qualified, free, and within the days of the quarter."),
        "H06": _("An online session has no venue."),
        "H07": _("An external session keeps the dates of its offer."),
        "H08": _("A group is neither too small nor too large."),
        "H09": _("A person attends a module once."),
        "H10": _("A person is in one session a day."),
        "H11": _("Nobody is trained while on leave, or kept by the station."),
        "H12": _("Nobody leaves a station while it is closed to release."),
        "H13": _("No station has more people in training than its policy allows."),
        "H14": _("What must come first has been attended."),
        "H15": _("A quarter's sessions cost no more than its money."),
        "H16": _("Nobody is trained for more days a year than agreed."),
        "C1": _("Every station keeps its minimum on duty."),
        "C2": _("Only the profiles a module is for attend it."),
        "C3": _("What was pinned stays."),
        "F1": _("In one week at most 15 % of a station's people are in training, or one."),
        "F2": _("Nobody is sent in the busy months of the station."),
        "F4": _("Money of a source with conditions pays only for what meets them."),
        "F3": _("The last two at a station who hold a competency are not away together."),
    }
    return words.get(code, code)


def reaction_questions() -> tuple[str, ...]:
    """What those who attended are asked, each from 1 (not at all) to 5 (fully)."""
    return (
        _("The aims of the course were clear."),
        _("What was taught is of use in my work."),
        _("The level was right for me."),
        _("The trainer knew the subject and explained it well."),
        _("There was enough practice."),
        _("The material helps me afterwards."),
        _("Room, time and organization were good."),
        _("I would recommend the course to a colleague."),
    )


def weight(key: str) -> str:
    """What a broken rule does."""
    words = {
        "block": _("blocks the release"),
        "warn": _("warns"),
        "ignore": _("is ignored"),
    }
    return words[key]


def plan_figure(key: str) -> str:
    """A figure by which plans and calendars are compared."""
    words = {
        "share": _("share of the budget"),
        "closed_share": _("gap closed"),
        "closed": _("weighted gap closed"),
        "worth": _("worth of the plan"),
        "calendar_worth": _("worth of the sessions"),
        "better": _("at most so much better is possible"),
        "cost": _("cash"),
        "session_cost": _("cash of the sessions"),
        "opportunity": _("worth of the time of staff"),
        "interventions": _("training interventions"),
        "sessions": _("training sessions"),
        "seats": _("places in sessions"),
        "outside": _("places outside the sessions"),
        "people": _("people trained"),
        "unmet": _("needs that stay open"),
        "closed_in_sessions": _("weighted gap closed in sessions"),
        "conflicts": _("conflicts with rules"),
    }
    return words[key]


def change_kind(key: str) -> str:
    """How a session differs between two states of the calendar."""
    words = {
        "new": _("new"),
        "moved": _("moved"),
        "elsewhere": _("other venue or trainer"),
        "cancelled": _("cancelled"),
        "people": _("people changed"),
    }
    return words[key]


CHANGE_SHAPES = {
    "new": "success",
    "moved": "warning",
    "elsewhere": "info",
    "cancelled": "danger",
    "people": "info",
}


def scarce(kind: str, key: str, period: str) -> str:
    """What there is too little of."""
    words = {
        "money": _("money in %(key)s"),
        "instructor": _("days of trainer %(key)s"),
        "venue": _("venue days (%(key)s)"),
        "cover": _("release from %(key)s"),
        "offer": _("places abroad for %(key)s"),
        "days": _("training days of the staff of %(key)s"),
        "staff": _("people free for training at %(key)s"),
    }
    text = words.get(kind, "%(key)s") % {"key": quarter(key) if kind == "money" else key}
    return _("%(what)s, %(period)s") % {"what": text, "period": period} if period else text


def scarce_unit(kind: str) -> str:
    """What a scarce thing is counted in; money has its currency."""
    words = {
        "instructor": _("trainer days"),
        "venue": _("venue days"),
        "cover": _("person-days"),
        "offer": _("places"),
        "days": _("person-days"),
        "staff": _("people"),
    }
    return words.get(kind, "")


def cost_item(key: str) -> str:
    """A line of the cost model."""
    words = {
        "delivery": _("Delivery: trainer and material"),
        "trainer_transport": _("Travel of trainers"),
        "trainer_subsistence": _("Subsistence of trainers"),
        "venue": _("Venue"),
        "equipment": _("Equipment"),
        "materials": _("Materials"),
        "course_fee": _("Course fees"),
        "transport": _("Travel of participants"),
        "transport_abroad": _("Air fares and travel abroad"),
        "subsistence": _("Subsistence of participants"),
        "subsistence_abroad": _("Subsistence abroad"),
        "insurance": _("Insurance"),
        "contingency": _("Contingency"),
        "backfill": _("Overtime of those who stand in"),
        "salary_time": _("Salary of those in training"),
    }
    return words.get(key, key)


def cost_unit(key: str) -> str:
    """What a cost item is counted in."""
    words = {
        "session": _("session"),
        "trip": _("trip"),
        "day": _("day"),
        "person": _("person"),
        "person-day": _("person-day"),
        "share": _("share"),
        "hour": _("hour"),
    }
    return words.get(key, key)


def quantity(number: float, unit: str) -> str:
    """A quantity of a cost line with its unit; `unit` is a word of `cost_unit`."""
    plural = {
        _("session"): _("sessions"),
        _("trip"): _("trips"),
        _("day"): _("days"),
        _("person"): _("people"),
        _("person-day"): _("person-days"),
        _("share"): _("shares"),
        _("hour"): _("hours"),
    }
    words = unit if number == 1 else plural.get(unit, unit)
    return f"{shortest(number)} {words}".strip()


def instrument(level: int, own: str = "") -> str:
    """With what a level of evaluation is measured; `own` is the module's test."""
    words = {
        1: _("Feedback form at the end of the class: eight ratings, two open questions"),
        2: own or _("Test or task before and after, of the same design"),
        3: _("Supervisor's form and work sample"),
        4: _("Operational measure agreed before the session"),
    }
    return words[level]


def nomination_state(key: str) -> str:
    """How the names of a course stand."""
    words = {
        "overdue": _("overdue"),
        "soon": _("due soon"),
        "open": _("due later"),
        "sent": _("sent"),
        "sent_late": _("sent late"),
    }
    return words[key]


NOMINATION_SHAPES = {
    "overdue": "danger",
    "soon": "warning",
    "open": "neutral",
    "sent": "success",
    "sent_late": "warning",
}


def certificate_state(key: str) -> str:
    """Whether a certificate holds."""
    return {"valid": _("valid"), "expired": _("run out"), "revoked": _("revoked")}[key]


CERTIFICATE_SHAPES = {"valid": "success", "expired": "neutral", "revoked": "danger"}


def certificate_criteria(hours: float | Decimal, title: str) -> str:
    """What a certificate is given for."""
    words = _("Attended %(hours)s hours of “%(title)s” and completed it.")
    return words % {"hours": shortest(hours), "title": title}


def certificate_lifts(lifts: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a certificate leads to, line by line."""
    words = _("%(title)s: leads to level %(level)d")
    return [words % {"title": told(one["title"]), "level": one["level"]} for one in lifts]


def feed_name(owner: str, whose: str) -> str:
    """The name of a calendar to be read again and again; whose : empty for a person's own."""
    return labelled(owner, whose or _("training"))


def people(n: int) -> str:
    """How many people."""
    return ngettext("%(n)d person", "%(n)d people", n) % {"n": n}


def done_by(when: str) -> str:
    """What shows that a measure is taken."""
    return _("Done by %(day)s") % {"day": when}


def venue_kind(code: str) -> str:
    """What a venue is."""
    words = {
        "classroom": _("classroom"),
        "practical": _("practical"),
        "lab": _("computer room"),
    }
    return words.get(code, code)


def evaluation_level(level: int) -> str:
    words = {1: _("Reaction"), 2: _("Learning"), 3: _("Behaviour"), 4: _("Results")}
    return words[level]


def no_line() -> str:
    """Where a cost falls that the chart of accounts has no line for."""
    return _("no budget line")


def no_cost_item(key: object) -> str:
    """Why an item can't be put on a line."""
    return _("%(item)s is no item of cost.") % {"item": key}


def mode(code: str) -> str:
    """How a module is given."""
    words = {
        "classroom": _("classroom"),
        "online": _("live online"),
        "external": _("external, fixed dates"),
        "self_paced": _("self-paced e-learning"),
        "on_the_job": _("on the job"),
        "provider_run": _("run by the provider"),
    }
    return words.get(code, code)


def constant(key: str) -> str:
    """A constant of planning as the annex names it."""
    words = {
        "planning.reserve_share": _("Share of a quarter's money kept for courses outside sessions"),
        "planning.cost_gap_share": _("Weight of the whole budget against the whole gap"),
        "planning.contingency": _("Contingency on the cash of sessions"),
        "planning.preparation_days": _("Days from planning to the first session"),
        "planning.overtime_hour": _("Overtime of an hour"),
        "planning.salary_hour": _("Salary of an hour"),
        "planning.share_replaced": _("Share of the hours away that overtime replaces"),
        "planning.behaviour_months": _("Months after which behaviour is evaluated"),
        "planning.results_months": _("Months after which results are evaluated"),
        "planning.effort": _("Passes of the search for a plan"),
        "planning.scenario_effort": _("Passes of the search for a budget scenario"),
        "planning.duty.days_week": _("Days a week that one person is on duty"),
        "planning.outside.hours_week": _("Hours of own study a week"),
        "planning.outside.courses_quarter": _("Courses outside sessions that one begins a quarter"),
        "planning.outside.long_days": _("Days from which a course must be worth its length"),
        "planning.outside.long_worth": _("Points a long course must close for each day away"),
        "planning.outside.cost_worth": _("Points a course must close, in prices of its cost"),
        "planning.modes.many_online": _("More people than this at level 1: e-learning first"),
        "planning.modes.many_class": _("More people than this at level 2: a class"),
        "planning.modes.few": _("Fewer people than this at level 2: mentored rotation"),
        "planning.modes.same_course": _("People for whom make or buy is compared"),
        "planning.modes.trainer_fee_day": _("Fee of a trainer brought in, a day"),
        "planning.trouble.place": _("Trouble of one more place in a full session"),
        "planning.trouble.group": _("Trouble of a group short by one person"),
        "planning.trouble.trainer_day": _("Trouble of a trainer found for a day"),
        "planning.trouble.venue_day": _("Trouble of a room found for a day"),
        "planning.trouble.offer": _("Trouble of one more run of an external course"),
        "planning.trouble.training_day": _("Trouble of a training day beyond the limit"),
        "planning.trouble.leave_day": _("Trouble of a day of leave moved"),
        "planning.trouble.relief_day": _("Trouble of a day of relief at a station"),
        "planning.trouble.peak_day": _("Trouble of a day let go in a busy month"),
        "planning.trouble.week_place": _("Trouble of one more in a week than the share"),
        "planning.trouble.stand_in_day": _("Trouble of a day of standing in for a holder"),
        "planning.trouble.audience": _("Trouble of a module opened to another profile"),
        "planning.trouble.level": _("Trouble of a module taught to a higher level"),
        "planning.trouble.course": _("Trouble of a course found elsewhere"),
        "planning.priority.severity": _("Priority: weight of the size of the gap"),
        "planning.priority.criticality": _("Priority: weight of the competency in the job"),
        "planning.priority.reach": _("Priority: weight of the number of people"),
        "planning.priority.link": _("Priority: weight of a duty in law or reform"),
        "planning.priority.urgency": _("Priority: weight of urgency"),
        "planning.priority.certainty": _("Priority: weight of sure ratings"),
        "planning.priority.top_level": _("Priority: level against which gaps are measured"),
        "planning.priority.top_weight": _("Priority: weight against which weights are measured"),
        "planning.priority.urgent_months": _(
            "Priority: a deadline within so many months is urgent"
        ),
        "planning.priority.soon_months": _("Priority: months to a near deadline"),
        "planning.priority.soon_worth": _("Priority: worth of a near deadline"),
        "planning.priority.first_band_from": _("Priority from which a need is in the first band"),
        "planning.priority.second_band_from": _("Priority from which a need is in the second band"),
    }
    return words.get(key, key)
