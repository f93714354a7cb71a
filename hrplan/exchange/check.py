"""What the rows of a file mean together: keys, references, rings, periods; no database."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.rows import Row
from hrplan.exchange.spec import Column, Table, Value, Workbook

Rows = Mapping[str, tuple[Row, ...]]
Known = Mapping[str, Collection[Value]]  # "table.column" -> values that exist already
Check = Callable[[Rows], Iterable[Fault]]

SHOWN_RING = 6  # members of a ring that a fault names


def row_fault(
    row: Row,
    table: str,
    column: str,
    key: str,
    /,
    severity: Severity = Severity.REFUSE,
    **params: str | int,
) -> Fault:
    """A fault at one cell of a row read; for the checks of callers too (their keys and words)."""
    letters = row.places.get(column, "")
    value = row.values.get(column)
    return Fault(
        key=key,
        severity=severity,
        table=table,
        sheet=row.sheet,
        row=row.number,
        column=column,
        cell=f"{letters}{row.number}" if letters else "",
        value="" if value is None else str(value),
        params=params,
    )


def meaning_faults(
    tables: Rows, workbook: Workbook, known: Known, unread: Collection[str] = ()
) -> Iterator[Fault]:
    """The faults of meaning in all tables; references into tables that can't be read are left."""
    for table in workbook.tables:
        rows = tables.get(table.name, ())
        if not rows:
            continue
        yield from key_faults(rows, table)
        for column in table.columns:
            if column.reference and column.reference.split(".")[0] not in unread:
                yield from reference_faults(rows, table, column, tables, known)
        for child, parent in table.rings:
            yield from ring_faults(rows, table, child, parent)
        for start, end in table.periods:
            yield from period_faults(rows, table, start, end)


def key_faults(rows: Iterable[Row], table: Table) -> Iterator[Fault]:
    """Rows whose key stands in an earlier row, as it is or in another case."""
    exact: dict[tuple[Value, ...], Row] = {}
    folded: dict[tuple[Value, ...], Row] = {}
    for row in rows:
        key = tuple(row.values.get(name) for name in table.key)
        if any(v is None for n, v in zip(table.key, key, strict=True) if table.column(n).needed):
            continue
        loose = tuple(v.casefold() if isinstance(v, str) else v for v in key)
        first = exact.get(key) or folded.get(loose)
        if first is None:
            exact[key] = folded[loose] = row
            continue
        kind = "key_twice" if key in exact else "key_case"
        if kind == "key_twice" and first.values == row.values:
            kind = "row_twice"
        words = " / ".join(str(v) for v in key if v is not None)
        yield row_fault(row, table.name, table.key[0], kind, key=words, first=first.number)


def reference_faults(
    rows: Iterable[Row], table: Table, column: Column, tables: Rows, known: Known
) -> Iterator[Fault]:
    """Values that the table they point to doesn't hold, with the nearest one it does."""
    reference = column.reference or ""
    target, name = reference.split(".")
    held = {row.values.get(name) for row in tables.get(target, ())} | set(known.get(reference, ()))
    near: dict[Value, str] = {}
    for row in rows:
        value = row.values.get(column.name)
        if value is None or value in held:
            continue
        if value not in near:
            near[value] = _nearest(str(value), held)
        if near[value]:
            yield row_fault(
                row, table.name, column.name, "reference_near", table=target, near=near[value]
            )
        else:
            yield row_fault(row, table.name, column.name, "reference_unknown", table=target)


def _nearest(value: str, held: Iterable[Value]) -> str:
    words = {str(word).casefold(): str(word) for word in held if word is not None}
    close = get_close_matches(value.casefold(), words, n=1, cutoff=0.75)
    return words[close[0]] if close else ""


def ring_faults(rows: Iterable[Row], table: Table, child: str, parent: str) -> Iterator[Fault]:
    """One fault for each ring that the pairs (child, parent) form, at its last row of the file.

    Rows numbered 0 exist already and stand in no file; a ring of such rows alone is no fault.
    """
    edges: dict[Value, list[tuple[Value, Row]]] = {}
    for row in rows:
        lower, upper = row.values.get(child), row.values.get(parent)
        if lower is not None and upper is not None:
            edges.setdefault(lower, []).append((upper, row))
    for ring, links in _rings(edges):
        filed = [row for row in links if row.number]
        shown = [str(member) for member in ring[:SHOWN_RING]]
        more = ["…"] if len(ring) > SHOWN_RING else []
        chain = " > ".join([*shown, *more, str(ring[0])])
        if filed:
            yield row_fault(filed[-1], table.name, parent, "ring", chain=chain, count=len(ring))


def _rings(
    edges: Mapping[Value, list[tuple[Value, Row]]],
) -> Iterator[tuple[list[Value], list[Row]]]:
    """Each ring that a walk in depth closes, and the rows that link it; without recursion."""
    done: set[Value] = set()
    for start in edges:
        if start in done:
            continue
        path: list[Value] = [start]
        links: list[Row] = []
        position: dict[Value, int] = {start: 0}
        stack = [iter(edges[start])]
        while stack:
            upper, row = next(stack[-1], (None, None))
            if row is None:
                stack.pop()
                node = path.pop()
                del position[node]
                del links[-1:]
                done.add(node)
            elif upper in position:
                yield path[position[upper] :], [*links[position[upper] :], row]
            elif upper not in done:
                position[upper] = len(path)
                path.append(upper)
                links.append(row)
                stack.append(iter(edges.get(upper, ())))


def period_faults(rows: Iterable[Row], table: Table, start: str, end: str) -> Iterator[Fault]:
    """Rows whose last value lies before their first."""
    for row in rows:
        first, last = row.values.get(start), row.values.get(end)
        if first is not None and last is not None and last < first:  # type: ignore[operator]
            yield row_fault(row, table.name, end, "period_reversed", start=str(first))
