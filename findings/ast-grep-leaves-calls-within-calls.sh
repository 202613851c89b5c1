#!/usr/bin/env bash
# ast-grep 0.51.1 (searches and rewrites code): of calls within calls only the outer one is rewritten, and the exit status says that all went well.
#
# Guess before the first run: run --rewrite --update-all changes each match that a search lists.
# Seen: a search finds all calls; the rewrite leaves those in the arguments of another match as they are, in a callback as well, and says
# "Applied 2 changes". A second run changes the next ones, and so on.
# Consequence: a rename of a function of an SDK leaves the calls that are handed to another one, as submit(upscale, submit(image)); the
# program fails there only when it gets so far, after the picture before was paid for.
#
# Output seen on 2026-12-01 (Python 3.11):
#   found: 5
#   after run 1: send(submit(1), first=submit(2)) | send(lambda: submit(3))
#   after run 2: send(send(1), first=send(2)) | send(lambda: send(3))
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ast-grep-cli==0.51.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import json
import subprocess
import sys
from pathlib import Path

program = Path("program.py")
program.write_text("submit(submit(1), first=submit(2))\nsubmit(lambda: submit(3))\n")
SEARCH = [Path(sys.executable).with_name("ast-grep"), "run", "--lang", "python", "--pattern", "submit($$$ARGUMENTS)"]


def search(*options):
    return subprocess.run([*SEARCH, *options, program], check=True, capture_output=True, text=True).stdout


def rewritten():
    search("--rewrite", "send($$$ARGUMENTS)", "--update-all")
    return " | ".join(program.read_text().splitlines())


seen = [len(json.loads(search("--json"))), rewritten(), rewritten()]
print(f"found: {seen[0]}\nafter run 1: {seen[1]}\nafter run 2: {seen[2]}")
expected = [
    5,
    "send(submit(1), first=submit(2)) | send(lambda: submit(3))",
    "send(send(1), first=send(2)) | send(lambda: send(3))",
]
sys.exit(seen != expected)
PYTHON
