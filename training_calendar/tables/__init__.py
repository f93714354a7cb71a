"""The tables of training: supply as the product holds it."""

from training_calendar.tables import specs, supply

TABLES = specs.TABLES
DOORS = supply.DOORS
