"""The control page: what the document is, on what day it rests, and who signs it."""

from datetime import date

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from hrplan.core.figures import day, number
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import DocumentKind, SignOff

Rows = tuple[tuple[str, str], ...]


def control_rows(evidence: Evidence, kind: str, language: str) -> Rows:
    """Label and value of each line of the control page.

    The state of approval is not among them: it is kept beside the version, bound to its hash, so
    that no move of a submission changes what was approved.
    """
    owner = evidence.administration
    others = [str(DocumentKind(one).label) for one in DocumentKind.values if one != kind]
    rows = [
        (_("Document"), str(DocumentKind(kind).label)),
        (_("Administration"), owner.name),
        (_("Submitted to"), owner.ministry or _("not stated")),
        (_("Edition"), edition(internal=evidence.internal)),
        (_("People named"), _names(internal=evidence.internal)),
        (_("Data as of"), day(evidence.as_of)),
        (_("People in service on that day"), number(evidence.competence.workforce.strength)),
        (_("Language"), str(get_language_info(language)["name_local"])),
        (_("Belongs with"), ", ".join(others)),
        (_("Signed by"), _signatures(evidence)),
        (
            _("How to check"),
            _(
                "This file carries a mark of its version. The administration can say from it "
                "whether the file is that version, unchanged (command “verify”)."
            ),
        ),
    ]
    return tuple(rows)


def edition(*, internal: bool) -> str:
    """For whom the document is."""
    if internal:
        return _("Internal edition, not for circulation")
    return _("Edition for the ministry")


def _names(*, internal: bool) -> str:
    if internal:
        return _("nominees, by name and unit")
    return _("none but those who sign; small counts are withheld")


def notice(evidence: Evidence) -> str:
    """What stands on the cover and on every page."""
    if evidence.administration.is_demonstration:
        return _("Invented demonstration data: no person or figure in it is real")
    return ""


def _signatures(evidence: Evidence) -> str:
    """Who signed on which day, each day told once; who has not signed comes last."""
    days: dict[date | None, list[str]] = {}
    for row in SignOff.objects.filter(administration=evidence.administration):
        days.setdefault(row.signed_on, []).append(f"{row.name}, {row.function}")
    told = []
    for signed_on in sorted(days, key=lambda one: (one is None, one)):
        words = _("On %(day)s:") % {"day": day(signed_on)} if signed_on else _("Not yet signed:")
        told += [words, *days[signed_on]]
    return "\n".join(told) or _("nobody yet")
