"""The look at a Word file that somebody brings, before any part of it is read."""

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.messages import MESSAGES
from hrplan.exchange.packages import container_faults, part_faults, refuse, whole_file_faults
from hrplan.exchange.parts import DAMAGED

PARTS = ("vbaproject", "/activex/", "afchunk")
"""Pieces of names of parts that no document of ours has: macros, controls, other documents."""


def looked_at(
    file: UploadedFile, limits: Limits = DEFAULT, *, unwanted: Sequence[str] = PARTS
) -> bytes:
    """The bytes of a file that is safe to read. Refused with what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "brought.docx"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        try:
            refuse(whole_file_faults(path, limits))
            with zipfile.ZipFile(path) as archive:
                refuse(container_faults(archive, path.stat().st_size, limits))
                names = {part.orig_filename.casefold() for part in archive.infolist()}
                if "word/document.xml" not in names:
                    raise ValidationError(_("The file doesn't hold a Word document."))
                if any(piece in name for name in names for piece in unwanted):
                    raise ValidationError(_("The file has macros, controls or other documents in "
                                            "it. Save it as .docx without them."))  # fmt: skip
                refuse(part_faults(archive))
        except Refused as error:
            raise ValidationError([_told(fault) for fault in error.faults]) from error
        except DAMAGED as error:
            raise ValidationError(_told(Fault(key="damaged"))) from error
        return path.read_bytes()


def _told(fault: Fault) -> str:
    own = {
        "not_zip": _("This is no .docx file, whatever its name says."),
        "encrypted": _("The file is protected by a password. Remove it and save it again."),
        "old_format": _("This is an old .doc file. Save it as .docx."),
        "doctype": _("A part of the file declares entities, which Word never does. Open it in Word "
                     "and save it anew."),
        "part_encoding": _("A part of the file isn't in UTF-8. Open it in Word and save it anew."),
        "external_links": _("The file loads something from elsewhere. Remove linked pictures and "
                            "the template attached to it."),
        "embedded_objects": _("The file has other files in it. Remove them and save it again."),
        "macros": _("The file has macros. Save it as .docx."),
        "bomb": _("Unpacked, the file would fill {size} MB; {limit} MB are taken."),
        "parts_too_many": _("The file has too many parts."),
        "part_twice": _("The file has a part twice. Open it in Word and save it anew."),
        "part_name": _("A part of the file has a name that leads elsewhere."),
    }  # fmt: skip
    return (own.get(fault.key) or _(MESSAGES[fault.key])).format(**fault.params)
