#!/usr/bin/env bash
# polars 2.1.0 (data frames): a field that first appears after line 100 of a JSON lines file is dropped, without an error.
#
# Guess before the first run: the columns are guessed from the first 100 lines, so a later line with one more field is an error, as a
# later value of another type is.
# Seen: the field is left out, for read_ndjson and scan_ndjson. A value of another type is an error. infer_schema_length=None, which
# reads the file first, finds the field.
# Consequence: of a list of jobs whose first lines have no negative_prompt, the rest loses its own; the jobs are paid for without it.
#
# Output seen on 2026-11-30 (Python 3.11):
#   line 101 as it is: {'prompt': 'a fox', 'negative_prompt': 'text'}
#   read_ndjson: {'prompt': 'a fox'}
#   scan_ndjson: {'prompt': 'a fox'}
#   infer_schema_length=None: {'prompt': 'a fox', 'negative_prompt': 'text'}
#   another type in line 101: ComputeError
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0
"$work/venv/bin/python" - "$work/jobs.jsonl" <<'PYTHON'
import json
import sys

import polars

LAST = {"prompt": "a fox", "negative_prompt": "text"}


def write(last, first):
    with open(sys.argv[1], "w") as file:
        for row in [first] * 100 + [last]:
            file.write(json.dumps(row) + "\n")


write(LAST, {"prompt": "a cat"})
seen = {
    "line 101 as it is": LAST,
    "read_ndjson": polars.read_ndjson(sys.argv[1])[-1].to_dicts()[0],
    "scan_ndjson": polars.scan_ndjson(sys.argv[1]).collect()[-1].to_dicts()[0],
    "infer_schema_length=None": polars.read_ndjson(sys.argv[1], infer_schema_length=None)[-1].to_dicts()[0],
}
for name, row in seen.items():
    print(f"{name}: {row}")
write({"strength": 0.5}, {"strength": 1})
try:
    other = str(polars.read_ndjson(sys.argv[1])[-1].to_dicts())
except polars.exceptions.ComputeError:
    other = "ComputeError"
print("another type in line 101:", other)
short = {"prompt": "a fox"}
sys.exit(not (list(seen.values()) == [LAST, short, short, LAST] and other == "ComputeError"))
PYTHON
