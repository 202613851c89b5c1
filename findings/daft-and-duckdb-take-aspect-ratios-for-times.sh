#!/usr/bin/env bash
# DuckDB 2.0.1 and Daft 0.7.26 (data engines): a CSV column of aspect ratios is read as times of day, without an error.
#
# Guess before the first run: a column of "9:16" stays text in both.
# Seen: Daft makes a time of every ratio whose first number is below 24, of "1:1" as of "16:9". DuckDB does so where each row of the column has
# two digits behind the colon, as in a file of upright or 16:10 videos alone, and leaves "1:1" and "16:9" as they are.
# Consequence: the JSON lines or the Parquet file that such a program writes says 09:16:00, or a value of type TIME, which is no aspect
# ratio. The same program works on until a file has upright videos only. DuckDB's all_varchar=true prevents it.
#
# Output seen on 2026-11-30 (Python 3.11):
#   duckdb, 9:16: time 09:16:00
#   duckdb, 16:9 and 9:16: str 16:9
#   duckdb, 9:16, all_varchar: str 9:16
#   daft, 1:1: time 01:01:00
#   daft, 16:9 and 9:16: time 16:09:00
#   a line of JSON by DuckDB: {"prompt":"a fox","aspect_ratio":"09:16:00"}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 daft==0.7.26
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import os
import sys
from pathlib import Path

os.environ["DO_NOT_TRACK"] = "true"

import daft
import duckdb


def table(name, *ratios):
    Path(name).write_text("prompt,aspect_ratio\n" + "".join(f"a fox,{ratio}\n" for ratio in ratios))
    return name


def by_duckdb(name, options=""):
    return duckdb.sql(f"SELECT aspect_ratio FROM read_csv('{name}'{options})").fetchall()[0][0]


def by_daft(name):
    return daft.read_csv(name).to_pydict()["aspect_ratio"][0]


upright = table("upright.csv", "9:16", "9:16")
mixed = table("mixed.csv", "16:9", "9:16")
square = table("square.csv", "1:1", "1:1")
values = {
    "duckdb, 9:16": by_duckdb(upright),
    "duckdb, 16:9 and 9:16": by_duckdb(mixed),
    "duckdb, 9:16, all_varchar": by_duckdb(upright, ", all_varchar=true"),
    "daft, 1:1": by_daft(square),
    "daft, 16:9 and 9:16": by_daft(mixed),
}
seen = [f"{type(value).__name__} {value}" for value in values.values()]
for name, text in zip(values, seen):
    print(f"{name}: {text}")
duckdb.sql(f"COPY (FROM '{upright}') TO 'upright.jsonl'")
line = Path("upright.jsonl").read_text().splitlines()[0]
print("a line of JSON by DuckDB:", line)
expected = ["time 09:16:00", "str 16:9", "str 9:16", "time 01:01:00", "time 16:09:00"]
sys.exit(seen != expected or line != '{"prompt":"a fox","aspect_ratio":"09:16:00"}')
PYTHON
