"""What the two databases do differently: one moment to read, locks, the ids that come next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

POSTGRESQL = "postgresql"


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, while others go on writing.

    SQLite: a deferred transaction, which takes no lock to write; the write-ahead log keeps the
    moment. Django's own transactions here are immediate, and would stop all writers.
    """
    if connection.vendor == POSTGRESQL:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        connection.rollback()


def keep_writers_out(rows: Sequence[type[models.Model]]) -> None:
    """Let nobody else write to the tables until the transaction ends.

    On SQLite a transaction that writes is alone already.
    """
    if connection.vendor == POSTGRESQL:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in rows)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def last_id(model: type[models.Model]) -> int:
    """The highest id a table ever gave out, its row be there or not; 0 where it gave out none.

    An id that was given to an erased row stays in the audit trail, so no other row may get it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            cursor.execute(f"SELECT pg_sequence_last_value({SEQUENCE})", _sequence(model))
        else:
            table = model._meta.db_table
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", (table,))
        found = cursor.fetchone()
    return int(found[0] or 0) if found else 0


def continue_after(model: type[models.Model], last: int) -> None:
    """Let the table's next id be the one after `last`; one that is further already stays."""
    last = max(last, model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0)
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            cursor.execute(f"SELECT setval({SEQUENCE}, %s)", (*_sequence(model), last))
            return
        table = model._meta.db_table
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", (table,))
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", (table, last))


SEQUENCE = "pg_get_serial_sequence(%s, %s)::regclass"


def _sequence(model: type[models.Model]) -> tuple[str, str]:
    """What names the sequence of a table's ids to PostgreSQL."""
    return connection.ops.quote_name(model._meta.db_table), str(model._meta.pk.column)
