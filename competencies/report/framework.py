"""The section on framework and profiles, its matrix, and tables of reference."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies import wording
from competencies.models import LearningPath
from competencies.report.numbers import WITHHELD
from competencies.usecases.constants import Constant
from competencies.usecases.figures import CompetenceFigures
from hrplan.core.figures import number
from hrplan.core.frames import rows_of
from hrplan.core.titles import told
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Align,
    Block,
    PageBreak,
    Paragraph,
    Section,
    Table,
)


def framework_section(figures: CompetenceFigures) -> Section | None:
    """The framework's groups and scale, and the job profiles with how much they ask for."""
    framework = figures.analysis.framework
    if framework is None:
        return None
    topics = figures.analysis.competencies
    groups = topics.groupby("group", sort=False)["group_title"].agg(["first", "size"])
    rows = tuple((str(row["first"]), number(row["size"])) for _key, row in groups.iterrows())
    out = topics.loc[~topics["in_gap_totals"].astype(bool), "group_title"].unique()
    lead = _(
        "People are measured against the “%(title)s”, version %(version)s: %(count)d competencies "
        "in %(groups)d groups, each described by what an observer sees at every level from 0 to "
        "%(top)d."
    ) % {
        "title": told(framework.title),
        "version": framework.version,
        "count": len(topics),
        "groups": len(groups),
        "top": figures.analysis.top_level,
    }
    note = (
        _("%(groups)s are assessed and discussed, but stay out of all sums of gaps.")
        % {"groups": ", ".join(out)}
        if len(out)
        else ""
    )
    blocks: tuple[Block, ...] = (
        Paragraph(lead, style="lead"),
        Table(
            _("Groups of competencies"), (_("Group"), _("Competencies")), rows,
            align=aligned(1, 1), widths=(4, 1), note=note, key="groups",
        ),
        _scale_table(figures),
        _profile_table(figures),
    )  # fmt: skip
    return Section(_("Competency framework and job profiles"), blocks, key="framework")


def _scale_table(figures: CompetenceFigures) -> Table:
    return Table(
        _("The scale"),
        (_("Level"), _("Name"), _("What somebody at this level does"), _("Under what guidance")),
        tuple((str(x.level), *map(told, (x.name, x.can_do, x.autonomy))) for x in figures.levels),
        widths=(0.6, 1, 4, 2.4),
        key="scale",
    )


def _profile_table(figures: CompetenceFigures) -> Table:
    rows = tuple(
        (
            told(line.profile.title),
            capfirst(line.profile.get_staff_level_display()),
            number(line.requirements),
            number(line.critical),
            _holders(line.holders, figures.limit),
        )
        for line in figures.profiles
    )
    return Table(
        _("Job profiles"),
        (_("Profile"), _("Staff level"), _("Requirements"), _("Critical"), _("Holders")),
        rows,
        align=("left", "left", "right", "right", "right"),
        widths=(4, 2, 1.4, 1, 1),
        note=_profile_note(figures),
        key="profiles",
    )


def _profile_note(figures: CompetenceFigures) -> str:
    note = _("Critical: requirements without which the work cannot be done.")
    if any(_holders(line.holders, figures.limit) == WITHHELD for line in figures.profiles):
        few = _("%(sign)s stands for fewer than %(limit)d people.")
        note += " " + few % {"sign": WITHHELD, "limit": figures.limit}
    return note


def _holders(people: int, limit: int | None) -> str:
    small = limit is not None and 0 < people < limit
    return WITHHELD if small else number(people)


def matrix_section(figures: CompetenceFigures) -> Section | None:
    """The annex with the level that each profile asks for in each competency."""
    asked = figures.analysis.requirements
    if asked.empty:
        return None
    cells = {(row.competency, row.profile): row for row in rows_of(asked)}
    codes = list(dict.fromkeys(asked["profile"]))
    shown = [line.profile for line in figures.profiles if line.profile.code in codes]
    half = -(-len(shown) // 2)
    tables = [
        _matrix(figures, cells, shown[start : start + half]) for start in range(0, len(shown), half)
    ]
    note = Paragraph(
        _(
            "A number is the level asked for; with an asterisk it is critical. An empty cell asks "
            "for nothing."
        )
    )
    return Section(
        _("Required levels by job profile"),
        (note, *_apart(tables)),
        landscape=True,
        annex=True,
        key="matrix",
    )


def _apart(tables: Sequence[Table]) -> list[Block]:
    """Each table but the first on a new page."""
    blocks: list[Block] = []
    for table in tables:
        blocks += [PageBreak(), table] if blocks else [table]
    return blocks


def _matrix(figures: CompetenceFigures, cells: dict, profiles: Sequence) -> Table:
    rows: list[tuple[str, ...]] = []
    shades: list[tuple[str, ...]] = []
    subheads: list[int] = []
    centre: tuple[Align, ...] = ("centre",)
    group = ""
    for topic in rows_of(figures.analysis.competencies):
        if topic.group_title != group:
            group = topic.group_title
            subheads.append(len(rows))
            rows.append((group, *("" for _profile in profiles)))
            shades.append(("",) * (len(profiles) + 1))
        found = [cells.get((topic.competency, profile.code)) for profile in profiles]
        rows.append((topic.title, *(_asked(cell) for cell in found)))
        shades.append(("", *(f"level-{min(4, cell.level)}" if cell else "" for cell in found)))
    titles = [told(profile.title) for profile in profiles]
    return Table(
        _("Required levels: %(first)s to %(last)s") % {"first": titles[0], "last": titles[-1]},
        (_("Competency"), *titles),
        tuple(rows),
        align=("left", *(centre * len(profiles))),
        widths=(3, *((1,) * len(profiles))),
        shading=tuple(shades),
        subheads=tuple(subheads),
        key=f"matrix-{profiles[0].code}",
    )


def _asked(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell.level}*" if cell.critical else str(cell.level)  # type: ignore[attr-defined]


def learning_path_table(paths: Sequence[LearningPath]) -> Table | None:
    """Aim, route and hours promised a year for each layer of staff."""
    if not paths:
        return None
    return Table(
        _("Learning paths by staff level"),
        (_("Staff level"), _("Aim"), _("Route"), _("Hours a year")),
        tuple(
            (capfirst(str(path)), path.aim, path.route,
             number(path.hours_a_year))
            for path in paths
        ),
        align=("left", "left", "left", "right"),
        widths=(1.2, 3, 3, 0.8),
        key="learning-paths",
    )  # fmt: skip


def level_glossary(figures: CompetenceFigures) -> Table | None:
    """The levels of the scale with what shows them and how long they take."""
    if not figures.levels:
        return None
    return Table(
        _("Levels of competence"),
        (_("Level"), _("Name"), _("What shows it"), _("Usual time")),
        tuple(
            (str(x.level), *map(told, (x.name, x.evidence, x.typical_time))) for x in figures.levels
        ),
        widths=(0.6, 1, 4, 2),
        key="level-glossary",
    )


def constants_table(constants: Sequence[Constant]) -> Table:
    """Every constant behind the figures beside its default."""
    rows = tuple(
        (
            wording.constant_words(one.key),
            _plain(one.value),
            _plain(one.default),
        )
        for one in constants
    )
    return Table(
        _("Constants of competence and workforce"),
        (_("Constant"), _("In force"), _("Default")),
        rows,
        align=("left", "right", "right"),
        widths=(6, 1, 1),
        key="competence-constants",
    )


def _plain(value: float) -> str:
    return number(value, 0 if value == int(value) else 2)
