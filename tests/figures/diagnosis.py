"""Scores and votes of the diagnostic worked out again."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import mean, median

from diagnostics.models import (
    Agreement,
    CorporateObjective,
    Exercise,
    Finding,
    Interview,
    Question,
    ReferenceDocument,
    Round,
    Vote,
)
from hrplan.core.models import Administration
from tests.figures.written import Again, Row, num

CAPS = {"none": 1}
CAP_UNUSED = 2
STARTED = {1: "ad hoc", 2: "started", 3: "defined", 4: "managed", 5: "improving"}
LEVELS = (1, 2, 3, 4, 5)


def held(owner: Administration) -> Exercise:
    rows = Exercise.objects.filter(administration=owner, starts_on__lte=owner.as_of)
    return rows.order_by("starts_on", "pk").last()  # type: ignore[return-value]


def agreed(owner: Administration) -> dict[str, float]:
    """Code of each question -> the level agreed on, held down by existence and use."""
    found = {}
    for one in Agreement.objects.filter(workshop__exercise=held(owner)):
        caps = [CAPS[one.existence]] if one.existence in CAPS else []
        caps += [CAP_UNUSED] if one.use == "never" else []
        found[one.question.code] = float(min([one.level, *caps]))
    return found


def asked(owner: Administration) -> list[Question]:
    rows = Question.objects.filter(
        domain__questionnaire__exercises=held(owner), domain__questionnaire__kind="maturity"
    )
    return list(rows.select_related("domain"))


def by_domain(owner: Administration) -> dict[str, list[tuple[float, float]]]:
    """Code of each domain -> score and weight of each of its questions."""
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    level = agreed(owner)
    for one in asked(owner):
        scores[one.domain.code].append((level[one.code], float(one.weight)))
    return scores


def score(pairs: list[tuple[float, float]]) -> float:
    return sum(level * weight for level, weight in pairs) / sum(weight for _l, weight in pairs)


def domain_scores(owner: Administration, _code: str) -> Iterable[Row]:
    titles = {one.domain.code: one.domain.title for one in asked(owner)}
    for code, pairs in by_domain(owner).items():
        reached = STARTED[int(score(pairs) + 1e-9)]
        counted = f"{len(pairs)} / {len(pairs)}"
        yield (code, titles[code], num(score(pairs), 1), reached, counted, str(len(pairs)))


def profile(owner: Administration, _code: str) -> Iterable[Row]:
    titles = {one.domain.code: one.domain.title for one in asked(owner)}
    for code, pairs in by_domain(owner).items():
        levels = [level for level, _weight in pairs]
        yield (
            titles[code],
            num(score(pairs), 1),
            num(min(levels), 1),
            num(max(levels), 1),
        )


def ratings(owner: Administration, code: str) -> Iterable[Row]:
    level = agreed(owner)
    for one in asked(owner):
        if one.domain.code == code:
            yield (f"{one.code} {one.title}", num(level[one.code]))


def last_votes(owner: Administration) -> dict[int, list[Vote]]:
    """The votes of the last round of each question."""
    rounds: dict[int, Round] = {}
    for one in Round.objects.filter(workshop__exercise=held(owner)).order_by("number"):
        rounds[one.question_id] = one
    found: dict[int, list[Vote]] = defaultdict(list)
    for vote in Vote.objects.filter(round__in=rounds.values()).select_related("round"):
        found[vote.round.question_id].append(vote)
    return found


def rounds(owner: Administration, _code: str) -> Iterable[Row]:
    """Each round of a question voted on more than once: its votes and their median."""
    found: dict[int, list[Round]] = defaultdict(list)
    rows = Round.objects.filter(workshop__exercise=held(owner)).select_related("question")
    for one in rows:
        found[one.question_id].append(one)
    for own in found.values():
        for one in own if len(own) > 1 else ():
            given = [vote.level for vote in one.votes.all() if vote.level is not None]
            yield (
                f"{one.question.code} {one.question.title}",
                str(one.number),
                str(len(given)),
                num(median(given), 1).removesuffix(".0"),
            )


def documents(owner: Administration, _code: str) -> Iterable[Row]:
    rows = ReferenceDocument.objects.filter(exercise=held(owner))
    return ((one.code, one.title, str(one.get_status_display())) for one in rows)


def corporate(owner: Administration, _code: str) -> Iterable[Row]:
    rows = CorporateObjective.objects.filter(administration=owner)
    return ((one.code, one.title, one.measure or "No measure stated") for one in rows)


def interviews(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Interview.objects.filter(exercise=held(owner))
    return ((f"{one.held_on.day} {one.held_on:%B %Y}",) for one in rows)


def tiles(owner: Administration) -> dict[str, tuple[str, ...]]:
    """Key of a section -> the numbers of its tiles, in order."""
    ranked = Finding.objects.filter(exercise=held(owner), rank__gt=0)
    kinds = Counter(ranked.values_list("kind", flat=True))
    overall = mean(score(pairs) for pairs in by_domain(owner).values())
    return {
        "diagnostic": (
            num(overall, 1),
            str(len(agreed(owner))),
            str(kinds["weakness"]),
            str(kinds["strength"]),
        )
    }


CASES: dict[str, Again] = {
    "domain-scores": Again((0, 1, 2, 3, 4, 5), domain_scores),
    "maturity-profile": Again((0, 1, 2, 3), profile),
    "ratings-*": Again((0, 1), ratings),
    "rounds": Again((0, 1, 2, 3), rounds),
    "documents": Again((0, 1, 2), documents),
    "corporate-objectives": Again((0, 1, 2), corporate),
    "interviews": Again((0,), interviews),
}
