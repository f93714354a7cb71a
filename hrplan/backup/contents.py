"""What a backup holds and what it leaves out, each with its reason; the shape of the tables."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

APPS = frozenset(
    {
        "account",
        "mfa",
        "core",
        "competencies",
        "diagnostics",
        "training_calendar",
        "strategy",
        "partners",
        "deliverables",
    }
)
UNUSED = "Django's own groups and rights: what people may do hangs on their seats (Member)"
LEFT_OUT = {  # a model that no backup holds, and why
    "account.EmailConfirmation": "a one-time link; another is sent on request",
    "auth.Group": UNUSED,
    "auth.Group_permissions": UNUSED,
    "auth.Permission": "written by migrate",
    "competencies.HeldProfile": "worked out from the ratings again when it is asked for",
    "contenttypes.ContentType": "written by migrate",
    "core.FirstLink": "the one-time link of a new installation",
    "core.User_groups": UNUSED,
    "core.User_user_permissions": UNUSED,
    "diagnostics.JoinCode": "a credential of some hours; the facilitator opens the door again",
    "django_tasks_database.DBTaskResult": "the queue of one machine; open runs are asked for again",
    "sessions.Session": "people sign in again",
}


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own, those of relations of many to many among them."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def kept_models() -> list[type[models.Model]]:
    """The models whose rows a backup holds, in the order in which they are written."""
    return [
        model
        for model in tables()
        if model._meta.app_label in APPS and model._meta.label not in LEFT_OUT
    ]


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model that are columns of its table."""
    return list(model._meta.local_concrete_fields)


def chunk_of(model: type[models.Model]) -> int:
    """How many rows of a model are held at a time: few of those that may be long."""
    long = any(isinstance(f, models.TextField | models.JSONField) for f in fields_of(model))
    return 20 if long else 500


def migration_state() -> dict[str, str]:
    """The last migration of each app whose rows a backup holds, as this version has them."""
    leaves = MigrationLoader(None).graph.leaf_nodes()
    return {app: name for app, name in sorted(leaves) if app in APPS}


def require_migrated() -> None:
    """Refuse a database whose tables are not those of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ValidationError(
            _("The database is not that of this version: run `manage.py migrate` first.")
        )


def product_version() -> str:
    """The version of this product, as it is packed."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])
