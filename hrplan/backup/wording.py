"""What a backup says of itself, in a sentence."""

from django.utils.translation import gettext as _

from hrplan.backup.manifest import Manifest


def told(says: Manifest) -> str:
    """What a backup holds, of when, and what made it."""
    words = _(
        "%(rows)d rows in %(tables)d tables and %(files)d files, of %(moment)s UTC, "
        "made by version %(version)s on %(database)s."
    )
    return words % {
        "rows": says.rows,
        "tables": len(says.tables),
        "files": len(says.files),
        "moment": says.made_at[:16].replace("T", " "),
        "version": says.version,
        "database": says.database,
    }
