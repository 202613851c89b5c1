#!/usr/bin/env bash
# DBOS 3.4.0 (durable workflows): a workflow that is started with a used id and another input gets the result of the first input.
#
# Guess before the first run: an id stands for one order, so the same id with other arguments is a conflict and raises an error.
# Seen: the first result comes back at once, by a call as by start_workflow, with nothing in its status that tells them apart. The same id
# for another function raises DBOSConflictingWorkflowError.
# Consequence: a program whose ids are too coarse, as one for each customer and day, hands out the picture of one prompt for another prompt,
# and the second is never made.
#
# Output seen on 2026-11-30 (Python 3.11, SQLite):
#   order-1, fox: picture of fox
#   order-1, owl: picture of fox
#   order-1, owl, started: picture of fox
#   order-1, another function: DBOSConflictingWorkflowError
#   pictures made: 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dbos==3.4.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys

from dbos import DBOS, SetWorkflowID

logging.disable()
DBOS(config={"name": "orders", "system_database_url": "sqlite:///orders.sqlite", "run_admin_server": False})
made = []


@DBOS.step()
def generate(prompt):
    made.append(prompt)
    return f"picture of {prompt}"


@DBOS.workflow()
def order(prompt):
    return generate(prompt)


@DBOS.workflow()
def video_order(prompt):
    return generate(prompt)


def outcome(function):
    with SetWorkflowID("order-1"):
        try:
            return function()
        except Exception as error:
            return type(error).__name__


DBOS.launch()
seen = {
    "order-1, fox": outcome(lambda: order("fox")),
    "order-1, owl": outcome(lambda: order("owl")),
    "order-1, owl, started": outcome(lambda: DBOS.start_workflow(order, "owl").get_result()),
    "order-1, another function": outcome(lambda: video_order("owl")),
}
DBOS.destroy()
for name, text in seen.items():
    print(f"{name}: {text}")
print("pictures made:", len(made))
sys.exit(list(seen.values()) != ["picture of fox"] * 3 + ["DBOSConflictingWorkflowError"] or made != ["fox"])
PYTHON
