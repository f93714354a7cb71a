"""The web server is killed under load, again and again: what it acknowledged is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import asyncio, json, os, signal, sqlite3, subprocess, sys, time
from tests.bench import phones as room
from tests.bench import room as bench

bench.furnish(sys.argv[1], staff=0)
from hrplan.management.commands.workshop_server import laptop_profile
from hrplan.serving import web_command

port = bench.free_port()
env = os.environ | laptop_profile(port)
command = web_command("127.0.0.1", port, processes=1)


def start():
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}  # no pipe outlives us
    server = subprocess.Popen(command, env=env, start_new_session=True, **quiet)
    bench.wait_for(port)
    return server


def kill(server):
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


server = start()
workshop, code, lead = bench.opened()
lead()
counted = room.Counted()
phones = [room.Phone(port, f"Phone {n}", counted) for n in range(20)]


async def arrive():
    await room.arrive(phones, code, seconds=2)
    for phone in phones:
        phone.drop()


asyncio.run(arrive())
for _ in range(int(sys.argv[2])):
    async def under_load():
        sitting = asyncio.gather(*(p.live(time.monotonic() + 2, 0.1, 1.0) for p in phones))
        await asyncio.sleep(1)
        await asyncio.to_thread(kill, server)
        await sitting
        for phone in phones:
            phone.drop()

    asyncio.run(under_load())
    server = start()
kill(server)
lost = bench.lost_votes(workshop, counted.acknowledged)
sound = sqlite3.connect(os.path.join(sys.argv[1], "hrplan.sqlite3"))
check = sound.execute("PRAGMA integrity_check").fetchone()[0]
votes = len(counted.times.get("vote", ()))
print(json.dumps({"lost": lost, "check": check, "votes": votes}))
"""


def test_thirty_kills_under_load_lose_no_acknowledged_vote(tmp_path):
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), "30"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=900,
    )
    told = done.stdout.splitlines()[-1] if done.stdout else done.stderr[-2000:]

    assert '"lost": 0, "check": "ok"' in told, told + done.stderr[-2000:]
