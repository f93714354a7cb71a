"""Serving: the web server's command line, and processes that end together."""

import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from types import FrameType

from django.conf import settings

MOMENT = 2.0
"""Seconds after which is looked whether all that was started is still there."""


def web_command(host: str, port: int, *, processes: int) -> list[str]:
    """The words that start the web server: granian, or waitress where granian cannot run."""
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


def serve(web: list[str], *others: list[str], env: Mapping[str, str] | None = None) -> None:
    """Run the web server and what stands beside it until the web server ends or we are stopped.

    What stands beside it is brought back when it ends. Whether by Ctrl+C or by a signal from
    whoever started us: no process is left behind.
    """
    signal.signal(signal.SIGTERM, _stop)

    def start(command: list[str]) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **(env or {})})

    commands = (web, *others)
    started = [start(command) for command in commands]
    try:
        while not _ended(started[0]):
            for at, process in enumerate(started):
                if at and process.poll() is not None:
                    started[at] = start(commands[at])
    except KeyboardInterrupt:
        pass
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _ended(process: subprocess.Popen) -> bool:
    """Whether it has ended, after it was waited for a moment."""
    try:
        process.wait(timeout=MOMENT)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
