"""The WSGI door."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrplan.settings")
application = get_wsgi_application()

# What is loaded here stays to the end: kept out of the collector's sight, it isn't walked again in
# the middle of somebody's page, which took longer than most pages do.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
