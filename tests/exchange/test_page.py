from tests.exchange.corpus import CORPUS
from tests.exchange.corpus_beside import BESIDE
from tests.exchange.corpus_lists import LISTS
from tests.exchange.page import PAGE, written


def test_the_page_of_what_is_accepted_is_as_the_corpus_has_it():
    assert PAGE.read_text(encoding="utf-8") == written(), "run python -m tests.exchange.page"


def test_every_fault_and_warning_of_the_corpus_has_its_words_on_the_page():
    told = [entry for entry in (*CORPUS, *BESIDE, *LISTS) if entry.expected != "A"]

    assert all(entry.key for entry in told)
    every = [(entry.group, entry.name) for entry in (*CORPUS, *BESIDE, *LISTS)]
    assert len(set(every)) == len(every)
