"""Carry out long work: the task engine's own worker, brought back when the database was away."""

import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connections

from hrplan.core import runs
from hrplan.imports.usecases import exports
from training_calendar.usecases import outbox

REAP_EVERY = 15.0
LONGEST_WAIT = 60.0


class Command(BaseCommand):
    help = "Carry out long work that people asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="work what waits, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=_reap_for_ever, daemon=True).start()
        wait = 1.0
        while True:
            try:
                self._work(options["batch"])
                return
            except OperationalError as error:
                self.stderr.write(f"The database is away ({error}); trying again in {wait:.0f} s.")
                connections.close_all()
                time.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)

    def _work(self, batch: bool) -> None:
        if settings.TASK_ENGINE == "rq":
            call_command("rqworker", job_class="django_tasks_rq.Job", burst=batch)
        else:
            call_command(
                "db_worker", interval=0.5, reload=False, batch=batch, startup_delay=not batch
            )


def _reap_for_ever() -> None:
    while True:
        time.sleep(REAP_EVERY)
        try:
            runs.reap()
            exports.forget_old()
            outbox.wake()
        except OperationalError:
            connections.close_all()
        close_old_connections()
