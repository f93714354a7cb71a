"""The tables of training: supply as the product holds it, and the planning format."""

from training_calendar.tables import planning_doors, planning_specs, specs, supply

TABLES = (*specs.TABLES, *planning_specs.TABLES)
DOORS = (*supply.DOORS, *planning_doors.DOORS)
