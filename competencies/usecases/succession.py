"""Succession: key posts, who could take each over and what they lack, and posts to be marked."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.utils.translation import gettext as _

from competencies import frames
from competencies.analysis import outlook
from competencies.analysis import succession as pure
from competencies.analysis.held_levels import PLACES
from competencies.models import Post, StaffMember
from competencies.usecases.constants import workforce_constants
from competencies.usecases.gaps import GapAnalysis, known
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration

LEADERS = frozenset({"supervisors", "managers", "executives"})


@dataclass(frozen=True, slots=True)
class KeyPost:
    """A key post and how many others could take it over, by readiness."""

    pk: int
    post: str
    title: str
    unit: str
    vacant: bool
    vacant_since: date | None
    retires_on: date | None  # day on which its holder reaches the age of retirement
    ready_now: int
    one_to_two_years: int
    over_two_years: int
    unknown: int
    above: int  # left out: they hold a higher post or grade


@dataclass(frozen=True, slots=True)
class Lack:
    """A critical cell that a candidate does not meet; `held` None where it isn't assessed."""

    competency: str
    title: str
    required: int
    held: float | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a post over, and what is still lacking."""

    pk: int
    name: str
    unit: str
    profile: str
    readiness: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A post that is not marked as key and, by rule, should be."""

    pk: int
    post: str
    title: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Succession:
    """All key posts; `ready_people` counts each person once who is ready for any of them."""

    as_of: date
    posts: tuple[KeyPost, ...]
    ready_people: int
    suggestions: tuple[Suggestion, ...]

    @property
    def covered(self) -> int:
        """Key posts with somebody ready now (K34)."""
        return sum(1 for post in self.posts if post.ready_now)

    @property
    def bench(self) -> float | None:
        """Ready-now successors for each key post; None without key posts."""
        return self.ready_people / len(self.posts) if self.posts else None


def succession(administration: Administration, analysis: GapAnalysis) -> Succession:
    """Key posts with their successors, and the posts that the rules would mark too."""
    posts = frames.posts(administration)
    ready = _readiness(analysis, sorted(posts["profile"].unique()))
    key = _with_holders(posts[posts["is_key"].astype(bool)])
    above = _above(analysis, key)
    return Succession(
        as_of=analysis.as_of,
        posts=_key_posts(administration, analysis, key, ready, above),
        ready_people=pure.ready_people(key, analysis.people["staff"], ready, above),
        suggestions=tuple(_suggestions(analysis, posts, ready)),
    )


def key_posts(administration: Administration, analysis: GapAnalysis) -> tuple[KeyPost, ...]:
    """The key posts alone."""
    posts = frames.posts(administration)
    key = _with_holders(posts[posts["is_key"].astype(bool)])
    ready = _readiness(analysis, sorted(key["profile"].unique()))
    return _key_posts(administration, analysis, key, ready, _above(analysis, key))


def candidates(
    post: Post, analysis: GapAnalysis, *, kinds: Collection[str]
) -> list[tuple[str, str]]:
    """Who of some kinds of readiness could take a post over, by code and readiness.

    The readiest come first, and among them who lacks fewest critical cells; never the
    holder, nor who stands above the post.
    """
    ready = _readiness(analysis, [post.profile.code])
    holder = post.staff_member.code if hasattr(post, "staff_member") else None
    row = pd.DataFrame({"post": [post.code], "profile": [post.profile.code], "holder": [holder]})
    staff = analysis.people["staff"]
    (free,) = pure.may_follow(row, staff, _above(analysis, row))
    found = pd.DataFrame({"staff": staff, "kind": ready.kind[0], "lacking": ready.lacking[0]})
    found = found[free & found["kind"].isin([pure.KINDS.index(kind) for kind in kinds])]
    found = found.sort_values(["kind", "lacking"], kind="stable")
    names = [pure.KINDS[kind] for kind in found["kind"]]
    return list(zip(found["staff"], names, strict=True))


def described(
    post: Post, analysis: GapAnalysis, chosen: Iterable[tuple[str, str]]
) -> tuple[Candidate, ...]:
    """Some of the candidates, by code and readiness: their names, and what each still lacks."""
    ready = dict(chosen)
    codes = list(ready)
    people = StaffMember.objects.filter(administration=post.administration, code__in=codes)
    rows = {row.code: row for row in people.select_related("unit")}
    titles = dict(zip(analysis.profiles["pk"], analysis.profiles["title"], strict=True))
    lacks = _lacks(analysis, post.profile.code, codes)
    return tuple(
        Candidate(
            pk=rows[code].pk,
            name=rows[code].name or code,
            unit=rows[code].unit.title,
            profile=titles.get(rows[code].profile_id, ""),
            readiness=ready[code],
            lacks=lacks[code],
        )
        for code in codes
    )


def _with_holders(posts: pd.DataFrame) -> pd.DataFrame:
    return posts.rename(columns={"staff": "holder"})


def _above(analysis: GapAnalysis, posts: pd.DataFrame) -> pure.Marks:
    """Who of `people` stands above each post, by the level of the job and its holder's grade."""
    levels = analysis.profiles.set_index("profile")["staff_level"]
    people = analysis.people[["staff", "grade"]].assign(
        staff_level=analysis.people["profile"].map(levels)
    )
    grades = people.set_index("staff")["grade"].astype(float)
    ranked = posts[["post"]].assign(
        staff_level=posts["profile"].map(levels), grade=posts["holder"].map(grades)
    )
    return pure.standing_above(ranked, people)


def _titles(analysis: GapAnalysis) -> tuple[dict[str, str], dict[str, str]]:
    units = dict(zip(analysis.units["unit"], analysis.units["title"], strict=True))
    return units, dict(zip(analysis.profiles["profile"], analysis.profiles["title"], strict=True))


def _readiness(analysis: GapAnalysis, profiles: list[str]) -> pure.Readiness:
    topics = pd.Index(analysis.competencies["competency"])
    levels = analysis.kept.level
    return pure.readiness(levels, topics, analysis.requirements, pd.Index(profiles, dtype="str"))


def _key_posts(
    administration: Administration,
    analysis: GapAnalysis,
    key: pd.DataFrame,
    ready: pure.Readiness,
    above: pure.Marks,
) -> tuple[KeyPost, ...]:
    if key.empty:
        return ()
    found = pure.successors(key, analysis.people["staff"], ready, above).to_dict("records")
    units, titles = _titles(analysis)
    serving = set(analysis.people["staff"])
    age = workforce_constants(administration).retirement_age
    holders = analysis.chosen.filter(code__in=[one for one in key["holder"] if one])
    days = outlook.retirement_days(frames.births(holders), age=age)
    retires = dict(zip(days["staff"], days["retires_on"], strict=True))
    return tuple(
        KeyPost(
            pk=int(post.pk),
            post=row["post"],
            title=titles[row["profile"]],
            unit=units[post.unit],
            vacant=post.holder not in serving,
            vacant_since=post.vacant_since,
            retires_on=retires.get(post.holder),
            **{kind: int(row[kind]) for kind in (*pure.KINDS, pure.ABOVE)},
        )
        for row, post in zip(found, rows_of(key), strict=True)
    )


def _lacks(
    analysis: GapAnalysis, profile: str, people: Collection[str]
) -> dict[str, tuple[Lack, ...]]:
    """By person, the critical cells of the profile that are not met."""
    asked = analysis.requirements
    asked = asked[(asked["profile"] == profile) & asked["critical"].astype(bool)]
    rows = analysis.people["staff"].isin(people).to_numpy()
    held = pd.DataFrame(
        analysis.kept.level[rows].astype(float).round(PLACES),
        index=analysis.people["staff"][rows],
        columns=analysis.competencies["competency"],
    )
    titles = analysis.competencies.set_index("competency")["title"].to_dict()
    return {
        person: tuple(
            Lack(cell.competency, titles[cell.competency], int(cell.level), level)
            for cell in rows_of(asked)
            for level in [known(held.at[person, cell.competency])]
            if level is None or level < cell.level
        )
        for person in people
    }


def _suggestions(
    analysis: GapAnalysis, posts: pd.DataFrame, ready: pure.Readiness
) -> Iterator[Suggestion]:
    """Posts that only one person is fit for, and the only leading post of a station."""
    units, titles = _titles(analysis)
    ready_now = (ready.kind == pure.KINDS.index(pure.READY)).sum(axis=1)
    fit = dict(zip(ready.profiles, ready_now.tolist(), strict=True))
    levels = analysis.profiles.set_index("profile")["staff_level"]
    leading = posts[posts["profile"].map(levels).isin(LEADERS)].groupby("unit").size()
    stations = set(analysis.units.loc[analysis.units["is_station"].astype(bool), "unit"])
    for post in rows_of(posts[~posts["is_key"].astype(bool)]):
        why = []
        if fit.get(post.profile, 0) == 1:
            why.append(_("only one person meets every critical requirement of the profile"))
        leads = levels.get(post.profile) in LEADERS and leading.get(post.unit) == 1
        if leads and post.unit in stations:
            why.append(_("it is the only leading post of a station"))
        if why:
            yield Suggestion(
                pk=int(post.pk),
                post=post.post,
                title=titles[post.profile],
                unit=units[post.unit],
                why="; ".join(why),
            )
