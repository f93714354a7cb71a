"""Serve the product: the web process, and one worker for long work beside it."""

import importlib.util
import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from hrplan.core.accounts import open_first_link


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
        self.stdout.write(f"hrplan serves on {address} (stop with Ctrl+C)")
        children = []
        if not options["no_worker"] and settings.TASK_ENGINE != "immediate":
            children.append(_start([sys.executable, "manage.py", "worker"]))
        web = _start(_web(options["host"], options["port"], options["processes"]))
        try:
            web.wait()
        except KeyboardInterrupt:
            web.wait()
        finally:
            for child in children:
                child.terminate()
                child.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ.copy())


def _web(host: str, port: int, processes: int) -> list[str]:
    """The command of the web server: granian, or waitress where granian cannot run."""
    if importlib.util.find_spec("granian"):
        return [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            f"--host={host}",
            f"--port={port}",
            f"--workers={processes}",
            "--blocking-threads=4",
            "--log-level=warning",
            "hrplan.wsgi:application",
        ]
    return [sys.executable, "-m", "waitress", f"--listen={host}:{port}", "hrplan.wsgi:application"]
