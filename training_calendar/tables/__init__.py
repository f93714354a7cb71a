"""The tables of training: supply as the product holds it, and the planning format."""

from training_calendar.tables import (
    accounts,
    development,
    planning_doors,
    planning_specs,
    records,
    specs,
    supply,
)

TABLES = (*specs.TABLES, *development.TABLES, *records.TABLES, *planning_specs.TABLES)
CHECKS = accounts.CHECKS
DOORS = (*supply.DOORS, *development.DOORS, *records.DOORS, *planning_doors.DOORS)
