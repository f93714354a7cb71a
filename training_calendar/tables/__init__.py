"""The tables of training: supply as the product holds it, and the planning format."""

from training_calendar.tables import (
    development,
    planning_doors,
    planning_specs,
    specs,
    supply,
)

TABLES = (*specs.TABLES, *development.TABLES, *planning_specs.TABLES)
DOORS = (*supply.DOORS, *development.DOORS, *planning_doors.DOORS)
