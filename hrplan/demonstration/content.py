"""All tables of the demonstration from one seed: what an import folder of it would hold."""

from typing import Any

import numpy as np

from competencies.library import read
from hrplan.demonstration import ahead, diagnosis, documents, people, ratings, strategy, supply
from hrplan.demonstration.texts import text
from training_calendar.library import catalogue

Tables = dict[str, list[dict[str, Any]]]


def demonstration(seed: int) -> Tables:
    """The rows of every table, by name; the same seed gives the same rows.

    Each part draws from a stream of its own, so that a change in one leaves the others as
    they are.
    """
    streams = iter(np.random.default_rng(seed).spawn(7))
    posts = people.posts(next(streams))
    staff = people.staff_members(posts, next(streams))
    former = people.former_staff(staff, next(streams))
    secondary = people.secondary_profiles(staff)
    profiles = read.profiles(read.PROFILES, read.framework()).profiles
    rated = ratings.ratings(staff, secondary, profiles, next(streams))
    offered = supply.supply(staff, catalogue(), next(streams))
    held = diagnosis.diagnosis(staff, next(streams))
    standing = ahead.candidacies(staff, rated, next(streams))
    return {
        "holidays": [
            {"date": day, "name": name, "kind": "added"} for day, name in text("holidays")
        ],
        "units": people.units(),
        "posts": posts,
        "staff_members": [*staff, *former],
        "secondary_profiles": secondary,
        "ratings": [*rated, *ahead.validated(standing, rated, profiles)],
        "workloads": ahead.workloads(),
        "planned_intakes": ahead.planned_intakes(),
        "promotion_rounds": [ahead.promotion_round()],
        "candidacies": standing,
        **offered,
        **held,
        "individual_plans": documents.individual_plans(staff),
        "narratives": documents.narratives(),
        "sign_offs": documents.sign_offs(held["participants"], held["workshops"][0]),
        **strategy.strategy(),
    }
