"""The shape of a CASE 1.0 package, as far as it is read here: what is more is left alone."""

from typing import Any

LONG = 32_767  # signs of a text
KEY = {"type": "string", "minLength": 1, "maxLength": 300}
TEXT = {"type": ["string", "null"], "maxLength": LONG}
WORDS = {"type": "string", "pattern": r"\S", "maxLength": LONG, "examples": ["a text"]}
NUMBER = {"type": ["number", "null"], "minimum": -1_000_000, "maximum": 1_000_000}
MOST_ITEMS, MOST_LINKS = 2_000, 20_000


def _block(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(of: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": ["array", "null"], "maxItems": most, "items": of}


LINK = _block(("identifier",), identifier=KEY, title=TEXT)
LEVEL = _block((), description=TEXT, quality=TEXT, score=NUMBER, position=NUMBER)
CRITERION = _block(
    (),
    category=TEXT,
    CFItemURI={"anyOf": [LINK, {"type": "null"}]},
    weight=NUMBER,
    position=NUMBER,
    CFRubricCriterionLevels=_list(LEVEL, 100),
)
ITEM = _block(
    ("identifier", "fullStatement"),
    identifier=KEY,
    fullStatement=WORDS,
    abbreviatedStatement=TEXT,
    humanCodingScheme=TEXT,
    CFItemType=TEXT,
    notes=TEXT,
    conceptKeywords=_list(TEXT, 200),
)
ASSOCIATION = _block(
    ("associationType", "originNodeURI", "destinationNodeURI"),
    associationType=WORDS,
    sequenceNumber=NUMBER,
    originNodeURI=LINK,
    destinationNodeURI=LINK,
)
DOCUMENT = _block(
    ("identifier", "title"),
    identifier=KEY,
    title=WORDS,
    creator=TEXT,
    language=TEXT,
    version=TEXT,
    description=TEXT,
    notes=TEXT,
    licenseURI={"anyOf": [LINK, {"type": "null"}]},
)
PACKAGE = _block(
    ("CFDocument", "CFItems", "CFAssociations"),
    CFDocument=DOCUMENT,
    CFItems=_list(ITEM, MOST_ITEMS),
    CFAssociations=_list(ASSOCIATION, MOST_LINKS),
    CFRubrics=_list(_block((), CFRubricCriteria=_list(CRITERION, 100)), MOST_ITEMS + 1),
)
