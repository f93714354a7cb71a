from collections import Counter

import pytest

from hrplan.exchange.faults import Fault
from hrplan.exchange.messages import ADVICE, MESSAGES
from hrplan.exchange.read import read_tables
from tests.exchange.corpus import CORPUS, Entry
from tests.exchange.tables import BOOK


def as_param(entry: Entry):
    marks = [pytest.mark.long] if entry.heavy else []
    return pytest.param(entry, id=f"{entry.group}: {entry.name}", marks=marks)


@pytest.mark.parametrize("entry", [as_param(entry) for entry in CORPUS])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_fault_gets_its_class_and_its_words(entry: Entry, tmp_path):
    path = entry.build(tmp_path)

    reading = read_tables(path, BOOK)

    got = "R" if reading.refused else "W" if reading.faults else "A"
    assert got == entry.expected, list(map(str, reading.faults))
    if entry.key:
        fault = the_fault(reading.faults, entry.key)
        assert fault.refuses == (entry.expected == "R")
        assert fault.advice in str(fault)
        assert entry.at is None or names_its_place(fault, *entry.at)


def the_fault(faults: tuple[Fault, ...], key: str) -> Fault:
    found = [fault for fault in faults if fault.key == key]
    assert found, list(map(str, faults))
    return found[0]


def names_its_place(fault: Fault, sheet: str, row: int | None, column: str) -> bool:
    words = str(fault)
    assert f"sheet {sheet}" in words
    assert row is None or f"row {row}," in words.replace(":", ",")
    assert not column or f"column {column}" in words
    return (fault.sheet, fault.column) == (sheet, column)


def test_the_corpus_covers_every_group():
    counts = Counter(entry.group for entry in CORPUS)

    assert min(counts.values()) >= 8
    assert set(counts) == {"container", "shape", "cells", "text", "meaning"}
    assert len({(entry.group, entry.name) for entry in CORPUS}) == len(CORPUS) >= 150


def test_every_message_has_its_advice():
    assert list(MESSAGES) == list(ADVICE)
    assert all(text.endswith((".", "?")) for key, text in MESSAGES.items() if key != "told")
