"""The baseline form as it was answered, tools, settings in force, holidays, what a plan serves."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from holidays import country_holidays

from diagnostics.models import BaselineAnswer, Exercise, Question, Questionnaire
from hrplan.core.models import Administration, Holiday
from hrplan.strategy.models import Indicator, Initiative, Objective
from tests.figures.plan import current
from tests.figures.written import Again, Row, num

LISTED, CLOSEST = 0.01, 10
YEAR = 4  # digits: up to here nothing parts a number
UNITS = {"integer", "decimal", "money"}


def items(owner: Administration) -> Iterable[Question]:
    """The items of the form that the exercise was answered on."""
    form = Questionnaire.objects.get(administration=owner, kind="baseline")
    return Question.objects.filter(domain__questionnaire=form).order_by("code")


def answers(owner: Administration, code: str) -> dict[tuple[str, int], BaselineAnswer]:
    rows = BaselineAnswer.objects.filter(exercise__administration=owner, question__code=code)
    return {(one.field, one.line): one for one in rows}


def form(owner: Administration, code: str) -> Iterable[Row]:
    """The lines of one table of the form, in the columns that its item asks for."""
    item, _dash, name = code.partition("-")
    question = next(one for one in items(owner) if one.code == item)
    columns = next(field for field in question.fields if field["code"] == name)["columns"]
    given = answers(owner, item)
    for line in sorted({at for field, at in given if field.startswith(f"{name}.")}):
        cells = (given.get((f"{name}.{column['code']}", line)) for column in columns)
        yield tuple(
            said(column, cell.value) if cell else "–"
            for column, cell in zip(columns, cells, strict=True)
        )


def said(field: dict[str, Any], value: str) -> str:
    """An answer in words: its choice, its day, its number."""
    if field["kind"] == "choice":
        return next(one["label"] for one in field["choices"] if one["code"] == value)
    if field["kind"] == "date":
        return full(date.fromisoformat(value))
    if field["kind"] == "boolean":
        return {"true": "yes", "false": "no"}[value]
    if field["kind"] in UNITS:
        whole, _point, rest = value.partition(".")
        head = whole if len(whole) <= YEAR else f"{int(whole):,}"
        return f"{head}{'.' if rest else ''}{rest}"
    return value


def full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def baseline(owner: Administration, _code: str) -> Iterable[Row]:
    """Each item with the source of its answers, or that none was stated."""
    for item in items(owner):
        sources = {one.source for one in answers(owner, item.code).values()}
        yield (f"{item.code} {item.title}", "; ".join(sorted(sources)) or "not stated")


def tools(owner: Administration, _code: str) -> Iterable[Row]:
    """What the first exercise asked, with how much each of its forms holds."""
    first = Exercise.objects.filter(administration=owner).earliest("starts_on")
    for one in first.questionnaires.all():
        count = Question.objects.filter(domain__questionnaire=one).count()
        what = "items" if one.kind == "baseline" else "questions"
        made = f"{one.provider}, {one.licence}"
        yield (f"{one.title}, {one.version}", f"{count} {what}", made)


def settings(owner: Administration, _code: str) -> Iterable[Row]:
    yield ("Date that stands for today in every figure", full(owner.as_of))
    yield ("Currency", owner.currency)
    yield ("First month of the fiscal year", str(owner.fiscal_year_month))
    yield ("Counts below this are withheld from outside readers", str(owner.small_cell_limit))
    yield ("Costs of calendar and plan may differ by", f"{num(100 * LISTED)} %")
    yield ("Widest gaps that must be answered", str(CLOSEST))
    yield ("Seed of the invented data", str(owner.seed))


def holidays(owner: Administration, _code: str) -> Iterable[Row]:
    """Those of the country on days of the calendar, with the administration's own over them."""
    span = current(owner).calendar
    years = range(span.starts_on.year, span.ends_on.year + 1)
    days = dict(country_holidays(owner.country, years=years).items())
    own = Holiday.objects.filter(administration=owner)
    days |= {one.date: one.name for one in own if one.kind == "added"}
    for one in own:
        if one.kind == "removed":
            days.pop(one.date, None)
    for day, name in days.items():
        if span.starts_on <= day <= span.ends_on:
            yield (f"{day.day} {day:%b %Y}", name)


def programmes(owner: Administration, _code: str) -> Iterable[Row]:
    """Each objective, the indicators it is judged by, and the initiatives that serve it."""
    for one in Objective.objects.filter(strategy__administration=owner, strategy__is_current=True):
        judged = Indicator.objects.filter(objective=one).order_by("code")
        served = Initiative.objects.filter(objective=one, cut_on=None)
        yield (
            f"{one.code} {one.title}",
            "; ".join(x.title for x in judged),
            "; ".join(sorted(f"{x.code} {x.title}" for x in served)),
        )


def in_order(cell: str) -> str:
    """A list of initiatives by their codes, whatever the order of its printing."""
    return (
        "; ".join(sorted(cell.split("; "))) if cell[:1] == "A" and cell[1:3].isdecimal() else cell
    )


CASES: dict[str, Again] = {
    "form-*": Again((), form),
    "baseline": Again((0, 2), baseline),
    "tools": Again((), tools),
    "settings": Again((), settings),
    "holidays": Again((), holidays),
    "programmes": Again((0, 1, 2), programmes, shown=in_order),
}
