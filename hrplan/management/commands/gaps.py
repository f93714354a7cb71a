"""The gap tables of an administration, by unit, profile or competency."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pandas as pd
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from rich.table import Table

from competencies.usecases.gaps import GapAnalysis, gap_analysis
from hrplan.management import running

BY = ("unit", "profile", "competency")
COLUMNS = ["people", "n", "missing", "short", "weighted_gap", "index", "critical_misses"]


class Command(BaseCommand):
    help = "Print the competency gaps by unit, profile or competency."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--by", choices=BY, default="unit")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write the table there too")

    def handle(self, *args: Any, **options: Any) -> None:
        administration = running.administration(options["slug"])
        analysis = gap_analysis(administration)
        by = options["by"]
        totals = analysis.totals(by).sort_values("weighted_gap", ascending=False)
        if options["csv"]:
            totals.to_csv(options["csv"], index=False, lineterminator="\n")
        running.console(self.stdout).print(_table(analysis, totals, by))
        overall = analysis.overall
        words = _(
            "%(people)d people, %(n)d of %(pairs)d required levels assessed, %(missing)d not;"
            " %(short)d fall short; gap index %(index)s; as of %(day)s."
        )
        given = {
            "people": overall.people,
            "n": overall.n,
            "pairs": overall.pairs,
            "missing": overall.missing,
            "short": overall.short,
            "index": _share(overall.index),
            "day": analysis.as_of.isoformat(),
        }
        self.stdout.write(words % given)


def _table(analysis: GapAnalysis, totals: pd.DataFrame, by: str) -> Table:
    frames = {
        "unit": analysis.units,
        "profile": analysis.profiles,
        "competency": analysis.competencies,
    }
    titles = frames[by].set_index(by)["title"].to_dict()
    table = Table()
    table.add_column(by, no_wrap=True, min_width=28)
    for heading in (
        _("people"),
        _("assessed"),
        _("missing"),
        _("short"),
        _("gap"),
        _("index"),
        _("critical"),
    ):
        table.add_column(heading, justify="right")
    for row in totals[[by, *COLUMNS]].itertuples(index=False):
        code, people, n, missing, short, gap, index, critical = row
        numbers = (people, n, missing, short, f"{gap:.0f}", _share(index), critical)
        table.add_row(f"{code} {titles.get(code, '')}", *(str(number) for number in numbers))
    return table


def _share(value: float | None) -> str:
    return "-" if value is None or value != value else f"{value:.0%}"
