"""`make words`: the catalogues of the documents' languages, brought up to date and compiled.

    python -m tests.catalogues                   new messages in, every .po compiled
    python -m tests.catalogues es other.po       the same, with what another file translates

The messages are those of the files that documents are made of; of models only the labels of
their choices, for no document prints the names of columns.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path("hrplan/locale")
LANGUAGES = ("es", "fr")
WIDTH = 100
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
SPEAKING = (
    "competencies/report/*.py",
    "competencies/wording.py",
    "diagnostics/report/*.py",
    "diagnostics/wording.py",
    "hrplan/core/figures.py",
    "hrplan/core/wording.py",
    "hrplan/deliverables/contents/*.py",
    "hrplan/deliverables/usecases/calendar_rows.py",
    "hrplan/deliverables/usecases/drafts.py",
    "hrplan/deliverables/usecases/files.py",
    "hrplan/deliverables/wording.py",
    "hrplan/documents/*.py",
    "hrplan/exchange/write.py",
    "hrplan/partners/report.py",
    "hrplan/partners/wording.py",
    "hrplan/strategy/library/*.py",
    "hrplan/strategy/report/*.py",
    "hrplan/strategy/usecases/computed.py",
    "hrplan/strategy/wording.py",
    "training_calendar/report/*.py",
    "training_calendar/usecases/differing.py",
    "training_calendar/usecases/mail.py",
    "training_calendar/usecases/needs.py",
    "training_calendar/usecases/online.py",
    "training_calendar/usecases/retelling.py",
    "training_calendar/usecases/rewriting.py",
    "training_calendar/usecases/sheets.py",
    "training_calendar/wording.py",
)
CHOOSING = ("*/models.py", "*/models/*.py", "hrplan/*/models.py", "hrplan/*/models/*.py")


def po(language: str) -> Path:
    """The file with the translations of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def mo(language: str) -> Path:
    """The same as the program reads it."""
    return po(language).with_suffix(".mo")


def messages() -> Catalog:
    """Every message that a document may print, without its translation."""
    found = Catalog()
    for path in _files(SPEAKING):
        for _line, message, _comments, context in extract_from_file("python", path, KEYWORDS):
            found.add(message, locations=[(path.as_posix(), 0)], context=context)
    for path in _files(CHOOSING):
        for message in _choices(ast.parse(path.read_text("utf-8"))):
            found.add(message, locations=[(path.as_posix(), 0)])
    return found


def _files(patterns: tuple[str, ...]) -> list[Path]:
    return sorted({path for pattern in patterns for path in Path().glob(pattern)})


def _choices(tree: ast.AST) -> Iterator[str]:
    """The labels of enumerations: `NAME = value, _("label")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                value=ast.Tuple(
                    elts=[_, ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(label))])]
                )
            ):
                yield label


def read(path: Path, language: str) -> Catalog:
    """The translations of a file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def renewed(language: str, other: Path | None = None) -> bytes:
    """A language's file with new messages taken in and none dropped that is translated.

    other : a .po whose translations go before those that are here
    """
    kept = read(po(language), language)
    made = kept.creation_date
    kept.update(messages(), no_fuzzy_matching=True)
    kept.creation_date = made
    for message in read(other, language) if other else ():
        here = kept.get(message.id, message.context) if message.id else None
        if here is not None and not message.fuzzy and whole(message.string):
            here.string = message.string
    out = BytesIO()
    write_po(out, kept, width=WIDTH, sort_output=True, include_lineno=False)
    return out.getvalue()


def update(language: str, other: Path | None = None) -> int:
    """Renew a language's file and compile it. Returns how many messages have no translation."""
    po(language).write_bytes(renewed(language, other))
    kept = read(po(language), language)
    mo(language).write_bytes(compiled(kept))
    return sum(not whole(message.string) for message in kept if message.id)


def whole(string: str | tuple[str, ...] | list[str]) -> bool:
    """Whether a message is translated, with every plural form."""
    return bool(string) and (isinstance(string, str) or all(string))


def main() -> None:
    taken = dict([sys.argv[1:3]]) if len(sys.argv) > 2 else {}
    for language in LANGUAGES:
        other = taken.get(language)
        print(f"{language}: {update(language, Path(other) if other else None)} untranslated")


if __name__ == "__main__":
    main()
