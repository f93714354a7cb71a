"""Staff lists as offices keep them: found in a sheet, matched to our table, tidied."""
