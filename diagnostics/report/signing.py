"""The table that people sign by hand."""

from django.utils.translation import gettext as _

from hrplan.documents.nodes import Table

ROOM = "\u00a0\n\u00a0"  # two lines to write on


def signature_table(signers: tuple[tuple[str, str], ...]) -> Table:
    """A row for each (name, function), with room for a signature and a day."""
    rows = tuple((name or ROOM, function or "–", ROOM, "") for name, function in signers)
    columns = (_("Name"), _("Function"), _("Signature"), _("Date"))
    return Table(_("Signed by"), columns, rows, widths=(4, 5, 5, 2.2), key="signed-by")
