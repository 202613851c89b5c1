#!/usr/bin/env bash
# trimesh 5.2.0 (reads 3D models) with numpy 2.4.6: positions of a GLB file come out wrong, without an error.
#
# Guess before the first run: positions stored as normalized 16-bit integers (KHR_mesh_quantization, which optimizers of models use) are
# divided by 32767 as glTF requires, and the values of a sparse accessor, a part of glTF itself, take the place of those below them.
# Seen: "normalized" and "sparse" have no effect. The one mesh is 32767 times too large, the other one has the shape it had before its
# sparse values.
# Consequence: sizes, volumes, pictures and exports of such a model are wrong; that a file was read says nothing.
#
# Output seen on 2026-11-30 (Python 3.11):
#   floats: 1.0 x 1.0
#   normalized integers: 32767.0 x 32767.0, must be 1.0 x 1.0
#   sparse values: 1.0 x 1.0, must be 1.0 x 5.0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check trimesh==5.2.0 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import io
import json
import struct
import sys

import trimesh

CORNERS = [(0, 0, 0), (1, 0, 0), (0, 1, 0)]
FLOATS = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
INTEGERS = b"".join(struct.pack("<3hxx", *(32767 * value for value in corner)) for corner in CORNERS)
SPARSE = struct.pack("<Hxx3f", 2, 0, 5, 0)  # corner 2 is (0, 5, 0)


def glb(content, views, accessor, **members):
    document = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [{"bufferView": 0, "count": 3, "type": "VEC3", **accessor}],
        "bufferViews": [{"buffer": 0, **view} for view in views],
        "buffers": [{"byteLength": len(content)}],
        **members,
    }
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(content), b"BIN\0") + content
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def size(file):
    low, high = trimesh.load(io.BytesIO(file), file_type="glb").bounds
    return tuple(float(value) for value in (high - low)[:2])


plain = size(glb(FLOATS, [{"byteLength": 36}], {"componentType": 5126, "min": [0, 0, 0], "max": [1, 1, 0]}))
quantized = size(
    glb(
        INTEGERS,
        [{"byteLength": 24, "byteStride": 8}],
        {"componentType": 5122, "normalized": True, "min": [0, 0, 0], "max": [32767, 32767, 0]},
        extensionsUsed=["KHR_mesh_quantization"],
        extensionsRequired=["KHR_mesh_quantization"],
    )
)
indices, values = {"bufferView": 1, "componentType": 5123}, {"bufferView": 2}
sparse = size(
    glb(
        FLOATS + SPARSE,
        [{"byteLength": 36}, {"byteOffset": 36, "byteLength": 2}, {"byteOffset": 40, "byteLength": 12}],
        {
            "componentType": 5126,
            "min": [0, 0, 0],
            "max": [1, 5, 0],
            "sparse": {"count": 1, "indices": indices, "values": values},
        },
    )
)
print("floats: %s x %s" % plain)
print("normalized integers: %s x %s, must be 1.0 x 1.0" % quantized)
print("sparse values: %s x %s, must be 1.0 x 5.0" % sparse)
sys.exit((plain, quantized, sparse) != ((1.0, 1.0), (32767.0, 32767.0), (1.0, 1.0)))
PYTHON
