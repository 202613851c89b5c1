#!/usr/bin/env bash
# RQ 3.0.0 (a task queue on Redis): a result that cannot be pickled is replaced by a text, and the job counts as successful.
#
# Guess before the first run: the job fails, and its error is the one of pickle.
# Seen: status "finished", result type SUCCESSFUL, and return_value() is the text "Unserializable return value". No on_failure callback is
# called; the worker's log has the only trace.
# Consequence: a program that takes the return value for the path or the id of a result goes on with that text.
#
# Output seen on 2026-11-30 (Python 3.11, fakeredis in place of a server):
#   status finished, result SUCCESSFUL, failures reported 0
#   return_value(): 'Unserializable return value'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check rq==3.0.0 redis==5.3.1 fakeredis==2.41.0
cat >"$work/tasks.py" <<'PYTHON'
failures = []


def picture():
    return open("picture.png", "wb")


def report(job, connection, kind, value, trace):
    failures.append(kind)
PYTHON
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys

sys.path.insert(0, "")
import fakeredis
import tasks
from rq import Callback, Queue, SimpleWorker

logging.disable()
connection = fakeredis.FakeRedis()
queue = Queue(connection=connection)
job = queue.enqueue(tasks.picture, on_failure=Callback(tasks.report))
SimpleWorker([queue], connection=connection).work(burst=True)
status, kind, value = job.get_status(refresh=True).value, job.latest_result().type.name, job.return_value()
print(f"status {status}, result {kind}, failures reported {len(tasks.failures)}")
print("return_value():", repr(value))
sys.exit((status, kind, value, tasks.failures) != ("finished", "SUCCESSFUL", "Unserializable return value", []))
PYTHON
