#!/usr/bin/env bash
# pyreqwest 0.15.1 (an HTTP client): ConnectError does not mean that there was no connection.
#
# Guess before the first run: there are ConnectError, ReadError and WriteError, so when a server has read a POST and closes the connection
# without a response, it is a ReadError.
# Seen: ConnectError, also on a connection that carried an exchange before. The transport for httpx (pyreqwest.compatibility.httpx) passes it on
# as httpx.ConnectError.
# Consequence: a program that sends a request again after ConnectError, since "nothing went out", sends a paid request twice.
#
# Output seen on 2026-11-30 (Python 3.11):
#   pyreqwest: 200, then ConnectError; the server has read 2 POSTs on 1 connection
#   below httpx: 200, then ConnectError; the server has read 2 POSTs on 1 connection
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyreqwest==0.15.1 httpx==0.28.1
"$work/venv/bin/python" - <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from pyreqwest.client import SyncClientBuilder
from pyreqwest.compatibility.httpx import SyncHttpxTransport

BODY = b'{"prompt": "a lighthouse"}'
posts, connections = [], []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        connections.append(self.client_address)
        super().setup()

    def do_POST(self):
        posts.append(self.rfile.read(int(self.headers["content-length"])))
        if len(posts) % 2:
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self.close_connection = True

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"


def seen(name, post):
    posts.clear()
    connections.clear()
    status = post()
    try:
        outcome = str(post())
    except Exception as error:
        outcome = type(error).__name__
    print(f"{name}: {status}, then {outcome}; the server has read {len(posts)} POSTs on {len(connections)} connection")
    return outcome == "ConnectError" and posts == [BODY] * 2 and len(connections) == 1


with SyncClientBuilder().build() as client:
    plain = seen("pyreqwest", lambda: client.post(url).body_bytes(BODY).build().send().status)
with httpx.Client(transport=SyncHttpxTransport()) as client:
    below_httpx = seen("below httpx", lambda: client.post(url, content=BODY).status_code)
sys.exit(not (plain and below_httpx))
PYTHON
