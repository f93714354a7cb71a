"""The tables of the documents: passages of the administration's own, and signatures."""

from hrplan.core.tables import ModelTable
from hrplan.deliverables.models import DocumentKind, Narrative, SignOff
from hrplan.exchange.spec import Column, Kind, Table

TABLES: tuple[Table, ...] = (
    Table(
        name="narratives",
        title="Narratives",
        meaning="Passages of the administration's own, set at the head of a section of a document.",
        columns=(
            Column(
                name="document",
                kind=Kind.CHOICE,
                choices=tuple(DocumentKind.values),
                key=True,
                meaning="the document",
            ),
            Column(name="section", kind=Kind.CODE, key=True, meaning="key of the section"),
            Column(
                name="language", kind=Kind.CODE, key=True, default="en", meaning="language code"
            ),
            Column(name="text", required=True, max_length=8000, meaning="the passage"),
        ),
    ),
    Table(
        name="sign_offs",
        title="Sign-offs",
        meaning="The senior managers who sign the documents of the workshop.",
        columns=(
            Column(name="name", key=True, max_length=200, meaning="who signs"),
            Column(name="function", required=True, max_length=120, meaning="in what function"),
            Column(name="signed_on", kind=Kind.DATE, meaning="when; empty: not yet"),
            Column(
                name="position", kind=Kind.INTEGER, default=0, minimum=0, meaning="order on paper"
            ),
        ),
    ),
)

DOORS = (
    ModelTable(
        "narratives",
        Narrative,
        {"document": "kind", "section": "section", "language": "language", "text": "text"},
        ("document", "section", "language"),
    ),
    ModelTable(
        "sign_offs",
        SignOff,
        {"name": "name", "function": "function", "signed_on": "signed_on", "position": "position"},
        ("name",),
    ),
)
