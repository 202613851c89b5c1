#!/usr/bin/env bash
# hishel 2.0.0 (a cache for httpx): a job that is polled keeps its first status, also when the server forbids to store it.
#
# Guess before the first run: a response without a lifetime is asked for again each time, as HTTP has it for caches, and one with
# Cache-Control: no-store all the more.
# Seen: CacheClient and CacheTransport store every successful GET by its URL and answer from the store, for ever where its storage has no ttl.
# Headers of the server and of the request (no-cache) have no effect, until rfc=True is given.
# Consequence: behind it a program that waits for a job never sees it complete, while the job is made and paid for.
#
# Output seen on 2026-11-30 (Python 3.11):
#   httpx: ['queued', 'processing', 'completed']
#   hishel, no lifetime: ['queued', 'queued', 'queued']
#   hishel, no-store: ['queued', 'queued', 'queued']
#   hishel, no-store, rfc=True: ['queued', 'processing', 'completed']
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "hishel[httpx]==2.0.0" httpx==0.28.1
cd "$work" # the store is a file in the current folder
"$work/venv/bin/python" - <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
from hishel.httpx import CacheTransport

STATUSES = ["queued", "processing", "completed"]
polls = {}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        control = parse_qs(urlsplit(self.path).query).get("control")
        polls[self.path] = polls.get(self.path, -1) + 1
        content = STATUSES[polls[self.path]].encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        if control:
            self.send_header("cache-control", control[0])
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def polled(name, transport, path):
    with httpx.Client(transport=transport, trust_env=False) as client:
        url = f"http://127.0.0.1:{server.server_port}/{path}"
        seen = [client.get(url, headers={"cache-control": "no-cache"}).text for _ in STATUSES]
    print(f"{name}: {seen}")
    return seen


plain = httpx.HTTPTransport
seen = [
    polled("httpx", plain(), "jobs/1"),
    polled("hishel, no lifetime", CacheTransport(plain()), "jobs/2"),
    polled("hishel, no-store", CacheTransport(plain()), "jobs/3?control=no-store"),
    polled("hishel, no-store, rfc=True", CacheTransport(plain(), rfc=True), "jobs/4?control=no-store"),
]
sys.exit(seen != [STATUSES, ["queued"] * 3, ["queued"] * 3, STATUSES])
PYTHON
