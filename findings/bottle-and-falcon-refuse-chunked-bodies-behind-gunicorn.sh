#!/usr/bin/env bash
# Bottle 0.13.4 and Falcon 4.4.0 behind gunicorn 27.0.1: a request with a chunked body is refused with 400.
#
# Guess before the first run: gunicorn undoes the chunks and says that the input ends by itself (wsgi.input_terminated), so both applications
# read the body to its end.
# Seen: Bottle sees the header Transfer-Encoding, undoes the chunks a second time, and finds none. Falcon reads as many bytes as
# Content-Length states, none, and finds its JSON empty. Behind waitress, which turns the chunks into a Content-Length, both work.
# Consequence: calls of webhooks whose sender streams its JSON all fail, though the same application works in tests with a length.
#
# Output seen on 2026-11-30 (Python 3.11):
#   bottle behind waitress: 200 35
#   bottle behind gunicorn: 400 Error while parsing chunked transfer body.
#   falcon behind waitress: 200 2
#   falcon behind gunicorn: 400 Could not parse an empty JSON body
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bottle==0.13.4 falcon==4.4.0 gunicorn==27.0.1 waitress==3.0.2
cat >"$work/with_bottle.py" <<'PYTHON'
import bottle

app = bottle.Bottle()


@app.post("/")
def receive():
    return str(len(bottle.request.body.read()))
PYTHON
cat >"$work/with_falcon.py" <<'PYTHON'
import falcon


class Receiver:
    def on_post(self, request, response):
        response.text = str(len(request.media))


app = falcon.App()
app.add_route("/", Receiver())
PYTHON
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import http.client
import re
import socket
import subprocess
import sys
import time

BODY = b'{"job_id":"x","status":"completed"}'
REASON = re.compile("Error while parsing chunked transfer body.|Could not parse an empty JSON body")
SERVERS = {"waitress": ["waitress", "--listen=127.0.0.1:{port}"], "gunicorn": ["gunicorn", "-b", "127.0.0.1:{port}"]}


def post(port):
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", "/", iter([BODY[:10], BODY[10:]]), {"content-type": "application/json"})
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    response = connection.getresponse()
    text = response.read().decode()
    return response.status, REASON.search(text)[0] if REASON.search(text) else text


seen = []
for application in ("bottle", "falcon"):
    for name, command in SERVERS.items():
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        arguments = [part.replace("{port}", str(port)) for part in command]
        server = subprocess.Popen(
            [sys.executable, "-m", *arguments, f"with_{application}:app"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            seen.append(post(port))
        finally:
            server.terminate()
            server.wait()
        print(f"{application} behind {name}:", *seen[-1])
sys.exit([status for status, _ in seen] != [200, 400, 200, 400] or [seen[0][1], seen[2][1]] != ["35", "2"])
PYTHON
