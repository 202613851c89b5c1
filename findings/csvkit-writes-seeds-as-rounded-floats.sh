#!/usr/bin/env bash
# csvkit 2.2.0 (programs for CSV files): csvjson writes whole numbers as floats, and rounds those above 2**53.
#
# Guess before the first run: csvkit counts with decimals, so an integer leaves csvjson as the integer that it was.
# Seen: 42 becomes 42.0, and 9007199254740993 becomes 9007199254740992.0; of two seeds that differ by one, both come out equal. csvsort, of the
# same package and with the same guesses, keeps the numbers. --no-inference keeps them too, as text in quotes.
# Consequence: JSON lines that are made of a table of results do not repeat those results, and a server that wants an integer may refuse 42.0.
#
# Output seen on 2026-11-30 (Python 3.11):
#   seeds of the table: 42 9007199254740992 9007199254740993
#   csvsort: 42 9007199254740992 9007199254740993
#   csvjson: 42.0 9007199254740992.0 9007199254740992.0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cd "$work"
printf 'id,seed\nfox,42\nhen,9007199254740992\nowl,9007199254740993\n' >results.csv
seeds() { "$work/venv/bin/$1" "${@:2}" results.csv | grep -oE '[0-9]+(\.[0-9]+)?' | xargs; }
plain=$(grep -oE '[0-9]+' results.csv | xargs)
sorted=$(seeds csvsort --columns id)
json=$(seeds csvjson)
echo "seeds of the table: $plain"
echo "csvsort: $sorted"
echo "csvjson: $json"
[ "$sorted" = "$plain" ] && [ "$json" = "42.0 9007199254740992.0 9007199254740992.0" ]
