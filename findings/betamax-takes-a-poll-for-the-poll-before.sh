#!/usr/bin/env bash
# betamax 0.9.0 (records requests of the library requests): with record="new_episodes" a request is answered by an equal one a moment ago.
#
# Guess before the first run: while a cassette is made, requests go to the server, and what is recorded is played back in order.
# Seen: every second poll of a job is answered by what the poll before it has just recorded, without asking the server; so is a second POST
# with another prompt, which gets the id of the first job. vcrpy 9.4.2 asks the server in its mode of the same name, and betamax in "once".
# Consequence: a cassette lacks requests that the program made, and its first run shows a program two prompts with one job.
#
# Output seen on 2026-11-30 (Python 3.11):
#   vcrpy: polls queued processing completed, jobs of two prompts 1 2
#   betamax, once: polls queued processing completed, jobs of two prompts 1 2
#   betamax, new_episodes: polls queued queued processing processing completed, jobs of two prompts 1 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check betamax==0.9.0 vcrpy==9.4.2 requests==2.34.2
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import betamax
import requests
import vcr

STATUSES = ["queued", "processing", "completed"]
counts = {"GET": 0, "POST": 0}


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        counts[self.command] += 1
        number = counts[self.command]
        content = (str(number) if self.command == "POST" else STATUSES[min(number, 3) - 1]).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


def program(session):
    statuses = []
    while len(statuses) < 12 and statuses[-1:] != ["completed"]:
        statuses.append(session.get(f"{url}/jobs/1").text)
    jobs = [session.post(f"{url}/generate", json={"prompt": prompt}).text for prompt in ("a fox", "an owl")]
    return " ".join(statuses), " ".join(jobs)


def by_vcrpy():
    with vcr.use_cassette("vcrpy.yaml", record_mode="new_episodes"):
        return program(requests.Session())


def by_betamax(mode):
    session = requests.Session()
    with betamax.Betamax(session, cassette_library_dir=".").use_cassette(mode, record=mode):
        return program(session)


runs = {
    "vcrpy": by_vcrpy,
    "betamax, once": lambda: by_betamax("once"),
    "betamax, new_episodes": lambda: by_betamax("new_episodes"),
}
seen = []
for name, run in runs.items():
    counts.update(GET=0, POST=0)
    seen.append(run())
    print("%s: polls %s, jobs of two prompts %s" % (name, *seen[-1]))
in_order = "queued processing completed", "1 2"
sys.exit(seen != [in_order, in_order, ("queued queued processing processing completed", "1 1")])
PYTHON
