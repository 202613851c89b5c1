#!/usr/bin/env bash
# pyarrow 25.0.1: an integer of a JSON lines file that needs more than 63 bits is rounded, without an error.
#
# Guess before the first run: a column of integers is int64, and a number that does not fit is an error, as a text in it is.
# Seen: the whole column becomes float64. 2**63 + 12345 is read as 2**63 + 12288, and the small numbers beside it become floats, too. With an
# explicit schema of uint64 the numbers are exact.
# Consequence: a seed of 64 bits that came with a result does not repeat that result after a way through pyarrow (or pandas with
# engine="pyarrow").
#
# Output seen on 2026-11-30 (Python 3.11):
#   guessed: double, off by 57, and 1 is 1.0
#   uint64: uint64, off by 0, and 1 is 1
#   a text in the column: ArrowInvalid
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==25.0.1
"$work/venv/bin/python" - "$work/jobs.jsonl" <<'PYTHON'
import sys
from pathlib import Path

import pyarrow
from pyarrow import json

SEED = 2**63 + 12345
path = Path(sys.argv[1])
path.write_text('{"seed": %d}\n{"seed": 1}\n' % SEED)


def seen(name, options=None):
    column = json.read_json(path, parse_options=options).column("seed")
    large, small = column.to_pylist()
    print(f"{name}: {column.type}, off by {SEED - int(large)}, and 1 is {small}")
    return str(column.type), SEED - int(large)


guessed = seen("guessed")
explicit = seen("uint64", json.ParseOptions(explicit_schema=pyarrow.schema({"seed": pyarrow.uint64()})))
path.write_text('{"seed": 1}\n{"seed": "one"}\n')
try:
    text = str(json.read_json(path).column("seed").type)
except pyarrow.ArrowInvalid:
    text = "ArrowInvalid"
print("a text in the column:", text)
sys.exit((guessed, explicit, text) != (("double", 57), ("uint64", 0), "ArrowInvalid"))
PYTHON
