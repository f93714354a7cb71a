"""The tables of documents: passages of the administration's own text, and who signs."""

from hrplan.core.tables import Door, ModelTable
from hrplan.deliverables.models import DocumentKind, Narrative, SignOff
from hrplan.exchange.spec import Column, Kind, Table

NARRATIVES = Table(
    name="narratives",
    title="Narratives",
    meaning="Passages of the administration's own, printed at the head of a section.",
    columns=(
        Column(
            name="document",
            kind=Kind.CHOICE,
            key=True,
            choices=tuple(DocumentKind.values),
            meaning="the document it stands in",
        ),
        Column(
            name="section",
            kind=Kind.CODE,
            key=True,
            max_length=60,
            meaning="the key of the section, as the documents page lists it",
            example="foreword",
        ),
        Column(
            name="language",
            kind=Kind.CODE,
            key=True,
            max_length=10,
            default="en",
            meaning="language of the text, as in en or es-BZ",
        ),
        Column(
            name="text",
            required=True,
            max_length=20_000,
            meaning="the passage, with marks for bold, lists and live figures as on its page",
        ),
    ),
)
SIGN_OFFS = Table(
    name="sign_offs",
    title="Signatures",
    meaning="The managers who sign the documents of the workshop, in the order of signing.",
    columns=(
        Column(name="name", key=True, max_length=200, meaning="name of the signatory"),
        Column(name="function", required=True, max_length=120, meaning="post held"),
        Column(name="signed_on", kind=Kind.DATE, meaning="day of the signature; empty: not yet"),
        Column(
            name="position", kind=Kind.INTEGER, minimum=0, default=0, meaning="place in the order"
        ),
    ),
)
TABLES: tuple[Table, ...] = (NARRATIVES, SIGN_OFFS)
DOORS: tuple[Door, ...] = (
    ModelTable(
        "narratives",
        Narrative,
        {"document": "kind", "section": "section", "language": "language", "text": "text"},
        ("document", "section", "language"),
    ),
    ModelTable(
        "sign_offs",
        SignOff,
        {
            "name": "name",
            "function": "function",
            "signed_on": "signed_on",
            "position": "position",
        },
        ("name",),
    ),
)
