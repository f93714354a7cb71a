"""The tables of a diagnostic for import and export."""

from diagnostics.analysis import interchange
from diagnostics.tables import doors

TABLES = interchange.TABLES
CHECKS = interchange.CHECKS
DOORS = doors.DOORS
