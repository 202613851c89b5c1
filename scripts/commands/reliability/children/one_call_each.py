"""One call of one client for every fault. Usage: one_call_each.py SUBJECT PORT FAULT... Runs alone, with what its environment holds."""

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "children"))
SUBJECTS = import_module("exchanges").SUBJECTS  # only now can it be found

subject, port, *faults = sys.argv[1:]
for fault in faults:
    with suppress(Exception):  # how a call ends is the client's own affair: the server counts the jobs
        SUBJECTS[subject](f"http://127.0.0.1:{port}/f/{fault}")()
