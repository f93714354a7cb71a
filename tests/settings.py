"""The product's settings with the few changes that make tests fast."""

import os

from hrplan.settings import *  # noqa: F403

os.environ["HRPLAN_DEMONSTRATION"] = "1"  # the demonstration is furnished in test databases

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
WHITENOISE_AUTOREFRESH = True

if kept := os.environ.get("HRPLAN_TEST_DATABASE"):  # of `make fast`, until a migration changes
    DATABASES["default"]["TEST"] = {"NAME": kept}  # noqa: F405
    careless = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-20000;"
    DATABASES["default"]["OPTIONS"]["init_command"] = careless  # noqa: F405
