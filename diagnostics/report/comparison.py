"""The picture and the section of an exercise beside an earlier one."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.usecases.comparison import Comparison, DomainChange
from hrplan.core.figures import day
from hrplan.documents.nodes import Align, ChangeChart, Paragraph, Section, Series, Table

RIGHT: Align = "right"
LEFT: Align = "left"


def change_chart(comparison: Comparison) -> ChangeChart:
    """Each domain's mean before and after, over the questions scored both times."""
    known = [domain for domain in comparison.domains if domain.change is not None]
    most = max(known, key=lambda domain: domain.change or 0.0, default=None)
    told = wording.overall_change(comparison.before.overall, comparison.after.overall)
    if most:
        words = _("Most has moved in %(domain)s (%(change)s).")
        values = {"domain": most.title, "change": wording.change(most.change)}
        told += " " + words % values
    return ChangeChart(
        caption=_("Maturity by domain, before and after"),
        unit=_("level"),
        alternative=told,
        label_title=_("Domain"),
        labels=tuple(domain.title for domain in comparison.domains),
        before=Series(comparison.before.title, tuple(d.before for d in comparison.domains)),
        after=Series(comparison.after.title, tuple(d.after for d in comparison.domains)),
        bottom=comparison.bottom,
        top=comparison.top,
        key="before-after",
    )


def comparison_section(comparison: Comparison) -> Section | None:
    """What has moved since the earlier exercise; None where no question has a score both times."""
    if not comparison.n:
        return None
    return Section(
        _("What has moved"),
        (Paragraph(_summary(comparison)), change_chart(comparison), domain_table(comparison)),
        key="before-after-section",
    )


def _summary(comparison: Comparison) -> str:
    words = ngettext(
        "“%(before)s” began on %(first)s, “%(after)s” on %(last)s. %(n)d question has a score "
        "both times: %(up)d rose, %(down)d fell. %(overall)s Questions scored only once "
        "(%(left)d) count in no mean.",
        "“%(before)s” began on %(first)s, “%(after)s” on %(last)s. %(n)d questions have a score "
        "both times: %(up)d rose, %(down)d fell. %(overall)s Questions scored only once "
        "(%(left)d) count in no mean.",
        comparison.n,
    )
    return words % {
        "before": comparison.before.title,
        "first": day(comparison.before.starts_on),
        "after": comparison.after.title,
        "last": day(comparison.after.starts_on),
        "n": comparison.n,
        "up": comparison.up,
        "down": comparison.down,
        "overall": wording.overall_change(comparison.before.overall, comparison.after.overall),
        "left": comparison.only_before + comparison.only_after,
    }


def domain_table(comparison: Comparison) -> Table:
    """The domains with what they rest on."""
    columns = (
        *(_("No."), _("Domain"), _("Questions compared"), _("Before"), _("After")),
        *(_("Change"), _("Rose"), _("Fell"), _("Scored once")),
    )
    rows = tuple(_row(domain) for domain in comparison.domains)
    align = (LEFT, LEFT, *(RIGHT,) * 7)
    widths = (1, 4.6, 1.7, 1.2, 1.2, 1.3, 1, 1, 1.3)
    return Table(_("Change by domain"), columns, rows, align, widths, key="domain-changes")


def _row(domain: DomainChange) -> tuple[str, ...]:
    return (
        domain.code,
        domain.title,
        str(domain.n),
        wording.score(domain.before),
        wording.score(domain.after),
        wording.change(domain.change),
        str(domain.up),
        str(domain.down),
        str(domain.only_before + domain.only_after),
    )
