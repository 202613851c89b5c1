#!/usr/bin/env bash
# curl_cffi 0.17.0 (libcurl for Python): a response that ends within its head is a success with an empty body.
#
# Guess before the first run: a connection that closes after "HTTP/1.1 200 OK" and half a header is an error, as it is in httpx, requests and
# aiohttp, and in curl_cffi when it closes within the body.
# Seen: status 200 and content b"", no exception; also for httpx with the transport of httpx-curl-cffi 0.1.5.
# Consequence: a submission whose response was lost looks accepted and without an id. A program that goes by status alone drops a paid job; one
# that wants an id reports a fault of the server, not of the network.
#
# Output seen on 2026-11-30 (Python 3.11):
#   closed in the body: curl_cffi IncompleteRead, httpx RemoteProtocolError, httpx over curl IncompleteRead
#   closed in the head: curl_cffi 200 b'', httpx RemoteProtocolError, httpx over curl 200 b''
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check curl_cffi==0.17.0 httpx==0.28.1 httpx-curl-cffi==0.1.5
"$work/venv/bin/python" - <<'PYTHON'
import socketserver
import sys
import threading

import curl_cffi
import httpx
from httpx_curl_cffi import CurlTransport

HEADS = {"head": b"HTTP/1.1 200 OK\r\ncontent-le", "body": b'HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{"job_id"'}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        place = self.rfile.readline().split()[1].decode().strip("/")
        length = 0
        while (line := self.rfile.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self.rfile.read(length)
        self.wfile.write(HEADS[place])


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = "http://127.0.0.1:%d/" % server.server_address[1]
CLIENTS = {
    "curl_cffi": lambda place: curl_cffi.post(url + place, data=b"{}"),
    "httpx": lambda place: httpx.post(url + place, content=b"{}", trust_env=False),
    "httpx over curl": lambda place: httpx.Client(transport=CurlTransport()).post(url + place, content=b"{}"),
}


def outcome(post, place):
    try:
        response = post(place)
    except Exception as error:
        return type(error).__name__
    return f"{response.status_code} {response.content!r}"


seen = {}
for place in ("body", "head"):
    seen[place] = [outcome(post, place) for post in CLIENTS.values()]
    print(f"closed in the {place}:", ", ".join(f"{name} {text}" for name, text in zip(CLIENTS, seen[place])))
expected = {
    "body": ["IncompleteRead", "RemoteProtocolError", "IncompleteRead"],
    "head": ["200 b''", "RemoteProtocolError", "200 b''"],
}
sys.exit(seen != expected)
PYTHON
