"""What people do with modules, needs, plans, calendars and sessions."""
