"""Serving: what stands beside the web server comes back when it ends, and ends with it."""

import signal
import sys
from collections.abc import Iterator

import pytest

from hrplan import serving


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def python(words: str) -> list[str]:
    return [sys.executable, "-c", words]


def test_a_worker_that_ended_is_brought_back_while_the_web_server_lives(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "MOMENT", 0.05)
    told = tmp_path / "begun"

    serving.serve(
        python(f"import os, time\nwhile not os.path.exists({str(told)!r}) or "
               f"os.path.getsize({str(told)!r}) < 3: time.sleep(0.05)"),
        python(f"open({str(told)!r}, 'a').write('x')"),
    )  # fmt: skip

    assert told.read_text().startswith("xxx")
