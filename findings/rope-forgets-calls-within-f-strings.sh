#!/usr/bin/env bash
# rope 1.15.2 (refactors Python): a parameter that is renamed keeps its former name in calls within f-strings, and in "nonlocal".
#
# Guess before the first run: rope renames the parameter, its uses and the keywords of calls in other modules, within f-strings too.
# Seen: it does for plain calls, and for names in f-strings of the function itself. A call within an f-string of another module and a nonlocal
# statement stay as they are, without a warning. Both files are valid Python before; the first is no more, the second raises TypeError.
# Consequence: a rename of aspectRatio to aspect_ratio, of all things a mechanical one, breaks a program in its log lines.
#
# Output seen on 2026-11-30 (Python 3.11):
#   plain call: submit(aspect_ratio='1:1')
#   call within an f-string: print(f"{submit(aspectRatio='1:1')}")
#   the function itself: text = f"{aspect_ratio}"
#   a function within it: nonlocal aspectRatio
#   the first file now: SyntaxError, no binding for nonlocal 'aspectRatio' found
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check rope==1.15.2
mkdir "$work/project"
cat >"$work/project/service.py" <<'PYTHON'
def submit(aspectRatio="1:1"):
    text = f"{aspectRatio}"

    def widen():
        nonlocal aspectRatio
        aspectRatio = "16:9"

    widen()
    return text, aspectRatio
PYTHON
cat >"$work/project/program.py" <<'PYTHON'
from service import submit

submit(aspectRatio='1:1')
print(f"{submit(aspectRatio='1:1')}")
PYTHON
cd "$work/project"
"$work/venv/bin/python" program.py >"$work/before"
"$work/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

from rope.base.project import Project
from rope.refactor.rename import Rename

project = Project(".", ropefolder=None)
service = project.get_resource("service.py")
project.do(Rename(project, service, service.read().index("aspectRatio")).get_changes("aspect_ratio"))
project.close()
program, library = (Path(name).read_text().splitlines() for name in ("program.py", "service.py"))
seen = {
    "plain call": program[2],
    "call within an f-string": program[3],
    "the function itself": library[1].strip(),
    "a function within it": library[4].strip(),
}
for name, line in seen.items():
    print(f"{name}: {line}")
try:
    compile("\n".join(library), "service.py", "exec")
    fault = "none"
except SyntaxError as error:
    fault = f"SyntaxError, {error.msg}"
print("the first file now:", fault)
is_renamed = ["aspect_ratio" in line for line in seen.values()]
sys.exit(is_renamed != [True, False, True, False] or not fault.startswith("SyntaxError"))
PYTHON
