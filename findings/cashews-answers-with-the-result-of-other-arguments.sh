#!/usr/bin/env bash
# cashews 7.6.0 (a cache for asyncio): calls with different arguments have one key, and the second one gets the result of the first.
#
# Guess before the first run: 1 and "1" are two keys, and None and "" too, as for other caches.
# Seen: arguments become text before they are compared. None is the empty text, and the members of a list are joined by a colon, so
# ["a", "b"] and ["a:b"] are one key as well. aiocache 0.12.3 tells all of them apart.
# Consequence: a cached function that generates a picture from addresses of images hands out the picture of other images, and the one that was
# asked for is never made; "no negative prompt given" and "an empty one" are one request. A key= of one's own prevents it.
#
# Output seen on 2026-11-30 (Python 3.11):
#   1 and '1': aiocache asked for 2, cashews for 1
#   None and '': aiocache asked for 2, cashews for 1
#   ['a', 'b'] and ['a:b']: aiocache asked for 2, cashews for 1
#   'a' and 'A': aiocache asked for 2, cashews for 2
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cashews==7.6.0 aiocache==0.12.3
"$work/venv/bin/python" - <<'PYTHON'
import asyncio
import sys

from aiocache import cached
from cashews import cache

cache.setup("mem://")
PAIRS = [(1, "1"), (None, ""), (["a", "b"], ["a:b"]), ("a", "A")]


async def asked_for(decorator, pair):
    asked = []

    @decorator
    async def generate(value):
        asked.append(value)
        return value

    for value in pair:
        await generate(value)
    await cache.clear()
    return len(asked)


async def main():
    seen = []
    for pair in PAIRS:
        counts = [await asked_for(decorator, pair) for decorator in (cached(), cache(ttl="1m"))]
        print("%r and %r:" % pair, "aiocache asked for %d, cashews for %d" % tuple(counts))
        seen.append(counts)
    sys.exit(seen != [[2, 1], [2, 1], [2, 1], [2, 2]])


asyncio.run(main())
PYTHON
