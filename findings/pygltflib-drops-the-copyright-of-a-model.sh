#!/usr/bin/env bash
# pygltflib 1.16.5 (reads and writes glTF): a model that is loaded and saved has lost asset.copyright and asset.extras.
#
# Guess before the first run: what the library does not change is written as it was read, unknown extensions and extras included.
# Seen: extras and extensions of nodes, materials and the document stay. Of "asset" only the version stays: the generator becomes
# pygltflib's, and copyright and extras, where services note the origin of a generated model, are gone.
# Consequence: a step that only moves or renames a mesh removes the notice of the author and of the generator.
#
# Output seen on 2026-11-30 (Python 3.11):
#   before: ['copyright', 'extras', 'generator', 'version']
#   after: ['generator', 'version']
#   extras of the document and of its node: kept
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pygltflib==1.16.5
"$work/venv/bin/python" - "$work" <<'PYTHON'
import json
import sys
from pathlib import Path

from pygltflib import GLTF2

before = {
    "asset": {
        "version": "2.0",
        "generator": "a service",
        "copyright": "2026 A. Sculptor",
        "extras": {"digitalSourceType": "trainedAlgorithmicMedia"},
    },
    "extras": {"job": 1},
    "scene": 0,
    "scenes": [{"nodes": [0]}],
    "nodes": [{"name": "empty", "extras": {"part": 2}}],
}
source, target = Path(sys.argv[1], "before.gltf"), Path(sys.argv[1], "after.gltf")
source.write_text(json.dumps(before))
GLTF2().load(source).save(target)
after = json.loads(target.read_text())
print("before:", sorted(before["asset"]))
print("after:", sorted(after["asset"]))
is_kept = after["extras"] == {"job": 1} and after["nodes"][0]["extras"] == {"part": 2}
print("extras of the document and of its node:", "kept" if is_kept else "changed")
sys.exit(not (sorted(after["asset"]) == ["generator", "version"] and is_kept))
PYTHON
