"""What a diagnostic shows: scores, agreement and agreed ratings by question and by domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from diagnostics import frames, wording
from diagnostics.analysis import agreement as agreeing
from diagnostics.analysis import profile, scoring
from diagnostics.analysis.findings import stakes
from diagnostics.analysis.spread import level_counts
from diagnostics.models import Agreement, Domain, Exercise, Participant, Question, Questionnaire
from diagnostics.usecases import constants, titled
from diagnostics.usecases.asked import decided_by
from hrplan.core.titles import told


@dataclass(frozen=True, slots=True)
class Settled:
    """What the room settled on: the rating as agreed, and in words."""

    level: int
    existence: str
    use: str
    rationale: str
    evidence: str
    dissent: str
    cited: tuple[str, ...] = ()  # marks; `usecases.citing` knows their titles


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: n votes with a level, missing "don't know", not_applicable "does not apply".

    None is unknown, never zero. With fewer votes than the administration's limit for small groups
    (`is_small`) the votes are counted, and no figure is drawn from them but the median.
    """

    pk: int
    questionnaire_pk: int
    code: str
    title: str
    subject: str
    text: str
    domain_pk: int
    domain_code: str
    domain_title: str
    weight: float
    score: float | None
    stake: float | None  # distance to the target x weight, 0 to 100
    basis: str  # agreed, median, not_applicable or none
    level_name: str  # of the level that the score has reached; "" where unknown
    anchor: str  # what the questionnaire says of that level
    next_anchor: str  # of the level above
    n: int
    missing: int
    not_applicable: int
    is_small: bool
    distribution: tuple[tuple[int, int], ...]  # level -> votes
    median: float | None
    lower: float | None  # lower quartile
    upper: float | None  # upper quartile
    lowest: float | None
    highest: float | None
    spread: float | None
    agreement: float | None  # van der Eijk's A, -1 to 1
    within_group: float | None  # r_wg, 0 to 1
    near: float | None  # share of votes within one level of the median
    apart: int  # votes two levels or more from it
    is_polarised: bool  # the votes lie in camps
    is_disputed: bool  # not settled in the room, and in camps or with agreement below the limit
    capped_from: float | None  # what was agreed before the cap; None: not held down
    cap: str  # existence or use; "" where not held down
    capped_votes: int
    settled: Settled | None

    @property
    def is_agreed(self) -> bool:
        return self.basis == scoring.AGREED


@dataclass(frozen=True, slots=True)
class DomainResult:
    """One domain: the weighted mean of its scored questions, and the range of their scores."""

    pk: int
    code: str
    title: str
    purpose: str
    is_cross_cutting: bool
    weight: float  # in the overall score
    score: float | None
    level_name: str
    n: int
    missing: int
    not_applicable: int
    agreed: int
    lowest: float | None
    highest: float | None
    agreement: float | None  # mean of its questions' A
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A question that the answers to an earlier one left out, and when it would be asked."""

    pk: int
    code: str
    title: str
    condition: str


@dataclass(frozen=True, slots=True)
class ExerciseResults:
    """All of a diagnostic's scores; `overall` is the mean of the domains that have one."""

    title: str
    questionnaire: str
    scale: tuple[tuple[int, str, str], ...]  # level, name, meaning
    overall: float | None
    overall_name: str
    domains: tuple[DomainResult, ...]
    participants: int
    votes: int
    dont_knows: int
    not_applicable_votes: int
    small_group: int  # votes below which no figure is drawn from them
    not_asked: tuple[NotAsked, ...]  # neither scored nor missing
    constants: tuple[constants.Constant, ...]

    @property
    def questions(self) -> tuple[QuestionResult, ...]:
        return tuple(question for domain in self.domains for question in domain.questions)

    @property
    def given(self) -> int:
        """Votes with a level. [votes]"""
        return self.votes - self.dont_knows - self.not_applicable_votes

    @property
    def n(self) -> int:
        return sum(domain.n for domain in self.domains)

    @property
    def missing(self) -> int:
        return sum(domain.missing for domain in self.domains)

    @property
    def not_applicable(self) -> int:
        return sum(domain.not_applicable for domain in self.domains)

    @property
    def agreed(self) -> int:
        return sum(domain.agreed for domain in self.domains)

    @property
    def has_any(self) -> bool:
        return self.overall is not None

    @property
    def bottom(self) -> int:
        return self.scale[0][0] if self.scale else 1

    @property
    def top(self) -> int:
        return self.scale[-1][0] if self.scale else 5


def maturity_questionnaire(exercise: Exercise) -> Questionnaire | None:
    """The questionnaire whose scale and caps score the exercise; None where it has none."""
    kind = Questionnaire.Kind.MATURITY
    return exercise.questionnaires.filter(kind=kind).order_by("code", "version").first()


def current_exercise(administration: Any) -> Exercise | None:
    """The exercise that began last, but not after the as-of date; None where there is none."""
    begun = Exercise.objects.of(administration).filter(starts_on__lte=administration.as_of)
    return begun.select_related("administration").order_by("-starts_on", "-pk").first()


def exercise_results(exercise: Exercise) -> ExerciseResults:
    """Scores, agreement and agreed ratings of an exercise, from what was revealed and settled."""
    form = maturity_questionnaire(exercise)
    rule = constants.scoring_constants(exercise.administration, form)
    settled = frames.settled(exercise)
    asked, not_asked, table, votes, scores = _scores(exercise, settled, rule)
    domains = scoring.domain_scores(scores) if len(scores) else pd.DataFrame()
    overall = profile.overall_score(_weighed(domains, asked, rule)) if len(scores) else float("nan")
    limits = constants.finding_constants(exercise.administration, rule)
    table = table.assign(stake=stakes(table, limits))
    view = _View(form, exercise, rule, limits.disputed_below, settled)
    people = Participant.objects.filter(workshop__exercise=exercise).count()
    questions = [
        view.question(question, row)
        for question, row in zip(asked, table.to_dict("records"), strict=True)
    ]
    return ExerciseResults(
        title=exercise.title,
        questionnaire=titled.form_title(form) if form else "",
        scale=tuple(
            (level["level"], told(level["name"]), level["meaning"]) for level in view.scale
        ),
        overall=_known(overall),
        overall_name=view.level_name(_known(overall)),
        domains=tuple(view.domains(asked, questions, domains)),
        participants=people,
        votes=len(votes),
        dont_knows=int((votes["level"].isna() & ~votes["does_not_apply"]).sum()),
        not_applicable_votes=int(votes["does_not_apply"].sum()),
        small_group=exercise.administration.small_cell_limit,
        not_asked=tuple(
            NotAsked(q.pk, q.code, titled.question_title(q), wording.condition(q))
            for q in not_asked
        ),
        constants=constants.constants(exercise.administration, form),
    )


def _weighed(
    domains: pd.DataFrame, asked: list[Question], rule: scoring.ScoringConstants
) -> pd.DataFrame:
    """The domains with what they weigh in the overall score; they stand as they are asked."""
    codes = {question.domain_id: question.domain.code for question in asked}
    return domains.assign(weight=[float(rule.domain_weights.get(c, 1)) for c in codes.values()])


def _scores(
    exercise: Exercise, settled: dict[int, Agreement], rule: scoring.ScoringConstants
) -> tuple[list[Question], list[Question], pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The questions asked, and those not; of those asked a row each, the votes, the scores."""
    every = frames.rated(exercise)
    questions = frames.questions(every)
    votes = frames.votes(frames.revealed(exercise, questions))
    agreed = frames.agreements(settled, questions)
    decided = decided_by(every, questions, votes, agreed)
    asked = [question for question in every if decided[question.pk] is not False]
    not_asked = [question for question in every if decided[question.pk] is False]
    questions = questions[questions["pk"].isin([question.pk for question in asked])]
    questions = questions.reset_index(drop=True)
    votes, agreed = (
        rows[rows["question"].isin(questions["question"])].reset_index(drop=True)
        for rows in (votes, agreed)
    )
    scores = scoring.question_scores(questions, votes, agreed, rule)
    levels = list(range(rule.lowest, rule.highest + 1))
    camps = constants.camp_constants(exercise.administration)
    spread = agreeing.agreement(votes, levels, camps).drop(columns=COUNTED)
    counts = level_counts(votes, levels, ["question"])
    held = profile.cap_reasons(votes, rule)["reason"] != profile.UNCAPPED
    caps = profile.cap_reasons(agreed, rule).set_axis(agreed["question"])
    code = scores["question"]
    table = scores.merge(spread, on="question", how="left").assign(
        **{f"votes_{level}": code.map(counts[level]).fillna(0) for level in levels},
        capped_votes=code.map(held.groupby(votes["question"]).sum()).fillna(0),
        polarised=code.isin(spread.loc[spread["polarised"], "question"]),
        capped_from=code.map(caps["given"]),
        cap=[caps["reason"].get(question, "") for question in code],
    )
    return asked, not_asked, table, votes, scores


@dataclass(frozen=True, slots=True)
class _View:
    """Puts words and rows to the figures."""

    form: Questionnaire | None
    exercise: Exercise
    rule: scoring.ScoringConstants
    disputed_below: float
    settled: dict[int, Agreement]

    @property
    def scale(self) -> list[dict[str, Any]]:
        return self.form.scale if self.form else []

    def level_name(self, score: float | None) -> str:
        names = {level["level"]: told(level["name"]) for level in self.scale}
        return "" if score is None else names.get(_reached(score), "")

    def question(self, question: Question, row: Mapping[Any, Any]) -> QuestionResult:
        score = _known(row["score"])
        reached = 0 if score is None else _reached(score)
        return QuestionResult(
            pk=question.pk,
            questionnaire_pk=question.domain.questionnaire_id,
            code=question.code,
            title=titled.question_title(question),
            subject=titled.subject(question),
            text=question.text,
            domain_pk=question.domain_id,
            domain_code=question.domain.code,
            domain_title=titled.domain_title(question.domain),
            weight=float(question.weight),
            score=score,
            stake=_known(row["stake"]),
            basis=row["basis"],
            level_name=self.level_name(score),
            anchor=question.anchors.get(str(reached), ""),
            next_anchor=question.anchors.get(str(reached + 1), "") if reached else "",
            **self.spread(row),
            capped_from=_known(row["capped_from"]) if row["cap"] else None,
            cap=row["cap"],
            settled=_settled(self.settled.get(question.pk)),
        )

    def spread(self, row: Mapping[Any, Any]) -> dict[str, Any]:
        """Counts and figures of the votes; from a small group no figure but median and range."""
        counts = {name: int(row[name]) for name in COUNTED}
        is_small = counts["n"] < self.exercise.administration.small_cell_limit
        drawn = {name: None if is_small else _known(row[name]) for name in DRAWN}
        index = drawn["agreement"]
        divided = row["polarised"] or (index is not None and index < self.disputed_below)
        levels = range(self.rule.lowest, self.rule.highest + 1)
        return {
            **counts,
            **{name: _known(row[name]) for name in FIGURES},
            **drawn,
            "is_small": is_small,
            "distribution": tuple((level, int(row[f"votes_{level}"])) for level in levels),
            "apart": int(_known(row["apart"]) or 0),
            "is_polarised": bool(row["polarised"]),
            "is_disputed": bool(divided and row["basis"] != scoring.AGREED),
            "capped_votes": int(row["capped_votes"]),
        }

    def domains(
        self, asked: list[Question], questions: list[QuestionResult], scores: pd.DataFrame
    ) -> list[DomainResult]:
        rows = {question.domain_id: question.domain for question in asked}
        parts = zip(rows.values(), scores.to_dict("records"), strict=True)
        return [self.domain(row, score, questions) for row, score in parts]

    def domain(
        self, domain: Domain, row: Mapping[Any, Any], questions: list[QuestionResult]
    ) -> DomainResult:
        own = tuple(question for question in questions if question.domain_pk == domain.pk)
        known = [question.agreement for question in own if question.agreement is not None]
        score = _known(row["score"])
        return DomainResult(
            pk=domain.pk,
            code=domain.code,
            title=titled.domain_title(domain),
            purpose=domain.purpose,
            is_cross_cutting=domain.is_cross_cutting,
            weight=float(self.rule.domain_weights.get(domain.code, 1)),
            score=score,
            level_name=self.level_name(score),
            n=int(row["n"]),
            missing=int(row["missing"]),
            not_applicable=int(row["not_applicable"]),
            agreed=int(row["agreed"]),
            lowest=_known(row["lowest"]),
            highest=_known(row["highest"]),
            agreement=sum(known) / len(known) if known else None,
            questions=own,
        )


COUNTED = ["n", "missing", "not_applicable"]
FIGURES = ("median", "lowest", "highest", "spread")
DRAWN = ("lower", "upper", "agreement", "within_group", "near")  # none from a small group


def _reached(score: float) -> int:
    """The level a score has reached, as printed with one decimal."""
    return int(round(score, 1))


def _known(value: Any) -> float | None:
    return None if value is None or isnan(value) else float(value)


def _settled(row: Agreement | None) -> Settled | None:
    if row is None:
        return None
    return Settled(
        level=row.level,
        existence=str(row.get_existence_display()),
        use=str(row.get_use_display()),
        rationale=row.rationale,
        evidence=row.evidence,
        dissent=row.dissent,
        cited=tuple(row.cited),
    )
