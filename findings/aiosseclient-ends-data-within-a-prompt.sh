#!/usr/bin/env bash
# aiosseclient 0.1.8 (reads server-sent events): an event whose JSON has a U+2028, U+2029 or U+0085 in a text is cut there.
#
# Guess before the first run: the lines of a stream end with CR, LF or both, as its format has it; other separators are characters of the data.
# Seen: the data of the event ends before such a character, and what follows is dropped without an error. httpx-sse 0.4.3 gives all of it.
# Consequence: a prompt that was pasted from elsewhere may contain U+2028. An event that repeats such a prompt before the address of
# its picture is no JSON, and the address of a paid picture is lost.
#
# Output seen on 2026-11-30 (Python 3.11):
#   U+0020: httpx-sse whole, aiosseclient whole
#   U+2028: httpx-sse whole, aiosseclient '{"prompt": "a'
#   U+2029: httpx-sse whole, aiosseclient '{"prompt": "a'
#   U+0085: httpx-sse whole, aiosseclient '{"prompt": "a'
#   U+2003: httpx-sse whole, aiosseclient whole
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check aiosseclient==0.1.8 aiohttp==3.14.5 httpx-sse==0.4.3 httpx==0.28.1
"$work/venv/bin/python" - <<'PYTHON'
import asyncio
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import httpx_sse
from aiosseclient import aiosseclient

SEPARATORS = " \u2028\u2029\u0085\u2003"
texts = [
    json.dumps({"prompt": f"a{separator}fox", "url": "1.png"}, ensure_ascii=False) for separator in SEPARATORS
]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        self.wfile.write(f"data: {texts[int(self.path[1:])]}\n\n".encode())

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"


def by_httpx(number):
    with httpx.Client(trust_env=False) as client, httpx_sse.connect_sse(client, "GET", f"{url}{number}") as source:
        return next(source.iter_sse()).data


async def by_aiosseclient(number):
    events = aiosseclient(f"{url}{number}")
    return (await anext(events)).data


seen = []
for number, separator in enumerate(SEPARATORS):
    found = by_httpx(number), asyncio.run(by_aiosseclient(number))
    seen.append([data == texts[number] for data in found])
    first, second = ("whole" if data == texts[number] else repr(data) for data in found)
    print(f"U+{ord(separator):04X}: httpx-sse {first}, aiosseclient {second}")
cut = [True, False]
sys.exit(seen != [[True, True], cut, cut, cut, [True, True]])
PYTHON
