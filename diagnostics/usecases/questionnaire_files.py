"""Questionnaires as files: YAML, a workbook, an XLSForm; out, and in from somebody."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from diagnostics.library import forms_out, plain, read, sheets_out
from diagnostics.library.content import Content
from diagnostics.library.sent import read_sent
from diagnostics.models import Questionnaire
from diagnostics.tables import stored
from diagnostics.usecases.told import told
from hrplan.exchange.content import ContentError
from hrplan.exchange.shapes import MOST_BYTES

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """The questionnaire of a file, and in words what of the file was left out."""

    content: Content
    warnings: tuple[str, ...]


def written(questionnaire: Questionnaire, kind: str) -> File:
    """The questionnaire as `yaml`, `xlsx` or `xlsform`."""
    content = stored.content_of(questionnaire)
    name = f"{questionnaire.code}-{questionnaire.version}"
    if kind == "yaml":
        return File(f"{name}.yaml", "application/yaml", plain.yaml_text(content).encode())
    if kind == "xlsx":
        return File(f"{name}.xlsx", WORKBOOK, _workbook(lambda path: _sheets(content, path)))
    if kind == "xlsform":
        data = _workbook(lambda path: forms_out.write_content(content, path, _words(content)))
        return File(f"{name}-xlsform.xlsx", WORKBOOK, data)
    raise ValidationError(_("Questionnaires are written as yaml, xlsx or xlsform."))


def _sheets(content: Content, path: Path) -> None:
    sheets_out.write_content(content, path, _)


def _workbook(write: Callable[[Path], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questionnaire.xlsx"
        write(path)
        return path.read_bytes()


def _words(content: Content) -> forms_out.FormWords:
    """What the form says beside the questionnaire's own texts, in its language."""
    with override(content.head.language):
        return forms_out.FormWords(
            unknown=_("I don't know"),
            not_applicable=_("It does not apply to us"),
            existence=_("Does it exist?"),
            use=_("Is it used?"),
            remark=_("Remark"),
            yes=_("yes"),
            no=_("no"),
        )


def received(chunks: Iterable[bytes], name: str) -> Received:
    """The questionnaire that somebody sends. Refused with every fault of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sent{Path(name).suffix.casefold()}"
        _store(chunks, path)
        try:
            sent = read_sent(path, name)
        except ContentError as error:
            raise ValidationError([str(told(fault)) for fault in error.faults]) from error
    return Received(sent.content, tuple(str(told(fault)) for fault in sent.warnings))


def of_data(data: Any) -> Content:
    """The questionnaire that plain data hold. Refused with every fault they have."""
    try:
        return read.from_data(data, "content")
    except ContentError as error:
        raise ValidationError([str(told(fault)) for fault in error.faults]) from error


def _store(chunks: Iterable[bytes], path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise ValidationError(_("The file is larger than a questionnaire can be."))
            file.write(chunk)
