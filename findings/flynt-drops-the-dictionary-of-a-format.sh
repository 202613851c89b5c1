#!/usr/bin/env bash
# flynt 1.0.6 (turns formats of Python into f-strings): a dictionary that is printed is replaced by "%s", and columns change sides.
#
# Guess before the first run: "%s" % {...} becomes an f-string with the dictionary in it or is left as it is, and "%-8.1f" becomes "{x:<8.1f}".
# Seen: with default options "body: %s" % {"prompt": name} becomes f"body: %s"; the value is gone. "%-8.1f" becomes "{x:-8.1f}", whose "-"
# stands for the sign, so numbers go to the right; "%-8s" becomes "{x:8}", which moves integers to the right. No warning, exit status 0.
# Named keys, "%(name)s" % {...}, are right.
# Consequence: after a mechanical change a program logs or sends "%s" in place of the request that it paid for.
#
# Output seen on 2026-12-01 (Python 3.11):
#   "body: %s" % {"prompt": name} is f"body: %s": body: {'prompt': 'a fox'} becomes body: %s
#   "%-8.1f|" % cost is f"{cost:-8.1f}|": 3.5     | becomes      3.5|
#   "%-8s|" % seed is f"{seed:8}|": 42      | becomes       42|
#   "%-8s|" % name is f"{name:8}|": a fox   | becomes a fox   |
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check flynt==1.0.6
cd "$work"
cat >before.py <<'PYTHON'
"body: %s" % {"prompt": name}
"%-8.1f|" % cost
"%-8s|" % seed
"%-8s|" % name
PYTHON
cp before.py after.py
"$work/venv/bin/flynt" --quiet after.py
"$work/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

VALUES = {"name": "a fox", "cost": 3.5, "seed": 42}
pairs = list(zip(Path("before.py").read_text().splitlines(), Path("after.py").read_text().splitlines(), strict=True))
seen = [(eval(before, dict(VALUES)), eval(after, dict(VALUES))) for before, after in pairs]
for (before, after), (was, is_now) in zip(pairs, seen, strict=True):
    print(f"{before} is {after}: {was} becomes {is_now}")
expected = ["body: %s", "     3.5|", "      42|", "a fox   |"]
sys.exit([is_now for _, is_now in seen] != expected)
PYTHON
