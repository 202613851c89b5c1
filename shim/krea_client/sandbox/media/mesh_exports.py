"""3D results in the formats of the export operation, each in a ZIP file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

from krea_client.sandbox.media.meshes import Mesh, normal

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest day of ZIP; equal results shall have equal bytes
_FBX = 7400

Node = tuple[str, Sequence[bytes], Sequence["Node"]]


def archive(solid: Mesh, file_format: str) -> bytes:
    """Write a ZIP with the solid as `model.obj` (with its `.mtl`), `.fbx`, `.stl` or `.ply`. Raises KeyError for another format."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in WRITERS[file_format](solid).items():
            pack.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _obj(solid: Mesh) -> dict[str, bytes]:
    shades = [colour for colour in solid.colours for _ in range(3)]
    # Colours behind the coordinates: no part of the old format, but most programs read them.
    lines = ["mtllib model.mtl", "o gem", "usemtl gem"]
    lines += [
        "v " + " ".join(f"{number:.6f}" for number in (*point, *shade))
        for point, shade in zip(solid.points, shades, strict=True)
    ]
    lines += [f"f {first} {first + 1} {first + 2}" for first in range(1, len(solid.points), 3)]
    red, green, blue = solid.colours[0]
    material = f"newmtl gem\nKd {red:.4f} {green:.4f} {blue:.4f}\nKs 0.5 0.5 0.5\nNs 80\n"
    return {"model.obj": "\n".join([*lines, ""]).encode(), "model.mtl": material.encode()}


def _stl(solid: Mesh) -> dict[str, bytes]:
    facets = b"".join(
        struct.pack("<12fH", *normal(*triangle), *triangle[0], *triangle[1], *triangle[2], 0)
        for triangle in solid.triangles
    )
    return {"model.stl": bytes(80) + struct.pack("<I", len(solid.triangles)) + facets}


def _ply(solid: Mesh) -> dict[str, bytes]:
    head = ["ply", "format ascii 1.0", f"element vertex {len(solid.points)}"]
    head += [f"property float {axis}" for axis in "xyz"]
    head += [f"property uchar {colour}" for colour in ("red", "green", "blue")]
    head += [f"element face {len(solid.triangles)}", "property list uchar int vertex_indices", "end_header"]
    shades = [[round(255 * part) for part in colour] for colour in solid.colours for _ in range(3)]
    rows = [
        " ".join([*(f"{number:.6f}" for number in point), *map(str, shade)])
        for point, shade in zip(solid.points, shades, strict=True)
    ]
    faces = [f"3 {first} {first + 1} {first + 2}" for first in range(0, len(solid.points), 3)]
    return {"model.ply": "\n".join([*head, *rows, *faces, ""]).encode()}


def _fbx(solid: Mesh) -> dict[str, bytes]:
    numbers = [number for point in solid.points for number in point]
    # The last corner of a polygon is written as the complement of its number.
    corners = [~corner if corner % 3 == 2 else corner for corner in range(len(solid.points))]
    geometry: Node = (
        "Geometry",
        [_long(1), _text("gem\0\1Geometry"), _text("Mesh")],
        [("Vertices", [_array("d", numbers)], []), ("PolygonVertexIndex", [_array("i", corners)], [])],
    )
    model: Node = (
        "Model",
        [_long(2), _text("gem\0\1Model"), _text("Mesh")],
        [("Version", [_integer(232)], []), ("Properties70", [], [])],
    )
    links: list[Node] = [
        ("C", [_text("OO"), _long(2), _long(0)], []),
        ("C", [_text("OO"), _long(1), _long(2)], []),
    ]
    top: list[Node] = [
        ("FBXHeaderExtension", [], [("FBXHeaderVersion", [_integer(1003)], []), ("FBXVersion", [_integer(_FBX)], [])]),
        ("GlobalSettings", [], [("Version", [_integer(1000)], []), ("Properties70", [], [_unit()])]),
        ("Definitions", [], [("Version", [_integer(100)], []), ("Count", [_integer(2)], [])]),
        ("Objects", [], [geometry, model]),
        ("Connections", [], links),
    ]
    content = b"Kaydara FBX Binary  \0\x1a\0" + struct.pack("<I", _FBX)
    for node in top:
        content += _node(node, len(content))
    return {"model.fbx": content + bytes(13)}


def _unit() -> Node:
    # Lengths are in centimetres unless this says otherwise; ours are in metres.
    value = b"D" + struct.pack("<d", 100.0)
    return ("P", [_text("UnitScaleFactor"), _text("double"), _text("Number"), _text(""), value], [])


def _node(node: Node, start: int) -> bytes:
    """Write a node with all that is in it; the file holds where each one ends."""
    name, values, children = node
    described = b"".join(values)
    body = described
    begins = start + 13 + len(name)
    for child in children:
        body += _node(child, begins + len(body))
    if children or not values:
        body += bytes(13)
    head = struct.pack("<IIIB", begins + len(body), len(values), len(described), len(name))
    return head + name.encode() + body


def _text(text: str) -> bytes:
    return b"S" + struct.pack("<I", len(text)) + text.encode()


def _long(number: int) -> bytes:
    return b"L" + struct.pack("<q", number)


def _integer(number: int) -> bytes:
    return b"I" + struct.pack("<i", number)


def _array(kind: str, numbers: Sequence[float]) -> bytes:
    packed = struct.pack(f"<{len(numbers)}{kind}", *numbers)
    return kind.encode() + struct.pack("<III", len(numbers), 0, len(packed)) + packed


WRITERS: Mapping[str, Callable[[Mesh], dict[str, bytes]]] = {"obj": _obj, "stl": _stl, "ply": _ply, "fbx": _fbx}
