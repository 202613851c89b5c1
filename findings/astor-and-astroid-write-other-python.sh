#!/usr/bin/env bash
# astor 0.8.1 and astroid 4.3.4 (write Python from a syntax tree): the written program has other results, without an error.
#
# Guess before the first run: what both can write at all does the same as before; new syntax may be an error.
# Seen: both write f"{ {'prompt': p} }" with doubled braces, which stand for braces of a text, so the dictionary becomes its own source.
# astroid's as_string() leaves out the parentheses of (a > b) > c, which is another comparison then, and the annotations of *args and
# **options. ast.unparse of Python itself writes all of them right.
# Consequence: code that a tool on top of them changed, as plug-ins of Pylint do, logs or sends the source of a request in place of
# the request, and a function from whose types a form or a command is made has lost types.
#
# Output seen on 2026-12-01 (Python 3.11):
#   as it is: {'prompt': 'a fox'}; False; ['options', 'prompts']
#   ast.unparse: {'prompt': 'a fox'}; False; ['options', 'prompts']
#   astor: {'prompt': p}; False; ['options', 'prompts']
#   astroid: {'prompt': p}; True; []
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check astor==0.8.1 astroid==4.3.4
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import ast
import sys

import astor
import astroid

SOURCE = """
p = "a fox"
body = f"{ {'prompt': p} }"
has_changed = (3 > 2) > 1
def submit(*prompts: str, **options: int): pass
"""


def results(source):
    names = {}
    exec(source, names)
    return [names["body"], str(names["has_changed"]), str(sorted(names["submit"].__annotations__))]


seen = {
    "as it is": results(SOURCE),
    "ast.unparse": results(ast.unparse(ast.parse(SOURCE))),
    "astor": results(astor.to_source(ast.parse(SOURCE))),
    "astroid": results(astroid.parse(SOURCE).as_string()),
}
for name, values in seen.items():
    print(f"{name}: {'; '.join(values)}")
right = ["{'prompt': 'a fox'}", "False", "['options', 'prompts']"]
expected = [right, right, ["{'prompt': p}", *right[1:]], ["{'prompt': p}", "True", "[]"]]
sys.exit(list(seen.values()) != expected)
PYTHON
