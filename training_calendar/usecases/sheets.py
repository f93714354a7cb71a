"""The sheets of a plan's interventions: one per module, with need, audience and priority."""

from collections.abc import Iterable, Iterator

import pandas as pd
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, number
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from training_calendar.models import Budget, Intervention, Module, Plan
from training_calendar.usecases import funding
from training_calendar.usecases.making import Draft, Duty
from training_calendar.usecases.stored import Book

SHOWN = 3


def interventions(
    plan: Plan,
    draft: Draft,
    book: Book,
    duties: tuple[Duty, ...],
    *,
    only: set[str] | None = None,
) -> dict[str, Intervention]:
    """Save the interventions of a plan, highest priority first; by module code.

    Those of modules that were in the plan keep their code. only : modules to write anew. Their
    sentences are in the language that is active.
    """
    totals = draft.analysis.totals("competency").set_index("competency")
    limit = plan.administration.small_cell_limit
    taken = _taken(draft)
    ranks = _priorities(draft)
    codes = sorted(taken["module"].unique(), key=lambda code: (-ranks.get(code, 0.0), code))
    known = {row.module.code: row for row in plan.interventions.select_related("module")
             if row.module}  # fmt: skip
    with transaction.atomic():
        gone = [row.pk for code, row in known.items() if code not in codes]
        unused = plan.interventions.filter(pk__in=gone, sessions=None)
        unused.exclude(enrolments__attendance__isnull=False).delete()
        plan.interventions.filter(pk__in=gone).update(people=0, closes_gap=0)
        numbers = _numbers({row.code for row in known.values()})
        made = {}
        for rank, code in enumerate(codes, start=1):
            row = known.get(code) or Intervention(
                administration=plan.administration, plan=plan, code=next(numbers)
            )
            if row.pk and only is not None and code not in only:
                made[code] = row
                continue
            row.rank, row.priority = rank, round(ranks.get(code, 0.0), 2)
            _fill(row, book.modules[code], draft, taken[taken["module"] == code], duties)
            gains = draft.gains[draft.gains["module"] == code]
            row.need_text = _need(draft, gains, totals, limit)
            row.save()
            made[code] = row
    return made


def _numbers(used: set[str]) -> Iterator[str]:
    """Codes that aren't in use, without end."""
    number = 0
    while True:
        number += 1
        if (code := f"I{number:02d}") not in used:
            yield code


def _taken(draft: Draft) -> pd.DataFrame:
    """One row per place: staff, module, starts_on, ends_on, offer."""
    rows = [
        (who, s.module_id, s.start_date, s.end_date, s.venue_id)
        for s in draft.sessions
        for who in s.staff_ids
    ]
    rows += [
        (row.staff, row.module, row.starts_on, row.ends_on, "") for row in rows_of(draft.outside)
    ]
    return pd.DataFrame(rows, columns=["staff", "module", "starts_on", "ends_on", "place"])


def _priorities(draft: Draft) -> dict[str, float]:
    """The priority of each module: of the needs it closes, weighed by the points it closes."""
    ranked = draft.ranked.rename(columns={"group": "profile"})
    profiles = draft.asked[["staff", "competency", "profile"]]
    rows = draft.gains.merge(profiles, on=["staff", "competency"])
    rows = rows.merge(ranked[["competency", "profile", "priority"]], on=["competency", "profile"])
    rows = rows.assign(weighed=rows["points"] * rows["priority"])
    sums = rows.groupby("module")[["weighed", "points"]].sum()
    return {str(code): float(row.weighed / row.points) for code, row in sums.iterrows()}


def _fill(
    row: Intervention,
    module: Module,
    draft: Draft,
    places: pd.DataFrame,
    duties: tuple[Duty, ...],
) -> None:
    gains = draft.gains[draft.gains["module"] == module.code]
    people = places["staff"].nunique()
    row.kind, row.module, row.title = Intervention.Kind.TRAINING, module, module.title
    row.people, row.hours = people, module.hours + module.self_study_hours
    row.closes_gap = float(gains["points"].sum())
    row.audience = _audience(draft, places, row.administration.small_cell_limit)[:300]
    row.audience_levels = _levels(draft, places)
    row.funding, row.source = _funding(row.administration, module, draft, places)
    topics = set(draft.shelf.lifts.get(module.code, {}))
    named = dict.fromkeys(duty.title for duty in duties if duty.competency in topics)
    row.duty = _whole(named, 200)
    row.owner = _owner(module)[:120]
    row.evaluation = module.evaluation
    row.indicator = _indicator(draft, gains, places, row.administration.small_cell_limit)[:300]


def _need(draft: Draft, gains: pd.DataFrame, totals: pd.DataFrame, limit: int) -> str:
    """What falls short, in the administration's own figures."""
    titles = draft.analysis.competencies.set_index("competency")["title"]
    order = gains.groupby("competency")["points"].sum().sort_values(ascending=False)
    sentences = []
    for topic in order.index[:SHOWN]:
        row = totals.loc[topic]
        short, assessed = int(row["short"]), int(row["n"])
        if assessed < limit:
            sentences.append(_("%(title)s: asked of few people, so no figures are shown.")
                             % {"title": titles[topic]})  # fmt: skip
            continue
        words = ngettext(
            "%(title)s: %(short)d of %(assessed)d assessed falls short, by %(mean)s levels.",
            "%(title)s: %(short)d of %(assessed)d assessed fall short, by %(mean)s levels on "
            "average.",
            short,
        )
        mean = number(float(row["gap"]) / max(1, short), 1)
        given = {"title": titles[topic], "short": short, "assessed": assessed, "mean": mean}
        sentences.append(words % given)
    if not sentences:
        sentences.append(_("Asked for by modules that build on it."))
    return "\n".join(sentences)


def _whole(titles: Iterable[str], most: int) -> str:
    """As many titles as find room, none of them cut."""
    text = ""
    for title in titles:
        longer = f"{text}; {title}" if text else title
        if len(longer) > most:
            return text or f"{title[: most - 1]}…"
        text = longer
    return text


def _audience(draft: Draft, places: pd.DataFrame, limit: int) -> str:
    """The profiles that take part, most people first; counts below the limit are not given.

    Where fewer people than the limit take part in all, their profiles would name them.
    """
    if places["staff"].nunique() < limit:
        return ""
    names = draft.analysis.profiles.set_index("profile")["title"]
    people = draft.analysis.people[["staff", "profile"]]
    rows = places[["staff"]].drop_duplicates().merge(people, on="staff")
    counts = rows["profile"].value_counts(sort=False).sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    shown = [
        f"{names[code]} ({counts[code]})" if counts[code] >= limit else str(names[code])
        for code in counts.index[:SHOWN]
    ]
    rest = len(counts) - len(shown)
    if rest > 0:
        words = ngettext("%(count)d other profile", "%(count)d other profiles", rest)
        shown.append(words % {"count": rest})
    return "; ".join(shown)


def _levels(draft: Draft, places: pd.DataFrame) -> list[str]:
    """The staff levels that take part, in the order of the people's number."""
    people = draft.analysis.people[["staff", "profile"]].merge(
        draft.analysis.profiles[["profile", "staff_level"]], on="profile"
    )
    rows = places[["staff"]].drop_duplicates().merge(people, on="staff")
    return [str(level) for level in rows["staff_level"].value_counts().index]


def _funding(
    administration: Administration, module: Module, draft: Draft, places: pd.DataFrame
) -> tuple[str, str]:
    """The class of funding and who pays."""
    kinds = Intervention.Funding
    offers = dict(module.offers.values_list("code", "funding"))
    donors = dict.fromkeys(offers.get(code, "") for code in places["place"])
    donor = "; ".join(name for name in donors if name)
    lines = draft.costs.lines
    cash = lines[(lines["module"] == module.code) & ~lines["opportunity"].astype(bool)]
    first = min(places["starts_on"])
    if donor:
        return kinds.DONOR, donor[:120]
    if not cash["amount"].sum():
        return kinds.NONE, ""
    budget = Budget.objects.filter(
        administration=administration, starts_on__lte=first, ends_on__gte=first
    ).first()
    kind = funding.class_on(kinds.WITHIN, first, administration)
    return kind, budget.source if budget else ""


def _owner(module: Module) -> str:
    if module.mode in {"classroom", "on_the_job"}:
        return _("Training unit")
    return _("Training unit with %(provider)s") % {"provider": module.provider.name}


def _indicator(draft: Draft, gains: pd.DataFrame, places: pd.DataFrame, limit: int) -> str:
    """How many people reach which level in what by when: of the competency closed most.

    Of fewer people than the limit only that they complete the module: a level would be theirs.
    """
    if 0 < places["staff"].nunique() < limit:
        words = _("All who attend complete the module by %(day)s")
        return words % {"day": day(max(places["ends_on"]))}
    if gains.empty:
        count = places["staff"].nunique()
        words = ngettext("%(count)d person completes the module by %(day)s",
                         "%(count)d people complete the module by %(day)s", count)  # fmt: skip
        return words % {"count": count, "day": day(max(places["ends_on"]))}
    topic = str(gains.groupby("competency")["points"].sum().idxmax())
    own = gains[gains["competency"] == topic]
    level = int(own["after"].max())
    count = own.loc[own["after"] == level, "staff"].nunique()
    titles = draft.analysis.competencies.set_index("competency")["title"]
    words = ngettext(
        "%(count)d person at level %(level)d in %(title)s by %(day)s",
        "%(count)d people at level %(level)d in %(title)s by %(day)s",
        count,
    )
    last = day(max(places["ends_on"]))
    return words % {"count": count, "level": level, "title": titles[topic], "day": last}
