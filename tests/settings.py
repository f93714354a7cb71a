"""The product's settings with the few changes that make tests fast."""

import os

from hrplan.settings import *  # noqa: F403
from tests.tables import READY

os.environ["HRPLAN_DEMONSTRATION"] = "1"  # the demonstration is furnished in test databases

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
WHITENOISE_AUTOREFRESH = True

TEST = DATABASES["default"].setdefault("TEST", {})  # noqa: F405
if template := os.environ.get("HRPLAN_TEST_TEMPLATE"):  # of PostgreSQL, migrated already
    TEST |= {"TEMPLATE": template, "MIGRATE": False}
elif READY and DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    TEST |= {"MIGRATE": False}  # the fixture of tables fills the memory
