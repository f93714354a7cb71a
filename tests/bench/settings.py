"""The product's settings, open to the test client; templates are kept, as in a server."""

from hrplan.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
