"""Serve the product: the web process, and one worker for long work beside it."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from diagnostics.usecases import joining
from hrplan.core.accounts import open_first_link
from hrplan.serving import serve, web_command


class Command(BaseCommand):
    help = "Serve pages and API, with one worker child for long work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1)
        parser.add_argument("--no-worker", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        address = f"http://{options['host']}:{options['port']}"
        if token := open_first_link():
            self.stdout.write(f"Make the first account within a day: {address}/first/{token}/")
        for one in joining.open_codes():
            where = address + reverse("join:place", args=[one.code])
            self.stdout.write(f"Join “{one.workshop.title}” at {where}")
        self.stdout.write(f"hrplan serves on {address} (stop with Ctrl+C)")
        web = web_command(options["host"], options["port"], processes=options["processes"])
        has_worker = not options["no_worker"] and settings.TASK_ENGINE != "immediate"
        serve(web, *([[sys.executable, "manage.py", "worker"]] if has_worker else []))
