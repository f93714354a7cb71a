"""Serve a workshop on the room's network from one laptop: guests reach the join pages alone."""

import os
import secrets
from io import StringIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from hrplan.core.accounts import open_first_link
from hrplan.core.lan import lan_address
from hrplan.serving import serve, web_command

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 -- devices in the room have to reach it; see guests_only


class Command(BaseCommand):
    help = "Serve a workshop on the room's network; guests reach the join pages alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        call_command("migrate", verbosity=0)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        self._tell(port)
        serve(web_command(EVERY_ADDRESS, port, processes=1), env=laptop_profile(port))

    def _tell(self, port: int) -> None:
        own, guests = f"http://127.0.0.1:{port}", f"http://{lan_address()}:{port}/join/"
        if token := open_first_link():
            self.stdout.write(f"Make the first account within a day: {own}/first/{token}/")
        self.stdout.write(f"You, on this laptop:    {own}")
        self.stdout.write(f"Everybody in the room:  {guests}")
        picture = StringIO()
        segno.make(guests, error="m", micro=False).terminal(out=picture, compact=True)
        self.stdout.write(picture.getvalue())
        self.stdout.write("No internet is needed; the projector shows the address of the moment.")
        self.stdout.write("Stop with Ctrl+C.")


def laptop_profile(port: int) -> dict[str, str]:
    """The environment of the laptop profile: no debug pages, every vote on the disk at once.

    Any host name is answered, for the laptop's address changes with the network it is in; guests
    reach the join pages alone, and no address is ever built from the name they asked for.
    """
    return {
        "HRPLAN_DEBUG": "0",
        "HRPLAN_TLS": "0",
        "HRPLAN_HOSTS": "*",
        "HRPLAN_SQLITE_SYNCHRONOUS": "FULL",
        "HRPLAN_WORKSHOP_PORT": str(port),
        "HRPLAN_SECRET_KEY": os.environ.get("HRPLAN_SECRET_KEY") or _own_key(),
    }


def _own_key() -> str:
    """The laptop's own secret, made once and kept beside the database."""
    kept = Path(settings.DATA_DIR) / "secret.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(60))
    return kept.read_text()
