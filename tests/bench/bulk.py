"""`python -m tests.bench.bulk FOLDER`: a very large instance brought in beside one who writes.

FOLDER is a planning instance. On SQLite in a folder of its own, or in the database of
DATABASE_URL, which has to be empty.
"""

import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

EVERY = 0.05  # s between two writes of the one beside


def beside(stop: "multiprocessing.synchronize.Event", told: "multiprocessing.Queue") -> None:
    """Writes one row after the other, each in its own transaction; tells how long each took [s]."""
    import django  # noqa: PLC0415 -- in a process of its own

    django.setup()
    from hrplan.core.models import Administration, Holiday  # noqa: PLC0415

    customs = Administration.objects.get(slug="beside")
    waits = []
    day = 0
    while not stop.is_set():
        day += 1
        begun = time.perf_counter()
        row, _made = Holiday.objects.update_or_create(
            administration=customs, date="2016-01-01", defaults={"name": f"Day {day}"}
        )
        waits.append(time.perf_counter() - begun)
        time.sleep(EVERY)
    told.put(waits)


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(HRPLAN_DATA=data, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        import django  # noqa: PLC0415 -- the environment comes first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection, connections  # noqa: PLC0415

        from competencies.models import Assessment, StaffMember  # noqa: PLC0415
        from tests import make  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        make.administration("beside")
        make.administration("large", as_of_fixed=None)
        print(connection.vendor)
        connections.close_all()
        context = multiprocessing.get_context("spawn")
        for name, options in (("load", {"bulk": True}), ("take back", {"take_back": True})):
            stop, told = context.Event(), context.Queue()
            other = context.Process(target=beside, args=(stop, told))
            other.start()
            time.sleep(3)
            begun = time.perf_counter()
            call_command("import_data", "large", folder, **options)
            took = time.perf_counter() - begun
            stop.set()
            waits = sorted(told.get())
            other.join()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            p95 = statistics.quantiles(waits, n=100)[94]
            print(
                f"{name}: {took:.0f} s, peak {peak} MB, {len(waits)} writes beside: "
                f"p95 {p95 * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"
            )
            print(StaffMember.objects.count(), "people,", Assessment.objects.count(), "ratings")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
