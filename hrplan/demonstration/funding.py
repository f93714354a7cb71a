"""Who pays for training in the demonstration: the vote, and the donors of dated courses."""

from hrplan.core.models import Administration, Member, Role
from training_calendar.models import Budget, FundingSource, Offer
from training_calendar.usecases.funding_sources import add_source

DONORS = (("CARTAC", "CARTAC"), ("WCO", "WCO"))  # code, and the word that names it in offers


def name_sources(administration: Administration) -> None:
    """Enter the vote and the donors as the HR officer."""
    officer = Member.objects.get(administration=administration, role=Role.HR_OFFICER)
    quarters = list(Budget.objects.filter(administration=administration))
    kinds = FundingSource.Kind
    add_source(
        administration,
        by=officer,
        code="VOTE",
        name="Training vote of the department",
        kind=kinds.VOTE,
        starts_on=quarters[0].starts_on,
        ends_on=quarters[-1].ends_on,
        amount=sum(quarter.amount for quarter in quarters),
        quarters=quarters,
    )
    for code, word in DONORS:
        offers = list(Offer.objects.filter(administration=administration, funding__icontains=word))
        add_source(
            administration,
            by=officer,
            code=code,
            name=code,
            kind=kinds.DONOR,
            starts_on=min(offer.starts_on for offer in offers),
            ends_on=max(offer.starts_on for offer in offers),
            offers=offers,
            pays_travel=False,
            conditions="Nominated by the head; each participant teaches colleagues afterwards.",
        )
