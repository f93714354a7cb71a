"""What a round of promotion gives: the list by seniority beside that by competency, explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from competencies import frames
from competencies.analysis import promotion
from competencies.models import Candidacy, PromotionRound, StaffMember
from competencies.usecases.gaps import GapAnalysis, gap_analysis, known
from competencies.usecases.promotion_words import why
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

YEAR = 365.25  # [days]
VALIDATED = "validated"
GROUPS = ("gender", "unit", "grade")


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate in both lists; None is not known. `why` says how the place came about."""

    pk: int
    staff_pk: int
    name: str
    unit: str
    service: float | None
    share: float | None
    performance: float | None
    panel: float | None
    merit: float | None
    state: str
    seniority: int
    place: int | None
    moved: int | None
    by_seniority: bool  # among the first, as many as posts
    by_merit: bool
    is_protected: bool
    why: str


@dataclass(frozen=True, slots=True)
class Chances:
    """The candidates of one group and who of them each list selects; rates None if too few."""

    key: str
    n: int
    old: int
    new: int
    old_rate: float | None
    new_rate: float | None
    old_ratio: float | None
    new_ratio: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both lists of a round; `critical` is the number of levels that its role asks critically."""

    counted_on: date
    rule: promotion.PromotionRule
    critical: int
    standings: tuple[Standing, ...]
    chances: tuple[tuple[str, tuple[Chances, ...]], ...]
    protected: int

    @property
    def ranked(self) -> int:
        return self._count(promotion.RANKED)

    @property
    def excluded(self) -> int:
        return self._count(promotion.EXCLUDED)

    @property
    def incomplete(self) -> int:
        return self._count(promotion.INCOMPLETE)

    def _count(self, state: str) -> int:
        return sum(1 for one in self.standings if one.state == state)

    @property
    def differing(self) -> int:
        """Candidates whom one list selects and the other does not."""
        return sum(1 for one in self.standings if one.by_seniority != one.by_merit)


def outcome(row: PromotionRound, administration: Administration) -> Outcome:
    """Both gates, the score and both lists, on the levels in force on the day that counts."""
    entered = list(row.candidacies.order_by("staff_member__code"))
    people = StaffMember.objects.filter(candidacies__round=row)
    day = min(row.counted_on, administration.as_of)
    analysis = gap_analysis(administration, as_of=day, people=people)
    asked = analysis.requirements
    asked = asked[(asked["profile"] == row.profile.code) & asked["critical"].astype(bool)]
    rule = promotion_rule(row)
    lists = promotion.both_lists(promotion.judged(_candidates(entered, analysis, asked, day), rule))
    return Outcome(
        counted_on=day,
        rule=rule,
        critical=len(asked),
        standings=tuple(_standing(one, row.posts, rule) for one in rows_of(lists)),
        chances=_chances(lists, row.posts, administration.small_cell_limit),
        protected=int(lists["protected"].sum()),
    )


def promotion_rule(row: PromotionRound) -> promotion.PromotionRule:
    """The rule of a round as the formulas take it."""
    until = row.protected_until
    return promotion.PromotionRule(
        minimum_service=float(row.minimum_service),
        threshold=float(row.threshold),
        competency=float(row.competency_weight),
        performance=float(row.performance_weight),
        panel=float(row.panel_weight),
        protection_holds=until is not None and row.vacancy_on <= until,
    )


def _candidates(
    entered: Sequence[Candidacy], analysis: GapAnalysis, asked: pd.DataFrame, day: date
) -> pd.DataFrame:
    """One row per candidate with everything the gates look at."""
    marks = pd.DataFrame(
        [
            (one.staff_member_id, one.pk, one.live_sanction, one.courses_met,
             one.performance, one.panel, one.is_protected)
            for one in entered
        ],
        columns=["pk", "row", "sanction", "courses", "performance", "panel", "protected"],
    )  # fmt: skip
    marks = marks.astype({"performance": float, "panel": float, "protected": bool})
    chosen = analysis.chosen.filter(pk__in=marks["pk"].tolist())
    people = marks.merge(frames.staff(chosen, "joined_on", "gender"), on="pk", how="left")
    held = _signed(analysis, list(marks["pk"]))
    shares = promotion.competency_shares(people, asked, held)
    days = (pd.Timestamp(day) - pd.to_datetime(people["joined_on"])).dt.days
    titles = analysis.units.set_index("unit")["title"]
    people = people.assign(
        service=days / YEAR, unit=people["unit"].map(titles), grade=people["grade"].astype(str)
    )
    return people.merge(shares, on="staff")


def _signed(analysis: GapAnalysis, people: list[int]) -> pd.DataFrame:
    """The validated levels that two have signed; only these count for a promotion."""
    held = analysis.levels[analysis.levels["status"] == VALIDATED]
    if analysis.framework is None:
        return held
    key = ["staff", "competency", "rated_on"]
    twice = frames.signed_twice(analysis.framework, people)
    return held.assign(rated_on=pd.to_datetime(held["rated_on"])).merge(twice, on=key)


def _standing(row: object, posts: int, rule: promotion.PromotionRule) -> Standing:
    line: dict = row._asdict()  # type: ignore[attr-defined]
    place, moved = known(line["place"]), known(line["moved"])
    figures = ("service", "share", "performance", "panel", "merit")
    return Standing(
        pk=int(line["row"]),
        staff_pk=int(line["pk"]),
        name=line["name"] or line["staff"],
        unit=line["unit"],
        **{name: known(line[name]) for name in figures},
        state=line["state"],
        seniority=int(line["seniority"]),
        place=None if place is None else int(place),
        moved=None if moved is None else int(moved),
        by_seniority=int(line["seniority"]) <= posts,
        by_merit=place is not None and place <= posts,
        is_protected=bool(line["protected"]),
        why=why(line, rule),
    )


def _chances(
    lists: pd.DataFrame, posts: int, limit: int
) -> tuple[tuple[str, tuple[Chances, ...]], ...]:
    return tuple(
        (
            by,
            tuple(
                Chances(
                    key=str(row[by]),
                    n=int(row["n"]),
                    old=int(row["old"]),
                    new=int(row["new"]),
                    old_rate=known(row["old_rate"]),
                    new_rate=known(row["new_rate"]),
                    old_ratio=known(row["old_ratio"]),
                    new_ratio=known(row["new_ratio"]),
                )
                for row in promotion.selection_rates(lists, by, posts=posts, least=limit).to_dict(
                    "records"
                )
            ),
        )
        for by in GROUPS
    )
