"""The tables of strategy: what they look like, and how they stand in the database."""

from hrplan.strategy.tables import checks, doors, specs

TABLES = specs.TABLES
DOORS = doors.DOORS
CHECKS = checks.CHECKS
