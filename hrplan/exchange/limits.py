"""How large an imported file may be: every limit as data, with its default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of an import; what lies beyond is refused before it is parsed."""

    file_bytes: int = 20_000_000  # an .xlsx file as it comes
    csv_bytes: int = 64_000_000  # one .csv file
    parts: int = 2_000  # parts of a workbook
    unpacked_bytes: int = 200_000_000  # all parts together
    ratio: int = 200  # unpacked to packed, counted from 1 MB unpacked
    sheet_rows: int = 100_000
    csv_rows: int = 2_000_000
    columns: int = 200
    cells: int = 5_000_000  # rows times columns of a sheet
    field_characters: int = 32_767  # one cell
    memory_bytes: int = 512 * 1024 * 1024  # of the reading process
    processor_seconds: int = 10
    wall_seconds: int = 20


DEFAULT = Limits()
