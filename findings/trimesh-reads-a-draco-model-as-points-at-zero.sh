#!/usr/bin/env bash
# trimesh 5.2.0 (reads 3D models) without its optional DracoPy: a GLB file that requires Draco is read as a mesh of zero size.
#
# Guess before the first run: the file lists KHR_draco_mesh_compression under extensionsRequired, so a reader that lacks the decoder raises
# an error, as glTF demands.
# Seen: a scene with one mesh, all of whose vertices are (0, 0, 0); the log has the only trace. "pip install trimesh" does not bring DracoPy.
# Consequence: a pipeline that measures, draws or converts results of services that compress their meshes goes on with nothing.
#
# Output seen on 2026-11-30 (Python 3.11):
#   required: KHR_draco_mesh_compression; an error: no; meshes 1, vertices 3, size [0.0, 0.0, 0.0]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" "$work/encoder"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check trimesh==5.2.0 numpy==2.4.6
"$work/encoder/bin/pip" install --quiet --disable-pip-version-check DracoPy==2.0.0 numpy==2.4.6
"$work/encoder/bin/python" - "$work/model.glb" <<'PYTHON'
import json
import struct
import sys

import DracoPy

content = DracoPy.encode([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)])
length = len(content)
content += b"\0" * (-length % 4)
NAME = "KHR_draco_mesh_compression"
document = {
    "asset": {"version": "2.0"},
    "extensionsUsed": [NAME],
    "extensionsRequired": [NAME],
    "scene": 0,
    "scenes": [{"nodes": [0]}],
    "nodes": [{"mesh": 0}],
    "meshes": [
        {
            "primitives": [
                {
                    "attributes": {"POSITION": 0},
                    "indices": 1,
                    "extensions": {NAME: {"bufferView": 0, "attributes": {"POSITION": 0}}},
                }
            ]
        }
    ],
    "accessors": [
        {"componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
        {"componentType": 5125, "count": 3, "type": "SCALAR"},
    ],
    "bufferViews": [{"buffer": 0, "byteLength": length}],
    "buffers": [{"byteLength": len(content)}],
}
text = json.dumps(document).encode()
text += b" " * (-len(text) % 4)
chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(content), b"BIN\0") + content
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks)
PYTHON
"$work/venv/bin/python" - "$work/model.glb" <<'PYTHON'
import logging
import sys

import trimesh

logging.disable()
scene = trimesh.load(sys.argv[1])
meshes = list(scene.geometry.values())
vertices, size = sum(len(mesh.vertices) for mesh in meshes), scene.extents.tolist()
print(f"required: KHR_draco_mesh_compression; an error: no; meshes {len(meshes)}, vertices {vertices}, size {size}")
sys.exit((len(meshes), vertices, size) != (1, 3, [0.0, 0.0, 0.0]))
PYTHON
