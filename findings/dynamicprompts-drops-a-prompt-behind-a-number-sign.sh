#!/usr/bin/env bash
# dynamicprompts 0.31.0 (makes prompts from templates): a prompt ends at the first "#", and variants behind it are not made.
#
# Guess before the first run: "#" may be a comment at the start of a line; within a line, as in a colour, it is text.
# Seen: everything from "#" to the end of the line is dropped, also directly behind a letter or a backslash. Of a template with two variants
# behind it one prompt is left, without an error or a warning. A "#" inside of the braces is an error.
# Consequence: "a car in #ff0000, {at day|at night}" is ordered and paid as "a car in". The number of prompts that come out is too small
# by a factor that only a count shows.
#
# Output seen on 2026-12-01 (Python 3.11):
#   a red car, {at day|at night}: ['a red car, at day', 'a red car, at night']
#   a car in #ff0000, {at day|at night}: ['a car in ']
#   a car in \#ff0000, {at day|at night}: ['a car in \\']
#   a book on C# {closed|open}: ['a book on C']
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dynamicprompts==0.31.0
"$work/venv/bin/python" - <<'PYTHON'
import sys

from dynamicprompts.generators import CombinatorialPromptGenerator

EXPECTED = {
    "a red car, {at day|at night}": ["a red car, at day", "a red car, at night"],
    "a car in #ff0000, {at day|at night}": ["a car in "],
    "a car in \\#ff0000, {at day|at night}": ["a car in \\"],
    "a book on C# {closed|open}": ["a book on C"],
}
generator = CombinatorialPromptGenerator()
seen = {template: [str(prompt) for prompt in generator.generate(template, 10)] for template in EXPECTED}
for template, prompts in seen.items():
    print(f"{template}: {prompts}")
sys.exit(seen != EXPECTED)
PYTHON
