#!/usr/bin/env bash
# diskcache 5.6.3 and cashews 7.6.0 (caches of function results): two functions that one factory made share their results.
#
# Guess before the first run: each decorated function has entries of its own, as with functools.lru_cache and aiocache.
# Seen: both build the key from the name of the function and its module, and two functions from one factory have the same name. The second
# one is not called; it answers with the result of the first.
# Consequence: a program that makes a cached function for each model gets the picture of one model for another. In diskcache the wrong entry
# is there in later runs, too. A name= (diskcache) or prefix= (cashews) for each function prevents it.
#
# Output seen on 2026-11-30 (Python 3.11):
#   lru_cache: image by flux, image by krea
#   aiocache: image by flux, image by krea
#   diskcache: image by flux, image by flux
#   diskcache with a name: image by flux, image by krea
#   cashews: image by flux, image by flux
#   cashews with a prefix: image by flux, image by krea
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check diskcache==5.6.3 cashews==7.6.0 aiocache==0.12.3
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import asyncio
import inspect
import sys
from functools import lru_cache

import aiocache
import cashews
import diskcache

cashews.cache.setup("mem://")


def maker(model, decorator):
    @decorator
    def generate(prompt):
        return f"image by {model}"

    return generate


def async_maker(model, decorator):
    @decorator
    async def generate(prompt):
        return f"image by {model}"

    return generate


CASES = {
    "lru_cache": (maker, lambda model: lru_cache()),
    "aiocache": (async_maker, lambda model: aiocache.cached()),
    "diskcache": (maker, lambda model: diskcache.Cache("plain").memoize()),
    "diskcache with a name": (maker, lambda model: diskcache.Cache("named").memoize(name=model)),
    "cashews": (async_maker, lambda model: cashews.cache(ttl="1m")),
    "cashews with a prefix": (async_maker, lambda model: cashews.cache(ttl="1m", prefix=model)),
}


async def main():
    seen = {}
    for name, (make, decorator) in CASES.items():
        results = []
        for model in ("flux", "krea"):
            result = make(model, decorator(model))("a fox")
            results.append(await result if inspect.isawaitable(result) else result)
        seen[name] = ", ".join(results)
        print(f"{name}: {seen[name]}")
    mixed = [name for name, text in seen.items() if text == "image by flux, image by flux"]
    right = [name for name, text in seen.items() if text == "image by flux, image by krea"]
    sys.exit(mixed != ["diskcache", "cashews"] or len(right) != 4)


asyncio.run(main())
PYTHON
