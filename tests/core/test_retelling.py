"""What the product wrote into rows is told in another language; what a person wrote stays."""

import pytest
from django.utils import translation

from diagnostics.wording import STORED
from hrplan.core.retelling import retold
from training_calendar.usecases.retelling import (
    AUDIENCES,
    CHANGES,
    GROUNDS,
    ITEMS,
    NEEDS,
    OWNERS,
    PROOFS,
)


@pytest.mark.parametrize(
    ("text", "sentences", "told"),
    [
        ("Training unit", OWNERS, "Unité de formation"),
        ("Training unit with WCO", OWNERS, "Unité de formation avec WCO"),
        ("Delivery: trainer and material", ITEMS, "Tenue\u00a0: formateur et supports"),
        (
            "12 people at level 3 in Risk management by 31 December 2017",
            PROOFS,
            "12 personnes au niveau 3 en «\u00a0Risk management\u00a0» d’ici le 31 décembre 2017",
        ),
        (
            "Ethics: 87 of 132 assessed fall short, by 0.9 levels on average.",
            NEEDS,
            "Ethics\u00a0: 87 évalués sur 132 sont au-dessous, de 0,9 niveau en moyenne.",
        ),
        ("cut from the plan", CHANGES, "retiré du plan"),
        (
            "made room: cut by the ministry, submission 3",
            GROUNDS,
            "a fait de la place\u00a0: retiré par le ministère, soumission 3",
        ),
        (
            "moved from 3 March 2016 to 10 March 2016",
            CHANGES,
            "déplacée du 3 mars 2016 au 10 mars 2016",
        ),
        (
            "T1-16-01 was moved by hand; this was taken back",
            GROUNDS,
            "T1-16-01, modifiée à la main (déplacé)\u202f; ce changement a été annulé",
        ),
        ("Examiners (12); 2 other profiles", AUDIENCES, "Examiners (12); 2 autres profils"),
        (
            "Nobody asked. Level 2 would mean: rules exist.",
            STORED,
            "Nobody asked. Le niveau 2 signifierait\u00a0: rules exist.",
        ),
    ],
)
def test_a_sentence_of_the_product_is_told_in_french(text, sentences, told):
    with translation.override("fr"):
        assert retold(text, sentences) == told


@pytest.mark.parametrize(
    "text", ["", "Training unit, if it has time", "Deputy Comptroller", "12 people at a level"]
)
def test_what_a_person_wrote_stays(text):
    with translation.override("fr"):
        assert retold(text, (*OWNERS, *PROOFS)) == text


def test_each_line_is_told_apart():
    text = "Ethics: asked of few people, so no figures are shown.\nOur own remark."

    with translation.override("es"):
        assert retold(text, NEEDS) == (
            "Ethics: se exige a pocas personas, por lo que no se muestran cifras.\nOur own remark."
        )


def test_what_was_written_in_french_is_told_in_english():
    with translation.override("en-gb"):
        assert retold("Unité de formation", OWNERS) == "Training unit"


def test_a_date_that_does_not_exist_stays_as_it_was_written():
    with translation.override("fr"):
        assert retold("Done by 31 February 2017", PROOFS) == "Fait le 31 February 2017"
