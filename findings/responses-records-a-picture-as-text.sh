#!/usr/bin/env bash
# responses 0.26.3 (stands in for servers of the library requests): a picture that its recorder wrote down comes back as other bytes.
#
# Guess before the first run: a recorded body is kept as bytes, or in base64 where it is no text, as vcrpy does.
# Seen: the recorder keeps the body as text. Each byte that is no UTF-8 becomes U+FFFD, whose three bytes are played back; the response
# has its status and its type, and no error comes up, neither while recording nor while playing. vcrpy 9.4.2 keeps all bytes.
# Consequence: a test that downloads a recorded picture or video gets a longer, broken file; one that only counts bytes or files passes.
#
# Output seen on 2026-12-01 (Python 3.11), of 272 bytes:
#   responses: 200 image/png, 530 bytes, same: False
#   vcrpy: 200 image/png, 272 bytes, same: True
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check responses==0.26.3 vcrpy==9.4.2 requests==2.34.2
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
import responses
import vcr
from responses import _recorder

BODY = b"\x89PNG\r\n\x1a\n" + bytes(8) + bytes(range(256))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/result.png"


@_recorder.record(file_path="responses.yaml")
def record():
    return requests.get(address, timeout=10)


@responses.activate
def play():
    responses._add_from_file(file_path="responses.yaml")
    return requests.get(address, timeout=10)


assert record().content == BODY
with vcr.use_cassette("vcr.yaml"):
    assert requests.get(address, timeout=10).content == BODY
server.shutdown()
server.server_close()
played = {"responses": play()}
with vcr.use_cassette("vcr.yaml", record_mode="none"):
    played["vcrpy"] = requests.get(address, timeout=10)
for name, response in played.items():
    described = f"{response.status_code} {response.headers['Content-Type']}"
    print(f"{name}: {described}, {len(response.content)} bytes, same: {response.content == BODY}")
sys.exit([response.content == BODY for response in played.values()] != [False, True])
PYTHON
