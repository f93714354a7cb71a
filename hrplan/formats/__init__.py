"""How a language writes numbers where Django's own formats are not what documents need."""
