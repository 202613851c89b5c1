#!/usr/bin/env bash
# usd2gltf 0.3.5 (turns USD models into glTF): units and the upward axis of the USD file have no effect.
#
# Guess before the first run: glTF is in metres with Y upwards, so a model in centimetres with Z upwards is scaled by 0.01 and turned.
# Seen: the numbers are copied. A box of 1 m x 2 m x 3 m comes out as 100 m x 200 m x 300 m and lies on its back, with default options and
# without a warning. The USDLoader of three 0.187.0 reads the same file as the guess has it.
# Consequence: a generated model that passed through a USD scene, whose usual unit is the centimetre, is of the wrong size next to others,
# and in an augmented view of a room it is a tower.
#
# Output seen on 2026-12-01 (Python 3.11, Node.js 20), size along X, Y and Z in metres:
#   three: 1 3 2
#   usd2gltf: 100 200 300
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >box.usda <<'USD'
#usda 1.0
(
    defaultPrim = "box"
    metersPerUnit = 0.01
    upAxis = "Z"
)
def Xform "box"
{
    def Mesh "mesh"
    {
        int[] faceVertexCounts = [3, 3]
        int[] faceVertexIndices = [0, 1, 2, 0, 2, 3]
        point3f[] points = [(0, 0, 0), (100, 0, 0), (100, 200, 0), (0, 0, 300)]
    }
}
USD
npm install --silent --no-audit --no-fund --prefix "$work" three@0.187.0
cat >program.mjs <<'JAVASCRIPT'
import fs from "node:fs";
import { Box3, Vector3 } from "three";
import { USDLoader } from "three/examples/jsm/loaders/USDLoader.js";

const scene = new USDLoader().parse(fs.readFileSync("box.usda", "utf8"));
scene.updateMatrixWorld(true);
const size = new Box3().setFromObject(scene).getSize(new Vector3()).toArray().map(Math.round).join(" ");
console.log(`three: ${size}`);
process.exit(size === "1 3 2" ? 0 : 1);
JAVASCRIPT
node program.mjs
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check usd2gltf==0.3.5 usd-core==26.11 trimesh==5.2.0
"$work/venv/bin/usd2gltf" -i box.usda -o box.glb >log 2>&1
"$work/venv/bin/python" - <<'PYTHON'
import sys

import trimesh

size = " ".join(str(round(length)) for length in trimesh.load("box.glb").extents)
print(f"usd2gltf: {size}")
sys.exit(size != "100 200 300")
PYTHON
