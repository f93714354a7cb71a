"""The administration's own passages in the documents, who signs them, and agreed plans."""

from collections.abc import Sequence
from typing import Any

from hrplan.demonstration.people import AS_OF
from hrplan.demonstration.texts import text

Row = dict[str, Any]


def narratives() -> list[Row]:
    """The rows of the table narratives."""
    return [
        {"document": document, "section": section, "language": "en", "text": words}
        for document, sections in text("documents")["narratives"].items()
        for section, words in sections.items()
    ]


def sign_offs(participants: Sequence[Row], workshop: Row) -> list[Row]:
    """The rows of the table sign_offs: the managers of the workshop, on its last day."""
    present = [person for person in participants if person["workshop"] == workshop["code"]]
    return [
        {
            "name": person["name"],
            "function": person["function"],
            "signed_on": AS_OF,
            "position": place,
        }
        for place, person in enumerate(present, start=1)
    ]


def individual_plans(staff: Sequence[Row]) -> list[Row]:
    """The rows of the table individual_plans: the few that one unit has agreed."""
    content = text("documents")["individual_plans"]
    own = [row for row in staff if row["unit"] == content["unit"] and row["grade"] in {2, 3}]
    return [
        {"staff": person["staff"], "agreed_on": content["agreed_on"], "text": words}
        for person, words in zip(own, content["texts"], strict=False)
    ]
