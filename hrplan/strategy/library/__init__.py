"""The catalogue of indicators, in words; knows no rows."""
