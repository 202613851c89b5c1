# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Export3DFormat = Literal["fbx", "obj", "ply", "stl"]

EXPORT_3D_FORMAT_VALUES: set[Export3DFormat] = {
    "fbx",
    "obj",
    "ply",
    "stl",
}


def check_export_3d_format(value: str) -> Export3DFormat:
    if value in EXPORT_3D_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXPORT_3D_FORMAT_VALUES!r}")
