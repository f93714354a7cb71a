"""The constants of planning as a table of an annex."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from competencies.usecases.constants import Constant
from hrplan.core.figures import shortest
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Table
from training_calendar import wording


def constants_table(constants: Iterable[Constant]) -> Table:
    """Every constant of planning in words, the value in force and the default."""
    rows = tuple(
        (wording.constant(constant.key), shortest(constant.value), shortest(constant.default))
        for constant in constants
    )
    return Table(
        _("Constants of planning"),
        (_("Constant"), _("In force"), _("Default")),
        rows,
        align=aligned(1, 2),
        widths=(6, 1.2, 1.2),
        key="planning-constants",
    )
