#!/usr/bin/env bash
# jambo 0.2.0.post1 and json-schema-to-pydantic 0.5.0 (make Pydantic models from a JSON Schema): valid data goes in and other data comes out.
#
# Guess before the first run: a list with uniqueItems stays a list whose doubles are refused, a map keeps its members, limits stay limits.
# Seen: both make a set of such a list, so its order is lost and doubles vanish without an error. jambo takes an object with
# additionalProperties for one without members and drops all of them. A maxLength beside null is lost in jambo for a list of types
# and in json-schema-to-pydantic for anyOf. datamodel-code-generator 0.89.0 keeps the order, the members and both limits.
# Consequence: reference pictures or key frames come out in another order, in which a model reads them, and weights of styles are gone;
# the request is valid, so nothing but the paid result shows it.
#
# Output seen on 2026-12-01 (Python 3.11, Pydantic 2.14.4):
#   datamodel-code-generator: frames [3, 1, 2], weights {'ink': 0.5}, note too long refused, name too long refused
#   jambo: frames [1, 2, 3], weights {}, note too long taken, name too long refused
#   json-schema-to-pydantic: frames [1, 2, 3], weights {'ink': 0.5}, note too long refused, name too long taken
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  jambo==0.2.0.post1 json-schema-to-pydantic==0.5.0 datamodel-code-generator==0.89.0 pydantic==2.14.4
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import json
import subprocess
import sys
from pathlib import Path

import jambo
import json_schema_to_pydantic
from pydantic import ValidationError

SCHEMA = {
    "title": "Order",
    "type": "object",
    "properties": {
        "frames": {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
        "weights": {"type": "object", "additionalProperties": {"type": "number"}},
        "note": {"type": ["string", "null"], "maxLength": 3},
        "name": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]},
    },
}


def generated():
    Path("schema.json").write_text(json.dumps(SCHEMA))
    program = Path(sys.executable).with_name("datamodel-codegen")
    options = ["--input", "schema.json", "--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    subprocess.run([program, *options, "--output", "models.py"], check=True, stderr=subprocess.DEVNULL)
    sys.path.insert(0, ".")
    import models

    return models.Order


def is_taken(model, **fields):
    try:
        model(**fields)
    except ValidationError:
        return "refused"
    return "taken"


MODELS = {
    "datamodel-code-generator": generated(),
    "jambo": jambo.SchemaConverter.build(SCHEMA),
    "json-schema-to-pydantic": json_schema_to_pydantic.create_model(SCHEMA),
}
seen = {}
for name, model in MODELS.items():
    order = json.loads(model(frames=[3, 1, 2], weights={"ink": 0.5}).model_dump_json(exclude_unset=True))
    limits = [is_taken(model, note="long"), is_taken(model, name="long")]
    seen[name] = [order["frames"], order["weights"], *limits]
    print(f"{name}: frames {order['frames']}, weights {order['weights']}, note too long {limits[0]}, name too long {limits[1]}")
expected = {
    "datamodel-code-generator": [[3, 1, 2], {"ink": 0.5}, "refused", "refused"],
    "jambo": [[1, 2, 3], {}, "taken", "refused"],
    "json-schema-to-pydantic": [[1, 2, 3], {"ink": 0.5}, "refused", "taken"],
}
sys.exit(seen != expected)
PYTHON
