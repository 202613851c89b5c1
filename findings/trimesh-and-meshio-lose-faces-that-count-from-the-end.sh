#!/usr/bin/env bash
# trimesh 5.2.0 and meshio 5.3.5 (read 3D models): faces of an OBJ file that count from the end get other corners, without an error.
#
# Guess before the first run: "f -3 -2 -1" names the last three vertices above the line, as the format has it; trimesh reads it so, and
# meshio raises an error.
# Seen: trimesh counts from the end of the whole file, not from the line, so of two objects that each have their vertices above their faces
# both get the vertices of the second; meshio takes -4, -3 and -2 for them. VTK 9.7.2 reads both files alike.
# Consequence: programs that write their objects one by one count so; a scene of several objects has the last one several times and misses
# the rest, and the number of faces does not show it.
#
# Output seen on 2026-11-30 (Python 3.11), heights of the corners of two triangles:
#   vtk: counted from the start [[0, 0, 0], [1, 1, 1]], from the end [[0, 0, 0], [1, 1, 1]]
#   trimesh: counted from the start [[0, 0, 0], [1, 1, 1]], from the end [[1, 1, 1], [1, 1, 1]]
#   meshio: counted from the start [[0, 0, 0], [1, 1, 1]], from the end [[0, 1, 1], [0, 1, 1]]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check meshio==5.3.5 trimesh==5.2.0 numpy==2.4.6 vtk==9.7.2
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

import meshio
import trimesh
from vtkmodules.vtkIOGeometry import vtkOBJReader

LOWER, UPPER = "v 0 0 0\nv 2 0 0\nv 2 2 0\n", "v 0 0 1\nv 2 0 1\nv 2 2 1\n"
Path("start.obj").write_text(f"o lower\n{LOWER}f 1 2 3\no upper\n{UPPER}f 4 5 6\n")
Path("end.obj").write_text(f"o lower\n{LOWER}f -3 -2 -1\no upper\n{UPPER}f -3 -2 -1\n")


def by_vtk(name):
    reader = vtkOBJReader()
    reader.SetFileName(name)
    reader.Update()
    mesh = reader.GetOutput()
    faces = range(mesh.GetNumberOfCells())
    return [[int(mesh.GetPoint(mesh.GetCell(face).GetPointId(corner))[2]) for corner in range(3)] for face in faces]


def by_trimesh(name):
    return [[int(corner[2]) for corner in face] for face in trimesh.load(name, force="mesh").triangles]


def by_meshio(name):
    mesh = meshio.read(name)
    return [[int(mesh.points[corner][2]) for corner in face] for cells in mesh.cells for face in cells.data]


seen = {}
for name, heights in (("vtk", by_vtk), ("trimesh", by_trimesh), ("meshio", by_meshio)):
    seen[name] = heights("start.obj"), heights("end.obj")
    print(f"{name}: counted from the start {seen[name][0]}, from the end {seen[name][1]}")
plain = [[0, 0, 0], [1, 1, 1]]
ends = [end for _, end in seen.values()]
is_read = all(start == plain for start, _ in seen.values())
sys.exit(not is_read or ends != [plain, [[1, 1, 1], [1, 1, 1]], [[0, 1, 1], [0, 1, 1]]])
PYTHON
