#!/usr/bin/env bash
# Hypercorn 0.18.0, Tornado 6.6.1 and a2wsgi 1.10.10 as servers of a Flask 3.1.3 application: a request with a chunked body arrives empty.
#
# Guess before the first run: these servers read the whole body before they call a WSGI application, so Flask gets what was sent, as it
# does from its own development server, gunicorn and waitress.
# Seen: request.get_data() is b"", without an error. They pass the body on, but neither a CONTENT_LENGTH nor wsgi.input_terminated, and Werkzeug
# then takes no body for the safe choice.
# Consequence: an endpoint for webhooks answers 200 to a call whose sender streams its JSON, and has nothing of it; the sender does not try again.
#
# Output seen on 2026-11-30 (Python 3.11), of 35 bytes sent:
#   flask run: length given 35, chunked 35
#   hypercorn: length given 35, chunked 0
#   tornado: length given 35, chunked 0
#   a2wsgi: length given 35, chunked 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  flask==3.1.3 hypercorn==0.18.0 tornado==6.6.1 a2wsgi==1.10.10 uvicorn==0.54.0
cat >"$work/application.py" <<'PYTHON'
from flask import Flask, request

app = Flask(__name__)


@app.post("/")
def receive():
    return str(len(request.get_data()))
PYTHON
cat >"$work/with_tornado.py" <<'PYTHON'
import asyncio
import sys

from application import app
from tornado.httpserver import HTTPServer
from tornado.wsgi import WSGIContainer


async def main():
    HTTPServer(WSGIContainer(app)).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
PYTHON
cat >"$work/with_a2wsgi.py" <<'PYTHON'
import sys

import uvicorn
from a2wsgi import WSGIMiddleware
from application import app

uvicorn.run(WSGIMiddleware(app), port=int(sys.argv[1]), log_level="critical")
PYTHON
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import http.client
import socket
import subprocess
import sys
import time

BODY = b'{"job_id":"x","status":"completed"}'
SERVERS = {
    "flask run": ["-m", "flask", "--app", "application", "run", "-p", "{port}"],
    "hypercorn": ["-m", "hypercorn", "-b", "127.0.0.1:{port}", "wsgi:application:app"],
    "tornado": ["with_tornado.py", "{port}"],
    "a2wsgi": ["with_a2wsgi.py", "{port}"],
}


def post(port, body):
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", "/", body, {"content-type": "application/json"})
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    response = connection.getresponse()
    assert response.status == 200
    return int(response.read())


seen = {}
for name, command in SERVERS.items():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    arguments = [part.replace("{port}", str(port)) for part in command]
    server = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # http.client sends what an iterator yields as chunks
        seen[name] = post(port, BODY), post(port, iter([BODY[:10], BODY[10:]]))
    finally:
        server.terminate()
        server.wait()
    print(f"{name}: length given {seen[name][0]}, chunked {seen[name][1]}")
sys.exit(list(seen.values()) != [(35, 35), (35, 0), (35, 0), (35, 0)])
PYTHON
