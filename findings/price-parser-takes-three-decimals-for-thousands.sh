#!/usr/bin/env bash
# price-parser 0.5.1 (reads prices out of texts): a price with three decimals is a thousand times too high, without an error.
#
# Guess before the first run: "$0.045" is 0.045; a leading zero cannot be the thousands of anything.
# Seen: three digits behind a point or comma are thousands, whatever stands before them: 0.045 becomes 45, and "1.125" becomes 1125. Two or
# four decimals are right. With decimal_separator="." all are.
# Consequence: services price a picture or a second of video by tenths of a cent; a comparison of their price lists, or a limit on spending
# that is built on it, is off by a factor of 1,000 for some models and right for the others.
#
# Output seen on 2026-12-01 (Python 3.11):
#   $0.04: 0.04
#   $0.045: 45
#   $0.0455: 0.0455
#   0.125 USD: 125
#   $1.125 per minute: 1125
#   with decimal_separator: 0.04 0.045 0.0455 0.125 1.125
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
"$work/venv/bin/python" - <<'PYTHON'
import sys

from price_parser import Price

TEXTS = ["$0.04", "$0.045", "$0.0455", "0.125 USD", "$1.125 per minute"]
guessed = [str(Price.fromstring(text).amount) for text in TEXTS]
stated = [str(Price.fromstring(text, decimal_separator=".").amount) for text in TEXTS]
for text, amount in zip(TEXTS, guessed, strict=True):
    print(f"{text}: {amount}")
print("with decimal_separator:", *stated)
is_as_seen = guessed == ["0.04", "45", "0.0455", "125", "1125"] and stated == ["0.04", "0.045", "0.0455", "0.125", "1.125"]
sys.exit(not is_as_seen)
PYTHON
