#!/usr/bin/env bash
# parfive 2.3.1 (parallel downloads): a server that answers each request for a part with the whole file gives a file of the wrong size, no error.
#
# Guess before the first run: parfive notices by the status, 200 in place of 206, that it gets the whole file. pySmartDL does, and pypdl stops
# with an error.
# Seen: where the first response has Accept-Ranges: bytes, parfive asks for five parts, does not look at the status of their responses and
# writes each to where its part belongs. The file is longer than it may be, nothing is in results.errors. HTTP lets a server ignore Range
# at any time.
# Consequence: a video that was paid for is broken, and its download counts as successful. max_splits=1 prevents it.
#
# Output seen on 2026-11-30 (Python 3.11, aiohttp 3.14.5):
#   parts: file of 102400 bytes, saved 184320, errors 0
#   max_splits=1: file of 102400 bytes, saved 102400, errors 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check parfive==2.3.1 aiohttp==3.14.5
"$work/venv/bin/python" - "$work" <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from parfive import Downloader

VIDEO = bytes(range(256)) * 400


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("accept-ranges", "bytes")
        self.send_header("content-length", str(len(VIDEO)))
        self.end_headers()
        self.wfile.write(VIDEO)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def saved(name, **options):
    downloader = Downloader(progress=False)
    downloader.enqueue_file(f"http://127.0.0.1:{server.server_port}/video.mp4", path=sys.argv[1], filename=name, **options)
    results = downloader.download()
    content = Path(sys.argv[1], name).read_bytes()
    return len(content), len(results.errors), content == VIDEO


parts = saved("parts.mp4")
whole = saved("whole.mp4", max_splits=1)
print(f"parts: file of {len(VIDEO)} bytes, saved {parts[0]}, errors {parts[1]}")
print(f"max_splits=1: file of {len(VIDEO)} bytes, saved {whole[0]}, errors {whole[1]}")
sys.exit((parts, whole) != ((184320, 0, False), (102400, 0, True)))
PYTHON
