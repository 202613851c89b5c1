# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MeshInputMode = Literal["image", "text"]

MESH_INPUT_MODE_VALUES: set[MeshInputMode] = {
    "image",
    "text",
}


def check_mesh_input_mode(value: str) -> MeshInputMode:
    if value in MESH_INPUT_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MESH_INPUT_MODE_VALUES!r}")
