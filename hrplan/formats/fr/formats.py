"""French numbers: thousands apart by a narrow space at which no line ends."""

THOUSAND_SEPARATOR = "\u202f"
