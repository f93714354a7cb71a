"""Data set by Typst after a template of the house, as a tagged PDF; never read as markup."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from hrplan.documents.nodes import TreeError

_HOUSE = Path(__file__).parent / "house"
FONTS = ("Libertinus Serif", "DejaVu Sans")


def typeset(template: str, data: Mapping[str, Any], day: date) -> bytes:
    """The bytes of a PDF; the same data gives the same bytes.

    template : name of a file of the house, which reads `data` from `sys.inputs.document`
    day : stands as the day on which it was made

    PDF/UA-1 is asked for. Where a text holds a letter that the fonts brought along do not have,
    those of the machine are asked, and at last a tagged PDF without that promise is written.

    Raises
    ------
    TreeError
        No PDF came of it.
    """
    import typst  # noqa: PLC0415 -- slow import

    text, source = json.dumps(data, ensure_ascii=True), (_HOUSE / template).read_bytes()
    for machine_fonts in (False, True):
        with suppress(typst.TypstError):
            return _compiled(source, text, day, machine_fonts, "ua-1")
    return _compiled(source, text, day, True, None)


def _compiled(
    source: bytes, data: str, day: date, machine_fonts: bool, standard: Literal["ua-1"] | None
) -> bytes:
    """One attempt, shut into an empty folder: nothing else can be read, nothing downloaded."""
    import typst  # noqa: PLC0415 -- slow import

    with tempfile.TemporaryDirectory() as root:
        _copy_fonts(Path(root))
        fonts = typst.Fonts(include_system_fonts=machine_fonts, font_paths=[root])
        compiler = typst.Compiler(
            root=root,
            font_paths=fonts,
            sys_inputs={"document": data},
            package_path=root,
            package_cache_path=root,
        )
        made = compiler.compile(
            input=source,
            format="pdf",
            pdf_standards=standard,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    if not isinstance(made, bytes):
        raise TreeError("Typst returned no PDF.")
    return made


def _copy_fonts(folder: Path) -> None:
    """The font that draws the charts: it knows many letters that Typst's own do not."""
    import matplotlib as mpl  # noqa: PLC0415 -- slow import

    faces = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name in ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"):
        shutil.copy(faces / f"{name}.ttf", folder)
