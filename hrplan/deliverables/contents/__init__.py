"""What the three documents hold, section by section."""
